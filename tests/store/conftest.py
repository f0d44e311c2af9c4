"""A real database for every test, on either engine, at the newest step."""

import shutil
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from store import migrate
from store.database import Database
from tests.engines import Cabinet


@pytest.fixture(scope="session")
def empty_url(cabinet: Cabinet) -> str:
    """A migrated database to copy, so that not every test runs the steps."""
    url = cabinet.fresh("empty")
    made = Database(url)
    migrate.upgrade(made)
    made.close()
    return url


@pytest.fixture
def database(cabinet: Cabinet, empty_url: str) -> Iterator[Database]:
    opened = Database(cabinet.copy(empty_url, "quarterlight"))
    yield opened
    opened.close()


@pytest.fixture(scope="session")
def empty_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated SQLite file to copy, for what only SQLite has."""
    path = tmp_path_factory.mktemp("template") / "empty.db"
    made = Database(f"sqlite:///{path}")
    migrate.upgrade(made)
    made.close()
    return path


@pytest.fixture
def database_file(tmp_path: Path, empty_file: Path) -> Iterator[Database]:
    path = tmp_path / "quarterlight.db"
    path.write_bytes(empty_file.read_bytes())
    opened = Database(f"sqlite:///{path}")
    yield opened
    opened.close()


@pytest.fixture
def now() -> datetime:
    return datetime(2008, 10, 1, 8, tzinfo=UTC)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The sample's files, to be spoilt."""
    copied = tmp_path / "files"
    shutil.copytree(Path(__file__).parents[2] / "bot" / "sample", copied)
    return copied
