"""Envelopes on their way to the app, and the acks that come back.

Owns who is connected, what waits for an ack and what is delivered again. Events are;
interactions and commands are not: the person is told instead (limits sheet section 5).
"""

import asyncio
from collections.abc import Coroutine
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial
from typing import Literal, Protocol

from workspace.changes import Change
from workspace.limits.surfaces import ACK_SECONDS
from workspace.log import Entry, Log, Stage
from workspace.team import Team
from workspace.wire import Json

Kind = Literal["events_api", "interactive", "slash_commands"]
RETRIES = (timedelta(0), timedelta(0), timedelta(minutes=1), timedelta(minutes=5))
"""When an event is sent: first, then again at once, after a minute and after five."""


class AppDidNotAnswer(Exception):  # noqa: N818 - said as a person would say it
    """The app gave no usable answer in time. ``reason`` says what happened.

    ``line`` is what Slack shows the person.
    """

    def __init__(self, reason: str, line: str = "") -> None:
        super().__init__(reason)
        self.reason = reason
        self.line = line


class Link(Protocol):
    """One open socket of the app."""

    async def send(self, message: Json) -> None:
        """Send one message; raises :class:`ConnectionError` when the socket is gone."""
        ...


@dataclass(slots=True)
class Pending:
    """An envelope that waits for its ack on one socket."""

    link: Link
    answer: asyncio.Future[Json]


@dataclass(slots=True)
class Deliveries:
    """Sends each envelope to any one socket and waits for its ack."""

    team: Team
    log: Log
    seconds: float = ACK_SECONDS
    links: list[Link] = field(default_factory=list)
    _pending: dict[str, Pending] = field(default_factory=dict)
    _tasks: set[asyncio.Task[None]] = field(default_factory=set)

    def connected(self, link: Link) -> None:
        """Take a new socket into the round."""
        self.links.append(link)
        self.team.changes.announce(Change("socket"))

    def retired(self, link: Link) -> None:
        """Give a socket nothing new; what it holds may still be acked."""
        if link in self.links:
            self.links.remove(link)
            self.team.changes.announce(Change("socket"))

    def gone(self, link: Link) -> None:
        """Give up on everything a closed socket held."""
        self.retired(link)
        for pending in self._pending.values():
            if pending.link is link and not pending.answer.done():
                pending.answer.set_exception(AppDidNotAnswer("the socket closed before the ack"))

    def acked(self, envelope_id: str, payload: Json) -> None:
        """Take an ack in; one that comes too late, or twice, changes nothing."""
        pending = self._pending.get(envelope_id)
        if pending is not None and not pending.answer.done():
            pending.answer.set_result(payload)

    async def ask(self, kind: Kind, name: str, payload: Json, *, answers: bool = True) -> Json:
        """Deliver an interaction or command once; raises :class:`AppDidNotAnswer`."""
        return await self._send(kind, name, payload, {"accepts_response_payload": answers})

    def emit(self, name: str, payload: Json) -> asyncio.Task[None]:
        """Deliver an event, again if need be; the task ends when it is acked or given up."""
        return self._start(self._until_acked(name, payload))

    async def close(self) -> None:
        """Stop delivering again."""
        for task in tuple(self._tasks):
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    def _start(self, work: Coroutine[None, None, None]) -> asyncio.Task[None]:
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        return task

    async def _until_acked(self, name: str, payload: Json) -> None:
        reason, last = "", self.team.clock.now()
        for attempt, wait in enumerate(RETRIES):
            await self.team.changes.until(partial(self._ready, last + wait), None)
            last = self.team.clock.now()
            more = {
                "accepts_response_payload": False,
                "retry_attempt": attempt,
                "retry_reason": reason,
            }
            try:
                await self._send("events_api", name, payload, more)
            except AppDidNotAnswer:
                reason = "timeout"
            else:
                return

    def _ready(self, due: datetime) -> bool:
        return bool(self.links) and self.team.clock.now() >= due

    async def _send(self, kind: Kind, name: str, payload: Json, more: Json) -> Json:
        envelope = {"envelope_id": self.team.ids.envelope(), "type": kind, "payload": payload}
        answer: Json | None = None
        try:
            answer = await self._answer({**envelope, **more})
        finally:
            self.log.keep(Entry(self.team.clock.now(), "delivery", name, payload, answer))
        return answer

    async def _answer(self, envelope: Json) -> Json:
        await self._spoil("delivering", envelope)
        pending = Pending(self._next_link(), asyncio.get_running_loop().create_future())
        self._pending[envelope["envelope_id"]] = pending
        try:
            await pending.link.send(envelope)
            async with asyncio.timeout(self.seconds):
                answer = await pending.answer
        except TimeoutError:
            raise AppDidNotAnswer(f"no ack within {self.seconds:g} seconds") from None
        except ConnectionError:
            raise AppDidNotAnswer("the socket closed before the ack") from None
        finally:
            del self._pending[envelope["envelope_id"]]
        await self._spoil("acked", {**envelope, "answer": answer})
        return answer

    def _next_link(self) -> Link:
        if not self.links:
            raise AppDidNotAnswer("no socket is open")
        link = self.links.pop(0)
        self.links.append(link)
        return link

    async def _spoil(self, stage: Stage, what: Json) -> None:
        fault = await self.log.tell(stage, what)
        if fault is None:
            return
        await asyncio.sleep(fault.delay)
        if fault.spoils:
            raise AppDidNotAnswer(f"lost while {stage}")
