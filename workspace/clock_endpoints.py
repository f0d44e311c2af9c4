"""``/client/clock``: reading the time, moving it, and letting it pass by itself.

Owns the reading of requests and refusing what cannot be done just now. Who moves the clock,
what there is to go to and what happens in a run is handed in.
"""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import TypeVar

from aiohttp import web

from workspace.changes import Change
from workspace.core import Core
from workspace.pace import SPEEDS
from workspace.runs import FINISHING, RunRefusedError, Runs
from workspace.wire import Json

MoveClock = Callable[[datetime], Awaitable[None]]
Next = Callable[[], Awaitable[datetime | None]]
LOCKED = 423
RUNNING = "Time is passing by itself. Pause or stop it to move the clock yourself."
WORKING = "The clock is being moved. It can be moved again in a moment."
FURTHEST = timedelta(days=2 * 366)
TOO_FAR = "The clock goes at most two years ahead at once. Enter an earlier day."
NO_APP = "No bot is connected. The clock can be moved once one is."


@dataclass(frozen=True, slots=True)
class Landmark:
    """An instant worth going to: its name, what it belongs to, and when it is."""

    name: str
    about: str
    at: datetime


Landmarks = Callable[[], Awaitable[Sequence[Landmark]]]


@dataclass(frozen=True, slots=True)
class Steering:
    """Whatever can be done with the time; without it the page shows the time only.

    ``following`` tells when the next thing happens; it may go there itself or leave it to
    ``move``. ``landmarks`` are what one can jump to, ``runs`` let time pass by itself, and
    ``again`` puts everything back to the first day.
    """

    move: MoveClock | None = None
    following: Next | None = None
    landmarks: Landmarks | None = None
    runs: Runs | None = None
    again: Callable[[], Awaitable[None]] | None = None


