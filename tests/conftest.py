"""Shared by all tests: the sample programme, read once, and a database ready for its quarter."""

import gc
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

import pytest
from xdist.remote import Producer
from xdist.scheduler import LoadScopeScheduling

from bot.rehearsal.parts import Part, cast
from bot.rehearsal.preparation import prepare
from store import migrate
from store.database import Database
from store.importing.programme import Programme
from store.importing.reading import read_programme
from tests.engines import ENGINES, POSTGRESQL, Cabinet, cabinet_of
from tests.sample import BEFORE_OPENING, QUARTER

ROOT = Path(__file__).parents[1]
SELDOM = 100_000
"""Objects made before the collector looks."""
SHARE_A_SERVER = frozenset({"flows", "store", "bot"})


def pytest_collection_finish() -> None:
    """Let the collector be: thousands of tests stay for the whole run, and are no garbage.

    Looked through again and again, they took a tenth of the time.
    """
    gc.freeze()
    gc.set_threshold(SELDOM, 50, 100)


@pytest.fixture(scope="session")
def programme() -> Programme:
    """What the sample's files say."""
    return read_programme(ROOT / "bot" / "sample")


@pytest.fixture(scope="session")
def parts(programme: Programme) -> tuple[Part, ...]:
    """What each lead of the sample would report."""
    return cast(programme, QUARTER)


@pytest.fixture(scope="session", params=ENGINES)
def cabinet(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Cabinet]:
    """Databases on one engine, and then on the other."""
    with cabinet_of(request.param, tmp_path_factory.mktemp(request.param)) as made:
        yield made


@pytest.fixture(scope="session")
def prepared_url(cabinet: Cabinet, programme: Programme, parts: tuple[Part, ...]) -> str:
    """A database with the sample loaded, five minutes before the window opens, to be copied."""
    url = cabinet.fresh("prepared")
    _prepare(url, programme, parts)
    return url


@pytest.fixture(scope="session")
def prepared_file(
    tmp_path_factory: pytest.TempPathFactory, programme: Programme, parts: tuple[Part, ...]
) -> Path:
    """The same in a SQLite file."""
    path = tmp_path_factory.mktemp("prepared") / "prepared.db"
    _prepare(f"sqlite:///{path}", programme, parts)
    return path


def _prepare(url: str, programme: Programme, parts: tuple[Part, ...]) -> None:
    database = Database(url)
    migrate.upgrade(database)
    with database.writing() as session:
        prepare(session, programme, parts, QUARTER, BEFORE_OPENING)
    database.close()


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Producer) -> LoadScopeScheduling:
    """Keep together, when several run at once, what shares a server, a browser or a template.

    Otherwise each process would start its own for every test that comes its way.
    """
    return Together(config, log)


class Together(LoadScopeScheduling):  # type: ignore[misc]  # xdist has no types
    """Hands tests out in groups, the largest first; most tests are a group of their own."""

    def _split_scope(self, nodeid: str) -> str:
        file = PurePosixPath(nodeid.partition("::")[0])
        folder = file.parts[1]
        if folder in SHARE_A_SERVER and f"[{POSTGRESQL}" in nodeid:
            return POSTGRESQL
        if folder in {"flows", "campaign"}:
            return folder
        if folder == "page" or file.stem.startswith("test_demo"):
            return file.stem
        return nodeid
