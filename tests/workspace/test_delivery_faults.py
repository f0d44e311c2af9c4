"""Deliveries that go wrong by seed: copies, order, lost acks and cut sockets."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass, field

import pytest
from aiohttp import WSMsgType
from aiohttp import web as web_server
from slack_sdk.web.async_client import AsyncWebClient

from bot.clock import WallClock
from tests.workspace.conftest import CONFIG, HandClock
from tests.workspace.dialling import Dial, Socket, acking
from tests.workspace.forms import Json, actions, button, modal, text_field
from tests.workspace.web_app import app_that
from workspace.core import Patience
from workspace.deliveries import AppDidNotAnswer
from workspace.faults import FaultPlan
from workspace.people import Client
from workspace.server import Workspace

PRESS = [actions(button("report"))]
LATE = 0.05
"""Real seconds after which nothing more is taken to come."""


@pytest.fixture
async def workspace(clock: HandClock) -> AsyncIterator[Workspace]:
    patience = Patience(ack=5, trigger=5)
    started = Workspace(CONFIG, clock, patience=patience, real_now=WallClock().now)
    await started.start()
    yield started
    await started.stop()


@pytest.fixture
async def lead(workspace: Workspace, web: AsyncWebClient) -> Client:
    await web.chat_postMessage(channel="ULEAD", text="Report", blocks=PRESS)
    return workspace.client("ULEAD")


async def copies_gone(workspace: Workspace) -> None:
    """Wait until nothing is under way to the app any more."""
    await asyncio.gather(*workspace.core.deliveries._tasks)


@dataclass
class Line:
    """The app's end of a socket: acks what comes, and keeps it."""

    socket: Socket
    came: list[Json] = field(default_factory=list)

    async def ack(self, count: int, payload: Json | None = None) -> None:
        for _ in range(count):
            self.came.append(await self.socket.next())
            await self.socket.ack(self.came[-1], payload)

    async def silent(self) -> bool:
        """Tell whether nothing more comes."""
        try:
            async with asyncio.timeout(LATE):
                await self.socket.next()
        except TimeoutError:
            return True
        return False


async def test_a_duplicated_event_has_one_event_id_and_many_envelope_ids(
    dial: Dial, workspace: Workspace
) -> None:
    counts = set()
    async with acking(await dial()) as [came]:
        for seed in range(20):
            faults = workspace.spoil(FaultPlan(seed, duplicated=1.0))
            came.clear()
            await workspace.core.deliveries.emit("app_home_opened", {"event_id": f"Ev{seed}"})
            await copies_gone(workspace)
            assert {one["payload"]["event_id"] for one in came} == {f"Ev{seed}"}
            assert len({one["envelope_id"] for one in came}) == len(came)
            assert faults.done == {"duplicated": 1}
            counts.add(len(came))
    assert counts == {2, 3, 4, 5}


async def test_the_person_sees_the_first_answer_to_what_comes_twice(
    dial: Dial, workspace: Workspace, web: AsyncWebClient, lead: Client
) -> None:
    trigger = workspace.core.triggers.give("ULEAD")
    await web.views_open(trigger_id=trigger, view=modal(text_field("figure", optional=True)))
    line = Line(await dial())
    workspace.spoil(FaultPlan(1, duplicated=1.0))
    submitting = asyncio.create_task(lead.submit())
    await line.ack(1, {"response_action": "errors", "errors": {"figure": "First"}})
    await line.ack(1, {"response_action": "clear"})
    assert (await submitting).errors == {"figure": "First"}
    assert lead.modal is not None
    assert line.came[0]["payload"] == line.came[1]["payload"]


async def test_nothing_is_duplicated_held_back_or_lost_at_a_rate_of_nought(
    dial: Dial, workspace: Workspace, lead: Client
) -> None:
    line = Line(await dial())
    faults = workspace.spoil(FaultPlan(1))
    for _ in range(5):
        pressing = asyncio.create_task(lead.press(lead.dm()[0], "report"))
        await line.ack(1)
        await pressing
    assert await line.silent()
    assert faults.done == {}


@dataclass
class Requests:
    """What came over HTTP: each request's signature, date and payload."""

    came: list[tuple[str, str, str]] = field(default_factory=list)

    async def take(self, request: web_server.Request) -> web_server.Response:
        signed = (
            request.headers["X-Slack-Signature"],
            request.headers["X-Slack-Request-Timestamp"],
        )
        self.came.append((*signed, await request.text()))
        return web_server.Response()


async def test_over_http_a_copy_is_signed_anew_or_is_the_very_same_request(
    workspace: Workspace, lead: Client
) -> None:
    app = Requests()
    very_same, anew = 0, 0
    async with app_that(app.take) as url:
        workspace.deliver_to(url)
        workspace.spoil(FaultPlan(1, duplicated=1.0))
        for _ in range(8):
            app.came.clear()
            await lead.press(lead.dm()[0], "report")
            await copies_gone(workspace)
            assert 2 <= len(app.came) <= 5
            assert len({body for _, _, body in app.came}) == 1
            first, *copies = app.came
            very_same += sum(one == first for one in copies)
            anew += sum(one[:2] != first[:2] for one in copies)
    assert very_same
    assert anew


