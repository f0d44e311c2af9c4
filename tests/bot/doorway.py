"""Somebody before the bot's HTTP door, who sends whatever they like, signed or not."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from urllib.parse import urlencode

import aiohttp
from slack_bolt.response import BoltResponse
from sqlmodel import Session, func, select

from bot.clock import Clock, HandClock, WallClock
from bot.doors.http import HttpDoor
from bot.doors.once import Patience
from bot.rehearsal.playhouse import playhouse
from bot.wiring import Bot
from store.importing.programme import Programme
from store.tables import RequestRow
from tests.sample import OPENS
from tests.transports import by_http
from workspace.config import Command, WorkspaceConfig
from workspace.http_mode import signature
from workspace.server import Workspace

DATE, SIGNATURE = "X-Slack-Request-Timestamp", "X-Slack-Signature"
FORM, JSON = "application/x-www-form-urlencoded", "application/json"
SLOW = "/slow"
IMPATIENT = Patience(longest=0.3, between=0.05, reading=0.5)
HELP = {
    "command": "/laa",
    "text": "help",
    "user_id": "UCENTRALTEAM01",
    "team_id": "TWORKSPACE",
    "channel_id": "CCENTRAL01",
    "trigger_id": "1.2.3",
    "response_url": "http://127.0.0.1:1/response/none",
}


@dataclass(frozen=True, slots=True)
class Said:
    """What came back."""

    status: int
    kind: str
    body: str


@dataclass(slots=True)
class Doorway:
    """The door, and what was handled behind it. `hold` keeps what comes in from going on."""

    workspace: Workspace
    bot: Bot
    door: HttpDoor
    wall: Clock
    http: aiohttp.ClientSession
    handled: int = 0
    hold: asyncio.Event = field(default_factory=asyncio.Event)
    held: asyncio.Event = field(default_factory=asyncio.Event)

    @property
    def root(self) -> str:
        """The server's address."""
        return self.door.url.removesuffix("/slack/events")

    def signed(self, body: bytes, date: str | None = None) -> dict[str, str]:
        """The headers Slack would send with a body."""
        when = date or str(int(self.wall.now().timestamp()))
        return {
            DATE: when,
            SIGNATURE: signature(self.workspace.core.bot.signing_secret, when, body),
        }

    async def send(self, body: bytes, headers: Mapping[str, str], kind: str = FORM) -> Said:
        """Send a body with these headers."""
        named = {"Content-Type": kind, **headers}
        async with self.http.post(self.door.url, data=body, headers=named) as answer:
            return Said(answer.status, answer.content_type, await answer.text())

    async def send_signed(self, body: bytes, kind: str = FORM) -> Said:
        """Send a body as Slack does."""
        return await self.send(body, self.signed(body), kind)

    async def kept(self) -> int:
        """How many requests are in the records."""
        return await self.bot.desk.read(_count)

    async def count(self, next: Callable[[], Awaitable[BoltResponse]]) -> BoltResponse:  # noqa: A002  # Bolt's name
        """Count what comes as far as Bolt, and hold it while it is to be held."""
        self.handled += 1
        self.held.set()
        await self.hold.wait()
        return await next()


def command(**fields: str) -> bytes:
    """A slash command as Slack writes it."""
    return urlencode({**HELP, **fields}).encode()


def street(programme: Programme) -> WorkspaceConfig:
    """The sample's workspace, with a command that a test may answer."""
    config = playhouse(programme)
    return replace(config, commands=(*config.commands, Command(SLOW)))


@asynccontextmanager
async def doorway(
    programme: Programme,
    database_file: Path,
    wall: Clock | None = None,
    patience: Patience = IMPATIENT,
    *,
    sends: bool = True,
) -> AsyncIterator[Doorway]:
    """A bot with its HTTP door open, and somebody before it."""
    clock, real = HandClock(OPENS), wall or WallClock()
    workspace = Workspace(street(programme), clock, real_now=real.now)
    await workspace.start()
    url = f"sqlite:///{database_file}"
    async with (
        aiohttp.ClientSession() as http,
        by_http(workspace, url, clock, real, patience, sends=sends) as (bot, door),
    ):
        before = Doorway(workspace, bot, door, real, http)
        before.hold.set()
        bot.app.use(before.count)
        yield before
        before.hold.set()
    await workspace.stop()


def _count(session: Session) -> int:
    return session.exec(select(func.count()).select_from(RequestRow)).one()
