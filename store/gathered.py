"""Figures that came in a block's own sheet, for the lead to confirm (requirement C17).

It owns these rows. A gathered figure is no return: only a person makes it one.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum

from sqlmodel import Session, col, select

from rules.quarters import Quarter
from store.tables import Gathered


@dataclass(frozen=True, slots=True)
class GatheredRecord:
    """The figure of a target in a quarter, in the measure's unit, and the sheet it came from.

    `target` and `gathered_by` are numbers; nobody gathered where a command did.
    """

    target: int
    quarter: Quarter
    figure: Decimal
    source: str
    as_at: date | None
    gathered_by: int | None
    gathered_at: datetime


class Kept(StrEnum):
    """What keeping a figure did."""

    ADDED = "ADDED"
    CHANGED = "CHANGED"
    SAME = "SAME"


@dataclass(frozen=True, slots=True)
class Keeping:
    """A figure that was kept, and what stood before."""

    record: GatheredRecord
    before: GatheredRecord | None
    kept: Kept


def of_target(session: Session, target: int, quarter: Quarter) -> GatheredRecord | None:
    """What was gathered for a target in a quarter."""
    query = select(Gathered).where(Gathered.target_id == target, Gathered.quarter == quarter)
    row = session.exec(query).one_or_none()
    return _record(row) if row else None


def in_quarter(session: Session, quarter: Quarter) -> dict[int, GatheredRecord]:
    """What was gathered in a quarter, by target number; one statement."""
    rows = session.exec(
        select(Gathered).where(Gathered.quarter == quarter).order_by(col(Gathered.target_id))
    )
    return {row.target_id: _record(row) for row in rows}


def keep(session: Session, records: Iterable[GatheredRecord]) -> tuple[Keeping, ...]:
    """Keep figures of one quarter or of several; a later one takes an earlier one's place."""
    wanted = tuple(records)
    quarters = {record.quarter for record in wanted}
    there = {
        (row.target_id, row.quarter): row
        for row in session.exec(select(Gathered).where(col(Gathered.quarter).in_(quarters)))
    }
    done = tuple(_keep(session, record, there) for record in wanted)
    session.flush()
    return done


def _keep(
    session: Session, record: GatheredRecord, there: dict[tuple[int, Quarter], Gathered]
) -> Keeping:
    row = there.get((record.target, record.quarter))
    before = _record(row) if row else None
    if before is not None and _said(before) == _said(record):
        return Keeping(before, before, Kept.SAME)
    row = row or Gathered(
        target_id=record.target,
        quarter=record.quarter,
        figure=record.figure,
        gathered_at=record.gathered_at,
    )
    row.figure, row.source, row.as_at = record.figure, record.source, record.as_at
    row.gathered_by, row.gathered_at = record.gathered_by, record.gathered_at
    session.add(row)
    there[record.target, record.quarter] = row
    return Keeping(record, before, Kept.CHANGED if before else Kept.ADDED)


def _said(record: GatheredRecord) -> tuple[Decimal, str, date | None]:
    return record.figure, record.source, record.as_at


def _record(row: Gathered) -> GatheredRecord:
    return GatheredRecord(
        row.target_id,
        row.quarter,
        row.figure,
        row.source,
        row.as_at,
        row.gathered_by,
        row.gathered_at,
    )
