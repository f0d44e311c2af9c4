"""Bringing a database up to date, and the record that only grows, on either engine."""

import sqlite3
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from sqlalchemy import inspect, text
from sqlalchemy.exc import DBAPIError
from sqlmodel import Session

from rules.quarters import Quarter
from rules.vocabulary import (
    Accumulation,
    Frequency,
    Polarity,
    ReturnState,
    Status,
    TargetState,
)
from store import audit, migrate
from store.database import Database
from store.seals import seal
from store.tables import Block, KindRow, Partnership, ReturnRow, Target
from tests.engines import POSTGRESQL, Cabinet

NOW = datetime(2008, 10, 1, 8, tzinfo=UTC)
AT_ONCE = 3


@pytest.fixture
def new(cabinet: Cabinet) -> Iterator[Database]:
    made = Database(cabinet.fresh("new"))
    yield made
    made.close()


@pytest.fixture
def new_file(tmp_path: Path) -> Iterator[Database]:
    made = Database(f"sqlite:///{tmp_path / 'new.db'}")
    yield made
    made.close()


def run(database: Database, statement: str) -> None:
    with database.writing() as session:
        session.connection().execute(text(statement))


def keep_a_return(database: Database) -> None:
    with database.writing() as session:
        session.add(KindRow(code="LAA2", label="LAA2"))
        session.add(Block(id=1, code="CYP", name="Children"))
        session.add(Partnership(id=1, code="trust", name="Trust"))
        session.flush()
        session.add(a_target())
        session.flush()
        session.add(
            ReturnRow(
                target_id=1,
                quarter=Quarter(2008, 2),
                state=ReturnState.SUBMITTED,
                status=Status.RED,
                cause="Two posts are vacant.",
                data_as_at=date(2008, 9, 30),
                submitted_at=NOW,
            )
        )


def a_target() -> Target:
    return Target(
        id=1,
        ref="LAA2-NI008",
        kind="LAA2",
        title="Adult participation in sport",
        block_id=1,
        partnership_id=1,
        state=TargetState.AGREED,
        polarity=Polarity.HIGHER,
        accumulation=Accumulation.POINT_IN_TIME,
        frequency=Frequency.QUARTERLY,
    )


def test_an_empty_database_comes_up_to_date(new: Database) -> None:
    assert migrate.current(new) is None
    assert not migrate.is_current(new)
    migrate.upgrade(new)
    assert migrate.current(new) == migrate.newest()
    assert migrate.is_current(new)
    migrate.require_current(new)


def test_an_empty_file_is_not_copied_first(new_file: Database, tmp_path: Path) -> None:
    assert migrate.upgrade(new_file) is None
    assert list(tmp_path.glob("*.before-*")) == []


def test_upgrading_again_changes_nothing(new_file: Database, tmp_path: Path) -> None:
    migrate.upgrade(new_file)
    assert migrate.upgrade(new_file) is None
    assert list(tmp_path.glob("*.before-*")) == []


def test_a_file_that_holds_something_is_copied_before_its_steps(
    new_file: Database, tmp_path: Path
) -> None:
    run(new_file, "CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL)")
    run(new_file, "CREATE TABLE diary (words TEXT)")
    run(new_file, "INSERT INTO diary VALUES ('as it was')")
    copy = migrate.upgrade(new_file)
    assert copy == tmp_path / f"new.db.before-{migrate.newest()}"
    with closing(sqlite3.connect(copy)) as kept:
        assert kept.execute("SELECT words FROM diary").fetchall() == [("as it was",)]


def test_a_step_that_fails_half_way_leaves_the_database_as_it_was(new: Database) -> None:
    run(new, "CREATE TABLE risk (in_the_way TEXT)")
    with pytest.raises(Exception, match="already exists"):
        migrate.upgrade(new)
    with new.reading() as session:
        assert inspect(session.connection()).get_table_names() == ["risk"]
    run(new, "DROP TABLE risk")
    migrate.upgrade(new)
    assert migrate.is_current(new)


@pytest.mark.parametrize("cabinet", [POSTGRESQL], indirect=True)
def test_processes_that_upgrade_at_once_all_succeed_with_one_schema(cabinet: Cabinet) -> None:
    url = cabinet.fresh("at_once")
    databases = [Database(url) for _ in range(AT_ONCE)]
    with ThreadPoolExecutor(AT_ONCE) as pool:
        list(pool.map(migrate.upgrade, databases))
    assert [migrate.current(one) for one in databases] == [migrate.newest()] * AT_ONCE
    with databases[0].reading() as session:
        kept = session.connection().execute(text("SELECT version_num FROM alembic_version"))
        assert list(kept.scalars()) == [migrate.newest()]
    for one in databases:
        one.close()


def test_a_program_older_than_the_database_refuses_to_work(database: Database) -> None:
    run(database, "UPDATE alembic_version SET version_num = '9999'")
    for attempt in (migrate.upgrade, migrate.require_current):
        with pytest.raises(migrate.SchemaError, match=r"newer Quarterlight \(step 9999\)"):
            attempt(database)


def test_a_database_that_was_never_brought_up_is_refused(new: Database) -> None:
    with pytest.raises(migrate.SchemaError, match="quarterlight db upgrade"):
        migrate.require_current(new)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE audit_entry SET action = 'nothing happened'",
        "DELETE FROM audit_entry",
        "UPDATE audit_seal SET digest = 'x'",
        "DELETE FROM audit_seal",
    ],
)
def test_the_audit_only_grows(database: Database, statement: str) -> None:
    with database.writing() as session:
        audit.record(session, at=NOW, actor=1, action="import", subject="LAA2")
    with database.writing() as session:
        seal(session, NOW)
    with pytest.raises(DBAPIError, match="only grows"):
        run(database, statement)


def test_the_audit_only_grows_past_a_replacing_insert(new_file: Database) -> None:
    migrate.upgrade(new_file)
    with new_file.writing() as session:
        audit.record(session, at=NOW, actor=1, action="import", subject="LAA2")
    with pytest.raises(DBAPIError, match="only grows"):
        run(new_file, "REPLACE INTO audit_entry SELECT * FROM audit_entry")


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE quarterly_return SET status = 'GREEN'",
        "UPDATE quarterly_return SET cause = ''",
        "UPDATE quarterly_return SET actual = '1'",
        "UPDATE quarterly_return SET state = 'LOCKED', version = 2",
    ],
)
def test_what_a_return_said_stays_said(database: Database, statement: str) -> None:
    keep_a_return(database)
    with pytest.raises(DBAPIError, match="keeps what was said"):
        run(database, statement)


def test_a_return_is_never_deleted(database: Database) -> None:
    keep_a_return(database)
    with pytest.raises(DBAPIError, match="only grows"):
        run(database, "DELETE FROM quarterly_return")


def test_a_return_moves_on_in_its_life(database: Database) -> None:
    keep_a_return(database)
    with database.writing() as session:
        kept = session.get(ReturnRow, 1)
        assert kept is not None
        kept.state = ReturnState.ACCEPTED
    with database.reading() as session:
        assert state_of(session) is ReturnState.ACCEPTED


def state_of(session: Session) -> ReturnState:
    kept = session.get(ReturnRow, 1)
    assert kept is not None
    return kept.state
