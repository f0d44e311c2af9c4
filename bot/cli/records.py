"""Commands on the records: import them, keep them safe, bring the database up to date.

It owns reading their arguments and printing what was done.
"""

from pathlib import Path
from typing import Annotated

import typer

from bot.cli.block_sheets import gather_sheet
from bot.cli.exchange import exchange, files_of_forms, read_files, show_looked
from bot.clock import WallClock
from bot.restoring import Restored, hold_restored, restore
from bot.settings import database_url
from flows.hold import release_by_command
from flows.import_file import bring_in
from flows.import_programme import Imported, import_programme
from rules.quarters import Quarter
from store import backup, migrate
from store.address import DatabaseError, sqlite_file
from store.database import Database
from store.importing.folder import form_of
from store.importing.reading import read_programme
from store.lock import AnotherProcessError, alone_on

Source = Annotated[Path, typer.Argument(help="The folder with the data files, or one file.")]
Optional = Annotated[bool, typer.Option("--optional", help="Load *_optional.csv files too.")]


def import_files(
    source: Source,
    history_before: Annotated[
        str | None,
        typer.Option(
            help="Keep statuses before this quarter only. Without it: those before the first "
            "quarter that is running, or whose due day is not over."
        ),
    ] = None,
    optional: Optional = False,
    mapping: Annotated[
        str | None,
        typer.Option(
            "--mapping",
            help="The file is a block's own sheet of figures: the saved name of its columns, or a "
            "YAML file that names them.",
        ),
    ] = None,
    check: Annotated[
        bool, typer.Option("--check", help="Only look for faults; change nothing.")
    ] = False,
) -> None:
    """Load targets, people and everything else from data files: all of it, or nothing."""
    now = WallClock().now()
    before = Quarter.parse(history_before) if history_before else None
    if mapping is not None:
        gather_sheet(source, mapping, check=check, now=now)
        return
    if source.is_file():
        exchange([source], check=check, now=now)
        return
    own = files_of_forms(source) if source.is_dir() else ()
    if own and not any(form_of(path.name) for path in source.iterdir()):
        exchange(own, check=check, now=now)
        return
    programme = read_programme(source, optional=optional)
    if check:
        _show_checked(len(programme.targets), own)
        return
    read = read_files(own)
    database = Database(database_url())
    migrate.require_current(database)
    with alone_on(database), database.writing() as session:
        imported = import_programme(session, programme, before, now)
        looked = bring_in(session, read.tables, read.faults, None, now) if own else None
    database.close()
    _show_imported(imported)
    if looked is not None:
        show_looked(looked, done=True)


def _show_checked(count: int, own: tuple[Path, ...]) -> None:
    read = "1 target" if count == 1 else f"{count} targets"
    typer.echo(f"{read} read, no fault found. Nothing was changed.")
    if own:
        names = ", ".join(path.name for path in own)
        typer.echo(f"Not looked at yet: {names}. They are checked when the others are kept.")


def upgrade_database() -> None:
    """Bring the database to the schema of this program, after a backup of its file."""
    database = Database(database_url())
    with alone_on(database):
        copy = migrate.upgrade(database)
    if copy is not None:
        typer.echo(f"A copy of the database as it was stands at {copy}.")
    typer.echo(f"The database is at {migrate.current(database)}.")
    database.close()


def back_up_database(
    file: Annotated[
        Path | None,
        typer.Argument(help="The file to make. Without it: beside the database, with the time."),
    ] = None,
    replace: Annotated[
        bool, typer.Option("--replace", help="Write over a file that is there already.")
    ] = False,
) -> None:
    """Copy the database to a file, while the bot runs, and check the copy."""
    database = sqlite_file(database_url())
    if database is None:
        raise DatabaseError(
            "This database is on a PostgreSQL server, which makes its own backups: use pg_dump. "
            "After pg_restore type “quarterlight db restore”, so that nothing is sent twice."
        )
    stamp = WallClock().now().strftime("%Y-%m-%d-%H%M%S")
    target = file or database.with_name(f"{database.name}.backup-{stamp}")
    backup.back_up(database, target, replace=replace)
    typer.echo(f"The database is copied to {target}, and the copy is whole.")


def restore_database(
    file: Annotated[
        Path | None,
        typer.Argument(help="The backup. On PostgreSQL none: after pg_restore was used."),
    ] = None,
) -> None:
    """Put a backup in the database's place, with sending held until somebody releases it."""
    present, now = sqlite_file(database_url()), WallClock().now()
    if present is None and file is None:
        database = Database(database_url())
        done = hold_restored(database, now)
        database.close()
    elif present is None:
        raise DatabaseError(
            "This database is on a PostgreSQL server: restore it with pg_restore, and then type "
            "“quarterlight db restore” without a file. Nothing was changed."
        )
    elif file is None:
        raise DatabaseError("Name the backup: “quarterlight db restore FILE”.")
    else:
        done = restore(file, present, now)
    _show_restored(done)


def release_sending() -> None:
    """Let sending go on after a restore or a jump of the clock, where Slack is out of reach."""
    database = Database(database_url())
    migrate.require_current(database)
    try:
        with alone_on(database), database.writing() as session:
            held = release_by_command(session, WallClock().now())
    except AnotherProcessError as running:
        raise AnotherProcessError(
            "Quarterlight is running on this database. Press Release in the central channel, or "
            "stop it and type this again. Nothing was changed."
        ) from running
    finally:
        database.close()
    typer.echo("Sending goes on." if held else "Nothing was held. Nothing was changed.")


def _show_restored(done: Restored) -> None:
    if done.kept is not None:
        typer.echo(f"The database as it was stands at {done.kept}.")
    known = f"{done.as_of:%d %B %Y, %H:%M} UTC"
    typer.echo(f"The records are those of a backup and end with {known}.")
    typer.echo(
        "Sending is held. Start the bot and press Release in the central channel; each message is "
        "then looked for in Slack before it is sent."
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
