"""What must stand before the bot runs: a current schema, administrators, the time zone.

It owns these preparations. Running them again changes nothing.
"""

from datetime import datetime

from sqlmodel import Session

from bot.settings import WorkerSettings
from flows.administrators import appoint
from store import migrate, settings
from store.database import Database


def prepare_schema(database: Database) -> None:
    """Make the tables of an empty database; refuse one that needs an upgrade.

    Raises `SchemaError`, which says what to do.
    """
    if migrate.current(database) is None:
        migrate.upgrade(database)
    migrate.require_current(database)


def appoint_and_set(session: Session, kept: WorkerSettings, now: datetime) -> None:
    """Give the first administrators their role and keep the installation's time zone."""
    appoint(session, kept.central_team, now)
    if settings.read(session).calendar.zone != kept.time_zone:
        settings.change(session, "zone", kept.time_zone, None, now)
