"""A programme's files are loaded: targets, people and past quarters, whole or not at all.

It owns this use case for the command line.
"""

from datetime import datetime

from sqlmodel import Session

from rules.quarters import Quarter
from store import installation
from store.importing.ledger import Loaded
from store.importing.loading import load
from store.importing.programme import Programme


def import_programme(
    session: Session, programme: Programme, history_before: Quarter | None, now: datetime
) -> Loaded:
    """Bring the records to what the files say."""
    loaded = load(session, programme, history_before=history_before, now=now)
    installation.mark_loaded(session, now)
    return loaded
