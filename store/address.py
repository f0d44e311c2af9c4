"""The address of a database: which kind it is, and which file a SQLite one means.

It opens nothing and needs no engine, so that a command can ask it before it loads the rest.
"""

from pathlib import Path

from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError

DRIVER = "postgresql+psycopg"
SQLITE = "sqlite"
KINDS = (
    "Quarterlight works on SQLite, as in sqlite:///var/quarterlight.db, and on PostgreSQL, as in "
    "postgresql://user:password@host/quarterlight."
)


class DatabaseError(RuntimeError):
    """The database cannot be used as it is; the sentence says what to do."""


def read_address(text: str) -> URL:
    """An address, with the driver that this program brings along.

    Raises `DatabaseError` for one that cannot be read and for another kind of database.
    """
    try:
        url = make_url(text)
    except (ArgumentError, ValueError):
        # What was typed is not said again: an address may hold a password.
        raise DatabaseError(f"This is no address of a database. {KINDS}") from None
    kind = url.get_backend_name()
    if kind in {"postgresql", "postgres"}:
        return url.set(drivername=DRIVER)
    if kind != SQLITE:
        raise DatabaseError(f"DATABASE_URL names a database of the kind “{kind}”. {KINDS}")
    return url


def file_of(url: URL) -> Path | None:
    """The SQLite file; none on a server. Raises `DatabaseError` for one in memory."""
    if url.get_backend_name() != SQLITE:
        return None
    if url.database in {None, "", ":memory:"}:
        raise DatabaseError(
            "A SQLite database in memory cannot be shared between connections. "
            "Name a file, as in sqlite:///var/quarterlight.db."
        )
    return Path(str(url.database))


def sqlite_file(text: str) -> Path | None:
    """The SQLite file that an address means; none on a server. Raises `DatabaseError`."""
    return file_of(read_address(text))
