"""Data of a revision as portable text: one JSON file, compressed, for SQLite and PostgreSQL.

It owns the form of the file. Columns are read and written as the database itself describes
them, never by today's models, as those have moved on.
"""

import gzip
import json
from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Any

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, Date, DateTime, MetaData, Table, Time, func, select, text
from sqlalchemy.types import TypeEngine

from store import migrate
from store.database import Database
from tests.engines import Cabinet

FOLDER = Path(__file__).parent
STEP = "alembic_version"
STEPS = Path(migrate.__file__).parent / "migrations"

Tables = Mapping[str, list[dict[str, Any]]]


def file_of(revision: str) -> Path:
    """Where the data of a revision are kept."""
    return FOLDER / f"{revision}.json.gz"


def revisions() -> tuple[str, ...]:
    """The revisions whose data are kept, oldest first."""
    return tuple(sorted(path.name.removesuffix(".json.gz") for path in FOLDER.glob("*.json.gz")))


def read(file: Path) -> Tables:
    """The rows of every table, as a file keeps them."""
    tables: Tables = json.loads(gzip.decompress(file.read_bytes()))
    return tables


def full(cabinet: Cabinet, revision: str) -> str:
    """The address of a closed database at a revision with all of its kept data, to be copied."""
    url = cabinet.fresh(f"revision_{revision}")
    database = Database(url)
    with database.restructuring() as connection:
        _raise_to(connection, revision)
    with database.restructuring() as connection:
        load(connection, revision)
    database.close()
    return url


def dump(connection: Connection, path: Path) -> None:
    """Write the rows of every table to a file; the same rows make the same file."""
    found = {
        table.name: [
            {name: _as_text(value) for name, value in row._mapping.items()}
            for row in connection.execute(select(table).order_by(*table.primary_key))
        ]
        for table in tables_of(connection)
    }
    words = json.dumps(found, ensure_ascii=False, separators=(",", ":"))
    path.write_bytes(gzip.compress(words.encode(), mtime=0))


def load(connection: Connection, revision: str) -> None:
    """Insert the rows of a revision into a database that stands there, and is empty."""
    kept = read(file_of(revision))
    for table in tables_of(connection):
        readers = {column.name: _reader(column.type) for column in table.columns}
        rows = [
            {name: readers[name](value) for name, value in row.items()} for row in kept[table.name]
        ]
        if rows:
            connection.execute(table.insert(), rows)
        if connection.dialect.name == "postgresql" and "id" in table.columns:
            _count_on(connection, table)


def counts(connection: Connection, tables: Iterable[Table]) -> dict[str, int]:
    """How many rows each table holds."""
    return {
        table.name: connection.execute(select(func.count()).select_from(table)).scalar_one()
        for table in tables
    }


def tables_of(connection: Connection) -> list[Table]:
    """The tables as the database describes them, parents before children."""
    found = MetaData()
    found.reflect(connection)
    return [table for table in found.sorted_tables if table.name != STEP]


def _as_text(value: object) -> object:
    if isinstance(value, datetime):
        # SQLite drops the zone: every instant is kept as UTC.
        aware = value if value.tzinfo else value.replace(tzinfo=UTC)
        return aware.astimezone(UTC).isoformat()
    return value.isoformat() if isinstance(value, date | time) else value


def _reader(kind: TypeEngine[Any]) -> Callable[[Any], object]:
    if isinstance(kind, DateTime):
        return lambda value: value and datetime.fromisoformat(value)
    if isinstance(kind, Date):
        return lambda value: value and date.fromisoformat(value)
    if isinstance(kind, Time):
        return lambda value: value and time.fromisoformat(value)
    return lambda value: value


def _count_on(connection: Connection, table: Table) -> None:
    # Rows that came with their numbers have not moved PostgreSQL's own counting.
    connection.execute(
        text(
            f"SELECT setval(pg_get_serial_sequence('{table.name}', 'id'), "  # noqa: S608  # our own names
            f"(SELECT coalesce(max(id), 1) FROM {table.name}))"
        )
    )


def _raise_to(connection: Connection, revision: str) -> None:
    config = Config()
    config.set_main_option("script_location", str(STEPS).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    command.upgrade(config, revision)
