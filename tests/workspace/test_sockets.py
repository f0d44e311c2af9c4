"""Socket Mode: who gets an envelope, what is sent again and what is not."""

import asyncio
from typing import Any

import aiohttp
import pytest
from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler as Handler
from slack_bolt.app.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from tests.workspace.conftest import CONFIG, HandClock
from tests.workspace.dialling import Dial, Socket, connect
from tests.workspace.forms import Json, actions, button, modal, text_field
from workspace.core import Patience
from workspace.deliveries import AppDidNotAnswer
from workspace.log import Fault
from workspace.server import Workspace

PRESS = [actions(button("report"))]


async def test_a_ticket_opens_one_socket(workspace: Workspace) -> None:
    async with aiohttp.ClientSession() as session:
        with pytest.raises(aiohttp.WSServerHandshakeError):
            await session.ws_connect(f"{workspace.url}link/?ticket=old")
        workspace.core.tickets.add("new")
        stream = await session.ws_connect(f"{workspace.url}link/?ticket=new")
        with pytest.raises(aiohttp.WSServerHandshakeError):
            await session.ws_connect(f"{workspace.url}link/?ticket=new")
        await stream.close()


async def test_each_envelope_goes_to_one_socket_in_turn(
    dial: Dial, workspace: Workspace, web: AsyncWebClient
) -> None:
    await web.chat_postMessage(channel="ULEAD", text="Report", blocks=PRESS)
    lead = workspace.client("ULEAD")
    sockets = [await dial() for _ in range(2)]
    seen = []
    for socket in sockets:
        pressing = asyncio.create_task(lead.press(lead.dm()[0], "report"))
        envelope = await socket.next()
        await socket.ack(envelope)
        await pressing
        seen.append(envelope["envelope_id"])
    assert len(set(seen)) == 2
    assert envelope["type"] == "interactive"


async def test_a_press_with_no_socket_open_tells_the_person(
    workspace: Workspace, web: AsyncWebClient
) -> None:
    await web.chat_postMessage(channel="ULEAD", text="Report", blocks=PRESS)
    lead = workspace.client("ULEAD")
    with pytest.raises(AppDidNotAnswer, match="no socket") as caught:
        await lead.press(lead.dm()[0], "report")
    assert caught.value.line == "We had some trouble connecting. Try again?"


async def test_a_socket_killed_before_the_ack_loses_the_press_and_repeats_nothing(
    dial: Dial, workspace: Workspace, web: AsyncWebClient
) -> None:
    await web.chat_postMessage(channel="ULEAD", text="Report", blocks=PRESS)
    lead = workspace.client("ULEAD")
    socket = await dial()
    pressing = asyncio.create_task(lead.press(lead.dm()[0], "report"))
    await socket.next()
    workspace.sockets.cut()
    with pytest.raises(AppDidNotAnswer, match="socket closed"):
        await pressing
    fresh = await dial()
    with pytest.raises(TimeoutError):
        async with asyncio.timeout(0.1):
            await fresh.next()


async def test_an_event_not_acked_is_sent_again_with_its_count(
    dial: Dial, workspace: Workspace, clock: HandClock
) -> None:
    lead = workspace.client("ULEAD")
    opening = asyncio.create_task(lead.open_home())
    socket = await dial()
    first = await socket.next()
    assert (first["retry_attempt"], first["retry_reason"]) == (0, "")
    workspace.sockets.cut()
    fresh = await dial()
    again = await fresh.next()
    assert (again["retry_attempt"], again["retry_reason"]) == (1, "timeout")
    assert again["payload"]["event_id"] == first["payload"]["event_id"]
    await opening
    clock.forward(minutes=1)
    workspace.clock_moved()
    third = await fresh.next()
    assert third["retry_attempt"] == 2
    await fresh.ack(third)


async def test_the_first_retry_comes_at_once_and_the_second_after_a_minute(
    clock: HandClock,
) -> None:
    workspace = Workspace(CONFIG, clock, patience=Patience(ack=0.05))
    await workspace.start()
    async with aiohttp.ClientSession() as session:
        socket = await connect(workspace, session)
        await workspace.client("ULEAD").open_home()
        assert [(await socket.next())["retry_attempt"] for _ in range(2)] == [0, 1]
        with pytest.raises(TimeoutError):
            async with asyncio.timeout(0.2):
                await socket.stream.receive()
    await workspace.stop()


async def test_a_late_or_second_ack_changes_nothing(
    dial: Dial, workspace: Workspace, web: AsyncWebClient
) -> None:
    trigger = workspace.core.triggers.give("ULEAD")
    await web.views_open(trigger_id=trigger, view=modal(text_field("figure", optional=True)))
    lead = workspace.client("ULEAD")
    socket = await dial()
    with pytest.raises(AppDidNotAnswer):
        await lead.submit()
    late = await socket.next()
    await socket.ack(late)
    submitting = asyncio.create_task(lead.submit())
    envelope = await socket.next()
    await socket.ack(envelope, {"response_action": "errors", "errors": {"figure": "No"}})
    await socket.ack(envelope)
    assert (await submitting).errors == {"figure": "No"}
    assert lead.modal is not None


async def test_the_app_connects_anew_when_it_is_told_to(
    workspace: Workspace, web: AsyncWebClient, app: AsyncApp, handler: Handler
) -> None:
    pressed: list[str] = []

    @app.action("report")
    async def on_report(ack: Any, body: Json) -> None:
        pressed.append(body["user"]["id"])
        await ack()

    assert handler.app is app
    old = workspace.sockets.open[0]
    await workspace.announce_disconnect("refresh_requested")
    lead = workspace.client("ULEAD")
    await lead.wait_for(lambda: workspace.sockets.open and workspace.sockets.open[-1] is not old)
    await workspace.connected()
    await web.chat_postMessage(channel="ULEAD", text="Report", blocks=PRESS)
    await lead.press(lead.dm()[0], "report")
    assert pressed == ["ULEAD"]


async def test_the_eleventh_socket_is_one_too_many(dial: Dial, workspace: Workspace) -> None:
    for _ in range(10):
        await dial()
    workspace.core.tickets.add("eleventh")
    async with aiohttp.ClientSession() as session:
        stream = await session.ws_connect(f"{workspace.url}link/?ticket=eleventh")
        message = await Socket(stream).next()
        assert message["reason"] == "too_many_websockets"
        await stream.close()


async def test_a_watcher_can_lose_a_delivery_or_its_ack(
    workspace: Workspace, web: AsyncWebClient, app: AsyncApp
) -> None:
    pressed: list[str] = []

    @app.action("report")
    async def on_report(ack: Any, body: Json) -> None:
        pressed.append(body["user"]["id"])
        await ack()

    await web.chat_postMessage(channel="ULEAD", text="Report", blocks=PRESS)
    lead = workspace.client("ULEAD")
    for stage, seen in (("delivering", 0), ("acked", 1)):

        async def lose(now: str, _what: Json, stage: str = stage) -> Fault | None:
            return Fault(drop=True) if now == stage else None

        stop = workspace.watch(lose)
        with pytest.raises(AppDidNotAnswer, match=f"lost while {stage}"):
            await lead.press(lead.dm()[0], "report")
        stop()
        assert len(pressed) == seen
