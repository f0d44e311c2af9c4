"""More time for one person: kept once for a quarter, and given anew in its place."""

from dataclasses import replace
from datetime import UTC, date, datetime

from sqlmodel import Session

from rules.quarters import Quarter
from store import extensions, people
from store.database import Database
from store.extensions import ExtensionRecord

QUARTER = Quarter(2008, 2)
GIVEN = datetime(2008, 10, 20, 10, tzinfo=UTC)


def _somebody(session: Session) -> ExtensionRecord:
    lead, central = (people.ensure(session, f"U{n}", f"person {n}") for n in (1, 2))
    until = date(2008, 11, 3)
    return ExtensionRecord(QUARTER, lead, until, "The survey is late.", central, GIVEN)


def test_more_time_is_read_back_by_person(database: Database) -> None:
    with database.writing() as session:
        given = _somebody(session)
        extensions.keep(session, given)
        assert extensions.until_by_person(session, QUARTER) == {given.person: given.until}
        assert extensions.find(session, QUARTER, given.person) == given
        assert extensions.until_by_person(session, QUARTER.next) == {}


def test_given_again_it_takes_the_place_of_what_was_given(database: Database) -> None:
    with database.writing() as session:
        given = _somebody(session)
        later = replace(given, until=date(2008, 11, 5), reason="Still late.")
        extensions.keep(session, given)
        extensions.keep(session, later)
        assert extensions.in_quarter(session, QUARTER) == (later,)
