"""Bring a database's structure to what this program needs, or refuse to work on it.

It owns running the steps under `store/migrations`, the copy made first and the question
whether program and database fit. It must not know what a step does.
"""

import os
import sqlite3
from collections.abc import Sequence
from contextlib import closing
from functools import cache
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection

from store.database import Database

_HOME = Path(__file__).parent / "migrations"
STEPS = (_HOME / "versions",)
"""The folders of the steps. Tests add one with steps of their own; the program never does."""


class SchemaError(RuntimeError):
    """Program and database do not fit together; the sentence says what to do."""


def upgrade(database: Database, steps: Sequence[Path] = STEPS) -> Path | None:
    """Bring the structure up to date, in one transaction. Already up to date: nothing happens.

    A SQLite file that holds something is copied first; the path of the copy comes back.
    Raises `SchemaError` for a database newer than the program.
    """
    found = current(database)
    needed = newest(steps)
    if found == needed:
        return None
    _refuse_newer(found, steps)
    copy = _copy(database.path, needed) if database.path else None
    with database.restructuring() as connection:
        config = _config(steps)
        config.attributes["connection"] = connection
        command.upgrade(config, "head")
    return copy


def current(database: Database) -> str | None:
    """The step the database stands at; none for an empty one."""
    with database.reading() as session:
        return _revision(session.connection())


def newest(steps: Sequence[Path] = STEPS) -> str:
    """The step this program needs."""
    head = _script(tuple(steps)).get_current_head()
    if head is None:
        raise SchemaError("This copy of Quarterlight has lost its database steps. Reinstall it.")
    return head


def is_current(database: Database) -> bool:
    """Whether the database stands exactly where this program needs it."""
    return current(database) == newest()


def require_current(database: Database) -> None:
    """Raise `SchemaError` unless the database stands where this program needs it."""
    found = current(database)
    _refuse_newer(found)
    if found != newest():
        raise SchemaError(
            "The database is older than this Quarterlight. Run “quarterlight db upgrade”; "
            "it makes a copy first."
        )


def earlier() -> tuple[str, ...]:
    """The steps before the newest, oldest first: where a database in use may still stand."""
    known = [step.revision for step in _script(STEPS).walk_revisions()]
    return tuple(reversed(known[1:]))


def _refuse_newer(found: str | None, steps: Sequence[Path] = STEPS) -> None:
    known = {step.revision for step in _script(tuple(steps)).walk_revisions()}
    if found is not None and found not in known:
        raise SchemaError(
            f"The database was made by a newer Quarterlight (step {found}). Run that version, "
            "or restore the copy made before the upgrade. Nothing was changed."
        )


def _revision(connection: Connection) -> str | None:
    return MigrationContext.configure(connection).get_current_revision()


def _copy(file: Path, needed: str) -> Path | None:
    copy = file.with_name(f"{file.name}.before-{needed}")
    unfinished = copy.with_name(copy.name + ".part")
    with closing(sqlite3.connect(file)) as source:
        if not source.execute("SELECT 1 FROM sqlite_master LIMIT 1").fetchone():
            return None
        unfinished.unlink(missing_ok=True)
        with closing(sqlite3.connect(unfinished)) as target:
            source.backup(target)
    return unfinished.replace(copy)


def _config(steps: Sequence[Path]) -> Config:
    config = Config()
    config.set_main_option("script_location", _written(_HOME))
    config.set_main_option("version_locations", os.pathsep.join(map(_written, steps)))
    config.set_main_option("path_separator", "os")
    return config


def _written(folder: Path) -> str:
    return str(folder).replace("%", "%%")


@cache
def _script(steps: tuple[Path, ...]) -> ScriptDirectory:
    """The steps, read once: they do not change while the program runs."""
    return ScriptDirectory.from_config(_config(steps))
