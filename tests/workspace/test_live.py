"""Telling a page what changed, and letting it go when it has gone."""

import asyncio
from typing import Any

from aiohttp import web

from tests.workspace.conftest import CONFIG, HandClock
from workspace.changes import Change
from workspace.core import Core
from workspace.live import Ear, told


class Gone(web.WebSocketResponse):
    """A page that went away while it was told something."""

    async def send_json(self, *_given: Any, **_more: Any) -> None:
        raise ConnectionResetError


async def test_a_page_that_goes_away_in_the_middle_is_let_go_without_a_fault() -> None:
    ear = Ear(Core(CONFIG, HandClock()), "ULEAD")
    ear.heard(Change("clock"))
    async with asyncio.timeout(5):
        await told(ear.tell, Gone())
