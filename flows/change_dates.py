"""The central team changes the dates of a window that is open.

It owns this use case. What was sent stays, what is not yet sent is worked out anew from the
new dates, and everyone who was asked is told once.
"""

from dataclasses import replace
from datetime import date, datetime

from sqlmodel import Session

from flows import cycle, owing, posting
from flows.board_date import keep_dates
from flows.chasing import next_reminder
from flows.cycle import Cycle
from flows.open_window import request_key
from messages.notices.returns import ReturnsRequested


def change_dates(
    session: Session, before: Cycle, due: date | None, board: date | None, by: int, now: datetime
) -> None:
    """Set a due day, a board day or both. Raises `CalendarRefusedError` for what cannot work."""
    record = replace(
        before.record,
        due=due or before.record.due,
        board=board or before.record.board,
        board_confirmed=before.record.board_confirmed or board is not None,
    )
    after = cycle.planned(session, record)
    moved = after.calendar.due != before.calendar.due or after.calendar.board != (
        before.calendar.board
    )
    after = cycle.planned(session, replace(record, dates_version=record.dates_version + moved))
    if after.record == before.record:
        return
    keep_dates(session, before, after, by, now)
    if after.calendar.due != before.calendar.due:
        show_due(session, after, now)


def show_due(session: Session, after: Cycle, now: datetime) -> None:
    """Show the new due day in every lead's one message."""
    picture = owing.in_quarter(session, after.quarter, after.local_day(now))
    for person in picture.asked:
        key = request_key(after.quarter, person)
        asked = posting.said(session, key)
        if isinstance(asked, ReturnsRequested):
            reminder = next_reminder(after, now)
            notice = replace(asked, due=after.due_for(person), next_reminder=reminder)
            posting.anew(session, key, notice, now=now)
