"""Envelopes on their way to the app, and the acks that come back.

Owns which road is next, how long an ack may take and what is delivered again. Events are;
interactions and commands are not: the person is told instead (limits sheet section 5). How an
envelope travels is the road's own: a socket's or an address's.
"""

import asyncio
import contextlib
from collections.abc import Coroutine, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial
from typing import Literal, Protocol

from workspace.changes import Change
from workspace.inspector_words import Naming, about_delivery, acknowledged, unanswered
from workspace.limits.surfaces import ACK_SECONDS
from workspace.log import Entry, Log, Stage
from workspace.mishaps import Copy, Cut, Disorder, Mishap
from workspace.team import Team
from workspace.wire import Json

Kind = Literal["events_api", "interactive", "slash_commands"]
RETRIES = (timedelta(0), timedelta(0), timedelta(minutes=1), timedelta(minutes=5))
"""When an event is sent: first, then again at once, after a minute and after five."""


SOUND = Mishap()
Loss = Literal["timeout", "error", "connection"]
"""Why a delivery counts as lost: no answer in time, a faulty one, or a broken connection."""


class AppDidNotAnswer(Exception):  # noqa: N818 - said as a person would say it
    """The app gave no usable answer in time. ``reason`` says what happened.

    ``line`` is what Slack shows the person; ``loss`` is what a retry gives as its reason.
    """

    def __init__(self, reason: str, line: str = "", loss: Loss = "timeout") -> None:
        super().__init__(reason)
        self.reason = reason
        self.line = line
        self.loss = loss


class NotTaken(AppDidNotAnswer):
    """The app surely received nothing: another road may carry the same."""


@dataclass(slots=True)
class Parcel:
    """One envelope to be carried.

    ``dated`` is the second it was first signed in, if it was; ``later`` is added to that. A
    socket that carries it is ``cut``, where that is said.
    """

    envelope: Json
    dated: int | None = None
    later: int = 0
    cut: Cut | None = None


class Road(Protocol):
    """One way to the app: an open socket, or an address it listens at."""

    async def carry(self, parcel: Parcel) -> Json:
        """Carry one envelope and give its ack payload, however long that takes.

        Raises :class:`NotTaken` or :class:`AppDidNotAnswer`.
        """
        ...


