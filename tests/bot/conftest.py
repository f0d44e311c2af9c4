"""The sample prepared, a workspace that follows Slack, and a sender between them."""

from collections.abc import AsyncIterator

import aiohttp
import pytest

from bot.clock import HandClock
from bot.desk import Desk
from bot.rehearsal.playhouse import playhouse
from store.database import Database
from store.importing.programme import Programme
from tests.bot.post_room import PATIENCE_SECONDS, PostRoom
from tests.engines import Cabinet
from tests.sample import OPENS
from workspace.server import Workspace


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
