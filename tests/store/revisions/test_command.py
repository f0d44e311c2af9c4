"""`quarterlight db upgrade`, typed where people type it."""

from collections.abc import Callable

import pytest
from typer.testing import CliRunner

from bot.cli import app
from store import migrate
from store.database import Database
from store.lock import AnotherProcessError, alone_on
from tests.engines import SQLITE, Cabinet

pytestmark = pytest.mark.skipif(not migrate.earlier(), reason="there is one revision so far")


@pytest.fixture
def old(cabinet: Cabinet, full: Callable[[str], str]) -> str:
    """The address of a full database at the oldest revision."""
    return cabinet.copy(full(migrate.earlier()[0]), "old")


def revision(url: str) -> str | None:
    database = Database(url)
    found = migrate.current(database)
    database.close()
    return found


def test_the_command_says_where_the_copy_is_and_where_the_database_stands(old: str) -> None:
    result = CliRunner().invoke(app, ["db", "upgrade"], env={"DATABASE_URL": old})
    assert result.exit_code == 0
    assert f"The database is at {migrate.newest()}." in result.output
    assert ("A copy of the database" in result.output) is old.startswith(SQLITE)
    assert revision(old) == migrate.newest()


@pytest.mark.parametrize("cabinet", [SQLITE], indirect=True)
def test_a_database_in_use_is_not_upgraded(old: str) -> None:
    running = Database(old)
    with alone_on(running):
        result = CliRunner().invoke(app, ["db", "upgrade"], env={"DATABASE_URL": old})
    running.close()
    assert isinstance(result.exception, AnotherProcessError)
    assert revision(old) == migrate.earlier()[0]
