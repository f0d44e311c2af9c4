"""The venue: the database that a rehearsal is held in, which must be empty.

It owns which database that is, and refusing one that cannot be used. It must not fill it.
"""

from pathlib import Path

from sqlalchemy import inspect

from store.address import DatabaseError
from store.database import Database


class VenueError(DatabaseError):
    """The database cannot be rehearsed in; the sentence says what to do."""


def database_for(url: str | None, folder: Path, *, workers: int) -> Database:
    """The database at an address, or a new SQLite file in a folder. Raises `DatabaseError`."""
    database = Database(url or f"sqlite:///{folder / 'rehearsal.db'}")
    try:
        _check(database, workers)
    except VenueError:
        database.close()
        raise
    return database


def _check(database: Database, workers: int) -> None:
    if workers and database.is_sqlite:
        raise VenueError(
            "Workers need PostgreSQL: a SQLite file belongs to one process. Give the address "
            "of an empty PostgreSQL database with --database-url, or leave out --workers."
        )
    with database.reading() as session:
        tables = inspect(session.connection()).get_table_names()
    if tables:
        raise VenueError(
            "The database is not empty, and a rehearsal would mix with what it holds. Make a "
            "new one (on PostgreSQL: createdb rehearsal) and give its address."
        )
