"""Commands that run the bot, and the manifest to install it with.

It owns reading their arguments and setting up the log. Running is `bot/service.py`'s.
"""

import asyncio
import logging
import sys
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from bot import demo as demonstration
from bot.clock import Clock, SharedClock, WallClock
from bot.manifest import manifest
from bot.service import Rhythm, run
from bot.settings import load
from bot.steered import run_steered


def run_bot(
    clock: Annotated[Path | None, typer.Option(hidden=True)] = None,
    steered: Annotated[bool, typer.Option("--steered", hidden=True)] = False,
    clock_runs: Annotated[bool, typer.Option("--clock-runs", hidden=True)] = False,
) -> None:
    """Run the bot: connect to Slack in Socket Mode, remind, answer and report."""
    logging.basicConfig(
        stream=sys.stderr,
        level=logging.INFO,
        format="%(asctime)s %(levelname)s %(name)s %(message)s",
    )
    for name in ("apscheduler", "alembic"):
        logging.getLogger(name).setLevel(logging.WARNING)
    # Bolt warns that the token in the environment is not its own: it is the client's.
    logging.getLogger("slack_bolt.AsyncApp").addFilter(
        lambda record: "`token` will be unused" not in record.getMessage()
    )
    settings = load()
    shown: Clock = SharedClock(clock, running=clock_runs) if clock else WallClock()
    if steered:
        asyncio.run(run_steered(settings, shown))
    else:
        asyncio.run(run(settings, shown, demonstration.RHYTHM if clock else Rhythm()))


def run_demo(
    port: Annotated[int, typer.Option(help="The first port to try.")] = 8008,
) -> None:
    """Try it: a practice workspace with sample data and the bot, at one address."""
    asyncio.run(demonstration.run(port, Console()))


def print_manifest(
    command: Annotated[str, typer.Option(help="The slash command.")] = "/laa",
) -> None:
    """Print the app manifest to paste into Slack when making the app."""
    sys.stdout.write(manifest(command))
