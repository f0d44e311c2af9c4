"""A table that is rebuilt in batch mode keeps its children, its rules and its indexes (SQLite)."""

from collections.abc import Callable, Iterator

import pytest
from alembic.migration import MigrationContext
from alembic.operations import Operations
from sqlalchemy import Connection, inspect
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, select

from rules.vocabulary import ActionState
from store import migrate
from store.database import Database
from store.tables import ActionRow, ActionUpdateRow
from tests.engines import SQLITE, Cabinet
from tests.sample import OPENS, QUARTER
from tests.store.revisions import kept
from tests.store.revisions.sums import orphans
from tests.store.test_migrate_shape import limits

PARENTS = (
    "action",
    "block",
    "escalation",
    "partnership",
    "person",
    "proxy_measure",
    "target",
    "target_kind",
)
pytestmark = pytest.mark.parametrize("cabinet", [SQLITE], indirect=True)


@pytest.fixture
def in_use(cabinet: Cabinet, full: Callable[[str], str]) -> Iterator[Database]:
    """A full database, brought up to date."""
    database = Database(cabinet.copy(full(kept.revisions()[-1]), "in_use"))
    migrate.upgrade(database)
    with database.writing() as session:
        _say_of_an_action(session)  # a table that is newer than the data that are kept
    yield database
    database.close()


def _say_of_an_action(session: Session) -> None:
    number = session.exec(select(ActionRow.id)).first()
    assert number is not None
    session.add(
        ActionUpdateRow(
            action_id=number,
            quarter=QUARTER,
            state=ActionState.IN_PROGRESS,
            text="Begun",
            at=OPENS,
        )
    )


def rebuild(connection: Connection, table: str) -> None:
    with Operations(MigrationContext.configure(connection)).batch_alter_table(
        table, recreate="always"
    ):
        pass


def standing(database: Database) -> tuple[dict[str, int], dict[str, int], list[object]]:
    """Rows by table, rows without what they belong to, and what the tables take."""
    with database.reading() as session:
        connection = session.connection()
        tables = kept.tables_of(connection)
        inspector = inspect(connection)
        return (
            kept.counts(connection, tables),
            orphans(connection, tables),
            [limits(inspector, table.name) for table in tables],
        )


def test_these_are_all_the_tables_with_children(in_use: Database) -> None:
    with in_use.reading() as session:
        tables = kept.tables_of(session.connection())
    parents = {key.referred_table.name for table in tables for key in table.foreign_key_constraints}
    assert parents == set(PARENTS)


def test_a_rebuilt_parent_keeps_every_child_and_every_rule(in_use: Database) -> None:
    before = standing(in_use)
    for table in PARENTS:
        with in_use.restructuring() as connection:
            rebuild(connection, table)
    assert standing(in_use) == before


def test_with_foreign_keys_on_the_same_rebuild_is_refused(in_use: Database) -> None:
    before = standing(in_use)
    for table in PARENTS:
        with pytest.raises(IntegrityError, match="FOREIGN KEY"), in_use.writing() as session:
            rebuild(session.connection(), table)
    assert standing(in_use) == before
