"""Models and steps agree on everything, on either engine, and everything has a name."""

from collections.abc import Iterator

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import CheckConstraint, UniqueConstraint, inspect
from sqlalchemy.engine import Inspector
from sqlalchemy.engine.interfaces import ReflectedIndex
from sqlmodel import SQLModel

import store.tables as _tables  # noqa: F401  # fills the metadata
from store.database import Database
from tests.engines import Cabinet

TABLES = sorted(SQLModel.metadata.tables)


@pytest.fixture
def modelled(cabinet: Cabinet) -> Iterator[Database]:
    """A database whose tables are made by the models, without a single step."""
    made = Database(cabinet.fresh("modelled"))
    with made.restructuring() as connection:
        SQLModel.metadata.create_all(connection)
    yield made
    made.close()


def limits(inspector: Inspector, table: str) -> tuple[object, ...]:
    """What a table takes, in the database's words; keys are named by the steps alone."""
    return (
        sorted(
            (one["name"], one["nullable"], str(one["type"])) for one in inspector.get_columns(table)
        ),
        inspector.get_pk_constraint(table)["constrained_columns"],
        sorted(
            (one["constrained_columns"], one["referred_table"], one["referred_columns"])
            for one in inspector.get_foreign_keys(table)
        ),
        {one["name"]: one["column_names"] for one in inspector.get_unique_constraints(table)},
        {one["name"]: one["sqltext"] for one in inspector.get_check_constraints(table)},
        {one["name"]: _words(one) for one in inspector.get_indexes(table)},
    )


def _words(index: ReflectedIndex) -> tuple[object, ...]:
    # The condition of a partial index is an object that equals nothing but itself.
    conditions = {name: str(value) for name, value in index.get("dialect_options", {}).items()}
    return index["column_names"], index["unique"], conditions


def test_models_and_steps_agree(database: Database) -> None:
    with database.reading() as session:
        context = MigrationContext.configure(session.connection(), opts={"compare_type": True})
        assert compare_metadata(context, SQLModel.metadata) == []


def test_models_and_steps_agree_on_every_constraint_and_index(
    database: Database, modelled: Database
) -> None:
    with database.reading() as stepped, modelled.reading() as made:
        by_steps, by_models = inspect(stepped.connection()), inspect(made.connection())
        for table in TABLES:
            assert limits(by_steps, table) == limits(by_models, table)
        assert "ck_quarterly_return_status" in str(limits(by_steps, "quarterly_return"))
        assert "BLOCK_PERFORMANCE_LEAD" in str(limits(by_steps, "role_assignment")[-1])


def test_every_constraint_and_index_of_the_database_has_a_name(database: Database) -> None:
    with database.reading() as session:
        inspector = inspect(session.connection())
        for table in TABLES:
            named = [
                inspector.get_pk_constraint(table),
                *inspector.get_foreign_keys(table),
                *inspector.get_unique_constraints(table),
                *inspector.get_check_constraints(table),
                *inspector.get_indexes(table),
            ]
            assert all(constraint["name"] for constraint in named), table


@pytest.mark.parametrize("table", TABLES)
def test_every_constraint_and_index_of_the_models_has_a_name(table: str) -> None:
    """Keys are named by the steps alone: the models leave them open."""
    found = SQLModel.metadata.tables[table]
    named = [
        one for one in found.constraints if isinstance(one, CheckConstraint | UniqueConstraint)
    ]
    assert all(one.name for one in (*named, *found.indexes))
