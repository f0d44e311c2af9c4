"""The database: one writer, many readers, and transactions that hold or leave no trace.

It owns engines, connections and how a transaction begins and ends. It must not know any
table. On SQLite every write begins IMMEDIATE: left to SQLAlchemy's default, two writers read
the same row and one update is lost without a word. On PostgreSQL a use case waits for its turn
(`store/turns.py`), which comes to the same. What was to be written stands in no error: errors
go to the log, and what people typed does not.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine import URL
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import ConnectionPoolEntry
from sqlmodel import Session

from store.address import SQLITE, DatabaseError, file_of, read_address
from store.turns import Turn, take

BUSY_MILLISECONDS = 5_000
"""How long a write waits for another process (a backup, a reader's checkpoint)."""
SERVER_OPTIONS = "-c lock_timeout=30s -c idle_in_transaction_session_timeout=10s"
"""A process that hangs inside a transaction must not hold up the others for long."""
SERVER_SILENCE = {
    "connect_timeout": 10,
    "keepalives_idle": 5,
    "keepalives_interval": 2,
    "keepalives_count": 3,
    "tcp_user_timeout": 10_000,
}
"""A server that vanished is noticed within seconds, not when the kernel gives up."""
WRITER_WAIT_SECONDS = 30
"""How long a thread waits for its turn on the one writer connection."""
READERS = 8


DEADLOCK = "40P01"


def gave_way(failure: DBAPIError) -> bool:
    """Whether the server ended a transaction so that another could go on: nothing is wrong with it.

    Two waited for rows that the other held. Begun again it finds its way.
    """
    return getattr(failure.orig, "sqlstate", None) == DEADLOCK


class Database:
    """A SQLite file or a PostgreSQL database, by its URL.

    The folder of a SQLite file is made when it is missing. Raises `DatabaseError` for a SQLite
    database in memory (every connection would see one of its own), for another kind of
    database, and for one that cannot be opened or reached.
    """

    def __init__(self, url: str) -> None:
        self.url: URL = read_address(url)
        self._writer, self._readers = (
            _sqlite_engines(self.url, self.path) if self.path else _server_engines(self.url)
        )

    @property
    def is_sqlite(self) -> bool:
        """Whether this is a SQLite file."""
        return self.url.get_backend_name() == SQLITE

    @property
    def address(self) -> str:
        """The whole address, with its password: for another process, never for a log."""
        return self.url.render_as_string(hide_password=False)

    @property
    def path(self) -> Path | None:
        """The SQLite file; none on a server."""
        return file_of(self.url)

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """A session over one consistent view of the records. Nothing it changes is kept."""
        with Session(self._readers, expire_on_commit=False) as session:
            yield session

    @contextmanager
    def writing(self) -> Iterator[Session]:
        """A session in one write transaction: kept whole at the end, or not at all on any error.

        One use case writes at a time, in whatever process, so what is read inside stays true
        until the end. No network call belongs inside.
        """
        with self.noting() as session:
            take(session.connection(), Turn.WRITING)
            yield session

    @contextmanager
    def noting(self) -> Iterator[Session]:
        """A session in a write transaction beside those of use cases, kept whole or not at all.

        For small changes that rest on no rule and lock the rows they take: how far a message
        has got. On SQLite, which has one writer, it is `writing`.
        """
        with Session(self._writer, expire_on_commit=False) as session, session.begin():
            session.connection()
            yield session

    @contextmanager
    def restructuring(self) -> Iterator[Connection]:
        """A connection in one transaction that may rebuild tables (migrations only).

        On SQLite foreign keys are off for its length, as a rebuilt parent would take its child
        rows along, and are checked before the commit. Raises `DatabaseError` for a row whose
        parent is gone; nothing is kept then.
        """
        with self._writer.connect() as connection:
            _foreign_keys(connection, on=False)
            try:
                with connection.begin():
                    take(connection, Turn.WRITING)
                    yield connection
                    _check_foreign_keys(connection)
            finally:
                _foreign_keys(connection, on=True)

    def session_connection(self) -> Connection:
        """A connection outside transactions, for a lock that lasts as long as it does."""
        return self._writer.connect().execution_options(isolation_level="AUTOCOMMIT")

    def close(self) -> None:
        """Give back every connection."""
        self._readers.dispose()
        self._writer.dispose()


def _sqlite_engines(url: URL, path: Path) -> tuple[Engine, Engine]:
    writer = create_engine(
        url, pool_size=1, max_overflow=0, pool_timeout=WRITER_WAIT_SECONDS, hide_parameters=True
    )
    readers = create_engine(url, pool_size=READERS, max_overflow=READERS, hide_parameters=True)
    for engine in (writer, readers):
        event.listen(engine, "connect", _prepare)
    event.listen(readers, "connect", _only_read)
    event.listen(writer, "begin", _begin_immediate)
    event.listen(readers, "begin", _begin)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with writer.connect() as connection:
            # Readers must meet a file that is in WAL already: changing over needs it alone.
            _raw(connection).cursor().execute("PRAGMA journal_mode = WAL")
    except (OSError, sqlite3.Error, DBAPIError) as error:
        writer.dispose()
        raise DatabaseError(
            f"The database file {path.name} cannot be opened ({_reason(error)}). Look at its "
            "folder, its rights and DATABASE_URL."
        ) from error
    return writer, readers


def _reason(error: OSError | sqlite3.Error | DBAPIError) -> str:
    if isinstance(error, DBAPIError):
        return str(error.orig)
    return error.strerror or "" if isinstance(error, OSError) else str(error)


def _server_engines(url: URL) -> tuple[Engine, Engine]:
    engine = create_engine(
        url,
        pool_pre_ping=True,
        hide_parameters=True,
        connect_args={"options": SERVER_OPTIONS, **SERVER_SILENCE},
    )
    try:
        engine.connect().close()
    except DBAPIError as error:
        engine.dispose()
        # The driver's own text may be many lines long, one for each address it tried.
        reason = " ".join(str(error.orig).split())
        raise DatabaseError(
            f"The database server cannot be reached ({reason}). Look at DATABASE_URL and whether "
            "the server runs."
        ) from error
    # One transaction, one view of the records, whatever others commit meanwhile.
    readers = engine.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)
    return engine, readers


