"""Commands that run the bot, and the manifest to install it with.

It owns reading their arguments and setting up the log. Running is `bot/service.py`'s.
"""

import asyncio
import logging
import re
import sys
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from bot import demo as demonstration
from bot.clock import Clock, SharedClock, WallClock
from bot.doors.door import NoDoor
from bot.doors.http import LOOPBACK, PORT, Place, over_http
from bot.doors.sockets import sockets
from bot.manifest import manifest
from bot.service import Duty, Rhythm, run
from bot.settings import SettingsError, WebSettings, WorkerSettings, load, load_as
from bot.steered import run_steered

ClockFile = Annotated[Path | None, typer.Option("--clock", hidden=True)]
ClockRuns = Annotated[bool, typer.Option("--clock-runs", hidden=True)]
Steered = Annotated[bool, typer.Option("--steered", hidden=True)]
NoWork = Annotated[bool, typer.Option("--no-work", hidden=True)]
Name = Annotated[str, typer.Option("--name", hidden=True)]


def run_bot(
    clock: ClockFile = None,
    steered: Steered = False,
    clock_runs: ClockRuns = False,
    no_work: NoWork = False,
    name: Name = "",
) -> None:
    """Run the bot: connect to Slack in Socket Mode, remind, answer and report."""
    settings = load()
    duty = Duty(sockets(settings), works=not no_work, name=name)
    _run(settings, duty, clock, steered=steered, clock_runs=clock_runs)


def run_web(
    host: Annotated[
        str, typer.Option(help="Where to listen; 0.0.0.0 lets other machines in.")
    ] = LOOPBACK,
    port: Annotated[int, typer.Option(envvar="PORT", min=0, max=65535, help="The port.")] = PORT,
    work: Annotated[
        bool, typer.Option("--work", help="Remind and report too, as a worker does.")
    ] = False,
    clock: ClockFile = None,
    steered: Steered = False,
    clock_runs: ClockRuns = False,
    no_work: NoWork = False,
    name: Name = "",
) -> None:
    """Answer Slack over HTTP. On SQLite it reminds and reports too, as nobody else can."""
    settings = load_as(WebSettings)
    works = (work or settings.is_sqlite) and not no_work
    duty = Duty(over_http(settings, Place(host, port), sends=works), works=works, name=name)
    _run(settings, duty, clock, steered=steered, clock_runs=clock_runs)


def run_worker(
    clock: ClockFile = None,
    steered: Steered = False,
    clock_runs: ClockRuns = False,
    name: Name = "",
) -> None:
    """Remind and report, and leave answering to other processes. Needs PostgreSQL."""
    settings = load_as(WorkerSettings)
    if settings.is_sqlite:
        raise SettingsError(
            "DATABASE_URL names a SQLite file, which one process has to itself. Start "
            "“quarterlight run” or “quarterlight web”, which answer and work, or give the "
            "address of a PostgreSQL database."
        )
    _run(settings, Duty(NoDoor, name=name), clock, steered=steered, clock_runs=clock_runs)


def _run(
    settings: WorkerSettings, duty: Duty, clock: Path | None, *, steered: bool, clock_runs: bool
) -> None:
    _set_up_log()
    shown: Clock = SharedClock(clock, running=clock_runs) if clock else WallClock()
    if steered:
        asyncio.run(run_steered(settings, shown, duty))
    else:
        asyncio.run(run(settings, shown, duty, demonstration.RHYTHM if clock else Rhythm()))


def _set_up_log() -> None:
    logging.basicConfig(
        stream=sys.stderr,
        level=logging.INFO,
        format="%(asctime)s %(levelname)s %(name)s %(message)s",
    )
    for name in ("apscheduler", "alembic", "uvicorn"):
        logging.getLogger(name).setLevel(logging.WARNING)
    # Bolt warns that the token in the environment is not its own: it is the client's.
    logging.getLogger("slack_bolt.AsyncApp").addFilter(
        lambda record: "`token` will be unused" not in record.getMessage()
    )


def run_demo(
    port: Annotated[
        int, typer.Option(min=0, max=65535, help="The first port to try; 0 takes a free one.")
    ] = 8008,
) -> None:
    """Try it: a practice workspace with sample data and the bot, at one address."""
    asyncio.run(demonstration.run(port, Console()))


def print_manifest(
    command: Annotated[str, typer.Option(help="The slash command.")] = "/laa",
    http: Annotated[
        str | None,
        typer.Option("--http", help="For HTTP: the public address, such as https://laa.example."),
    ] = None,
) -> None:
    """Print the app manifest to paste into Slack when making the app."""
    if http is not None and not re.fullmatch(r"https://[^\s/?#]+/?", http):
        raise SettingsError("Give the address after --http as Slack calls it: https://laa.example.")
    sys.stdout.write(manifest(command, http))