@dataclass(slots=True)
class ClockEndpoints:
    """The roads that show and steer the time. What is not handed in answers 501."""

    core: Core
    steering: Steering
    begun: int = 0
    _turn: asyncio.Lock = field(default_factory=asyncio.Lock)

    def __post_init__(self) -> None:
        """Let the page hear of a run."""
        if self.steering.runs is not None:
            self.steering.runs.said = self._changed

    def routes(self) -> list[web.RouteDef]:
        """List the roads."""
        return [
            web.get("/client/clock", self._show),
            web.post("/client/clock", self._move),
            web.post("/client/clock/next", self._next),
            web.post("/client/clock/run", self._run),
            web.post("/client/clock/run/{act:pause|go-on|stop|speed|forget}", self._steer),
            web.post("/client/clock/again", self._again),
        ]

    async def _show(self, _request: web.Request) -> web.Response:
        return web.json_response(await self._now())

    async def _now(self) -> Json:
        steering, runs = self.steering, self.steering.runs
        return {
            "now": self.core.clock.now().isoformat(),
            "moves": steering.move is not None,
            "next": steering.following is not None,
            "again": steering.again is not None,
            "begun": self.begun,
            "why_not": self._why_not(),
            "landmarks": await self._landmarks(),
            "lengths": [{"value": o.value, "name": o.name} for o in runs.lengths] if runs else [],
            "speeds": [{"value": o.value, "name": o.name} for o in SPEEDS],
            "run": runs.shown() if runs else None,
        }

    def _why_not(self) -> str:
        """Say why the time cannot be moved just now; empty when it can."""
        return self._taken() or ("" if self.core.deliveries.is_open else NO_APP)

    def _taken(self) -> str:
        """Say what is being done with the time just now; empty when it is free."""
        runs = self.steering.runs
        if runs is not None and runs.is_running:
            return RUNNING
        if self._turn.locked():
            return WORKING
        return FINISHING if runs is not None and runs.is_busy else ""

    async def _landmarks(self) -> list[Json]:
        """List where one can go; nothing while one cannot go anywhere."""
        if self.steering.landmarks is None or self._why_not():
            return []
        return [
            {"name": one.name, "about": one.about, "at": one.at.isoformat()}
            for one in await self.steering.landmarks()
        ]

    async def _move(self, request: web.Request) -> web.Response:
        move = _given(self.steering.move)
        try:
            now = self.core.clock.now()
            to = _instant(await request.json(), now)
        except (ValueError, KeyError, TypeError, OverflowError):
            raise web.HTTPBadRequest(
                text='say {"to": an instant with its offset} or {"by_seconds": a number}'
            ) from None
        if to - now > FURTHEST:
            return _locked(TOO_FAR)
        return await self._in_turn(lambda: _moved(move, to))

    async def _next(self, _request: web.Request) -> web.Response:
        following = _given(self.steering.following)

        async def go() -> Json:
            reached = await following()
            if reached is not None and reached > self.core.clock.now() and self.steering.move:
                await self.steering.move(reached)
            return {"moved": reached is not None}

        return await self._in_turn(go)

    async def _again(self, _request: web.Request) -> web.Response:
        again, runs = _given(self.steering.again), self.steering.runs
        if runs is not None:
            await runs.stop()
            runs.forget()

        async def begin() -> Json:
            await again()
            self.begun += 1
            return {}

        return await self._in_turn(begin)

    async def _run(self, request: web.Request) -> web.Response:
        runs = _given(self.steering.runs)
        body = await _body(request)

        async def begin() -> Json:
            await runs.begin(str(body["length"]), str(body["speed"]))
            return {}

        return await self._in_turn(lambda: _understood(begin))

    async def _steer(self, request: web.Request) -> web.Response:
        runs = _given(self.steering.runs)
        body = await _body(request) if request.can_read_body else {}
        acts: dict[str, Callable[[], object]] = {
            "pause": runs.pause,
            "go-on": runs.go_on,
            "forget": runs.forget,
            "speed": lambda: runs.set_speed(str(body["speed"])),
        }
        act = request.match_info["act"]
        if act == "go-on" and self._turn.locked():
            return _locked(WORKING)
        try:
            if act == "stop":
                await runs.stop()
            else:
                acts[act]()
        except KeyError:
            raise web.HTTPBadRequest(text=_WORDS) from None
        except RunRefusedError as refused:
            return _locked(str(refused))
        return web.json_response(await self._now())

    async def _in_turn(self, doing: Callable[[], Awaitable[Json]]) -> web.Response:
        """Do one thing with the time, unless something else is being done with it."""
        if taken := self._taken():
            return _locked(taken)
        async with self._turn:
            self._changed()
            try:
                more = await doing()
            except RunRefusedError as refused:
                return _locked(str(refused))
        self._changed()
        return web.json_response({**await self._now(), **more})

    def _changed(self) -> None:
        self.core.team.changes.announce(Change("clock"))


Held = TypeVar("Held")
_WORDS = 'say {"length": …, "speed": …} in words that /client/clock lists'


def _given(held: Held | None) -> Held:
    if held is None:
        raise web.HTTPNotImplemented(text="this clock cannot be moved")
    return held


async def _moved(move: MoveClock, to: datetime) -> Json:
    await move(to)
    return {}


async def _understood(doing: Callable[[], Awaitable[Json]]) -> Json:
    try:
        return await doing()
    except KeyError:
        raise web.HTTPBadRequest(text=_WORDS) from None


def _locked(line: str) -> web.Response:
    return web.json_response({"error": "not_now", "line": line}, status=LOCKED)


async def _body(request: web.Request) -> Json:
    try:
        body = await request.json()
    except ValueError:
        raise web.HTTPBadRequest(text="the body is not JSON") from None
    if not isinstance(body, dict):
        raise web.HTTPBadRequest(text="the body is not an object")
    return body


def _instant(body: Json, now: datetime) -> datetime:
    if "to" not in body:
        return now + timedelta(seconds=float(body["by_seconds"]))
    to = datetime.fromisoformat(body["to"])
    if to.tzinfo is None:
        raise ValueError(body["to"])
    return to.astimezone(UTC)
