"""A workspace, a clock moved by hand, and a real Bolt app over Socket Mode."""

from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

import aiohttp
import pytest
from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler as Handler
from slack_bolt.app.async_app import AsyncApp
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from tests.workspace.dialling import Dial, Socket, connect
from workspace.config import WorkspaceConfig
from workspace.core import Patience
from workspace.server import Workspace

Refusal = Callable[[Awaitable[Any]], Awaitable[str]]
START = datetime(2008, 10, 1, 8, 0, tzinfo=UTC)
CONFIG = WorkspaceConfig.from_mapping(
    {
        "team": {"name": "County", "id": "TCOUNTY"},
        "people": [
            {"id": "ULEAD", "name": "Lead One", "title": "Target lead"},
            {"id": "USPONSOR", "name": "Sponsor One"},
            {"id": "UGONE", "name": "Gone One", "deleted": True},
        ],
        "channels": [
            {"id": "CBOARD", "name": "board", "members": ["ULEAD", "USPONSOR"]},
            {"id": "COLD", "name": "old", "archived": True},
            {"id": "COUT", "name": "out", "bot_in": False},
            {"id": "CPRIVATE", "name": "private", "private": True, "bot_in": False},
        ],
        "commands": [{"name": "/laa", "description": "Quarterly targets"}],
    }
)


@dataclass
class HandClock:
    """A clock that only a test moves."""

    at: datetime = field(default=START)

    def now(self) -> datetime:
        return self.at

    def forward(self, **by: float) -> None:
        self.at += timedelta(**by)


@pytest.fixture
def refusal() -> Refusal:
    """Give the error code Slack's client raises for a call."""

    async def code(call: Awaitable[Any]) -> str:
        with pytest.raises(SlackApiError) as caught:
            await call
        return str(caught.value.response["error"])

    return code


@pytest.fixture
def clock() -> HandClock:
    return HandClock()


@pytest.fixture
async def workspace(clock: HandClock) -> AsyncIterator[Workspace]:
    started = Workspace(CONFIG, clock, patience=Patience(ack=0.5, trigger=0.3))
    await started.start()
    yield started
    await started.stop()


@pytest.fixture
def web(workspace: Workspace) -> AsyncWebClient:
    return AsyncWebClient(
        token=workspace.core.bot.bot_token, base_url=workspace.api_url, retry_handlers=[]
    )


@pytest.fixture
async def handler(workspace: Workspace, web: AsyncWebClient) -> AsyncIterator[Handler]:
    bolt = AsyncApp(client=web, token=workspace.core.bot.bot_token)
    handler = Handler(bolt, workspace.core.bot.app_token, ping_interval=1)
    await handler.connect_async()  # type: ignore[no-untyped-call] # Bolt leaves it untyped
    await workspace.connected()
    yield handler
    await handler.close_async()  # type: ignore[no-untyped-call] # Bolt leaves it untyped


@pytest.fixture
def app(handler: Handler) -> AsyncApp:
    return handler.app


@pytest.fixture
async def dial(workspace: Workspace) -> AsyncIterator[Dial]:
    """Give the way to open one more socket; all are closed in the end."""
    opened: list[Socket] = []
    async with aiohttp.ClientSession() as session:

        async def once() -> Socket:
            opened.append(await connect(workspace, session))
            return opened[-1]

        yield once
        for socket in opened:
            await socket.stream.close()
