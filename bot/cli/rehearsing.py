"""The command that rehearses a quarter on data files.

It owns reading its arguments and printing what was found. Rehearsing is `bot/rehearsal`'s.
"""

import asyncio
import json
import sys
from collections import Counter
from datetime import datetime
from pathlib import Path
from typing import Annotated
from zoneinfo import ZoneInfo

import typer
from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Table

from bot.cli.faults import fail
from bot.rehearsal.performance import Rehearsal, planned_messages, rehearse
from bot.rehearsal.plan import Planned
from bot.rehearsal.report import Found
from bot.rehearsal.temper_file import read_tempers
from bot.rehearsal.troubles import troubles
from rules.quarters import Quarter
from store.importing.programme import Programme
from store.importing.reading import read_programme
from workspace.tempers import Tempers

Folder = Annotated[Path, typer.Argument(help="The folder with the data files.")]
QuarterWords = Annotated[str, typer.Option("--quarter", help="Such as “2008/09 Q2”.")]
Optional = Annotated[bool, typer.Option("--optional", help="Load *_optional.csv files too.")]


def rehearse_quarter(
    folder: Folder,
    quarter: QuarterWords,
    json_file: Annotated[
        Path | None, typer.Option("--json", help="Write the result to this file.")
    ] = None,
    effective_from: Annotated[
        str | None, typer.Option(help="No escalation before this quarter.")
    ] = None,
    kills: Annotated[int, typer.Option(min=0, help="How often to kill the bot on the way.")] = 0,
    faults: Annotated[
        float, typer.Option(min=0, max=0.5, help="The share of calls to Slack that goes wrong.")
    ] = 0,
    seed: Annotated[
        int, typer.Option(help="Draws the kills, the faults and the tempers' steps.")
    ] = 0,
    database_url: Annotated[
        str | None, typer.Option(help="An empty database to rehearse in.", show_default=False)
    ] = None,
    workers: Annotated[
        int, typer.Option(min=0, help="Processes that remind and report; needs PostgreSQL.")
    ] = 0,
    only_plan: Annotated[
        bool, typer.Option("--plan", help="Only print who would get what, when and why.")
    ] = False,
    tempers: Annotated[
        Path | None, typer.Option(help="A file that says who is punctual, late, forgetful …")
    ] = None,
    optional: Optional = False,
) -> None:
    """Rehearse a whole quarter on data files, in a practice workspace, and report."""
    programme = read_programme(folder, optional=optional)
    asked = Rehearsal(
        programme,
        Quarter.parse(quarter),
        Quarter.parse(effective_from) if effective_from else None,
        kills,
        seed,
        troubles(faults, seed) if faults else None,
        database_url,
        workers,
        tempers=_tempers(tempers, programme, seed),
    )
    if json_file is not None:
        _check_place(json_file)
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


def _tempers(file: Path | None, programme: Programme, seed: int) -> Tempers | None:
    if file is None:
        return None
    return read_tempers(file, [one.label for one in programme.people], seed)


def _check_place(file: Path) -> None:
    """Refuse a file that could not be written, before the quarter is run."""
    if not file.absolute().parent.is_dir():
        fail(f"There is no folder {file.parent} to write {file.name} into.")
    if file.is_dir():
        fail(f"{file} is a folder. Name a file in it.")


def _with_progress(asked: Rehearsal) -> Found:
    console = Console(stderr=True)
    columns = (TextColumn("{task.description}"), BarColumn(), TimeElapsedColumn())
    with Progress(*columns, console=console, disable=not console.is_terminal) as bar:
        task = bar.add_task("Setting the stage", total=1.0)
        return asyncio.run(
            rehearse(asked, lambda done, words: bar.update(task, completed=done, description=words))
        )


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
    if found.faults:
        typer.echo(f"Faults on the way: {found.faults}")