async def test_a_delivery_held_back_comes_after_the_next(dial: Dial, workspace: Workspace) -> None:
    line = Line(await dial())
    faults = workspace.spoil(FaultPlan(1, reordered=1.0, longest_hold=5))
    for event in ("Ev1", "Ev2"):
        workspace.core.deliveries.emit("app_home_opened", {"event_id": event})
    await line.ack(2)
    assert [one["payload"]["event_id"] for one in line.came] == ["Ev2", "Ev1"]
    assert faults.done == {"reordered": 1}


async def test_a_delivery_held_back_alone_comes_after_a_short_while(
    dial: Dial, workspace: Workspace, lead: Client
) -> None:
    line = Line(await dial())
    workspace.spoil(FaultPlan(1, reordered=1.0, longest_hold=0.01))
    pressing = asyncio.create_task(lead.press(lead.dm()[0], "report"))
    await line.ack(1)
    await pressing


async def test_an_event_whose_ack_is_lost_comes_again_with_its_count(
    dial: Dial, workspace: Workspace, clock: HandClock
) -> None:
    line = Line(await dial())
    faults = workspace.spoil(FaultPlan(1, unacked=1.0))
    sending = workspace.core.deliveries.emit("app_home_opened", {"event_id": "Ev1"})
    await line.ack(2)
    assert await line.silent()
    workspace.mend()
    clock.forward(minutes=1)
    workspace.clock_moved()
    await line.ack(1)
    await sending
    assert [one["retry_attempt"] for one in line.came] == [0, 1, 2]
    assert [one["retry_reason"] for one in line.came] == ["", "timeout", "timeout"]
    assert [one["payload"]["event_id"] for one in line.came] == ["Ev1"] * 3
    assert faults.done == {"unacked": 2}


@pytest.mark.parametrize("over", ["sockets", "http"])
async def test_a_press_whose_ack_is_lost_was_taken_but_fails_for_the_person(
    dial: Dial, workspace: Workspace, lead: Client, over: str
) -> None:
    faults = workspace.spoil(FaultPlan(1, unacked=1.0))
    line, app = Line(await dial()), Requests()
    async with app_that(app.take) as url:
        workspace.deliver_to(*([url] if over == "http" else []))
        acking = asyncio.create_task(line.ack(1))
        with pytest.raises(AppDidNotAnswer, match="ack was lost"):
            await lead.press(lead.dm()[0], "report")
        acking.cancel()
    assert len(line.came) + len(app.came) == 1
    assert faults.done == {"unacked": 1}


async def test_a_cut_socket_got_the_press_or_did_not_and_the_person_is_told(
    dial: Dial, workspace: Workspace, lead: Client
) -> None:
    faults = workspace.spoil(FaultPlan(1, cut_socket=1.0))
    got = []
    for _ in range(8):
        socket = await dial()
        with pytest.raises(AppDidNotAnswer, match="socket closed before the ack"):
            await lead.press(lead.dm()[0], "report")
        got.append((await socket.stream.receive()).type is WSMsgType.TEXT)
    assert set(got) == {True, False}
    assert faults.done == {"cut_socket": 8}


async def test_an_event_on_a_cut_socket_comes_again_on_the_next(
    dial: Dial, workspace: Workspace
) -> None:
    await dial()
    faults = workspace.spoil(FaultPlan(1, cut_socket=1.0))
    sending = workspace.core.deliveries.emit("app_home_opened", {"event_id": "Ev1"})
    await workspace.client("ULEAD").wait_for(lambda: not workspace.core.deliveries.is_open)
    workspace.mend()
    line = Line(await dial())
    await line.ack(1)
    await sending
    assert line.came[0]["retry_attempt"] == 1
    assert faults.done == {"cut_socket": 1}


async def test_there_is_no_socket_to_cut_over_http(workspace: Workspace, lead: Client) -> None:
    app = Requests()
    async with app_that(app.take) as url:
        workspace.deliver_to(url)
        faults = workspace.spoil(FaultPlan(1, cut_socket=1.0))
        await lead.press(lead.dm()[0], "report")
    assert faults.done == {}


async def test_a_person_notices_nothing_of_copies_order_and_slow_calls(
    workspace: Workspace, lead: Client
) -> None:
    app = Requests()
    async with app_that(app.take) as url:
        workspace.deliver_to(url)
        workspace.spoil(FaultPlan(1, latency=1.0, duplicated=1.0, reordered=1.0, longest_hold=0.01))
        message = lead.dm()[0]
        await asyncio.gather(*(lead.press(message, "report") for _ in range(10)))
        await copies_gone(workspace)
    assert len({body for _, _, body in app.came}) == 10
    assert len(app.came) >= 20
