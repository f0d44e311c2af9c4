"""The central team confirms or sets a quarter's board date.

It owns this use case. What was sent stays; everyone who was asked is told once when a date
they were given moves.
"""

from dataclasses import dataclass, replace
from datetime import date, datetime

from sqlmodel import Session

from flows import cycle, owing, posting, standing
from flows.cycle import Cycle
from flows.open_window import opened_key
from flows.publish import held_key
from messages.notices.digest import DigestHeld
from messages.notices.refusals import CalendarNotTaken, PersonUnknown, Refused
from messages.notices.window import DatesChanged, WindowOpened
from rules.calendar import CalendarRefusedError
from rules.permissions import Capability
from rules.quarters import Quarter
from rules.vocabulary import QuarterState
from store import audit, quarters
from store.quarters import QuarterRecord


@dataclass(frozen=True, slots=True)
class BoardDate:
    """A board date that is confirmed now."""

    quarter: Quarter
    board: date


def set_board(
    session: Session, slack_id: str, quarter: Quarter, board: date | None, now: datetime
) -> BoardDate | CalendarNotTaken | Refused | PersonUnknown:
    """Confirm the suggested board date, or the one given. Refuses a date that cannot work."""
    allowed = may_set_board(session, slack_id, quarter, now)
    if not isinstance(allowed, BoardDate):
        return allowed
    before = cycle.of(session, quarter)
    if before.record.state is QuarterState.PUBLISHED:
        return allowed
    try:
        after = cycle.planned(session, _confirmed(before, board or before.calendar.board))
    except CalendarRefusedError as refused:
        return CalendarNotTaken(quarter, tuple(fault.words for fault in refused.faults))
    if after.record != before.record:
        keep_dates(session, before, after, standing.number_of(session, slack_id), now)
    return BoardDate(quarter, after.calendar.board)


def _confirmed(before: Cycle, board: date) -> QuarterRecord:
    moved = board != before.calendar.board and before.record.opened_at is not None
    return replace(
        before.record,
        board=board,
        board_confirmed=True,
        dates_version=before.record.dates_version + moved,
    )


def may_set_board(
    session: Session, slack_id: str, quarter: Quarter, now: datetime
) -> BoardDate | Refused | PersonUnknown:
    """Whether a person may set the board date; with the date as it stands."""
    who = standing.asker(session, slack_id, now)
    if isinstance(who, PersonUnknown):
        return who
    if not standing.allowed_anywhere(who, Capability.RUN_QUARTER):
        return standing.refused(session, who, Capability.RUN_QUARTER, now)
    return BoardDate(quarter, cycle.of(session, quarter).calendar.board)


def keep_dates(
    session: Session, before: Cycle, after: Cycle, by: int | None, now: datetime
) -> None:
    """Keep changed dates, say them anew where they were said, and tell whoever was asked."""
    quarters.keep(session, after.record)
    audit.record(
        session,
        at=now,
        actor=by,
        action="set dates",
        subject=after.quarter.label,
        before=before.record,
        after=after.record,
    )
    told = posting.said(session, opened_key(after.quarter))
    if isinstance(told, WindowOpened):
        notice = replace(
            told, board=after.calendar.board, board_confirmed=True, pack=after.calendar.pack
        )
        posting.anew(session, opened_key(after.quarter), notice, now=now)
    held = posting.said(session, held_key(after.quarter))
    if isinstance(held, DigestHeld):
        known = replace(held, board=after.calendar.board, confirmed=True)
        posting.anew(session, held_key(after.quarter), known, now=now)
    if after.record.dates_version != before.record.dates_version:
        tell_dates_changed(session, after, now)


def tell_dates_changed(session: Session, after: Cycle, now: datetime) -> None:
    """Tell everyone who was asked, once for each change of dates."""
    picture = owing.in_quarter(session, after.quarter, after.local_day(now))
    calendar = after.calendar
    notice = DatesChanged(after.quarter, calendar.due, calendar.board, calendar.closes_at)
    for person in picture.asked:
        key = posting.person_key("dates", after.quarter, person, f"v{after.record.dates_version}")
        posting.to_person(session, key, notice, person, due_at=now, now=now)
