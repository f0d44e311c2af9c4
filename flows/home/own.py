"""What is a person's own in a Home: returns, drafts, acknowledgements, cards, actions, targets.

It owns gathering these parts. It must not change anything.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime

from sqlmodel import Session

from flows import actions, cycle, histories, owing, standing
from flows.acknowledge import unacknowledged
from flows.cycle import Cycle
from flows.histories import Histories, Walked
from flows.home.outlook import Outlook
from flows.owing import Owing
from flows.sitting_down import may_report
from messages.notices.actions import OpenAction
from messages.notices.common import Stead, TargetToReport
from messages.notices.escalations import EscalatedTarget
from messages.notices.home_parts import CardDue, DraftLine, TargetRow, ToDo
from rules.actions import Which
from rules.actions import listed as in_order
from rules.leave import Leave
from rules.lifecycle import Phase
from rules.owed import Owed
from rules.permissions import Capability
from rules.quarters import Quarter
from rules.vocabulary import QuarterState, ReturnState, Role
from store import begun, leave, moves, quarters
from store.moves import MoveRecord

COLUMNS = 4
"""The quarters of a target that a Home shows."""


def columns(quarter: Quarter) -> tuple[Quarter, ...]:
    """The last quarters up to this one, oldest first."""
    return tuple(quarter.shifted(back) for back in range(1 - COLUMNS, 1))


def todos(session: Session, seen: Outlook) -> tuple[ToDo, ...]:
    """What the current quarter asks of a person, and earlier ones that still ask something."""
    newest, *others = _todos(session, seen, seen.planned, seen.picture, seen.found)
    for quarter in _running_before(session, seen):
        others.extend(_earlier(session, seen, quarter))
    return (newest, *(todo for todo in others if _asks_something(todo)))


def drafts(session: Session, seen: Outlook) -> tuple[DraftLine, ...]:
    """What a person has begun and not sent, the latest first."""
    known = {one.target.number: one.target for one in seen.found.walked}
    kept = begun.by(session, seen.who.number)
    open_now = {
        quarter: _openable(session, seen, quarter) for quarter in {one.quarter for one in kept}
    }
    return tuple(
        DraftLine(
            draft.target,
            draft.quarter,
            known[draft.target].ref,
            known[draft.target].title,
            draft.saved_at,
            open=draft.target in open_now[draft.quarter],
        )
        for draft in kept
        if draft.target in known
        and standing.allowed(seen.who, Capability.SUBMIT_RETURN, known[draft.target])
    )


def _openable(session: Session, seen: Outlook, quarter: Quarter) -> frozenset[int]:
    """The targets, by number, whose return of a quarter this person may send in now."""
    planned = cycle.of(session, quarter)
    return frozenset(
        one.target.number
        for one in seen.found.walked
        if may_report(seen.who, planned, one.target, one.record(quarter), seen.now)
    )


def cards(seen: Outlook) -> tuple[CardDue, ...]:
    """The report cards asked of a lead, until the digest is out."""
    planned = seen.planned
    if planned.record.state is QuarterState.PUBLISHED:
        return ()
    led = seen.over(Role.TARGET_LEAD)
    return tuple(
        CardDue(planned.quarter, shown, planned.calendar.card_due)
        for one, shown in seen.found.all_escalated()
        if shown.event.asks_sponsor and one.target.ref in led
    )


def open_actions(seen: Outlook) -> tuple[OpenAction, ...]:
    """The actions of a person's own targets, those that name them, and a district's."""
    known = seen.picture.targets
    theirs = [
        action
        for action in seen.actions
        if action.target in known
        and (
            seen.is_own(known[action.target])
            or actions.names(seen.who, action)
            or (seen.holds(Role.DISTRICT_COORDINATOR) and action.districts)
        )
    ]
    return tuple(
        actions.open_action(
            action,
            known[action.target],
            seen.today,
            can_update=actions.may_say(seen.who, action, known[action.target]),
        )
        for action in in_order(theirs, Which.OPEN, seen.today)
    )


def target_rows(seen: Outlook) -> tuple[TargetRow, ...]:
    """A person's own targets with their last quarters."""
    return tuple(
        row(one, seen.planned.quarter) for one in seen.found.walked if seen.is_own(one.target)
    )


def row(one: Walked, quarter: Quarter) -> TargetRow:
    """A target with its last quarters."""
    said = {record.quarter: record.status for record in one.history}
    return TargetRow(
        one.target.ref, one.target.title, tuple(said.get(past) for past in columns(quarter))
    )


def _running_before(session: Session, seen: Outlook) -> Iterator[Quarter]:
    """The quarters before the current one that are not published; newest first."""
    for one in sorted(quarters.running(session), key=lambda one: one.quarter, reverse=True):
        if one.state is not QuarterState.PUBLISHED and one.quarter != seen.planned.quarter:
            yield one.quarter


def _earlier(session: Session, seen: Outlook, quarter: Quarter) -> tuple[ToDo, ...]:
    planned = cycle.of(session, quarter)
    only = frozenset(one.target.number for one in seen.found.walked)
    return _todos(
        session,
        seen,
        planned,
        owing.in_quarter(session, quarter, seen.today, only),
        histories.up_to(session, planned, seen.today, only),
    )


def _todos(
    session: Session, seen: Outlook, planned: Cycle, picture: Owing, found: Histories
) -> tuple[ToDo, ...]:
    """A person's own list of a quarter, then those of whoever they stand in for."""
    back = moves.sent_back(session, planned.quarter)
    steads = {one.person: Stead(one.person, one.ends) for one in _away(session, seen)}
    return tuple(
        ToDo(
            planned.quarter,
            planned.due_for(person),
            _to_report(_asked_now(person, planned, picture, seen.now), picture, back),
            _waiting(person, found),
            steads.get(person),
            planned.record.paused_at,
        )
        for person in seen.who.lists
    )


def _away(session: Session, seen: Outlook) -> tuple[Leave, ...]:
    who = seen.who
    return leave.handed_to(session, who.number, seen.today) if who.stands_in_for else ()


def _to_report(
    asked: tuple[Owed, ...], picture: Owing, back: dict[int, MoveRecord]
) -> tuple[TargetToReport, ...]:
    """What is asked for, what is left first, and why what came back did."""
    listed = (
        replace(target, back=back[target.number].why)
        if target.number in back and picture.state(target.number) is ReturnState.SENT_BACK
        else target
        for target in picture.to_report(asked)
    )
    return tuple(sorted(listed, key=lambda target: target.done is not None))


def _waiting(person: int, found: Histories) -> tuple[EscalatedTarget, ...]:
    return tuple(shown for one, shown in unacknowledged(found) if found.asked(one) == person)


def _asked_now(person: int, planned: Cycle, picture: Owing, now: datetime) -> tuple[Owed, ...]:
    """What is asked of a person: all of it while it can come, then what was reopened."""
    asked = picture.asked.get(person, ())
    if planned.phase(now) is Phase.FROZEN:
        return ()
    if planned.is_open or planned.has_more_time(person, now):
        return asked
    return tuple(one for one in asked if picture.state(one.target) is ReturnState.SENT_BACK)


def _asks_something(todo: ToDo) -> bool:
    return bool(todo.escalations) or any(target.done is None for target in todo.targets)
