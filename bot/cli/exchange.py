"""Files in and out by hand: forms of their own and a block's sheet in, everything out.

It owns finding the files, and printing what would change or was done.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from bot.settings import database_url
from flows.export import everything
from flows.import_file import Looked, bring_in, look
from store import migrate
from store.database import Database
from store.exporting.files import workbook_of, write_folder, write_whole
from store.importing.faults import Faults
from store.importing.folder import form_of
from store.importing.registers.files import CSV, WORKBOOK, read_path
from store.importing.registers.forms import form_called
from store.importing.registers.tables import Table
from store.lock import alone_on

MOST_SHOWN = 40


class CannotWriteError(OSError):
    """A place that cannot be written to; the message says which."""


@dataclass(frozen=True, slots=True)
class Exchanged:
    """Tables of files in forms of their own, and the faults noted when they were read."""

    tables: tuple[Table, ...]
    faults: Faults


def files_of_forms(folder: Path) -> tuple[Path, ...]:
    """The files of a folder that are in forms of their own, by name."""
    return tuple(
        sorted(
            path
            for path in folder.iterdir()
            if path.suffix.lower() in {CSV, WORKBOOK} and _is_of_a_form(path)
        )
    )


def _is_of_a_form(path: Path) -> bool:
    if path.name.casefold().startswith(("expected_", "~$", ".")) or form_of(path.name):
        return False
    return path.suffix.lower() == WORKBOOK or form_called(path.stem) is not None


def read_files(paths: Iterable[Path]) -> Exchanged:
    """The tables of files."""
    faults = Faults()
    return Exchanged(tuple(one for path in paths for one in read_path(path, faults)), faults)


def exchange(paths: Iterable[Path], *, check: bool, now: datetime) -> None:
    """Look at files in forms of their own, or keep all they say; and print it."""
    read = read_files(paths)
    database = Database(database_url())
    try:
        migrate.require_current(database)
        if check:
            with database.reading() as session:
                looked = look(session, read.tables, read.faults, now)
        else:
            with alone_on(database), database.writing() as session:
                looked = bring_in(session, read.tables, read.faults, None, now)
    finally:
        database.close()
    show_looked(looked, done=not check)


def export_files(
    folder: Annotated[Path, typer.Argument(help="The folder to write CSV files to.")],
    excel: Annotated[
        Path | None, typer.Option("--excel", help="Write one Excel workbook as well.")
    ] = None,
) -> None:
    """Write everything the records hold to files, in the forms they are imported in."""
    database = Database(database_url())
    try:
        migrate.require_current(database)
        with database.reading() as session:
            sheets = everything(session)
    finally:
        database.close()
    try:
        paths = write_folder(folder, sheets)
        if excel is not None:
            write_whole(excel, workbook_of(sheets))
    except OSError as error:
        raise CannotWriteError(f"{folder} cannot be written to ({error.strerror}).") from error
    rows = sum(len(sheet.rows) for sheet in sheets)
    typer.echo(f"{rows:,} rows written to {_files(len(paths))} in {folder}.")
    if excel is not None:
        typer.echo(f"The same stands in the workbook {excel}.")


def show_looked(looked: Looked, *, done: bool) -> None:
    """Print what files would change, or changed."""
    for line in _lines(looked):
        typer.echo(line)
    if not looked.changes_anything:
        typer.echo("The records hold all of this already. Nothing was changed.")
    elif done:
        typer.echo("All of it is kept.")
    else:
        typer.echo("No fault found. Nothing was changed.")


def _lines(looked: Looked) -> Iterator[str]:
    for count in looked.counts:
        yield f"{count.many}: {count.new} new, {count.changed} changed, {count.same} the same"
    for one in looked.differs[:MOST_SHOWN]:
        yield f"  {one.one} {one.name}, {one.column}: “{one.after}” instead of “{one.before}”"
    if len(looked.differs) > MOST_SHOWN:
        yield f"  and {len(looked.differs) - MOST_SHOWN} more cells that differ"
    yield from (f"  only in the register, and left as it is: {name}" for name in looked.left)
    yield from (f"  not read, as no form has it: {name}" for name in looked.unread)


def _files(count: int) -> str:
    return "1 file" if count == 1 else f"{count} files"
