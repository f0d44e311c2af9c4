"""Apps that listen for signed HTTP on loopback: a real Bolt one, and ones that misbehave."""

import asyncio
import socket
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

import uvicorn
from aiohttp import web
from slack_bolt.adapter.starlette.async_handler import AsyncSlackRequestHandler
from slack_bolt.app.async_app import AsyncApp
from starlette.applications import Starlette
from starlette.routing import Route

ROAD = "/slack/events"
Answering = Callable[[web.Request], Awaitable[web.StreamResponse]]


def listening() -> tuple[socket.socket, str]:
    """Take a free port, and give it with its address."""
    taken = socket.create_server(("127.0.0.1", 0))
    return taken, f"http://127.0.0.1:{taken.getsockname()[1]}{ROAD}"


def nobody() -> str:
    """Give an address where nobody listens."""
    taken, url = listening()
    taken.close()
    return url


@asynccontextmanager
async def bolt_at(app: AsyncApp) -> AsyncIterator[str]:
    """Serve a Bolt app as in production; gives its address."""
    handler = AsyncSlackRequestHandler(app)
    house = Starlette(routes=[Route(ROAD, handler.handle, methods=["POST"])])
    how = uvicorn.Config(house, log_config=None, lifespan="off", ws="none")
    server, (taken, url) = uvicorn.Server(how), listening()
    serving = asyncio.create_task(server.serve(sockets=[taken]))
    try:
        yield url
    finally:
        server.should_exit = True
        await serving


@asynccontextmanager
async def app_that(answers: Answering) -> AsyncIterator[str]:
    """Serve one function as the whole app; gives its address."""
    application = web.Application()
    application.add_routes([web.post(ROAD, answers)])
    runner = web.AppRunner(application, shutdown_timeout=0.1)
    await runner.setup()
    taken, url = listening()
    await web.SockSite(runner, taken).start()
    try:
        yield url
    finally:
        await runner.cleanup()
