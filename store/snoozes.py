"""What is put off: targets nobody is reminded of before a day, and people with a later due day.

It owns keeping a snooze, once for each target and quarter, and reading both.
"""

from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import Session, select

from rules.quarters import Quarter
from store.once import insert_once
from store.tables import Extension, Snooze


@dataclass(frozen=True, slots=True)
class SnoozeRecord:
    """A target put off: by whom, when, and until which day."""

    target: int
    person: int
    until: date
    at: datetime


def keep(session: Session, quarter: Quarter, record: SnoozeRecord) -> bool:
    """Put a target off. False, with nothing changed, when it was put off before."""
    return insert_once(
        session,
        Snooze,
        target_id=record.target,
        quarter=quarter,
        person_id=record.person,
        until=record.until,
        snoozed_at=record.at,
    )


def in_quarter(session: Session, quarter: Quarter) -> dict[int, SnoozeRecord]:
    """The targets that were put off in a quarter, by number."""
    rows = session.exec(select(Snooze).where(Snooze.quarter == quarter))
    return {
        row.target_id: SnoozeRecord(row.target_id, row.person_id, row.until, row.snoozed_at)
        for row in rows
    }


def extended(session: Session, quarter: Quarter) -> dict[int, date]:
    """The people who may report until a later day, by number."""
    rows = session.exec(select(Extension).where(Extension.quarter == quarter))
    return {row.person_id: row.until for row in rows}
