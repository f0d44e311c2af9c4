"""More time for one person in one quarter: until which day, why, and who gave it.

It owns these rows. It must not decide who may give more time, nor what follows from it.
"""

from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import Session, col, select

from rules.quarters import Quarter
from store.once import insert_once
from store.tables import Extension


@dataclass(frozen=True, slots=True)
class ExtensionRecord:
    """More time as it was given last. `person` and `given_by` are numbers."""

    quarter: Quarter
    person: int
    until: date
    reason: str
    given_by: int
    given_at: datetime


def until_by_person(session: Session, quarter: Quarter) -> dict[int, date]:
    """The last day each person with more time may report, by person number."""
    return {one.person: one.until for one in in_quarter(session, quarter)}


def in_quarter(session: Session, quarter: Quarter) -> tuple[ExtensionRecord, ...]:
    """Everybody who was given more time in a quarter, in the order of their numbers."""
    rows = session.exec(
        select(Extension).where(Extension.quarter == quarter).order_by(col(Extension.person_id))
    )
    return tuple(_record(row) for row in rows)


def find(session: Session, quarter: Quarter, person: int) -> ExtensionRecord | None:
    """The time a person was given in a quarter, or none."""
    row = _row(session, quarter, person)
    return None if row is None else _record(row)


def keep(session: Session, record: ExtensionRecord) -> None:
    """Keep what was given; what the person had before is replaced."""
    values = {
        "until": record.until,
        "reason": record.reason,
        "given_by": record.given_by,
        "given_at": record.given_at,
    }
    key = {"quarter": record.quarter, "person_id": record.person}
    if insert_once(session, Extension, **key, **values):
        return
    row = _row(session, record.quarter, record.person)
    for name, value in values.items():
        setattr(row, name, value)
    session.flush()


def _row(session: Session, quarter: Quarter, person: int) -> Extension | None:
    return session.exec(
        select(Extension).where(Extension.quarter == quarter, Extension.person_id == person)
    ).first()


def _record(row: Extension) -> ExtensionRecord:
    return ExtensionRecord(
        row.quarter, row.person_id, row.until, row.reason, row.given_by, row.given_at
    )
