"""One process leads; when it goes, another does at once. On SQLite there is only one."""

from collections.abc import Iterator
from contextlib import ExitStack

import pytest
from sqlalchemy import text

from store.database import Database
from store.leading import Leadership


@pytest.fixture
def two(database: Database) -> Iterator[tuple[Leadership, Leadership]]:
    other = Database(database.address)
    claims = (Leadership(database), Leadership(other))
    with ExitStack() as ends:
        ends.callback(other.close)
        for claim in claims:
            ends.callback(claim.resign)
        yield claims


def test_one_leads_and_goes_on_leading(
    database: Database, two: tuple[Leadership, Leadership]
) -> None:
    first, second = two
    assert first.leads()
    assert second.leads() is database.is_sqlite
    assert first.leads()


def test_another_leads_when_the_leader_resigns(two: tuple[Leadership, Leadership]) -> None:
    first, second = two
    assert first.leads()
    first.resign()
    assert second.leads()


def test_a_leader_whose_connection_is_cut_leads_no_more_until_it_takes_the_lead_again(
    database: Database, two: tuple[Leadership, Leadership]
) -> None:
    if database.is_sqlite:
        pytest.skip("SQLite has no connection to cut")
    first, second = two
    assert first.leads()
    with database.noting() as session:
        session.connection().execute(
            text(
                "SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory' "
                "AND database = (SELECT oid FROM pg_database WHERE datname = current_database())"
            )
        )
    assert second.leads()
    assert not first.leads()
