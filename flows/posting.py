"""Keeping what must be said, in the same transaction as what it is about.

It owns turning a notice into an outbox row, and the business keys. It must not word or send.
What is said to a person rests until their working hours; only an answer to their own press, or
an alarm, goes at once.
"""

from datetime import datetime

from sqlmodel import Session

from flows import reaching
from messages.notices import Notice, dumps, kind_of, loads
from rules.quarters import Quarter
from rules.working_hours import Reached
from store import outbox
from store.outbox import Outgoing


def to_person(
    session: Session,
    key: str,
    notice: Notice,
    person: int,
    *,
    due_at: datetime,
    now: datetime,
    follows: str | None = None,
    at_once: bool = False,
) -> bool:
    """Keep a direct message for a person, by number. False when its key is there already.

    It goes in their working hours, and while they are away to their stand-in where a notice can
    be said in somebody's place; `at_once` to themselves and now, as does a reply.
    """
    found = Reached(person, now)
    if not at_once and follows is None:
        found = reaching.reached(session, person, notice, now)
        notice = reaching.in_their_place(notice, found)
    outgoing = Outgoing(
        key, kind_of(notice), dumps(notice), to_person=found.person, follows=follows
    )
    return outbox.post(session, outgoing, due_at=due_at, now=now, ready_at=found.at)


def to_channel(
    session: Session,
    key: str,
    notice: Notice,
    channel: str,
    *,
    due_at: datetime,
    now: datetime,
    follows: str | None = None,
) -> bool:
    """Keep a message to a channel, by name. False when its key is there already."""
    outgoing = Outgoing(key, kind_of(notice), dumps(notice), to_channel=channel, follows=follows)
    return outbox.post(session, outgoing, due_at=due_at, now=now)


def anew(session: Session, key: str, notice: Notice, *, now: datetime) -> None:
    """Say a message anew in its place, wherever it has got to."""
    outbox.edit(session, key, kind_of(notice), dumps(notice), now=now)


def said(session: Session, key: str) -> Notice | None:
    """What was last kept to be said under a key, or none."""
    kept = outbox.body_of(session, key)
    return None if kept is None else loads(*kept)


def key(subject: str, quarter: Quarter, *more: object) -> str:
    """A business key: `remind:2008/09 Q2:due-5:person 17`."""
    return ":".join([subject, quarter.label, *(str(part) for part in more)])


def person_key(subject: str, quarter: Quarter, person: int, *more: object) -> str:
    """A business key for one person."""
    return key(subject, quarter, *more, person_mark(person))


def person_of(key: str) -> int | None:
    """The number of the person a key is for, or none."""
    number = key.rpartition(f":{person_mark(0)[:-1]}")[2]
    return int(number) if number.isascii() and number.isdecimal() else None


def person_mark(person: int) -> str:
    """How a key for one person ends."""
    return f"person {person}"
