"""What rests until its person's morning is kept true: nothing goes out that has been overtaken.

It owns these changes. A reminder loses what came in meanwhile, the last one takes the place of
those before it, and what is over by then is never sent.
"""

from dataclasses import replace
from datetime import datetime

from sqlmodel import Session

from flows import posting, reaching
from messages.notices import Notice, dumps, kind_of, loads
from messages.notices.escalations import SponsorReminded
from messages.notices.returns import LeadsOverdue, ReturnsOverdue, ReturnsStillMissing
from rules.cadence import Stage
from rules.quarters import Quarter
from store import outbox
from store.outbox import Outgoing, Resting

Chaser = ReturnsStillMissing | ReturnsOverdue | LeadsOverdue
REMIND = "remind"


def came_in(session: Session, quarter: Quarter, ref: str, now: datetime) -> None:
    """A return came in: chasers that rest no longer name it, or are not sent at all."""
    for one, notice in _chasers(session, quarter, now):
        left = [target for target in notice.targets if target.ref != ref]
        if not left:
            outbox.withdraw(session, one.key, now)
        elif len(left) < len(notice.targets):
            shorter = replace(notice, targets=tuple(left))  # type: ignore[arg-type]  # of one kind
            posting.anew(session, one.key, shorter, now=now)


def overtaken(session: Session, stage: Stage, person: int, by: type[Chaser], now: datetime) -> None:
    """A stage's chaser is about to be kept: earlier stages' for the same person are not sent.

    What is told to somebody about others' returns, and what they owe themselves, are two things.
    """
    quarter = stage.quarter
    this = posting.key(REMIND, quarter, stage.name)
    ending = f":{posting.person_mark(person)}"
    for one, notice in _chasers(session, quarter, now, ending):
        is_earlier = not one.key.startswith(f"{this}:") and not one.key.startswith(f"{this} ")
        if is_earlier and same_subject(type(notice), by):
            outbox.withdraw(session, one.key, now)


def is_chaser(shape: type[Notice]) -> bool:
    """Whether notices of a class chase somebody for returns."""
    return issubclass(shape, Chaser)


def same_subject(one: type[Notice], other: type[Notice]) -> bool:
    """Whether of two kinds of chasers for a person the later overtakes the earlier."""
    return (one is LeadsOverdue) == (other is LeadsOverdue)


def acknowledged(session: Session, quarter: Quarter, escalation: int, now: datetime) -> None:
    """An escalation is acknowledged: reminders that rest no longer ask for it."""
    start = posting.key("acknowledge", quarter, "")
    for one in outbox.resting(session, now, start=start):
        notice = loads(one.kind, one.body)
        if not isinstance(notice, SponsorReminded):
            continue
        left = tuple(target for target in notice.targets if target.escalation != escalation)
        if not left:
            outbox.withdraw(session, one.key, now)
        elif len(left) < len(notice.targets):
            posting.anew(session, one.key, replace(notice, targets=left), now=now)


def window_closed(session: Session, quarter: Quarter, now: datetime) -> None:
    """The window has closed: no chaser that still rests is sent."""
    for one, _ in _chasers(session, quarter, now):
        outbox.withdraw(session, one.key, now)


def paused(session: Session, quarter: Quarter, now: datetime, *, is_open: bool) -> int:
    """The quarter is paused: nobody is asked, chased or written to by what rests.

    How many people a note of the central team does not reach: it speaks of days that are about
    to move. While the window `is_open` a request is not sent either, because whoever has none is
    asked once the quarter goes on. What asks once and is never asked again still goes out: a
    request after the close, and what is put to a sponsor for the first time.
    """
    window_closed(session, quarter, now)
    _withdraw(session, "acknowledge", quarter, now)
    if is_open:
        _withdraw(session, "request", quarter, now)
    return len({posting.person_of(key) for key in _withdraw(session, "note", quarter, now)})


def leave_changed(session: Session, person: int, now: datetime) -> None:
    """A person's leave or hours changed: what rests for them goes to whoever hears it first now."""
    for one in outbox.resting(session, now, ending=f":{posting.person_mark(person)}"):
        notice = loads(one.kind, one.body)
        found = reaching.reached(session, person, notice, now)
        notice = reaching.in_their_place(notice, found)
        outgoing = Outgoing(one.key, kind_of(notice), dumps(notice), to_person=found.person)
        outbox.move(session, outgoing, found.at, now)


def _withdraw(session: Session, subject: str, quarter: Quarter, now: datetime) -> tuple[str, ...]:
    """Let nothing that rests of a subject be sent; the keys of what rested."""
    keys = [
        one.key for one in outbox.resting(session, now, start=posting.key(subject, quarter, ""))
    ]
    return tuple(key for key in keys if outbox.withdraw(session, key, now))


def _chasers(
    session: Session, quarter: Quarter, now: datetime, ending: str = ""
) -> list[tuple[Resting, Chaser]]:
    start = posting.key(REMIND, quarter, "")
    found = outbox.resting(session, now, start=start, ending=ending)
    pairs = ((one, loads(one.kind, one.body)) for one in found)
    return [(one, notice) for one, notice in pairs if isinstance(notice, Chaser)]
