"""Sockets of the app without Bolt, so that a test decides what is acked."""

import asyncio
import json
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

import aiohttp

from tests.workspace.forms import Json
from workspace.server import Workspace


class Socket:
    """One socket of the app."""

    def __init__(self, stream: aiohttp.ClientWebSocketResponse) -> None:
        self.stream = stream

    async def next(self) -> Json:
        message: Json = json.loads((await self.stream.receive()).data)
        return message

    async def ack(self, envelope: Json, payload: Json | None = None) -> None:
        answer: Json = {"envelope_id": envelope["envelope_id"]}
        await self.stream.send_json(answer | ({"payload": payload} if payload else {}))


Dial = Callable[[], Awaitable[Socket]]


async def connect(workspace: Workspace, session: aiohttp.ClientSession) -> Socket:
    """Ask for a socket and say hello."""
    headers = {"Authorization": f"Bearer {workspace.core.bot.app_token}"}
    async with session.post(f"{workspace.api_url}apps.connections.open", headers=headers) as got:
        url = (await got.json())["url"]
    socket = Socket(await session.ws_connect(url))
    assert (await socket.next())["type"] == "hello"
    return socket


@asynccontextmanager
async def acking(*sockets: Socket) -> AsyncIterator[list[list[Json]]]:
    """Ack on all sockets at once; gives the envelopes each of them got."""
    came: list[list[Json]] = [[] for _ in sockets]
    tasks = [
        asyncio.create_task(_ack_all(socket, got))
        for socket, got in zip(sockets, came, strict=True)
    ]
    yield came
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)


async def _ack_all(socket: Socket, came: list[Json]) -> None:
    while True:
        message = await socket.next()
        if "envelope_id" in message:
            came.append(message)
            await socket.ack(message)
