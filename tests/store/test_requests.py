"""Signed requests: of the very same one, one is handled and all get its answer."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from store import requests
from store.database import Database
from store.requests import Answer, Place

NOW = datetime(2026, 10, 1, 8, tzinfo=UTC)
PATIENCE = timedelta(seconds=10)
SAID = Answer(200, "application/json", '{"text": "Thank you."}')
AT_ONCE = 20


def taken(database: Database, digest: str = "a", at: datetime = NOW) -> Answer | Place:
    with database.noting() as session:
        return requests.take(session, digest, at, dead_before=at - PATIENCE)


def answered(database: Database, at: datetime = NOW, taken_at: datetime = NOW) -> bool:
    with database.noting() as session:
        return requests.answered(session, "a", taken_at, SAID, at)


def test_the_first_comer_handles_it_and_the_next_waits(database: Database) -> None:
    assert taken(database) is Place.YOURS
    assert taken(database) is Place.UNDER_WAY
    assert taken(database, "b") is Place.YOURS


def test_a_repetition_gets_the_very_same_answer(database: Database) -> None:
    taken(database)
    assert answered(database)
    assert taken(database) == SAID


def test_of_many_at_once_one_handles_it(database: Database) -> None:
    with ThreadPoolExecutor(10) as pool:
        places = list(pool.map(lambda _: taken(database), range(AT_ONCE)))
    assert (places.count(Place.YOURS), places.count(Place.UNDER_WAY)) == (1, AT_ONCE - 1)


def test_it_is_taken_over_from_one_that_died_and_by_one_alone(database: Database) -> None:
    taken(database)
    assert taken(database, at=NOW + PATIENCE) is Place.UNDER_WAY
    later = NOW + PATIENCE + timedelta(seconds=1)
    with ThreadPoolExecutor(10) as pool:
        places = list(pool.map(lambda _: taken(database, at=later), range(AT_ONCE)))
    assert places.count(Place.YOURS) == 1
    assert not answered(database, later), "the one that died says nothing more"
    assert answered(database, later, taken_at=later)


def test_one_that_could_not_be_handled_counts_as_new(database: Database) -> None:
    taken(database)
    with database.noting() as session:
        requests.let_go(session, "a", NOW)
    assert taken(database) is Place.YOURS


def test_an_answer_is_not_given_back(database: Database) -> None:
    taken(database)
    answered(database)
    with database.noting() as session:
        requests.let_go(session, "a", NOW)
    assert taken(database) == SAID


def test_requests_are_forgotten_after_their_time(database: Database) -> None:
    taken(database, "old", NOW - timedelta(minutes=11))
    taken(database, "new")
    with database.noting() as session:
        assert requests.forget(session, NOW - timedelta(minutes=10)) == 1
    assert taken(database, "old") is Place.YOURS
    assert taken(database, "new") is Place.UNDER_WAY


def test_an_answer_is_kept_whole_or_not_at_all(database: Database) -> None:
    taken(database)
    with pytest.raises(IntegrityError), database.noting() as session:
        session.connection().execute(text("UPDATE request SET status = 200"))
