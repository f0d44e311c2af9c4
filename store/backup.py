"""A copy of a SQLite database, made beside the running bot, and one put in its place again.

It owns copying, checking a copy and the exchange of files. It must not know what restored
records mean for sending: that is `flows/hold.py`. A server makes its own copies.
"""

import os
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from datetime import datetime
from pathlib import Path

from sqlalchemy import func
from sqlmodel import Session, col, select

from store.address import DatabaseError
from store.tables import AuditEntry, OutboxRow

OURS = frozenset({"alembic_version", "audit_entry", "outbox", "setting"})
_PATIENCE_SECONDS = 30.0


class BackupRefusedError(DatabaseError):
    """A copy that cannot be made or used; the sentence says why, and that nothing was changed."""


def back_up(database: Path, target: Path, *, replace: bool = False) -> None:
    """Copy a database that may be in use to a file of its own, and check the copy.

    Writers go on meanwhile. A file that is there already is left alone unless `replace`.
    Raises `BackupRefusedError`.
    """
    if not database.is_file():
        raise BackupRefusedError(f"There is no database at {database}. Look at DATABASE_URL.")
    if target.resolve() == database.resolve():
        raise BackupRefusedError("A backup needs a file of its own. Nothing was changed.")
    if target.exists() and not replace:
        raise BackupRefusedError(
            f"{target} is there already. Name another file, or say --replace. Nothing was changed."
        )
    unfinished = target.with_name(target.name + ".part")
    with _checked_copy(database, unfinished):
        unfinished.replace(target)
    _settle(target.parent)


@contextmanager
def copy_to_restore(file: Path, database: Path) -> Iterator[Path]:
    """A checked copy of a backup beside the database, to be worked on and put in its place.

    It is gone at the end unless it was. Raises `BackupRefusedError` for a file that is damaged
    or holds no records of ours.
    """
    if not file.is_file():
        raise BackupRefusedError(f"There is no file {file}. Nothing was changed.")
    database.parent.mkdir(parents=True, exist_ok=True)
    copy = database.with_name(database.name + ".restoring")
    with _checked_copy(file, copy):
        yield copy


def put_in_place(copy: Path, database: Path) -> Path | None:
    """Exchange the database for the copy at one stroke; where the old one is kept, if any.

    Nobody may have it open. What was not yet folded into the old file is kept beside it.
    """
    kept = _keep(database) if database.exists() else None
    for part in ("-wal", "-shm"):
        database.with_name(database.name + part).unlink(missing_ok=True)
    copy.replace(database)
    _settle(database.parent)
    return kept


def last_change(session: Session) -> datetime | None:
    """The latest moment these records tell of, or none: what came later is not in them."""
    moments = (
        select(func.max(col(AuditEntry.at))),
        select(func.max(col(OutboxRow.enqueued_at))),
        select(func.max(col(OutboxRow.sent_at))),
    )
    found = [session.exec(moment).one() for moment in moments]
    return max((moment for moment in found if moment is not None), default=None)


@contextmanager
def _checked_copy(source: Path, copy: Path) -> Iterator[None]:
    _unlink(copy)
    try:
        try:
            _copy(source, copy)
            _check(source, copy)
        except (sqlite3.Error, OSError) as error:
            raise BackupRefusedError(
                f"{source.name} cannot be copied ({error}). Nothing was changed."
            ) from error
        yield
    finally:
        _unlink(copy)


def _copy(source: Path, target: Path) -> None:
    address = f"{source.resolve().as_uri()}?mode=ro"
    with (
        closing(sqlite3.connect(address, uri=True, timeout=_PATIENCE_SECONDS)) as there,
        closing(sqlite3.connect(target)) as here,
    ):
        # In one go: a copy made page by page begins anew with every write of the bot's.
        there.backup(here)
        # One file with nothing beside it, so that it can be carried away.
        here.execute("PRAGMA journal_mode = DELETE")
    with target.open("rb") as written:
        os.fsync(written.fileno())


def _check(source: Path, copy: Path) -> None:
    with closing(sqlite3.connect(copy)) as connection:
        tables = {name for (name,) in connection.execute("SELECT name FROM sqlite_master")}
        if not tables >= OURS:
            raise BackupRefusedError(
                f"{source.name} holds no records of Quarterlight. Nothing was changed."
            )
        faults = [
            *connection.execute("PRAGMA integrity_check(1)").fetchall(),
            *connection.execute("PRAGMA foreign_key_check").fetchall(),
        ]
    if faults != [("ok",)]:
        raise BackupRefusedError(
            f"{source.name} is damaged ({faults[0][0]}). Nothing was changed; take another backup."
        )


def _keep(database: Path) -> Path:
    """Keep the database under another name, too, with all that belongs to it."""
    kept = _free(database.with_name(database.name + ".before-restore"))
    with suppress(sqlite3.Error), closing(sqlite3.connect(database)) as connection:
        # What is only in the journal so far goes into the file, if the file can still be read.
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    try:
        os.link(database, kept)
    except OSError:
        shutil.copy2(database, kept)
    journal = database.with_name(database.name + "-wal")
    if journal.exists():
        shutil.copy2(journal, kept.with_name(kept.name + "-wal"))
    return kept


def _free(path: Path) -> Path:
    """A name that nobody has: an earlier copy is never overwritten."""
    number, found = 1, path
    while found.exists():
        number += 1
        found = path.with_name(f"{path.name}-{number}")
    return found


def _unlink(path: Path) -> None:
    for part in ("", "-wal", "-shm", "-journal"):
        path.with_name(path.name + part).unlink(missing_ok=True)


def _settle(folder: Path) -> None:
    """See the folder's new entries onto the disk."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
