"""The door for Socket Mode: the bot calls Slack and keeps two connections open.

It owns how many there are and when one is opened anew. Slack gives each delivery to any one of
them. When it announces the end of one, the next is opened before the old one goes; one that
breaks off or falls silent is replaced, however long that takes, and never ends the process.
"""

import asyncio
import logging
from collections.abc import Callable, Coroutine
from dataclasses import dataclass

import aiohttp
from slack_sdk.proxy_env_variable_loader import load_http_proxy_from_env
from slack_sdk.web.async_client import AsyncWebClient

from bot.doors.door import LAST_SECONDS
from bot.doors.line import Line
from bot.settings import Settings
from bot.tokens import try_app_token
from bot.wiring import Bot

log = logging.getLogger(__name__)

CONNECTIONS = 2


@dataclass(frozen=True, slots=True)
class Waits:
    """How the sockets are kept, in real seconds.

    `silence`: without a sign of life for about this long a socket counts as broken. `connect`:
    how long opening may take. `first` and `longest`: pauses between failing attempts, each
    twice the one before. `steady`: a socket that stood this long was no failure; one that did
    not may end once without a pause. `linger`: how long an old socket stays after Slack
    announced its end, for Slack to close it.
    """

    silence: float = 15.0
    connect: float = 10.0
    first: float = 1.0
    longest: float = 60.0
    steady: float = 10.0
    linger: float = 30.0


class SocketDoor:
    """Sockets to Slack, `count` of them."""

    def __init__(self, bot: Bot, settings: Settings, waits: Waits, count: int) -> None:
        self._bot = bot
        self._token = settings.slack_app_token.get_secret_value()
        self._web = AsyncWebClient(base_url=settings.slack_api_url, session=bot.http)
        self._waits = waits
        self._count = count
        self._first_url: str | None = None
        self._lines: set[Line] = set()
        self._tasks: set[asyncio.Task[None]] = set()
        self._connected = asyncio.Event()
        # A socket lives for hours: the timeouts of calls are not for it.
        self._http = aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=None))

    async def open(self) -> None:
        """Open the sockets; done when the first is open. Raises `SettingsError`."""
        self._first_url = await try_app_token(self._web, self._token)
        for _ in range(self._count):
            self._start(self._keep())
        await self._connected.wait()
        log.info("Connected to Slack.")

    async def close(self) -> None:
        """Close every socket after its last answer, and let listeners come to their end."""
        for task in tuple(self._tasks):
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        await asyncio.gather(*(line.close(LAST_SECONDS) for line in self._lines))
        if not await self._bot.under_way.ended(LAST_SECONDS):
            log.warning("Something was still being done when the bot stopped.")
        await self._http.close()

    async def _keep(self) -> None:
        """Hold one place: a socket, and the next one before or after its end."""
        loop = asyncio.get_running_loop()
        unsteady, old = 0, None
        while True:
            line = await self._opened(self._pause(unsteady - 1))
            opened_at = loop.time()
            if old is not None:
                self._start(self._retire(old))
            await line.leaving.wait()
            log.info("A connection to Slack ends (%s); another is opened.", line.reason)
            unsteady = 0 if loop.time() - opened_at >= self._waits.steady else unsteady + 1
            old = line

    async def _opened(self, pause: float) -> Line:
        """A new socket, after as many attempts as it takes."""
        await asyncio.sleep(pause)
        failures = 0
        while True:
            try:
                line = await self._open()
            except Exception as failure:  # noqa: BLE001  # whatever is the matter, it goes on trying
                if not failures:
                    log.warning("No connection to Slack (%s); trying on.", _words(failure))
                failures += 1
                await asyncio.sleep(self._pause(failures))
            else:
                if failures:
                    log.info("Connected to Slack again.")
                self._connected.set()
                return line

    def _pause(self, failures: int) -> float:
        if failures <= 0:
            return 0.0
        doublings: int = 2 ** min(failures - 1, 10)
        return min(self._waits.first * doublings, self._waits.longest)

    async def _open(self) -> Line:
        async with asyncio.timeout(self._waits.connect):
            url, self._first_url = self._first_url, None
            if url is None:
                answer = await self._web.apps_connections_open(app_token=self._token)
                url = str(answer["url"])
            socket = await self._http.ws_connect(
                url,
                # Pings go out at this pace, and a missing answer closes after half of it.
                heartbeat=self._waits.silence * 2 / 3,
                proxy=load_http_proxy_from_env(log),
            )
        line = Line(self._bot.app, socket)
        self._lines.add(line)
        return line

    async def _retire(self, line: Line) -> None:
        """Leave it to Slack to close an old socket, so that nothing on its way is lost."""
        await line.ended(self._waits.linger)
        await line.close(LAST_SECONDS)
        self._lines.discard(line)

    def _start(self, work: Coroutine[None, None, None]) -> None:
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)


def sockets(
    settings: Settings, waits: Waits | None = None, count: int = CONNECTIONS
) -> Callable[[Bot], SocketDoor]:
    """Make a door for Socket Mode."""
    return lambda bot: SocketDoor(bot, settings, waits or Waits(), count)


def _words(failure: Exception) -> str:
    # Its own text may hold the address with its ticket.
    return type(failure).__name__
