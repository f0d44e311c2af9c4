"""The central team confirms or sets a quarter's board date.

It owns this use case, and telling people of dates that moved. What was sent stays; everyone
who is asked for something is told once, of what moved and no more.
"""

from dataclasses import dataclass, replace
from datetime import date, datetime

from sqlmodel import Session

from flows import cycle, histories, owing, posting, standing
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
    show_dates(session, after, now)
    if after.record.dates_version != before.record.dates_version:
        tell_dates_changed(session, before, after, now)


def show_dates(session: Session, after: Cycle, now: datetime) -> None:
    """Say the dates anew in the central channel's messages that hold them."""
    calendar = after.calendar
    told = posting.said(session, opened_key(after.quarter))
    if isinstance(told, WindowOpened):
        notice = replace(
            told,
            due=calendar.due,
            board=calendar.board,
            board_confirmed=calendar.board_confirmed,
            closes=calendar.closes_at,
            pack=calendar.pack,
        )
        posting.anew(session, opened_key(after.quarter), notice, now=now)
    held = posting.said(session, held_key(after.quarter))
    if isinstance(held, DigestHeld):
        known = replace(held, board=calendar.board, confirmed=calendar.board_confirmed)
        posting.anew(session, held_key(after.quarter), known, now=now)


def tell_dates_changed(session: Session, before: Cycle, after: Cycle, now: datetime) -> None:
    """Tell everyone asked, once for each change, which dates moved (specification §3).

    While the window is open these are the leads; later only those an escalation was put to,
    because nobody else still has a date to keep.
    """
    calendar = after.calendar
    notice = DatesChanged(
        after.quarter,
        calendar.due,
        calendar.board,
        calendar.closes_at,
        due_moved=calendar.due != before.calendar.due,
        board_moved=calendar.board != before.calendar.board and calendar.board_confirmed,
    )
    for person, refs in asked_now(session, after, now).items():
        key = posting.person_key("dates", after.quarter, person, f"v{after.record.dates_version}")
        told = replace(notice, escalated=refs)
        posting.to_person(session, key, told, person, due_at=now, now=now)


def asked_now(session: Session, after: Cycle, now: datetime) -> dict[int, tuple[str, ...]]:
    """Whom the quarter asks something of now; with the escalated targets it is about, if any."""
    on = after.local_day(now)
    if after.is_open:
        return dict.fromkeys(owing.in_quarter(session, after.quarter, on).asked, ())
    found = histories.up_to(session, after, on)
    asked: dict[int, tuple[str, ...]] = {}
    for one, shown in found.all_escalated():
        people = {found.asked(one), one.target.lead, one.target.performance_lead}
        for person in people - {None} if shown.event.asks_sponsor else ():
            asked[person or 0] = (*asked.get(person or 0, ()), shown.ref)
    return asked
