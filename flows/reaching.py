"""Whom a message reaches, and when: the person in their working hours, or whoever stands in.

It owns putting a person's hours and leave together for `rules/working_hours.py`, and saying in
whose place somebody reads. It must not keep anything.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields, replace
from datetime import date, datetime

from sqlmodel import Session

from flows import cycle
from messages.notices import Notice
from messages.notices.common import Stead
from rules.leave import Leave
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


@dataclass(frozen=True, slots=True)
class Readers:
    """Everybody, and those among them who can stand in, looked up once."""

    everybody: Mapping[int, Reader]
    stand_ins: Mapping[int, Reader]

    def reached(self, person: int, shape: type[Notice], wanted: datetime) -> Reached:
        """Who would hear a kind of message, and when."""
        asked = self.everybody.get(person)
        if asked is None:
            return Reached(person, wanted)
        return reach(asked, self.stand_ins if can_be_for_another(shape) else {}, wanted, england())


def everybody(session: Session, now: datetime) -> Readers:
    """All who may be written to from now on; any number of them costs the same statements."""
    kept, on = settings.read(session), cycle.today(session, now)
    away: dict[int, tuple[Leave, ...]] = {}
    for one in leave.not_over(session, on):
        away[one.person] = (*away.get(one.person, ()), one)
    records = people.everyone(session)
    found = {one.number: _at_desk(one, kept, away.get(one.number, ())) for one in records}
    return Readers(found, {one.number: found[one.number] for one in records if one.active})


def stand_ins_for(
    session: Session, asked: Iterable[int], shape: type[Notice], now: datetime
) -> tuple[int, ...]:
    """Whoever gets a kind of message now in the place of one of these people."""
    readers = everybody(session, now)
    pairs = ((person, readers.reached(person, shape, now).person) for person in asked)
    return tuple(sorted({reader for person, reader in pairs if reader != person}))


def can_be_for_another(notice: Notice | type[Notice]) -> bool:
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
    return _at_desk(record, kept, leave.of(session, record.number, on))


def _at_desk(record: PersonRecord, kept: OrganisationSettings, away: tuple[Leave, ...]) -> Reader:
    hours = hours_of(record.zone, record.day_starts, record.day_ends, usual_hours(kept))
    return Reader(record.number, hours, away)


def _stand_ins(
    session: Session, asked: Reader, kept: OrganisationSettings, on: date
) -> dict[int, Reader]:
    named = (people.by_number(session, one.delegate or 0) for one in asked.leave)
    return {
        one.number: _reader(session, one, kept, on)
        for one in named
        if one is not None and one.active
    }
