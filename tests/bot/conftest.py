"""The sample prepared, a workspace that follows Slack, and a sender between them."""

from collections.abc import AsyncIterator
from pathlib import Path

import aiohttp
import pytest

from bot.clock import HandClock
from bot.desk import Desk
from bot.rehearsal.playhouse import playhouse
from store.database import Database
from store.importing.programme import Programme
from tests.bot.post_room import PATIENCE_SECONDS, PostRoom
from tests.both_engines import leave_out
from tests.engines import Cabinet
from tests.sample import OPENS
from workspace.server import Workspace

ON_BOTH_ENGINES = frozenset(
    {"test_desk", "test_hold", "test_outbox_states", "test_parked", "test_restoring", "test_ticker"}
)


@pytest.fixture
def database(cabinet: Cabinet, prepared_url: str) -> Database:
    return Database(cabinet.copy(prepared_url, "quarterlight"))


@pytest.fixture
async def room(database: Database, programme: Programme) -> AsyncIterator[PostRoom]:
    clock = HandClock(OPENS)
    workspace = Workspace(playhouse(programme), clock)
    await workspace.start()
    desk = Desk(database)
    timeout = aiohttp.ClientTimeout(total=PATIENCE_SECONDS)
    async with aiohttp.ClientSession(timeout=timeout) as http:
        yield PostRoom(workspace, clock, desk, http)
    await workspace.stop()
    desk.close()


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out the second engine where a test asks nothing of the engine."""
    leave_out(config, items, Path(__file__).parent, ON_BOTH_ENGINES)
