"""Quarters as they are planned and run, and the stages each has done.

It owns these rows only. It must not work out a date: `rules/calendar.py` does.
"""

from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import Session, col, select

from rules.quarters import Quarter
from rules.vocabulary import QuarterState
from store.once import insert_once
from store.tables import QuarterRow, StageRow


@dataclass(frozen=True, slots=True)
class QuarterRecord:
    """A quarter's state and the dates that were entered for it; none follows the settings.

    `dates_version` counts changes of dates after opening. `paused_at` is when it was paused and
    `paused_by` by whom; none where it is not.
    """

    quarter: Quarter
    state: QuarterState
    opens: date | None = None
    due: date | None = None
    board: date | None = None
    board_confirmed: bool = False
    dates_version: int = 0
    opened_at: datetime | None = None
    paused_at: datetime | None = None
    paused_by: int | None = None


def find(session: Session, quarter: Quarter) -> QuarterRecord | None:
    """A quarter that has been planned or run, or none."""
    row = session.get(QuarterRow, quarter)
    return None if row is None else _record(row)


def running(session: Session) -> tuple[QuarterRecord, ...]:
    """The quarters between opening and publishing, and those published whose stages may go on."""
    rows = session.exec(
        select(QuarterRow)
        .where(col(QuarterRow.opened_at).is_not(None))
        .order_by(col(QuarterRow.label))
    )
    return tuple(_record(row) for row in rows)


def paused(session: Session) -> tuple[QuarterRecord, ...]:
    """The quarters that are paused, in order."""
    rows = session.exec(
        select(QuarterRow)
        .where(col(QuarterRow.paused_at).is_not(None))
        .order_by(col(QuarterRow.label))
    )
    return tuple(_record(row) for row in rows)


def planned(session: Session) -> tuple[QuarterRecord, ...]:
    """The quarters that stand in the records and are not published, in order."""
    rows = session.exec(
        select(QuarterRow)
        .where(QuarterRow.state != QuarterState.PUBLISHED)
        .order_by(col(QuarterRow.label))
    )
    return tuple(_record(row) for row in rows)


def latest_opened(session: Session) -> QuarterRecord | None:
    """The latest quarter whose window was ever opened here, or none."""
    return max(running(session), key=lambda record: record.quarter, default=None)


def keep(session: Session, record: QuarterRecord) -> None:
    """Keep a quarter as given, whether it stood before or not."""
    row = session.get(QuarterRow, record.quarter) or QuarterRow(
        label=record.quarter, state=record.state
    )
    row.state = record.state
    row.opens, row.due, row.board = record.opens, record.due, record.board
    row.board_confirmed, row.dates_version = record.board_confirmed, record.dates_version
    row.opened_at = record.opened_at
    row.paused_at, row.paused_by = record.paused_at, record.paused_by
    session.add(row)
    session.flush()


def stages_done(session: Session, quarter: Quarter) -> dict[str, datetime]:
    """The stages done or passed over, with the instant of each."""
    rows = session.exec(select(StageRow).where(StageRow.quarter == quarter))
    return {row.name: row.done_at for row in rows}


def that_did(session: Session, name: str) -> tuple[Quarter, ...]:
    """The quarters in which a stage of this name was done."""
    return tuple(session.exec(select(col(StageRow.quarter)).where(StageRow.name == name)))


def begin_stage(
    session: Session,
    quarter: Quarter,
    name: str,
    *,
    due_at: datetime,
    now: datetime,
    passed_over: bool = False,
) -> bool:
    """Mark a stage as done in this transaction. False when it was done before."""
    return insert_once(
        session,
        StageRow,
        quarter=quarter,
        name=name,
        due_at=due_at,
        done_at=now,
        passed_over=passed_over,
    )


def _record(row: QuarterRow) -> QuarterRecord:
    return QuarterRecord(
        row.label,
        row.state,
        row.opens,
        row.due,
        row.board,
        row.board_confirmed,
        row.dates_version,
        row.opened_at,
        row.paused_at,
        row.paused_by,
    )
