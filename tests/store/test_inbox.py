"""The inbox: a second delivery has no second effect."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest

from store import inbox
from store.database import Database

NOW = datetime(2008, 10, 1, 8, tzinfo=UTC)
DELIVERIES = 20


def arrives(database: Database, key: str, at: datetime = NOW) -> bool:
    with database.writing() as session:
        return inbox.first_time(session, key, at)


def test_a_key_comes_for_the_first_time_once(database: Database) -> None:
    assert [arrives(database, "Ev1"), arrives(database, "Ev1"), arrives(database, "Ev2")] == [
        True,
        False,
        True,
    ]


def test_a_key_comes_once_within_one_transaction_too(database: Database) -> None:
    with database.writing() as session:
        assert inbox.first_time(session, "Ev1", NOW)
        assert not inbox.first_time(session, "Ev1", NOW)


def test_a_delivery_that_failed_may_come_again(database: Database) -> None:
    def fails() -> None:
        with database.writing() as session:
            assert inbox.first_time(session, "Ev1", NOW)
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fails()
    assert arrives(database, "Ev1")


def test_of_many_deliveries_at_once_one_has_its_effect(database: Database) -> None:
    with ThreadPoolExecutor(10) as pool:
        effects = list(pool.map(lambda _: arrives(database, "Ev1"), range(DELIVERIES)))
    assert effects.count(True) == 1


def test_keys_are_forgotten_after_their_time(database: Database) -> None:
    arrives(database, "old", NOW - timedelta(days=8))
    arrives(database, "new", NOW)
    with database.writing() as session:
        assert inbox.forget(session, NOW - timedelta(days=7)) == 1
    assert arrives(database, "old")
    assert not arrives(database, "new")
