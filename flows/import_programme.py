"""A programme's files are loaded: targets, people and past quarters, whole or not at all.

It owns this use case for the command line, and which quarters of the files are history.
"""

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from flows import cycle
from rules.quarters import Quarter, reporting_quarter
from rules.vocabulary import QuarterState
from store import installation, quarters
from store.importing.ledger import Loaded
from store.importing.loading import load
from store.importing.programme import Programme


@dataclass(frozen=True, slots=True)
class Imported:
    """What a load did, and which quarters of the files were and were not kept as history."""

    loaded: Loaded
    history: tuple[Quarter, ...]
    to_come: tuple[Quarter, ...]


def import_programme(
    session: Session, programme: Programme, history_before: Quarter | None, now: datetime
) -> Imported:
    """Bring the records to what the files say.

    Without `history_before` the past ends where people are asked: at the earliest quarter that
    runs here, or whose due day is not over. Statuses from there on are left to be reported.
    """
    ends = history_before or first_to_report(session, now)
    loaded = load(session, programme, history_before=ends, now=now)
    installation.mark_loaded(session, now)
    return Imported(
        loaded,
        tuple(quarter for quarter in programme.quarters if quarter < ends),
        tuple(quarter for quarter in programme.quarters if quarter >= ends),
    )


def first_to_report(session: Session, now: datetime) -> Quarter:
    """The earliest quarter that is being reported here, or still to be reported."""
    today = cycle.today(session, now)
    reporting = reporting_quarter(today)
    is_over = today > cycle.of(session, reporting).calendar.due
    running = [
        record.quarter
        for record in quarters.running(session)
        if record.state is not QuarterState.PUBLISHED
    ]
    return min([reporting.next if is_over else reporting, *running])