def _prepare(raw: DBAPIConnection, _entry: ConnectionPoolEntry) -> None:
    # The driver's own way of beginning transactions comes too late and never IMMEDIATE.
    raw.isolation_level = None
    cursor = raw.cursor()
    cursor.execute(f"PRAGMA busy_timeout = {BUSY_MILLISECONDS}")
    cursor.execute("PRAGMA foreign_keys = ON")
    cursor.execute("PRAGMA synchronous = FULL")
    # Without it INSERT OR REPLACE deletes past the triggers that refuse deletion.
    cursor.execute("PRAGMA recursive_triggers = ON")
    cursor.close()


def _only_read(raw: DBAPIConnection, _entry: ConnectionPoolEntry) -> None:
    raw.cursor().execute("PRAGMA query_only = ON")


def _begin_immediate(connection: Connection) -> None:
    connection.exec_driver_sql("BEGIN IMMEDIATE")


def _begin(connection: Connection) -> None:
    connection.exec_driver_sql("BEGIN")


def _raw(connection: Connection) -> DBAPIConnection:
    raw = connection.connection.dbapi_connection
    if raw is None:
        raise DatabaseError("The connection to the database is gone. Try again.")
    return raw


def _foreign_keys(connection: Connection, *, on: bool) -> None:
    if connection.dialect.name == "sqlite":
        # SQLite ignores the switch inside a transaction, so it goes past SQLAlchemy's begin.
        _raw(connection).cursor().execute(f"PRAGMA foreign_keys = {'ON' if on else 'OFF'}")


def _check_foreign_keys(connection: Connection) -> None:
    if connection.dialect.name != "sqlite":
        return
    orphans = connection.exec_driver_sql("PRAGMA foreign_key_check").all()
    if orphans:
        tables = ", ".join(sorted({str(orphan[0]) for orphan in orphans}))
        raise DatabaseError(
            f"Some rows would lose what they belong to ({len(orphans)} in {tables}). "
            "Nothing was changed."
        )
