"""Putting a backup in the database's place, so that nothing is said twice and nothing is lost.

It owns the order of the steps: alone, a checked copy, its schema, the hold, the exchange. Until
the last of them nothing is changed.
"""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from flows.hold import hold_after_restore
from store import backup, migrate
from store.database import Database
from store.lock import alone_at


@dataclass(frozen=True, slots=True)
class Restored:
    """What was done: the last moment the records know of, and where the old ones are kept.

    `to_look_for` counts messages that the records do not know to stand.
    """

    as_of: datetime
    to_look_for: int
    kept: Path | None


def restore(file: Path, database: Path, now: datetime) -> Restored:
    """Restore a backup into a SQLite file, with sending held.

    Raises `AnotherProcessError` while the bot runs, `BackupRefusedError` for a file that cannot
    be used and `SchemaError` for one that a newer program made.
    """
    with alone_at(database), backup.copy_to_restore(file, database) as copy:
        as_of, to_look_for = _made_ready(copy, now)
        kept = backup.put_in_place(copy, database)
    return Restored(as_of, to_look_for, kept)


def hold_restored(database: Database, now: datetime) -> Restored:
    """Hold sending on records that another program has restored."""
    migrate.require_current(database)
    with database.writing() as session:
        as_of = backup.last_change(session) or now
        return Restored(as_of, hold_after_restore(session, as_of, now), None)


def _made_ready(copy: Path, now: datetime) -> tuple[datetime, int]:
    database = Database(f"sqlite:///{copy}")
    try:
        older = migrate.upgrade(database)
        if older is not None:
            older.unlink()  # the backup itself is the copy
        done = hold_restored(database, now)
        return done.as_of, done.to_look_for
    finally:
        database.close()
