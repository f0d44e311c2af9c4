"""What did not come in has lapsed: every collected target gets a return of the quarter.

It owns this for the close, for the end of somebody's extra time, and for the freeze. Counts
and histories need no special case after it.
"""

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import datetime

from sqlmodel import Session

from flows import owing, posting, reasons
from flows.cycle import Cycle
from flows.open_window import request_key
from flows.owing import Owing
from messages.notices.returns import ReturnsRequested
from messages.notices.window import StillToCome
from rules.due_returns import is_active
from rules.owed import Owed
from rules.quarters import Quarter
from rules.status import Facts, decide
from rules.vocabulary import ReturnState, Status, TargetState
from store import moves, returns
from store.returns import ReturnRecord
from store.targets import TargetRecord

Waits = Callable[[TargetRecord], bool]


def answerable(target: TargetRecord) -> int | None:
    """Who is asked for a target: its lead or, without one, the performance lead (A5)."""
    return target.lead or target.performance_lead


def waiting(planned: Cycle, now: datetime) -> Waits:
    """Which targets do not lapse yet, because whoever owes them was given more time."""
    return lambda target: (
        planned.has_more_time(answerable(target), now) and owing.requested(target, planned.quarter)
    )


def lapse(
    session: Session, planned: Cycle, picture: Owing, waits: Waits, now: datetime
) -> tuple[TargetRecord, ...]:
    """Give every collected target without a return one by rule; the targets that lapsed."""
    lapsed, first = [], []
    for target, record in to_lapse(session, planned, picture, waits, now):
        if record.version > 1:
            returns.keep(session, record)
        else:
            first.append(record)
        if record.state is ReturnState.LAPSED:
            lapsed.append(target)
    returns.keep_first(session, first)
    return tuple(lapsed)


def to_lapse(
    session: Session, planned: Cycle, picture: Owing, waits: Waits, now: datetime
) -> tuple[tuple[TargetRecord, ReturnRecord], ...]:
    """Every collected target that would get a return by rule, with that return."""
    made = (
        (target, _made(session, planned, picture, target, now))
        for target in picture.targets.values()
        if not waits(target)
    )
    return tuple((target, record) for target, record in made if record is not None)


def mark_closed(
    session: Session, picture: Owing, waits: Callable[[int], bool], now: datetime
) -> None:
    """Show in each lead's one message that the window is closed, but for whoever has time."""
    for person in picture.asked:
        key = request_key(picture.quarter, person)
        asked = posting.said(session, key)
        if isinstance(asked, ReturnsRequested) and not (asked.closed or waits(person)):
            posting.anew(session, key, replace(asked, next_reminder=None, closed=True), now=now)


def to_come(
    planned: Cycle, picture: Owing, owed: Iterable[Owed], now: datetime
) -> tuple[StillToCome, ...]:
    """Whoever has more time and still owes something of this, with their last day."""
    found: dict[int, list[str]] = {}
    for item in owed:
        person = answerable(picture.targets[item.target])
        if person is not None and not item.reported and planned.has_more_time(person, now):
            found.setdefault(person, []).append(item.ref)
    return tuple(
        StillToCome(person, tuple(refs), planned.extended[person]) for person, refs in found.items()
    )


def _made(
    session: Session, planned: Cycle, picture: Owing, target: TargetRecord, now: datetime
) -> ReturnRecord | None:
    quarter = planned.quarter
    if not (target.kind.collected and is_active(quarter, target.active_from, target.active_to)):
        return None
    history = picture.histories.get(target.number, ())
    there = next((record for record in history if record.quarter == quarter), None)
    if there is None:
        return _by_rule(target, quarter, now)
    if there.state is not ReturnState.SENT_BACK or _reopened(session, planned, there):
        return None
    return ReturnRecord(
        target.number,
        quarter,
        ReturnState.LAPSED,
        Status.NOT_SUBMITTED,
        now,
        version=there.version + 1,
        why=reasons.LEFT,
    )


def _reopened(session: Session, planned: Cycle, record: ReturnRecord) -> bool:
    """Whether it was sent back after the close: what was taken once does not lapse."""
    moved = moves.last(session, record.target, record.quarter)
    return moved is not None and moved.at >= planned.calendar.closes_at


def _by_rule(target: TargetRecord, quarter: Quarter, now: datetime) -> ReturnRecord | None:
    if target.state not in {TargetState.AGREED, TargetState.TO_BE_SET}:
        return None
    asked = owing.requested(target, quarter)
    facts = Facts(target.state, due=asked, has_proxy=target.proxy is not None, returned=False)
    status = decide(facts).status
    state = ReturnState.LAPSED if asked else ReturnState.ACCEPTED
    return ReturnRecord(target.number, quarter, state, status, now)
