"""Whom a message reaches, and when: the person in their working hours, or whoever stands in.

It owns putting a person's hours and leave together for `rules/working_hours.py`, and saying in
whose place somebody reads. It must not keep anything.
"""

from dataclasses import fields, replace
from datetime import date, datetime

from sqlmodel import Session

from flows import cycle
from messages.notices import Notice
from messages.notices.common import Stead
from rules.working_days import england
from rules.working_hours import Reached, Reader, WorkingHours, hours_of, reach
from store import leave, people, settings
from store.people import PersonRecord
from store.settings import OrganisationSettings


def reached(session: Session, person: int, notice: Notice, wanted: datetime) -> Reached:
    """Who hears this and when. Only what can be said in somebody's place goes to a stand-in."""
    kept = settings.read(session)
    record = people.by_number(session, person)
    if record is None:
        return Reached(person, wanted)
    on = cycle.today(session, wanted)
    asked = _reader(session, record, kept, on)
    stand_ins = _stand_ins(session, asked, kept, on) if can_be_for_another(notice) else {}
    return reach(asked, stand_ins, wanted, england())


def can_be_for_another(notice: Notice) -> bool:
    """Whether a message asks for something that a stand-in can do."""
    return any(field.name == "stead" for field in fields(notice))


def in_their_place(notice: Notice, found: Reached) -> Notice:
    """The notice as its reader gets it: with the words for whom it is, or without them."""
    if not can_be_for_another(notice):
        return notice
    away = found.leave
    stead = Stead(away.person, away.ends) if away is not None else None
    return replace(notice, stead=stead)


def usual_hours(kept: OrganisationSettings) -> WorkingHours:
    """The hours of whoever has said none of their own."""
    return WorkingHours(kept.calendar.zone, kept.day_starts, kept.day_ends)


def _reader(session: Session, record: PersonRecord, kept: OrganisationSettings, on: date) -> Reader:
    hours = hours_of(record.zone, record.day_starts, record.day_ends, usual_hours(kept))
    return Reader(record.number, hours, leave.of(session, record.number, on))


def _stand_ins(
    session: Session, asked: Reader, kept: OrganisationSettings, on: date
) -> dict[int, Reader]:
    named = (people.by_number(session, one.delegate or 0) for one in asked.leave)
    return {
        one.number: _reader(session, one, kept, on)
        for one in named
        if one is not None and one.active
    }
