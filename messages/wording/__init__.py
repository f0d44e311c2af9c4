"""How values read to people: days, figures, colours, lists.

It owns every word that stands for a value, for templates and forms alike. It must not know
Slack, nor decide anything.
"""
