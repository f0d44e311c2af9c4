"""A few targets of the sample, a workspace, and the bot over either transport."""

import os
from collections.abc import AsyncIterator
from pathlib import Path
from zlib import crc32

import pytest
from sqlmodel import Session

from bot.clock import HandClock, WallClock
from bot.rehearsal.parts import cast
from bot.rehearsal.playhouse import playhouse
from bot.rehearsal.preparation import prepare
from store import migrate, targets
from store.database import Database
from store.importing.programme import Programme
from tests.bot.programmes import some
from tests.journeys.county import County
from tests.journeys.with_faults import FAULTS
from tests.sample import BEFORE_OPENING, OPENS, QUARTER
from tests.transports import TRANSPORTS
from workspace.core import Patience
from workspace.faults import FaultPlan
from workspace.server import Workspace

# A busy machine is no fault of the bot's: how fast it answers is measured elsewhere.
PATIENCE = Patience(ack=15, trigger=15)
REFS = ("LAA1-03", "LAA1-06", "LAA2-NI154", "LAA2-NI155")


ON_BOTH_TRANSPORTS = frozenset(
    {
        "test_awkward_moments",
        "test_central_team",
        "test_delivered_again",
        "test_events",
        "test_kept_before_acknowledged",
        "test_lead",
        "test_return_form",
        "test_sponsor_and_board",
        "test_trouble_with_sending",
        "test_when_something_breaks",
    }
)
"""Files of each kind of delivery and answer, and of what goes wrong on the way."""


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Let every other journey pass over one transport, half of them over each.

    With EVERY_TRANSPORT in the environment (`make transports`) all pass over both.
    """
    if os.environ.get("EVERY_TRANSPORT"):
        return
    left_out = [item for item in items if _over(item) not in {"", _meant(item)}]
    items[:] = [item for item in items if item not in left_out]
    config.hook.pytest_deselected(items=left_out)


def _over(item: pytest.Item) -> str:
    """The transport of a journey that would pass over either; else nothing."""
    if item.path.parent != Path(__file__).parent or item.path.stem in ON_BOTH_TRANSPORTS:
        return ""
    if not isinstance(item, pytest.Function) or "transport" not in item.fixturenames:
        return ""
    chosen = any(mark.args[0] == "transport" for mark in item.iter_markers("parametrize"))
    return "" if chosen else str(item.callspec.params.get("transport", ""))


def _meant(item: pytest.Item) -> str:
    """One of the transports, by the journey's name."""
    name = item.nodeid.partition("[")[0]
    return sorted(TRANSPORTS)[crc32(name.encode()) % len(TRANSPORTS)]


@pytest.fixture(scope="session")
def few(programme: Programme) -> Programme:
    return some(programme, REFS)


@pytest.fixture(scope="session")
def few_file(tmp_path_factory: pytest.TempPathFactory, few: Programme) -> Path:
    path = tmp_path_factory.mktemp("few") / "few.db"
    database = Database(f"sqlite:///{path}")
    migrate.upgrade(database)
    with database.writing() as session:
        prepare(session, few, cast(few, QUARTER), QUARTER, BEFORE_OPENING)
    database.close()
    return path


@pytest.fixture
def database_file(tmp_path: Path, few_file: Path) -> Path:
    path = tmp_path / "quarterlight.db"
    path.write_bytes(few_file.read_bytes())
    return path


@pytest.fixture(params=TRANSPORTS)
def transport(request: pytest.FixtureRequest) -> str:
    """How deliveries come: a county's people do not see the difference."""
    return str(request.param)


@pytest.fixture
def faults() -> FaultPlan | None:
    """What goes wrong once the bot is connected: nothing, unless somebody asks for it."""
    return FAULTS if os.environ.get("FAULTS") else None


@pytest.fixture
async def county(
    few: Programme, database_file: Path, transport: str, faults: FaultPlan | None
) -> AsyncIterator[County]:
    """The morning of the opening, with the bot connected and nothing said yet."""
    clock = HandClock(BEFORE_OPENING)
    workspace = Workspace(playhouse(few), clock, patience=PATIENCE, real_now=WallClock().now)
    await workspace.start()
    async with TRANSPORTS[transport](workspace, f"sqlite:///{database_file}", clock) as bot:
        await workspace.connected()
        numbers = await bot.desk.read(numbers_of)
        ids = {person.label: person.slack_id for person in few.people}
        if faults is not None:
            workspace.spoil(faults)
        yield County(workspace, bot, clock, numbers, ids)
        workspace.mend()
    await workspace.stop()


def numbers_of(session: Session) -> dict[str, int]:
    found = targets.programme(session, QUARTER, OPENS.date())
    return {target.ref: target.number for target in found}
