"""The door for HTTP: Slack calls the bot, at an address that a proxy makes public.

It owns the server: listening, and closing so that no request is lost on the way. What is
answered is the front layer's. uvicorn's own signal handlers are not used; the process has one
place that hears SIGTERM.
"""

import asyncio
import contextlib
import logging
import os
import socket
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any, cast

import uvicorn
from uvicorn.protocols.http.h11_impl import H11Protocol

from bot.clock import Clock, WallClock
from bot.doors.door import LAST_SECONDS
from bot.doors.front import Front
from bot.doors.once import Once, Patience
from bot.doors.signed import Checker
from bot.manifest import EVENTS
from bot.settings import SettingsError, WebSettings
from bot.wiring import Bot

log = logging.getLogger(__name__)

LOOPBACK = "127.0.0.1"
PORT = 3000
BACKLOG = 256
MOST_AT_ONCE = 500
"""Connections. Well below the 1,024 files that a process may usually open; who comes as one
too many is answered with 503, and may come again.
"""
TIDY_SECONDS = 60.0
ARRIVING_SECONDS = 2.0
"""How long a connection that was let in may take to say what it wants, when the door closes."""
LOOK_SECONDS = 0.02


@dataclass(frozen=True, slots=True)
class Place:
    """Where to listen. Port 0 takes a free one."""

    host: str = LOOPBACK
    port: int = PORT


class HttpDoor:
    """A server of one bot. `wall` gives the real time, by which Slack dates its requests.

    `sends` is whether this process sends messages, too: only then its health speaks of it.
    """

    def __init__(
        self,
        bot: Bot,
        settings: WebSettings,
        place: Place,
        wall: Clock,
        patience: Patience,
        *,
        sends: bool,
    ) -> None:
        self._bot = bot
        self._place = place
        self._once = Once(bot.desk, wall, patience)
        secret = settings.slack_signing_secret.get_secret_value()
        checker = Checker(secret, wall, patience.reading)
        self._server = _Server(
            uvicorn.Config(
                Front(bot, checker, self._once, sends=sends).application(),
                http=_heads_within(patience.head),
                lifespan="off",
                ws="none",
                interface="asgi3",
                log_config=None,
                access_log=False,
                server_header=False,
                proxy_headers=False,
                # A proxy must not send a request down a connection that is just being closed.
                headers=[("connection", "close")],
                timeout_graceful_shutdown=int(LAST_SECONDS),
                limit_concurrency=MOST_AT_ONCE,
            )
        )
        self._listener: socket.socket | None = None
        self._url = ""
        self._tasks: tuple[asyncio.Task[None], ...] = ()

    @property
    def url(self) -> str:
        """Where requests go. Raises `LookupError` before it is open."""
        if not self._url:
            raise LookupError("The door is not open.")
        return self._url

    async def open(self) -> None:
        """Listen. Raises `SettingsError` for an address that cannot be had."""
        await self._once.forget()
        self._listener = await asyncio.to_thread(_listen, self._place)
        self._url = _address(self._listener)
        await self._server.begin(self._listener)
        self._tasks = (
            asyncio.create_task(self._server.main_loop()),
            asyncio.create_task(self._tidy()),
        )
        log.info("Listening at %s", self.url)

    async def close(self) -> None:
        """Let nobody more in, answer whoever is in, and let listeners come to their end."""
        listener, self._listener = self._listener, None
        if listener is not None:
            await self._server.end(listener)
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        await self._once.close()
        if not await self._bot.under_way.ended(LAST_SECONDS):
            log.warning("Something was still being done when the bot stopped.")

    async def _tidy(self) -> None:
        """Forget old requests, once a minute."""
        while True:
            await asyncio.sleep(TIDY_SECONDS)
            try:
                await self._once.forget()
            except Exception:  # the next minute is as good
                log.exception("Old requests could not be forgotten")


class _HeadInTime(H11Protocol):
    """A connection that is closed unless the whole head of its request comes in time.

    uvicorn waits for ever; and every answer closes its connection, so there is one head only.
    """

    def __init__(self, seconds: float, **given: Any) -> None:  # noqa: ANN401  # uvicorn's own
        super().__init__(**given)
        self._seconds = seconds
        self._late: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]  # uvicorn's own
        super().connection_made(transport)
        self._late = self.loop.call_later(self._seconds, self._give_up)

    def connection_lost(self, exc: Exception | None) -> None:
        if self._late is not None:
            self._late.cancel()
        super().connection_lost(exc)

    def _give_up(self) -> None:
        # There is a cycle once the head has been read.
        if self.cycle is None:
            self.transport.close()


def _heads_within(seconds: float) -> type[asyncio.Protocol]:
    # uvicorn only calls it to make a connection.
    return cast("type[asyncio.Protocol]", partial(_HeadInTime, seconds))


class _Server(uvicorn.Server):
    """uvicorn's server, begun and ended in steps of ours."""

    async def begin(self, listener: socket.socket) -> None:
        """Listen on a socket that is bound."""
        self.config.load()
        self.lifespan = self.config.lifespan_class(self.config)
        await self.startup(sockets=[listener])

    async def end(self, listener: socket.socket) -> None:
        """Take in who has reached the socket, close it, and answer them all.

        The kernel has let in connections that the server has not accepted yet; closing on
        them would break them after they were sent.
        """
        loop = asyncio.get_running_loop()
        loop.remove_reader(listener.fileno())
        late = _accepted(listener)
        for server in self.servers:
            server.close()
        for connection in late:
            await loop.connect_accepted_socket(self._protocol, connection)
        until = loop.time() + ARRIVING_SECONDS
        # Every answer closes its connection, so who is left has not been answered yet.
        await asyncio.sleep(LOOK_SECONDS)
        while self.server_state.connections and loop.time() < until:  # noqa: ASYNC110  # uvicorn tells nobody
            await asyncio.sleep(LOOK_SECONDS)
        await self.shutdown()

    def _protocol(self) -> asyncio.Protocol:
        protocol: asyncio.Protocol = self.config.http_protocol_class(  # type: ignore[call-arg]  # uvicorn's union
            config=self.config, server_state=self.server_state, app_state={}
        )
        return protocol


def _accepted(listener: socket.socket) -> list[socket.socket]:
    found = []
    with contextlib.suppress(BlockingIOError):
        for _ in range(BACKLOG):
            connection, _ = listener.accept()
            connection.setblocking(False)
            found.append(connection)
    return found


def _address(listener: socket.socket) -> str:
    host, port = listener.getsockname()[:2]
    return f"http://{f'[{host}]' if ':' in host else host}:{port}{EVENTS}"


def _listen(place: Place) -> socket.socket:
    try:
        return socket.create_server(
            (place.host, place.port),
            family=socket.AF_INET6 if ":" in place.host else socket.AF_INET,
            backlog=BACKLOG,
        )
    except OSError as refused:
        raise SettingsError(
            f"Nothing can listen at {place.host}, port {place.port} ({_reason(refused)}). "
            "Give another with --host and --port."
        ) from None


def _reason(refused: OSError) -> str:
    return os.strerror(refused.errno) if refused.errno and refused.errno > 0 else str(refused)


def over_http(
    settings: WebSettings,
    place: Place,
    wall: Clock | None = None,
    patience: Patience | None = None,
    *,
    sends: bool = True,
) -> Callable[[Bot], HttpDoor]:
    """Make a door for HTTP."""
    return lambda bot: HttpDoor(
        bot, settings, place, wall or WallClock(), patience or Patience(), sends=sends
    )
