"""The demo: a practice workspace with sample data, the bot, and a year that runs by itself."""

from datetime import timedelta

from bot.demo.house import run
from bot.service import Rhythm

__all__ = ["RHYTHM", "run"]

RHYTHM = Rhythm(tick=timedelta(seconds=1), rest=timedelta(seconds=0.3))
