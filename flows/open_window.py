"""A quarter's window opens: every lead gets one message with all that they owe.

It owns this use case, by the calendar and by hand.
"""

from dataclasses import replace
from datetime import date, datetime

from sqlmodel import Session

from flows import cycle, lines, owing, posting, uncovered
from flows.chasing import next_reminder
from flows.cycle import Cycle
from flows.owing import Owing
from flows.places import CENTRAL
from messages.notices.returns import ReturnsRequested
from messages.notices.window import WindowMissed, WindowOpened
from rules.owed import owed_by_lead
from rules.quarters import Quarter
from rules.vocabulary import QuarterState
from store import audit, quarters


def request_key(quarter: Quarter, person: int) -> str:
    """The key of a lead's one message."""
    return posting.person_key("request", quarter, person)


def opened_key(quarter: Quarter) -> str:
    """The key of the central channel's message about the window."""
    return posting.key("opened", quarter)


def open_window(
    session: Session,
    quarter: Quarter,
    now: datetime,
    *,
    due_at: datetime,
    by: int | None = None,
    opens: date | None = None,
    due: date | None = None,
    board: date | None = None,
) -> int:
    """Open a quarter's window and ask every lead once; how many people were asked.

    `opens`, `due` and `board` are dates entered by hand. Raises `CalendarRefusedError` for
    dates that cannot work, with nothing kept.
    """
    before = cycle.of(session, quarter).record
    record = replace(
        before,
        state=QuarterState.OPEN,
        opens=opens or before.opens,
        due=due or before.due,
        board=board or before.board,
        board_confirmed=before.board_confirmed or board is not None,
        opened_at=now,
    )
    planned = cycle.planned(session, record)
    quarters.keep(session, record)
    audit.record(
        session,
        at=now,
        actor=by,
        rule="" if by else "calendar",
        action="open window",
        subject=quarter.label,
        before=before,
        after=record,
    )
    picture = owing.in_quarter(session, quarter, planned.local_day(now))
    return _ask(session, planned, picture, due_at=due_at, now=now)


def tell_missed(session: Session, quarter: Quarter, now: datetime, *, due_at: datetime) -> None:
    """Tell the central channel, once, that a window went by unopened."""
    notice = WindowMissed(quarter, cycle.of(session, quarter).calendar.due)
    key = posting.key("missed", quarter)
    posting.to_channel(session, key, notice, CENTRAL, due_at=due_at, now=now)


def _ask(
    session: Session, planned: Cycle, picture: Owing, *, due_at: datetime, now: datetime
) -> int:
    quarter = planned.quarter
    grouped = owed_by_lead(picture.owed)
    reminder = next_reminder(planned, now)
    for person, owed in grouped.items():
        notice = ReturnsRequested(
            quarter, planned.calendar.due, picture.to_report(owed), reminder, person=person
        )
        key = request_key(quarter, person)
        posting.to_person(session, key, notice, person, due_at=due_at, now=now)
    uncovered.tell(session, planned, picture, due_at=due_at, now=now)
    told = window_opened(planned, picture)
    posting.to_channel(session, opened_key(quarter), told, CENTRAL, due_at=due_at, now=now)
    return len(grouped)


def window_opened(planned: Cycle, picture: Owing) -> WindowOpened:
    """What the central channel is told of a window."""
    missing = [picture.targets[item.target] for item in picture.owed]
    return WindowOpened(
        quarter=planned.quarter,
        due=planned.calendar.due,
        asked=len(picture.asked),
        targets=len(picture.owed),
        without_lead=tuple(lines.target_line(target) for target in missing if target.lead is None),
        without_milestone=tuple(
            target.ref
            for target in missing
            if not (target.profile.given or target.plan_basis)
            and not (target.proxy and target.proxy.profile.given)
        ),
        board=planned.calendar.board,
        board_confirmed=planned.calendar.board_confirmed,
        closes=planned.calendar.closes_at,
        pack=planned.calendar.pack,
    )
