"""The structure: models and steps agree, the record only grows, old and new do not mix."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import create_engine, inspect, text
from sqlalchemy.engine import Inspector
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, SQLModel

import store.tables as _tables  # noqa: F401  # fills the metadata
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

NOW = datetime(2008, 10, 1, 8, tzinfo=UTC)


@pytest.fixture
def new(tmp_path: Path) -> Iterator[Database]:
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


def test_models_and_steps_agree(database: Database) -> None:
    with database.reading() as session:
        context = MigrationContext.configure(session.connection(), opts={"compare_type": True})
        assert compare_metadata(context, SQLModel.metadata) == []


def test_models_and_steps_agree_on_every_check(database: Database, tmp_path: Path) -> None:
    engine = create_engine(f"sqlite:///{tmp_path / 'models.db'}")
    SQLModel.metadata.create_all(engine)
    with database.reading() as session:
        stepped = checks(inspect(session.connection()))
    modelled = checks(inspect(engine))
    engine.dispose()
    assert stepped == modelled
    assert "ck_quarterly_return_status" in stepped


def checks(inspector: Inspector) -> dict[str, str]:
    return {
        str(check["name"]): check["sqltext"]
        for table in inspector.get_table_names()
        for check in inspector.get_check_constraints(table)
    }


def test_every_constraint_has_a_name(database: Database) -> None:
    with database.reading() as session:
        inspector = inspect(session.connection())
        for table in SQLModel.metadata.tables:
            named = [
                inspector.get_pk_constraint(table),
                *inspector.get_foreign_keys(table),
                *inspector.get_unique_constraints(table),
                *inspector.get_check_constraints(table),
            ]
            assert all(constraint["name"] for constraint in named), table


def test_an_empty_file_comes_up_to_date(new: Database) -> None:
    assert migrate.current(new) is None
    assert not migrate.is_current(new)
    migrate.upgrade(new)
    assert migrate.current(new) == migrate.newest()
    assert migrate.is_current(new)
    migrate.require_current(new)


def test_an_empty_file_is_not_copied_first(new: Database, tmp_path: Path) -> None:
    assert migrate.upgrade(new) is None
    assert list(tmp_path.glob("*.before-*")) == []


def test_upgrading_again_changes_nothing(database: Database, tmp_path: Path) -> None:
    assert migrate.upgrade(database) is None
    assert list(tmp_path.glob("*.before-*")) == []


def test_a_file_that_holds_something_is_copied_before_its_steps(
    new: Database, tmp_path: Path
) -> None:
    run(new, "CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL)")
    run(new, "CREATE TABLE diary (words TEXT)")
    run(new, "INSERT INTO diary VALUES ('as it was')")
    copy = migrate.upgrade(new)
    assert copy == tmp_path / f"new.db.before-{migrate.newest()}"
    with closing(sqlite3.connect(copy)) as kept:
        assert kept.execute("SELECT words FROM diary").fetchall() == [("as it was",)]


def test_a_step_that_fails_half_way_leaves_the_file_as_it_was(new: Database) -> None:
    run(new, "CREATE TABLE risk (in_the_way TEXT)")
    with pytest.raises(Exception, match="already exists"):
        migrate.upgrade(new)
    with new.reading() as session:
        assert inspect(session.connection()).get_table_names() == ["risk"]
    run(new, "DROP TABLE risk")
    migrate.upgrade(new)
    assert migrate.is_current(new)


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
        "REPLACE INTO audit_entry SELECT * FROM audit_entry",
        "UPDATE audit_seal SET digest = 'x'",
        "DELETE FROM audit_seal",
    ],
)
def test_the_audit_only_grows(database: Database, statement: str) -> None:
    with database.writing() as session:
        audit.record(session, at=NOW, actor=1, action="import", subject="LAA2")
    with database.writing() as session:
        seal(session, NOW)
    with pytest.raises(IntegrityError, match="only grows"):
        run(database, statement)


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
    with pytest.raises(IntegrityError, match="keeps what was said"):
        run(database, statement)


def test_a_return_is_never_deleted(database: Database) -> None:
    keep_a_return(database)
    with pytest.raises(IntegrityError, match="only grows"):
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
