"""Bring a database's structure to what this program needs, or refuse to work on it.

It owns running the steps under `store/migrations`, the copy made first and the question
whether program and database fit. It must not know what a step does.
"""

import sqlite3
from contextlib import closing
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection

from store.database import Database

_STEPS = Path(__file__).parent / "migrations"


class SchemaError(RuntimeError):
    """Program and database do not fit together; the sentence says what to do."""


def upgrade(database: Database) -> Path | None:
    """Bring the structure up to date, in one transaction. Already up to date: nothing happens.

    A SQLite file that holds something is copied first; the path of the copy comes back.
    Raises `SchemaError` for a database newer than the program.
    """
    found = current(database)
    if found == newest():
        return None
    _refuse_newer(found)
    copy = _copy(database.path) if database.path else None
    with database.restructuring() as connection:
        config = _config()
        config.attributes["connection"] = connection
        command.upgrade(config, "head")
    return copy


def current(database: Database) -> str | None:
    """The step the database stands at; none for an empty one."""
    with database.reading() as session:
        return _revision(session.connection())


def newest() -> str:
    """The step this program needs."""
    head = _script().get_current_head()
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


def _refuse_newer(found: str | None) -> None:
    known = {step.revision for step in _script().walk_revisions()}
    if found is not None and found not in known:
        raise SchemaError(
            f"The database was made by a newer Quarterlight (step {found}). Run that version, "
            "or restore the copy made before the upgrade. Nothing was changed."
        )


def _revision(connection: Connection) -> str | None:
    return MigrationContext.configure(connection).get_current_revision()


def _copy(file: Path) -> Path | None:
    copy = file.with_name(f"{file.name}.before-{newest()}")
    unfinished = copy.with_name(copy.name + ".part")
    with closing(sqlite3.connect(file)) as source:
        if not source.execute("SELECT 1 FROM sqlite_master LIMIT 1").fetchone():
            return None
        unfinished.unlink(missing_ok=True)
        with closing(sqlite3.connect(unfinished)) as target:
            source.backup(target)
    return unfinished.replace(copy)


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(_STEPS).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    return config


def _script() -> ScriptDirectory:
    return ScriptDirectory.from_config(_config())
