"""Full data of every earlier revision come up to date with nothing lost and nothing loosened."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from store import migrate
from store.database import Database
from store.seals import seal, verify
from tests.engines import Cabinet
from tests.store.revisions import kept
from tests.store.revisions.sums import orphans

NOW = datetime(2008, 12, 1, 9, tzinfo=UTC)
REVISIONS = kept.revisions()
REFUSED = {
    "UPDATE audit_entry SET action = 'nothing happened'": "only grows",
    "DELETE FROM audit_entry": "only grows",
    "UPDATE audit_seal SET digest = 'x'": "only grows",
    "DELETE FROM audit_seal": "only grows",
    "DELETE FROM quarterly_return": "only grows",
    "UPDATE quarterly_return SET cause = 'x'": "keeps what was said",
}


@pytest.fixture(params=REVISIONS)
def old(
    request: pytest.FixtureRequest, cabinet: Cabinet, full: Callable[[str], str]
) -> Iterator[Database]:
    """A database in use, at a revision whose data are kept."""
    database = Database(cabinet.copy(full(request.param), "old"))
    yield database
    database.close()


def counts(database: Database) -> dict[str, int]:
    with database.reading() as session:
        connection = session.connection()
        return kept.counts(connection, kept.tables_of(connection))


def test_every_revision_but_the_newest_has_its_data_kept() -> None:
    assert set(migrate.earlier()) <= set(REVISIONS), (
        "Keep the data first: python -m tests.store.revisions, without the new migration."
    )


@pytest.mark.parametrize("revision", REVISIONS)
def test_the_data_that_are_kept_fill_every_table_and_every_state(revision: str) -> None:
    tables = kept.read(kept.file_of(revision))
    assert [name for name, rows in tables.items() if not rows] == []
    states = {row["state"] for row in tables["outbox"]}
    assert states == {"PENDING", "SENDING", "UNKNOWN", "SENT", "PARKED"}
    assert {row["operation"] for row in tables["outbox"]} == {"POST", "EDIT"}
    assert kept.file_of(revision).stat().st_size < 300_000


def test_an_upgrade_keeps_every_row_and_what_it_belongs_to(old: Database) -> None:
    before = counts(old)
    migrate.upgrade(old)
    assert migrate.is_current(old)
    after = counts(old)
    assert {table: after[table] for table in before} == before
    with old.reading() as session:
        connection = session.connection()
        assert orphans(connection, kept.tables_of(connection)) == {}


def test_after_an_upgrade_the_seals_of_the_audit_still_hold(old: Database) -> None:
    migrate.upgrade(old)
    with old.reading() as session:
        assert verify(session) == ()
    with old.writing() as session:
        seal(session, NOW)
    with old.reading() as session:
        assert verify(session) == ()


def test_after_an_upgrade_the_record_still_refuses_to_be_changed(old: Database) -> None:
    migrate.upgrade(old)
    for statement, words in REFUSED.items():
        with pytest.raises(DBAPIError, match=words), old.writing() as session:
            session.connection().execute(text(statement))


def test_an_old_database_is_refused_until_it_is_upgraded(old: Database) -> None:
    if migrate.is_current(old):
        pytest.skip("these are the data of the newest revision")
    with pytest.raises(migrate.SchemaError, match="quarterlight db upgrade"):
        migrate.require_current(old)
    migrate.upgrade(old)
    migrate.require_current(old)


def test_a_program_older_than_the_database_refuses_it_on_either_engine(old: Database) -> None:
    migrate.upgrade(old)
    before = counts(old)
    with old.writing() as session:
        session.connection().execute(text("UPDATE alembic_version SET version_num = '9999'"))
    for attempt in (migrate.upgrade, migrate.require_current):
        with pytest.raises(migrate.SchemaError, match=r"newer Quarterlight \(step 9999\)"):
            attempt(old)
    assert counts(old) == before
