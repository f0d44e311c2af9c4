"""The command that starts the practice workspace by itself, without the bot.

It owns nothing but the name: the workspace knows how to run alone (`workspace/cli.py`).
"""

from workspace.cli import run_alone

__all__ = ["run_alone"]
