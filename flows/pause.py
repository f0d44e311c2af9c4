"""The central team pauses a quarter, and lets it go on.

It owns these two use cases. While a quarter is paused none of its stages is due (`flows/tick.py`
asks nothing of it); returns can still be sent in. What a pause does to the dates is decided by
`rules/pausing.py`.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime

from sqlmodel import Session

from flows import cycle, owing, posting, resting, standing
from flows.answers import current_quarter
from flows.board_date import asked_now, show_dates
from flows.change_dates import show_due
from flows.cycle import Cycle
from flows.hand_over import not_yet_asked, pass_requests_on
from flows.places import CENTRAL
from flows.standing import Asker
from messages.notices.pausing import PauseStands, QuarterPaused, QuarterResumed, ResumeStands
from messages.notices.refusals import (
    CalendarNotTaken,
    PersonUnknown,
    QuarterIsPaused,
    QuarterNotPaused,
    QuarterOver,
    Refused,
)
from rules import pausing
from rules.calendar import CalendarRefusedError, QuarterCalendar
from rules.owed import owed_by_lead
from rules.permissions import Capability
from rules.quarters import Quarter
from rules.vocabulary import QuarterState
from store import audit, quarters

Stranger = PersonUnknown | Refused


@dataclass(frozen=True, slots=True)
class Owers:
    """Whom a pause is told to, with what they owe, and how many were not asked for it yet."""

    asked: Mapping[int, tuple[str, ...]]
    unasked: int = 0


def pause(
    session: Session, slack_id: str, quarter: Quarter | None, now: datetime
) -> PauseStands | QuarterOver | Stranger:
    """Pause a quarter, the current one where none is named. A second time changes nothing."""
    who = _permitted(session, slack_id, now)
    if not isinstance(who, Asker):
        return who
    planned = cycle.of(session, quarter or current_quarter(session, now))
    record = planned.record
    if record.state is QuarterState.PUBLISHED:
        return QuarterOver(record.quarter)
    if record.paused_at is not None:
        return PauseStands(record.quarter, record.paused_at, record.paused_by, 0, already=True)
    paused = replace(record, paused_at=now, paused_by=who.number)
    quarters.keep(session, paused)
    _audited(session, "pause quarter", planned, paused, who, now)
    notes = resting.paused(session, record.quarter, now, is_open=planned.is_open)
    owers = _still_owing(session, planned, now)
    for person, refs in owers.asked.items():
        told = QuarterPaused(record.quarter, refs, escalated=not planned.is_open)
        posting.to_person(
            session, _key("paused", planned, now, person), told, person, due_at=now, now=now
        )
    stands = PauseStands(
        record.quarter, now, who.number, len(owers.asked), unasked=owers.unasked, notes=notes
    )
    key = _key("paused", planned, now)
    posting.to_channel(session, key, stands, CENTRAL, due_at=now, now=now)
    return stands


def resume(
    session: Session, slack_id: str, quarter: Quarter | None, board: date | None, now: datetime
) -> ResumeStands | CalendarNotTaken | QuarterNotPaused | Stranger:
    """Let a quarter go on, its dates moved by what was lost; `board` sets another board date.

    Refused, with what would work, where the dates cannot be kept before the board meets.
    """
    who = _permitted(session, slack_id, now)
    if not isinstance(who, Asker):
        return who
    before = cycle.of(session, quarter or _paused_one(session, now))
    if before.record.paused_at is None:
        return QuarterNotPaused(before.quarter)
    try:
        after, lost = _moved(session, before, before.record.paused_at, board, now)
    except CalendarRefusedError as refused:
        return CalendarNotTaken(before.quarter, tuple(fault.words for fault in refused.faults))
    return _go_on(session, before, after, lost, who, now)


def standing_pause(session: Session, quarter: Quarter) -> QuarterIsPaused | None:
    """The refusal of whatever a paused quarter does not do, or none."""
    record = quarters.find(session, quarter)
    if record is None or record.paused_at is None:
        return None
    return QuarterIsPaused(quarter, record.paused_at, record.paused_by)


def _moved(
    session: Session, before: Cycle, paused_at: datetime, board: date | None, now: datetime
) -> tuple[Cycle, int]:
    """The cycle after the pause. Raises `CalendarRefusedError` where it cannot work."""
    record = before.record
    opened = record.opened_at is not None
    dates = pausing.moved(before.calendar, before.days, paused_at, now, opened=opened)
    resumed = replace(
        record,
        opens=dates.opens or record.opens,
        due=dates.due if dates.lost else record.due,
        board=None,
        board_confirmed=False,
        paused_at=None,
        paused_by=None,
        dates_version=record.dates_version + bool(dates.lost and opened),
    )
    meets = board or record.board
    if meets is not None:
        # First without it: what would fit is counted from the dates as they have moved.
        free = cycle.planned(session, resumed)
        _check_board(free, replace(free.calendar, board=meets, pack=_pack(free, meets)), now)
    confirmed = board is not None or record.board_confirmed
    after = cycle.planned(session, replace(resumed, board=meets, board_confirmed=confirmed))
    return after, dates.lost


def _pack(planned: Cycle, board: date) -> date:
    return planned.days.add(board, -planned.settings.calendar.pack_before)


def _check_board(planned: Cycle, calendar: QuarterCalendar, now: datetime) -> None:
    fault = pausing.board_fault(calendar, planned.days, now, planned.settings.calendar.pack_before)
    if fault is not None:
        raise CalendarRefusedError((fault,))


def _go_on(
    session: Session, before: Cycle, after: Cycle, lost: int, who: Asker, now: datetime
) -> ResumeStands:
    quarters.keep(session, after.record)
    _audited(session, "resume quarter", before, after.record, who, now)
    show_dates(session, after, now)
    owers = _still_owing(session, after, now)
    if after.is_open:
        show_due(session, after, now)
        pass_requests_on(session, after.quarter, now)
    calendar = after.calendar
    for person, refs in owers.asked.items():
        told = QuarterResumed(
            after.quarter,
            refs,
            calendar.due,
            calendar.closes_at,
            calendar.board if calendar.board_confirmed else None,
            escalated=not after.is_open,
        )
        key = _key("resumed", before, now, person)
        posting.to_person(session, key, told, person, due_at=now, now=now)
    stands = ResumeStands(
        quarter=after.quarter,
        at=now,
        by=who.number,
        told=len(owers.asked),
        lost=lost,
        opens=None if after.record.opened_at else calendar.opens,
        due=calendar.due,
        closes=calendar.closes_at,
        board=calendar.board,
        board_confirmed=calendar.board_confirmed,
        unasked=owers.unasked,
    )
    key = _key("resumed", before, now)
    posting.to_channel(session, key, stands, CENTRAL, due_at=now, now=now)
    return stands


def _still_owing(session: Session, planned: Cycle, now: datetime) -> Owers:
    """Who was asked and owes, while the window is open; later, whom an escalation was put to."""
    if planned.record.opened_at is None:
        return Owers({})
    if not planned.is_open:
        return Owers(asked_now(session, planned, now))
    picture = owing.in_quarter(session, planned.quarter, planned.local_day(now))
    unasked = not_yet_asked(session, picture)
    asked = {
        person: tuple(item.ref for item in owed)
        for person, owed in owed_by_lead(picture.owed).items()
        if person not in unasked
    }
    return Owers(asked, len(unasked))


def _paused_one(session: Session, now: datetime) -> Quarter:
    """The quarter meant where none is named: the latest that is paused, else the current."""
    paused = [one.quarter for one in quarters.paused(session)]
    return max(paused, default=None) or current_quarter(session, now)


def _key(subject: str, planned: Cycle, now: datetime, person: int | None = None) -> str:
    moment = f"{now:%Y-%m-%dT%H:%M:%S}"
    if person is None:
        return posting.key(subject, planned.quarter, moment)
    return posting.person_key(subject, planned.quarter, person, moment)


def _audited(
    session: Session, action: str, before: Cycle, after: object, who: Asker, now: datetime
) -> None:
    audit.record(
        session,
        at=now,
        actor=who.number,
        action=action,
        subject=before.quarter.label,
        before=before.record,
        after=after,
    )


def _permitted(session: Session, slack_id: str, now: datetime) -> Asker | Stranger:
    who = standing.asker(session, slack_id, now)
    if isinstance(who, PersonUnknown):
        return who
    if not standing.allowed_anywhere(who, Capability.RUN_QUARTER):
        return standing.refused(session, who, Capability.RUN_QUARTER, now)
    return who
