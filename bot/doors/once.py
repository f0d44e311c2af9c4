"""The very same signed request has one effect, and every copy of it gets the same answer.

It owns who handles a request and for how long the others wait. It must not read what a
request says.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy.exc import SQLAlchemyError

from bot.clock import Clock
from bot.desk import Desk
from store import requests
from store.requests import Answer, Place

log = logging.getLogger(__name__)

KEPT = timedelta(minutes=10)
"""Slack's signatures hold for five minutes, either way."""
DEAD_AFTER = timedelta(seconds=10)
"""An answer takes three seconds at the most; whoever gave none after this will not."""
SERVER_ERROR = 500


@dataclass(frozen=True, slots=True)
class Patience:
    """How long the door waits, in real seconds.

    `longest`: for the answer to the first of several copies; `between`: two looks for it.
    `reading`: for a body to arrive, as Slack waits no longer for the whole answer; `head`: for
    a new connection to say what it wants, before any of that begins.
    """

    longest: float = 2.5
    between: float = 0.2
    reading: float = 3.0
    head: float = 5.0


class Once:
    """Handles each request once. `wall` gives the real time, by which requests are dated."""

    def __init__(self, desk: Desk, wall: Clock, patience: Patience) -> None:
        self._desk = desk
        self._wall = wall
        self._patience = patience
        self._keeping: set[asyncio.Task[None]] = set()

    async def answer(self, digest: str, handle: Callable[[], Awaitable[Answer]]) -> Answer | None:
        """The answer to a request; none where somebody else is still at it."""
        taken = await self._take(digest)
        if not isinstance(taken, datetime):
            return taken
        try:
            answer = await handle()
        except BaseException:
            await self._desk.note(requests.let_go, digest, taken)
            raise
        # Slack need not wait for this: a copy meanwhile waits, and finds it.
        keeping = asyncio.create_task(self._keep(digest, taken, answer))
        self._keeping.add(keeping)
        keeping.add_done_callback(self._keeping.discard)
        return answer

    async def forget(self) -> None:
        """Forget what is too old to come again."""
        await self._desk.note(requests.forget, self._wall.now() - KEPT)

    async def close(self) -> None:
        """Wait until every answer is kept."""
        await asyncio.gather(*self._keeping)

    async def _take(self, digest: str) -> datetime | Answer | None:
        """When it was taken to be handled here; or the answer it had; or none in time."""
        loop = asyncio.get_running_loop()
        until = loop.time() + self._patience.longest
        while True:
            now = self._wall.now()
            standing = await self._desk.note(
                requests.take, digest, now, dead_before=now - DEAD_AFTER
            )
            if isinstance(standing, Answer):
                return standing
            if standing is Place.YOURS:
                return now
            if loop.time() >= until:
                return None
            await asyncio.sleep(self._patience.between)

    async def _keep(self, digest: str, taken: datetime, answer: Answer) -> None:
        try:
            if answer.status >= SERVER_ERROR:
                await self._desk.note(requests.let_go, digest, taken)
            else:
                await self._desk.note(requests.answered, digest, taken, answer, self._wall.now())
        except SQLAlchemyError as failure:
            # Sent again, the request is handled anew; what it did has keys of its own.
            log.warning("An answer could not be kept: %s", type(failure).__name__)
