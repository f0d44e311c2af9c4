"""The command line: `quarterlight` and its subcommands.

`main.py` is its table of contents; each other file owns the words of one subject.
"""

from bot.cli.main import app, main

__all__ = ["app", "main"]
