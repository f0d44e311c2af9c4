"""Two sockets: one may end while people press, and the bot always comes back by itself."""

import asyncio
import logging
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field
from pathlib import Path

import aiohttp
import pytest
from aiohttp import web
from slack_bolt.async_app import AsyncAck

from bot.clock import HandClock
from bot.doors.sockets import SocketDoor, Waits
from bot.wiring import Bot
from store.importing.programme import Programme
from tests.bot.doorway import SLOW, street
from tests.sample import OPENS
from tests.transports import by_sockets
from workspace.core import Patience
from workspace.log import Fault
from workspace.server import Workspace
from workspace.wire import Json

PERSON = "UCENTRALTEAM01"
IMPATIENT = Waits(first=0.01, longest=0.05, steady=0.0)
A_WHILE = 10.0


@dataclass(slots=True)
class Line:
    """A workspace, a bot on its sockets, and a slow command that waits to be let go."""

    workspace: Workspace
    bot: Bot
    door: SocketDoor
    begun: asyncio.Event = field(default_factory=asyncio.Event)
    go_on: asyncio.Event = field(default_factory=asyncio.Event)
    done: int = 0

    async def open(self, count: int) -> None:
        """Wait until there are this many sockets."""
        await self.until(lambda: len(self.workspace.sockets.open) == count)

    async def until(self, come: Callable[[], bool]) -> None:
        """Wait until something has come about."""
        await self.workspace.core.team.changes.until(come, A_WHILE)

    async def help(self) -> str:
        """Somebody types the command and is answered."""
        (answer,) = await self.workspace.client(PERSON).command("/laa", "help")
        return answer.plain()

    async def before_ack(self, ack: AsyncAck) -> None:
        """A listener that answers when it is let go."""
        self.begun.set()
        await self.go_on.wait()
        await ack("done")
        self.done += 1

    async def after_ack(self, ack: AsyncAck) -> None:
        """A listener that answers, and works on until it is let go."""
        await ack("begun")
        self.begun.set()
        await self.go_on.wait()
        self.done += 1


@pytest.fixture
def database_url(tmp_path: Path, prepared_file: Path) -> str:
    path = tmp_path / "quarterlight.db"
    path.write_bytes(prepared_file.read_bytes())
    return f"sqlite:///{path}"


@pytest.fixture
async def workspace(programme: Programme) -> AsyncIterator[Workspace]:
    started = Workspace(street(programme), HandClock(OPENS), patience=Patience(ack=15))
    await started.start()
    yield started
    await started.stop()


@pytest.fixture
async def line(workspace: Workspace, database_url: str) -> AsyncIterator[Line]:
    clock = HandClock(OPENS)
    async with by_sockets(workspace, database_url, clock, IMPATIENT) as (bot, door):
        there = Line(workspace, bot, door)
        await there.open(2)
        yield there
        there.go_on.set()


async def test_two_sockets_are_open_and_each_command_is_answered_once(line: Line) -> None:
    for _ in range(4):
        assert "/laa" in await line.help()
    assert len(line.workspace.log.deliveries()) == 4


async def test_before_an_announced_end_two_new_ones_are_open(line: Line) -> None:
    old = tuple(line.workspace.sockets.open)
    await line.workspace.announce_disconnect("warning")
    await line.open(4)
    assert "/laa" in await line.help()
    for socket in old:
        await socket.stream.close()
    assert "/laa" in await line.help()
    assert len(line.workspace.sockets.open) == 2


async def test_what_began_on_a_socket_that_is_to_end_is_answered(line: Line) -> None:
    line.bot.app.command(SLOW)(line.before_ack)
    typing = asyncio.create_task(line.workspace.client(PERSON).command(SLOW))
    await line.begun.wait()
    await line.workspace.announce_disconnect("warning")
    await line.open(4)
    line.go_on.set()
    (answer,) = await typing
    assert answer.plain() == "done"


async def test_people_type_on_while_one_socket_after_the_other_is_retired(line: Line) -> None:
    stop = asyncio.Event()
    answered = 0

    async def types_on() -> None:
        nonlocal answered
        while not stop.is_set():
            await line.help()
            answered += 1

    typing = asyncio.create_task(types_on())
    for _ in range(3):
        first, *_ = line.workspace.sockets.open
        await line.workspace.announce_disconnect("refresh_requested", only=first)
        await line.open(3)
        while first.waiting:  # noqa: ASYNC110  # Slack closes seconds later; an answer announces nothing
            await asyncio.sleep(0.01)
        await first.stream.close()
        await line.open(2)
    stop.set()
    await typing
    assert answered >= 3


