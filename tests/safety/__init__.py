"""Safety lines: each is removed in turn, and a test must notice.

    python -m tests.safety            every line, a few minutes
    python -m tests.safety settling   the lines that have this word in their name

A line that is changed in the code is changed here, too: a test says so.
"""
