"""A block's own sheet by hand: read through named columns, its figures kept for leads to confirm.

It owns finding the names of the columns, and printing what was taken and what was not.
"""

from datetime import datetime
from pathlib import Path

import typer
from sqlmodel import Session

from bot.settings import database_url
from flows import gather
from flows.gather import Gathering
from store import column_mappings, migrate
from store.column_mappings import Mapping
from store.database import Database
from store.importing.faults import Faults
from store.importing.lined_yaml import read_yaml, row_of
from store.importing.registers.files import read_path
from store.importing.registers.tables import Table, plain_name
from store.lock import alone_on

YAML = frozenset({".yaml", ".yml"})
PARTS = ("target", "figure", "source", "as_at", "quarter")
NEEDED = PARTS[:2]


def gather_sheet(path: Path, mapping: str, *, check: bool, now: datetime) -> None:
    """Look at a block's own sheet, or keep its figures; and print it."""
    faults = Faults()
    tables = read_path(path, faults)
    written = _written(Path(mapping), faults) if Path(mapping).suffix in YAML else None
    faults.refuse_any()
    database = Database(database_url())
    try:
        migrate.require_current(database)
        if check:
            with database.reading() as session:
                found = _look(session, path, tables[0], written or mapping, now)
        else:
            with alone_on(database), database.writing() as session:
                found = _look(session, path, tables[0], written or mapping, now)
                if written is not None:
                    gather.save_columns(session, written, None, now)
                gather.keep(session, found, None, now)
    finally:
        database.close()
    _show(found, done=not check)


def _look(
    session: Session, path: Path, table: Table, mapping: Mapping | str, now: datetime
) -> Gathering:
    faults = Faults()
    quarter = gather.open_quarter(session)
    if quarter is None:
        reason = "No quarter is open that could take a block's figures. Load it once one is."
        faults.add(path.name, 0, "", reason)
    named = column_mappings.named(session, mapping) if isinstance(mapping, str) else mapping
    if named is None:
        saved = ", ".join(one.name for one in column_mappings.every(session)) or "none yet"
        faults.add(path.name, 0, "", f"No columns are named “{mapping}”. Saved: {saved}.")
    elif not named.fits(table.names):
        missing = [column for column in named.columns if column not in table.names]
        reason = f"The columns {', '.join(missing)} of “{named.name}” are not in this sheet."
        faults.add(path.name, 1, "", reason)
    faults.refuse_any()
    if quarter is None or named is None:
        raise LookupError("Refused above.")
    return gather.look(session, table, named, quarter, now)


def _written(path: Path, faults: Faults) -> Mapping | None:
    """The names of columns in a YAML file."""
    document = read_yaml(path, faults)
    if document is None:
        return None
    row = row_of(document, path.name, faults)
    for key in ("name", *NEEDED):
        row.needed(key)
    parts = (plain_name(row.text(key)) for key in PARTS)
    return Mapping(row.text("name", 100), *parts)


def _show(found: Gathering, *, done: bool) -> None:
    count = len(found.figures)
    figures = "1 figure" if count == 1 else f"{count} figures"
    typer.echo(f"{figures} for {found.quarter}.")
    for fault in found.rejected:
        typer.echo(f"  not taken, or not all of it: {fault}")
    if not done:
        typer.echo("Nothing was changed.")
    elif count:
        typer.echo("They are kept. Leads are asked to confirm them.")
