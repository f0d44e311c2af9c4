"""The Home tab, and `mine`: everything that is a person's, gathered from the records.

`gather.py` puts it together; the other files each own some parts of it, or a press on it.
"""
