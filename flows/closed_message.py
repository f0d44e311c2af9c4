"""What changes in the central channel's message about the close once the window is closed.

It owns keeping that message true: who was given time since, what has come in late, and that
the freeze ends both.
"""

from dataclasses import replace
from datetime import date, datetime

from sqlmodel import Session

from flows import posting
from messages.notices.window import StillToCome, WindowClosed
from rules.quarters import Quarter


def closed_key(quarter: Quarter) -> str:
    """The key of the central channel's message about the close."""
    return posting.key("closed", quarter)


def show_time(
    session: Session,
    quarter: Quarter,
    person: int,
    refs: tuple[str, ...],
    until: date,
    now: datetime,
) -> None:
    """Somebody may report until a day."""
    told = posting.said(session, closed_key(quarter))
    if isinstance(told, WindowClosed):
        others = tuple(one for one in told.to_come if one.person != person)
        notice = replace(told, to_come=(*others, StillToCome(person, refs, until)))
        posting.anew(session, closed_key(quarter), notice, now=now)


def show_come(session: Session, quarter: Quarter, ref: str, now: datetime) -> None:
    """A return that was missing at the close has come in."""
    told = posting.said(session, closed_key(quarter))
    if not isinstance(told, WindowClosed):
        return
    missing = {one.ref for one in told.lapsed} | {ref for one in told.to_come for ref in one.refs}
    if ref in missing - set(told.came):
        notice = replace(told, came=(*told.came, ref))
        posting.anew(session, closed_key(quarter), notice, now=now)


def end(session: Session, quarter: Quarter, now: datetime) -> None:
    """The pack is frozen: no late return can come any more, so nobody is offered time."""
    told = posting.said(session, closed_key(quarter))
    if isinstance(told, WindowClosed) and told.late_until is not None:
        notice = replace(told, to_come=(), late_until=None)
        posting.anew(session, closed_key(quarter), notice, now=now)
