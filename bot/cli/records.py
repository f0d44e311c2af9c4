"""Commands on the records: import them, and bring the database up to date.

It owns reading their arguments and printing what was done.
"""

from pathlib import Path
from typing import Annotated

import typer

from bot.clock import WallClock
from bot.settings import database_url
from flows.import_programme import Imported, import_programme
from rules.quarters import Quarter
from store import migrate
from store.database import Database
from store.importing.reading import read_programme
from store.lock import alone_on

Folder = Annotated[Path, typer.Argument(help="The folder with the data files.")]
Optional = Annotated[bool, typer.Option("--optional", help="Load *_optional.csv files too.")]


def import_files(
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


def upgrade_database() -> None:
    """Bring the database to the schema of this program, after a backup of its file."""
    database = Database(database_url())
    with alone_on(database):
        copy = migrate.upgrade(database)
    if copy is not None:
        typer.echo(f"A copy of the database as it was stands at {copy}.")
    typer.echo(f"The database is at {migrate.current(database)}.")
    database.close()


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