async def test_one_that_is_cut_is_replaced_and_the_other_answers_meanwhile(line: Line) -> None:
    cut, kept = line.workspace.sockets.open
    cut.cut()
    assert "/laa" in await line.help()
    await line.until(
        lambda: len(line.workspace.sockets.open) == 2 and cut not in line.workspace.sockets.open
    )
    assert kept in line.workspace.sockets.open


async def test_both_cut_at_once_come_back(line: Line) -> None:
    for _ in range(3):
        line.workspace.sockets.cut()
        await line.open(0)
        await line.open(2)
        assert "/laa" in await line.help()


async def test_it_tries_on_for_as_long_as_slack_refuses_and_says_so_once(
    line: Line, caplog: pytest.LogCaptureFixture
) -> None:
    refused = 0

    async def refuses(stage: str, what: Json) -> Fault | None:
        nonlocal refused
        if stage == "before" and what.get("method") == "apps.connections.open":
            refused += 1
            return Fault(status=503)
        return None

    caplog.set_level(logging.INFO, "bot.doors")
    stop = line.workspace.watch(refuses)
    line.workspace.sockets.cut()
    async with asyncio.timeout(A_WHILE):
        while refused < 12:  # noqa: ASYNC110  # calls announce nothing
            await asyncio.sleep(0.01)
    stop()
    await line.open(2)
    assert "/laa" in await line.help()
    said = [record.getMessage() for record in caplog.records]
    assert sum("No connection to Slack" in words for words in said) == 2
    assert sum("Connected to Slack again" in words for words in said) == 2
    assert not any("ticket" in words for words in said)


async def test_closing_waits_for_an_answer_that_slack_waits_for(
    workspace: Workspace, database_url: str
) -> None:
    async with by_sockets(workspace, database_url, HandClock(OPENS), IMPATIENT) as (bot, door):
        line = Line(workspace, bot, door)
        bot.app.command(SLOW)(line.before_ack)
        typing = asyncio.create_task(workspace.client(PERSON).command(SLOW))
        await line.begun.wait()
        closing = asyncio.create_task(door.close())
        await asyncio.sleep(0)
        line.go_on.set()
        await closing
        (answer,) = await typing
        assert answer.plain() == "done"
        assert workspace.sockets.open == []


async def test_closing_waits_for_what_goes_on_after_the_answer(
    workspace: Workspace, database_url: str
) -> None:
    async with by_sockets(workspace, database_url, HandClock(OPENS), IMPATIENT) as (bot, door):
        line = Line(workspace, bot, door)
        bot.app.command(SLOW)(line.after_ack)
        await workspace.client(PERSON).command(SLOW)
        await line.begun.wait()
        closing = asyncio.create_task(door.close())
        await line.open(0)
        assert not closing.done()
        line.go_on.set()
        await closing
        assert line.done == 1


class Mute:
    """A server whose sockets never say anything, not even that they live."""

    def __init__(self) -> None:
        self.connections = 0
        self.opened = asyncio.Event()

    async def start(self) -> web.AppRunner:
        application = web.Application()
        application.add_routes([web.get("/link", self.serve)])
        runner = web.AppRunner(application, shutdown_timeout=0.1)
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        return runner

    async def serve(self, request: web.Request) -> web.WebSocketResponse:
        stream = web.WebSocketResponse(autoping=False)
        await stream.prepare(request)
        self.connections += 1
        if self.connections > 2:
            self.opened.set()
        async for message in stream:
            assert message.type is aiohttp.WSMsgType.PING
        return stream


async def test_a_socket_that_falls_silent_is_replaced(
    workspace: Workspace, database_url: str
) -> None:
    mute = Mute()
    runner = await mute.start()
    port = runner.addresses[0][1]
    waits = Waits(silence=0.15, first=0.01, longest=0.05, steady=0.0, linger=0.1)

    async def elsewhere(stage: str, what: Json) -> Fault | None:
        if stage == "after" and what.get("method") == "apps.connections.open":
            what["answer"]["url"] = f"ws://127.0.0.1:{port}/link"
        return None

    workspace.watch(elsewhere)
    async with by_sockets(workspace, database_url, HandClock(OPENS), waits):
        async with asyncio.timeout(A_WHILE):
            await mute.opened.wait()
    await runner.cleanup()