@dataclass(slots=True)
class Deliveries:
    """Sends each envelope down one road and waits for its ack.

    ``links`` are the open sockets. ``addresses`` are where the app listens for HTTP: where
    there are any, they alone are used. ``naming`` gives the names behind ids, for the record.
    """

    team: Team
    log: Log
    seconds: float = ACK_SECONDS
    links: list[Road] = field(default_factory=list)
    addresses: list[Road] = field(default_factory=list)
    naming: Naming = str
    disorder: Disorder = field(default_factory=Disorder)
    _tasks: set[asyncio.Task[None]] = field(default_factory=set)

    @property
    def is_open(self) -> bool:
        """Tell whether there is any road to the app."""
        return bool(self.addresses or self.links)

    def connected(self, link: Road) -> None:
        """Take a new socket into the round."""
        self.links.append(link)
        self.team.changes.announce(Change("socket"))

    def retired(self, link: Road) -> None:
        """Give a socket nothing new; what it holds may still be acked."""
        if link in self.links:
            self.links.remove(link)
            self.team.changes.announce(Change("socket"))

    def listening(self, addresses: Iterable[Road]) -> None:
        """Put these addresses in the place of the ones there were; none means sockets."""
        self.addresses = list(addresses)
        self.team.changes.announce(Change("socket"))

    async def ask(self, kind: Kind, name: str, payload: Json, *, answers: bool = True) -> Json:
        """Deliver an interaction or command once; raises :class:`AppDidNotAnswer`."""
        return await self._send(kind, name, payload, {"accepts_response_payload": answers})

    def emit(self, name: str, payload: Json) -> asyncio.Task[None]:
        """Deliver an event, again if need be; the task ends when it is acked or given up."""
        return self._start(self._until_acked(name, payload))

    async def quiet(self) -> None:
        """Wait until nothing is on its way any more: no copy, and nothing to be sent again."""
        while self._tasks:
            await asyncio.wait(self._tasks)

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
            except AppDidNotAnswer as fault:
                reason = fault.loss
            else:
                return

    def _ready(self, due: datetime) -> bool:
        return self.is_open and self.team.clock.now() >= due

    async def _send(self, kind: Kind, name: str, payload: Json, more: Json) -> Json:
        mishap = self._mishap(name)
        await self.disorder.hold_back(mishap.hold)
        went_first_of = self.disorder.held
        envelope = {"envelope_id": self.team.ids.envelope(), "type": kind, "payload": payload}
        parcel = Parcel({**envelope, **more}, cut=mishap.cut)
        gone = asyncio.Event()
        self._copied(name, parcel, mishap.copies, gone)
        try:
            return await self._logged(name, parcel, mishap)
        finally:
            gone.set()
            if went_first_of is not None:
                went_first_of.set()

    async def _logged(self, name: str, parcel: Parcel, mishap: Mishap) -> Json:
        payload: Json = parcel.envelope["payload"]
        answer: Json | None = None
        about = about_delivery(name, parcel.envelope, self.naming)
        now = self.team.clock.now()
        with self.log.record.entry(now, "delivery", name, about, payload) as entry:
            try:
                answer = await self._answer(parcel, mishap)
            except AppDidNotAnswer as fault:
                entry.ends(*unanswered(fault.reason, mishap))
                raise
            finally:
                now = self.team.clock.now()
                self.log.keep(Entry(now, "delivery", name, payload, answer))
            entry.ends(*acknowledged(answer, entry.ms), answer)
        return answer

    async def _answer(self, parcel: Parcel, mishap: Mishap) -> Json:
        await self._spoil("delivering", parcel.envelope)
        try:
            async with asyncio.timeout(self.seconds):
                answer = await self._carried(parcel)
        except TimeoutError:
            raise AppDidNotAnswer(f"no ack within {self.seconds:g} seconds") from None
        await self._spoil("acked", {**parcel.envelope, "answer": answer})
        if mishap.unacked:
            self.disorder.did("unacked")
            raise AppDidNotAnswer("the ack was lost")
        return answer

    async def _carried(self, parcel: Parcel) -> Json:
        """Try one road after the other for as long as nothing was received."""
        refusal: AppDidNotAnswer = NotTaken("no socket is open")
        for road in self._in_turn():
            try:
                return await road.carry(parcel)
            except NotTaken as fault:
                refusal = fault
            except AppDidNotAnswer:
                self._cut_off(road, parcel)
                raise
        raise refusal

    def _cut_off(self, road: Road, parcel: Parcel) -> None:
        if parcel.cut is not None:
            self.retired(road)
            self.disorder.did("cut_socket")

    def _in_turn(self) -> list[Road]:
        """List the roads, the one whose turn it is first; the next delivery starts after it."""
        roads = self.addresses or self.links
        turn = list(roads)
        roads[:] = roads[1:] + roads[:1]
        return turn

    async def _spoil(self, stage: Stage, what: Json) -> None:
        fault = await self.log.tell(stage, what)
        if fault is None:
            return
        await asyncio.sleep(fault.delay)
        if fault.spoils:
            raise AppDidNotAnswer(f"lost while {stage}")

    def _mishap(self, name: str) -> Mishap:
        nth = self.log.nth(name)
        if not self.is_open:
            return SOUND
        return self.disorder.mishap(name, nth, on_socket=not self.addresses)

    def _copied(
        self, name: str, parcel: Parcel, copies: Sequence[Copy], gone: asyncio.Event
    ) -> None:
        """Deliver the same again; what the app answers is looked at by nobody."""
        if copies:
            self.disorder.did("duplicated")
        for count, copy in enumerate(copies, start=1):
            after = gone if copy.afterwards else None
            self._start(self._again(name, self._copy(parcel, copy, count), after))

    def _copy(self, parcel: Parcel, copy: Copy, count: int) -> Parcel:
        """Give a copy: the very same request, or one that is signed some seconds later."""
        if copy.same_request and self.addresses:
            return parcel
        envelope = {**parcel.envelope, "envelope_id": self.team.ids.envelope()}
        return Parcel(envelope, later=count)

    async def _again(self, name: str, parcel: Parcel, after: asyncio.Event | None) -> None:
        if after is not None:
            await after.wait()
        with contextlib.suppress(AppDidNotAnswer):
            await self._logged(name, parcel, SOUND)
