"""Telling a page that something changed, over one WebSocket a person."""

import asyncio

from aiohttp import WSMsgType, web

from workspace.changes import Change
from workspace.core import Core

HEARTBEAT_SECONDS = 20.0


def concerns(core: Core, person: str, change: Change) -> bool:
    """Tell whether a change is one this person could see."""
    if change.kind == "call":
        return False
    if change.person is not None:
        return change.person == person
    channel = core.team.channels.get(change.channel or "")
    return channel is None or person in channel.members


async def serve_live(core: Core, request: web.Request) -> web.StreamResponse:
    """Send each change that concerns ``?user=`` until the page goes away."""
    person = request.query.get("user", "")
    if person not in core.team.people:
        return web.json_response({"error": "nobody_by_that_id"}, status=404)
    stream = web.WebSocketResponse(heartbeat=HEARTBEAT_SECONDS)
    await stream.prepare(request)
    queue: asyncio.Queue[Change] = asyncio.Queue()

    def heard(change: Change) -> None:
        if concerns(core, person, change):
            queue.put_nowait(change)

    core.team.changes.listeners.append(heard)
    sending = asyncio.create_task(_send(stream, queue))
    core.lives.add(stream)
    try:
        async for message in stream:
            if message.type is WSMsgType.ERROR:
                break
    finally:
        core.lives.discard(stream)
        core.team.changes.listeners.remove(heard)
        sending.cancel()
    return stream


async def _send(stream: web.WebSocketResponse, queue: asyncio.Queue[Change]) -> None:
    while not stream.closed:
        change = await queue.get()
        await stream.send_json({"kind": change.kind, "channel": change.channel})
