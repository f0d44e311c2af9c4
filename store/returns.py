"""Returns in all their versions, and drafts.

It owns keeping and reading them; the highest version of a target's quarter counts. Returns
are append-only: a correction is a new version. It must not judge a return.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import exists, func
from sqlalchemy.orm import aliased
from sqlmodel import Session, col, select
from sqlmodel.sql.expression import SelectOfScalar

from rules.quarters import Quarter
from rules.status import Profile
from rules.vocabulary import (
    Direction,
    GrantExpectation,
    ReturnState,
    Status,
    StatusBasis,
    StatusReason,
    ToleranceMode,
)
from store.tables import Draft, ReturnRow

NO_PROFILE = Profile()
_NEWER = aliased(ReturnRow)
# Made once: putting conditions on an alias together takes longer than asking them.
_COUNTING: SelectOfScalar[ReturnRow] = select(ReturnRow).where(
    ~exists().where(
        col(_NEWER.target_id) == col(ReturnRow.target_id),
        col(_NEWER.quarter) == col(ReturnRow.quarter),
        col(_NEWER.version) > col(ReturnRow.version),
    )
)


@dataclass(frozen=True, slots=True)
class ReturnRecord:
    """One version of a return. `target`, `submitted_by` and `on_behalf_of` are numbers.

    `actual` and `profile` are in the measure's unit, or in the proxy's where `basis` says so.
    """

    target: int
    quarter: Quarter
    state: ReturnState
    status: Status
    submitted_at: datetime
    version: int = 1
    computed_status: Status | None = None
    basis: StatusBasis | None = None
    reason: StatusReason | None = None
    reason_text: str = ""
    expected_on: date | None = None
    actual: Decimal | None = None
    profile: Profile = NO_PROFILE
    green_tolerance: Decimal | None = None
    amber_tolerance: Decimal | None = None
    tolerance_mode: ToleranceMode | None = None
    disputed: bool = False
    cause: str = ""
    significant_concern: bool = False
    highest_risk: int | None = None
    direction: Direction = Direction.NOT_COMPARABLE
    data_source: str = ""
    data_as_at: date | None = None
    quality_confirmed: bool = False
    grant_expectation: GrantExpectation | None = None
    late: bool = False
    submitted_by: int | None = None
    on_behalf_of: int | None = None


PLAIN_FIELDS = tuple(name for name in ReturnRecord.__slots__ if name not in {"target", "profile"})


def in_quarter(session: Session, quarter: Quarter) -> dict[int, ReturnRecord]:
    """The return that counts, by target number."""
    rows = session.exec(_COUNTING.where(ReturnRow.quarter == quarter))
    return {row.target_id: _record(row) for row in rows}


def of_target(session: Session, target: int) -> tuple[ReturnRecord, ...]:
    """The returns of a target that count, oldest quarter first."""
    rows = session.exec(
        _COUNTING.where(ReturnRow.target_id == target).order_by(col(ReturnRow.quarter))
    )
    return tuple(_record(row) for row in rows)


def histories(
    session: Session, up_to: Quarter, only: Collection[int] | None = None
) -> dict[int, tuple[ReturnRecord, ...]]:
    """The returns that count up to a quarter, oldest first, by target; one statement.

    `only` narrows it to these targets.
    """
    query = _COUNTING.where(col(ReturnRow.quarter) <= up_to).order_by(col(ReturnRow.quarter))
    if only is not None:
        query = query.where(col(ReturnRow.target_id).in_(only))
    found: dict[int, list[ReturnRecord]] = {}
    for row in session.exec(query):
        found.setdefault(row.target_id, []).append(_record(row))
    return {target: tuple(records) for target, records in found.items()}


def keep(session: Session, record: ReturnRecord) -> int:
    """Keep a return as the next version of its target's quarter; the version's number."""
    last = session.exec(
        select(func.max(ReturnRow.version)).where(
            ReturnRow.target_id == record.target, ReturnRow.quarter == record.quarter
        )
    ).one()
    version = (last or 0) + 1
    session.add(_row(record, version))
    session.flush()
    return version


def keep_first(session: Session, records: Iterable[ReturnRecord]) -> None:
    """Keep returns of targets that have none in their quarter yet, all at once."""
    session.add_all(_row(record, 1) for record in records)
    session.flush()


def _row(record: ReturnRecord, version: int) -> ReturnRow:
    values = {name: getattr(record, name) for name in PLAIN_FIELDS}
    values |= {
        "target_id": record.target,
        "version": version,
        "profile": record.profile.value,
        "profile_low": record.profile.low,
        "profile_high": record.profile.high,
    }
    return ReturnRow(**values)


def move(session: Session, quarter: Quarter, states: dict[ReturnState, ReturnState]) -> int:
    """Move every return of a quarter that counts from one state to another; how many moved."""
    moved = 0
    for row in session.exec(_COUNTING.where(ReturnRow.quarter == quarter)):
        if row.state in states:
            row.state = states[row.state]
            session.add(row)
            moved += 1
    session.flush()
    return moved


@dataclass(frozen=True, slots=True)
class DraftRecord:
    """What one person has typed and not yet sent, each step as JSON or empty."""

    figure_step: str
    commentary_step: str
    saved_at: datetime


def draft(session: Session, target: int, quarter: Quarter, author: int) -> DraftRecord | None:
    """A person's draft of a return, or none."""
    row = _draft_row(session, target, quarter, author)
    return None if row is None else DraftRecord(row.figure_step, row.commentary_step, row.saved_at)


def save_draft(
    session: Session,
    target: int,
    quarter: Quarter,
    author: int,
    *,
    now: datetime,
    figure_step: str | None = None,
    commentary_step: str | None = None,
) -> None:
    """Keep what was typed in a step; the other step stays as it was."""
    row = _draft_row(session, target, quarter, author) or Draft(
        target_id=target, quarter=quarter, author_id=author, saved_at=now
    )
    row.saved_at = now
    row.figure_step = row.figure_step if figure_step is None else figure_step
    row.commentary_step = row.commentary_step if commentary_step is None else commentary_step
    session.add(row)
    session.flush()


def drop_draft(session: Session, target: int, quarter: Quarter, author: int) -> None:
    """Forget a draft once its return is kept."""
    row = _draft_row(session, target, quarter, author)
    if row is not None:
        session.delete(row)
        session.flush()


def _draft_row(session: Session, target: int, quarter: Quarter, author: int) -> Draft | None:
    return session.exec(
        select(Draft).where(
            Draft.target_id == target, Draft.quarter == quarter, Draft.author_id == author
        )
    ).first()


def _record(row: ReturnRow) -> ReturnRecord:
    values = {name: getattr(row, name) for name in PLAIN_FIELDS}
    profile = Profile(row.profile, row.profile_low, row.profile_high)
    return ReturnRecord(target=row.target_id, profile=profile, **values)
