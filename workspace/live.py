"""Telling a page that something changed, over one WebSocket a person."""

import asyncio
import contextlib
from collections.abc import Callable, Coroutine
from dataclasses import dataclass, field

from aiohttp import WSMsgType, web

from workspace.changes import Change
from workspace.core import Core

HEARTBEAT_SECONDS = 20.0
COUNTED = {"message", "unread"}
"""Changes after which somebody has more or less to read."""
Telling = Callable[[web.WebSocketResponse], Coroutine[None, None, None]]
PEOPLE = Change("people")
"""Told to every page, once for all that happened until it was sent."""


def concerns(core: Core, person: str, change: Change) -> bool:
    """Tell whether a change is one this person could see."""
    if change.kind == "call":
        return False
    if change.person is not None:
        return change.person == person
    channel = core.team.channels.get(change.channel or "")
    return channel is None or person in channel.members


@dataclass(slots=True)
class Ear:
    """What one page is still to be told, in order."""

    core: Core
    person: str
    queue: asyncio.Queue[Change] = field(default_factory=asyncio.Queue)
    _counts: bool = False

    def heard(self, change: Change) -> None:
        """Take a change in, where it is this page's business."""
        if concerns(self.core, self.person, change):
            self.queue.put_nowait(change)
        if change.kind in COUNTED and not self._counts:
            self._counts = True
            self.queue.put_nowait(PEOPLE)

    async def tell(self, stream: web.WebSocketResponse) -> None:
        """Send one after the other until the page goes away."""
        while not stream.closed:
            change = await self.queue.get()
            if change is PEOPLE:
                self._counts = False
            await stream.send_json({"kind": change.kind, "channel": change.channel})


async def serve_live(core: Core, request: web.Request) -> web.StreamResponse:
    """Send each change that concerns ``?user=`` until the page goes away."""
    person = request.query.get("user", "")
    if person not in core.team.people:
        return web.json_response({"error": "nobody_by_that_id"}, status=404)
    ear = Ear(core, person)
    listeners = core.team.changes.listeners
    listeners.append(ear.heard)
    try:
        return await kept_open(core, request, ear.tell)
    finally:
        listeners.remove(ear.heard)


async def kept_open(core: Core, request: web.Request, tell: Telling) -> web.StreamResponse:
    """Hold a socket to a page, and tell it what there is to tell, until the page goes away."""
    stream = web.WebSocketResponse(heartbeat=HEARTBEAT_SECONDS)
    await stream.prepare(request)
    telling = asyncio.create_task(told(tell, stream))
    core.lives.add(stream)
    try:
        async for message in stream:
            if message.type is WSMsgType.ERROR:
                break
    finally:
        core.lives.discard(stream)
        telling.cancel()
    return stream


async def told(tell: Telling, stream: web.WebSocketResponse) -> None:
    """Tell a page for as long as it is there; one that goes away in the middle is no fault."""
    with contextlib.suppress(ConnectionError):
        await tell(stream)
