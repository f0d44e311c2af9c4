"""The two ways in which a workspace's deliveries come to a bot in the same process.

It owns the bot's settings for a workspace, and opening either door.
"""

from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from typing import Any

from pydantic import SecretStr

from bot.clock import Clock
from bot.doors.http import LOOPBACK, HttpDoor, Place, over_http
from bot.doors.once import Patience
from bot.doors.sockets import SocketDoor, Waits, sockets
from bot.rehearsal.playhouse import BOARD_ID, CENTRAL_ID
from bot.service import Duty, on_duty
from bot.settings import Kind, Settings, WebSettings, load_as
from bot.wiring import Bot
from workspace.server import Workspace

Transport = Callable[[Workspace, str, Clock], AbstractAsyncContextManager[Bot]]


def settings_of(kind: type[Kind], workspace: Workspace, url: str) -> Kind:
    """A bot's settings for a workspace and a database."""
    app = workspace.core.bot
    secrets: dict[str, Any] = {
        "slack_bot_token": SecretStr(app.bot_token),
        "slack_app_token": SecretStr(app.app_token),
        "slack_signing_secret": SecretStr(app.signing_secret),
        "database_url": SecretStr(url),
    }
    return load_as(
        kind,
        env_file=None,
        slack_api_url=workspace.api_url,
        board_channel=BOARD_ID,
        central_channel=CENTRAL_ID,
        central_team=("UCENTRALTEAM01",),
        **{name: secret for name, secret in secrets.items() if name in kind.model_fields},
    )


@asynccontextmanager
async def by_http(
    workspace: Workspace,
    url: str,
    clock: Clock,
    wall: Clock | None = None,
    patience: Patience | None = None,
    *,
    sends: bool = True,
) -> AsyncIterator[tuple[Bot, HttpDoor]]:
    """A bot that listens on a free port; the workspace delivers there."""
    settings = settings_of(WebSettings, workspace, url)
    doors: list[HttpDoor] = []

    def door(bot: Bot) -> HttpDoor:
        doors.append(over_http(settings, Place(LOOPBACK, 0), wall, patience, sends=sends)(bot))
        return doors[0]

    async with on_duty(settings, clock, Duty(door, works=sends)) as bot:
        workspace.deliver_to(doors[0].url)
        yield bot, doors[0]


@asynccontextmanager
async def by_sockets(
    workspace: Workspace, url: str, clock: Clock, waits: Waits | None = None
) -> AsyncIterator[tuple[Bot, SocketDoor]]:
    """A bot that has its sockets open."""
    settings = settings_of(Settings, workspace, url)
    doors: list[SocketDoor] = []

    def door(bot: Bot) -> SocketDoor:
        doors.append(sockets(settings, waits)(bot))
        return doors[0]

    async with on_duty(settings, clock, Duty(door)) as bot:
        yield bot, doors[0]


@asynccontextmanager
async def _socket(workspace: Workspace, url: str, clock: Clock) -> AsyncIterator[Bot]:
    async with by_sockets(workspace, url, clock) as (bot, _):
        yield bot


@asynccontextmanager
async def _http(workspace: Workspace, url: str, clock: Clock) -> AsyncIterator[Bot]:
    async with by_http(workspace, url, clock) as (bot, _):
        yield bot


TRANSPORTS: dict[str, Transport] = {"socket": _socket, "http": _http}
