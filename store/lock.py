"""One process on one SQLite database: a second one is refused at once.

It owns the lock file beside the database. The operating system drops the lock when the
process ends, however it ends, so nothing is ever left to clear by hand.
"""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Protocol


class Kept(Protocol):
    """A database: the lock needs to know its file only, and must not load what opens it."""

    @property
    def path(self) -> Path | None:
        """The SQLite file; none on a server."""
        ...


class AnotherProcessError(RuntimeError):
    """Another process works on this database; the sentence says what to do."""


@contextmanager
def alone_on(database: Kept) -> Iterator[None]:
    """Hold the database for this process alone. On a server this holds nothing.

    Raises `AnotherProcessError` at once, without waiting.
    """
    if database.path is None:
        yield
        return
    with alone_at(database.path):
        yield


@contextmanager
def alone_at(path: Path) -> Iterator[None]:
    """Hold a SQLite file for this process alone, whether it is there, whole or neither.

    Raises `AnotherProcessError` at once, without waiting.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    with lock_file(path).open("a+", encoding="utf-8") as file:
        _take(file, path)
        yield


def lock_file(path: Path) -> Path:
    """The lock file of a SQLite file."""
    # Through a link, too, it is the same file.
    real = path.resolve()
    return real.with_name(real.name + ".lock")


def _take(file: IO[str], path: Path) -> None:
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        file.seek(0)
        holder = file.read().strip() or "unknown"
        raise AnotherProcessError(
            f"Quarterlight is already running on {path.name} (process {holder}). "
            "Stop that one first, or name another database in DATABASE_URL. Nothing was changed."
        ) from None
    file.truncate(0)
    file.write(str(os.getpid()))
    file.flush()
