"""The command `quarterlight` and its subcommands.

It owns reading arguments and printing; every subcommand has `--help`. A fault of the user's
ends with exit status 2 and says what to do.
"""

import asyncio
import json
import logging
import sys
from collections import Counter
from datetime import datetime
from pathlib import Path
from typing import Annotated, NoReturn
from zoneinfo import ZoneInfo

import typer
from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Table

from bot import demo as demonstration
from bot.clock import Clock, SharedClock, WallClock
from bot.manifest import manifest as app_manifest
from bot.rehearsal.performance import (
    NothingToRehearseError,
    Rehearsal,
    planned_messages,
    rehearse,
)
from bot.rehearsal.plan import Planned
from bot.rehearsal.report import Found
from bot.service import Rhythm, run
from bot.settings import SettingsError, database_url, load
from bot.steered import run_steered
from flows.import_programme import Imported, import_programme
from rules.calendar import CalendarRefusedError
from rules.quarters import Quarter, QuarterNotUnderstoodError
from store import migrate
from store.database import Database, DatabaseError
from store.importing.faults import FaultyFilesError
from store.importing.reading import read_programme
from store.lock import AnotherProcessError, alone_on
from store.migrate import SchemaError

FAULT = 2
app = typer.Typer(
    name="quarterlight",
    help="The performance bot of a public partnership.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
db = typer.Typer(help="The database.", no_args_is_help=True)
app.add_typer(db, name="db")

Folder = Annotated[Path, typer.Argument(help="The folder with the data files.")]
QuarterWords = Annotated[str, typer.Option("--quarter", help="Such as “2008/09 Q2”.")]
Optional = Annotated[bool, typer.Option("--optional", help="Load *_optional.csv files too.")]
USER_FAULTS = (
    SettingsError,
    SchemaError,
    DatabaseError,
    AnotherProcessError,
    QuarterNotUnderstoodError,
    CalendarRefusedError,
    NothingToRehearseError,
)


def main() -> None:
    """Run the command line."""
    try:
        app()
    except FaultyFilesError as faulty:
        _show_faults(faulty)
    except USER_FAULTS as fault:
        _fail(str(fault))


@app.command("run")
def run_(
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


@app.command("demo")
def demo_(
    port: Annotated[int, typer.Option(help="The first port to try.")] = 8008,
) -> None:
    """Try it: a practice workspace with sample data and the bot, at one address."""
    asyncio.run(demonstration.run(port, Console()))


@app.command("rehearse")
def rehearse_(
    folder: Folder,
    quarter: QuarterWords,
    json_file: Annotated[
        Path | None, typer.Option("--json", help="Write the result to this file.")
    ] = None,
    effective_from: Annotated[
        str | None, typer.Option(help="No escalation before this quarter.")
    ] = None,
    kills: Annotated[int, typer.Option(min=0, help="How often to kill the bot on the way.")] = 0,
    seed: Annotated[int, typer.Option(help="Draws the moments of the kills.")] = 0,
    only_plan: Annotated[
        bool, typer.Option("--plan", help="Only print who would get what, when and why.")
    ] = False,
    optional: Optional = False,
) -> None:
    """Rehearse a whole quarter on data files, in a practice workspace, and report."""
    asked = Rehearsal(
        read_programme(folder, optional=optional),
        Quarter.parse(quarter),
        Quarter.parse(effective_from) if effective_from else None,
        kills,
        seed,
    )
    if json_file is not None and not json_file.absolute().parent.is_dir():
        _fail(f"There is no folder {json_file.parent} to write {json_file.name} into.")
    if only_plan:
        _show_plan(planned_messages(asked))
        return
    found = _with_progress(asked)
    text = json.dumps(found.body, indent=1, ensure_ascii=False)
    if json_file is not None:
        json_file.write_text(f"{text}\n", encoding="utf-8")
        _show_summary(found)
    else:
        sys.stdout.write(f"{text}\n")
    if not found.is_whole:
        raise typer.Exit(1)


@app.command("import")
def import_(
    folder: Folder,
    history_before: Annotated[
        str | None,
        typer.Option(
            help="Keep statuses before this quarter only. Without it: those before the first "
            "quarter that is running, or whose due day is not over."
        ),
    ] = None,
    optional: Optional = False,
    check: Annotated[
        bool, typer.Option("--check", help="Only look for faults; change nothing.")
    ] = False,
) -> None:
    """Load targets, people and past quarters from data files: all of them, or nothing."""
    programme = read_programme(folder, optional=optional)
    before = Quarter.parse(history_before) if history_before else None
    if check:
        count = len(programme.targets)
        read = "1 target" if count == 1 else f"{count} targets"
        typer.echo(f"{read} read, no fault found. Nothing was changed.")
        return
    database = Database(database_url())
    migrate.require_current(database)
    with alone_on(database), database.writing() as session:
        imported = import_programme(session, programme, before, WallClock().now())
    database.close()
    _show_imported(imported)


@db.command("upgrade")
def db_upgrade() -> None:
    """Bring the database to the schema of this program, after a backup of its file."""
    database = Database(database_url())
    with alone_on(database):
        copy = migrate.upgrade(database)
    if copy is not None:
        typer.echo(f"A copy of the database as it was stands at {copy}.")
    typer.echo(f"The database is at {migrate.current(database)}.")
    database.close()


@app.command("manifest")
def manifest_(
    command: Annotated[str, typer.Option(help="The slash command.")] = "/laa",
) -> None:
    """Print the app manifest to paste into Slack when making the app."""
    sys.stdout.write(app_manifest(command))


def _with_progress(asked: Rehearsal) -> Found:
    console = Console(stderr=True)
    columns = (TextColumn("{task.description}"), BarColumn(), TimeElapsedColumn())
    with Progress(*columns, console=console, disable=not console.is_terminal) as bar:
        task = bar.add_task("Setting the stage", total=1.0)
        return asyncio.run(
            rehearse(asked, lambda done, words: bar.update(task, completed=done, description=words))
        )


def _show_imported(imported: Imported) -> None:
    for subject, count in imported.loaded.counts.items():
        if count.added or count.changed:
            typer.echo(f"{subject}: {count.added} added, {count.changed} changed")
    if not imported.loaded.changed_anything:
        typer.echo("The records held all of this already. Nothing was changed.")
    if imported.history:
        typer.echo(f"Kept as history: {', '.join(map(str, imported.history))}.")
    if imported.to_come:
        typer.echo(f"Left to be reported by people: {', '.join(map(str, imported.to_come))}.")


def _show_plan(lines: tuple[Planned, ...]) -> None:
    if not sys.stdout.isatty():
        for line in lines:
            typer.echo("\t".join((_local(line.at), line.to, line.what, line.why)))
        return
    table = Table("When", "To", "What", "Why")
    for line in lines:
        table.add_row(_local(line.at), line.to, line.what, line.why)
    Console().print(table)


def _local(at: datetime) -> str:
    return f"{at.astimezone(ZoneInfo('Europe/London')):%a %d %b %Y %H:%M}"


def _show_summary(found: Found) -> None:
    ledger = found.body["ledger"]
    typer.echo(
        f"{found.body['quarter']}: {ledger['due']} due, {ledger['posted_once']} posted once, "
        f"{ledger['missing']} missing, {ledger['doubled']} doubled."
    )
    for moment, times in Counter(found.killed).items():
        typer.echo(f"Killed {moment}: {times}")


def _show_faults(faulty: FaultyFilesError) -> NoReturn:
    for fault in faulty.faults:
        row = f", row {fault.row}" if fault.row else ""
        column = f", column {fault.column}" if fault.column else ""
        sys.stderr.write(f"{fault.file}{row}{column}: {fault.reason}\n")
    count = len(faulty.faults)
    _fail(f"{count} {'fault' if count == 1 else 'faults'} found. Nothing was loaded.")


def _fail(words: str) -> NoReturn:
    sys.stderr.write(f"{words}\n")
    sys.exit(FAULT)
