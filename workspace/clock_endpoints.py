"""``/client/clock``: reading the time and moving it, where moving it is allowed.

Owns the reading of requests only: who moves the clock, and how, is handed in.
"""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from aiohttp import web

from workspace.changes import Change
from workspace.core import Core
from workspace.wire import Json

MoveClock = Callable[[datetime], Awaitable[None]]
Next = Callable[[], Awaitable[datetime | None]]


@dataclass(slots=True)
class ClockEndpoints:
    """The roads that show and move the time. Without a mover they answer 501.

    ``on_next`` tells when the next thing happens; it may go there itself or leave it to
    ``on_move``.
    """

    core: Core
    on_move: MoveClock | None
    on_next: Next | None

    def routes(self) -> list[web.RouteDef]:
        """List the roads."""
        return [
            web.get("/client/clock", self._show),
            web.post("/client/clock", self._move),
            web.post("/client/clock/next", self._next),
        ]

    def _now(self) -> Json:
        return {
            "now": self.core.clock.now().isoformat(),
            "moves": self.on_move is not None,
            "next": self.on_next is not None,
        }

    async def _show(self, _request: web.Request) -> web.Response:
        return web.json_response(self._now())

    async def _move(self, request: web.Request) -> web.Response:
        if self.on_move is None:
            raise web.HTTPNotImplemented(text="this clock cannot be moved")
        try:
            to = _instant(await request.json(), self.core.clock.now())
        except (ValueError, KeyError, TypeError, OverflowError):
            raise web.HTTPBadRequest(
                text='say {"to": an instant with its offset} or {"by_seconds": a number}'
            ) from None
        await self.on_move(to)
        self.core.team.changes.announce(Change("clock"))
        return web.json_response(self._now())

    async def _next(self, _request: web.Request) -> web.Response:
        if self.on_next is None:
            raise web.HTTPNotImplemented(text="this clock cannot be moved")
        reached = await self.on_next()
        if reached is not None and reached > self.core.clock.now() and self.on_move is not None:
            await self.on_move(reached)
        self.core.team.changes.announce(Change("clock"))
        return web.json_response({**self._now(), "moved": reached is not None})


def _instant(body: Json, now: datetime) -> datetime:
    if "to" not in body:
        return now + timedelta(seconds=float(body["by_seconds"]))
    to = datetime.fromisoformat(body["to"])
    if to.tzinfo is None:
        raise ValueError(body["to"])
    return to.astimezone(UTC)
