"""Several sockets of one app: each envelope comes to exactly one of those that stay open."""

import asyncio

import pytest
from slack_sdk.web.async_client import AsyncWebClient

from tests.workspace.dialling import Dial, acking
from tests.workspace.forms import actions, button
from workspace.people import Client
from workspace.server import Workspace

PRESS = [actions(button("report"))]


@pytest.fixture
async def lead(workspace: Workspace, web: AsyncWebClient) -> Client:
    await web.chat_postMessage(channel="ULEAD", text="Report", blocks=PRESS)
    return workspace.client("ULEAD")


async def press(lead: Client, times: int) -> None:
    message = lead.dm()[0]
    await asyncio.gather(*(lead.press(message, "report") for _ in range(times)))


async def test_each_envelope_comes_to_exactly_one_of_three_sockets(
    dial: Dial, lead: Client
) -> None:
    async with acking(*[await dial() for _ in range(3)]) as came:
        await press(lead, 12)
    assert [len(got) for got in came] == [4, 4, 4]
    assert len({one["envelope_id"] for got in came for one in got}) == 12


async def test_when_one_socket_is_to_be_refreshed_the_others_get_all(
    dial: Dial, lead: Client, workspace: Workspace
) -> None:
    async with acking(*[await dial() for _ in range(3)]) as came:
        await workspace.announce_disconnect("refresh_requested", only=workspace.sockets.open[1])
        await press(lead, 12)
    assert [len(got) for got in came] == [6, 0, 6]


async def test_a_socket_that_was_warned_gets_its_share_until_it_closes(
    dial: Dial, lead: Client, workspace: Workspace
) -> None:
    async with acking(*[await dial() for _ in range(2)]) as came:
        await workspace.announce_disconnect("warning", only=workspace.sockets.open[0])
        await press(lead, 4)
    assert [len(got) for got in came] == [2, 2]


async def test_nothing_is_given_to_a_socket_after_the_app_s_word_that_it_closes(
    dial: Dial, lead: Client
) -> None:
    closing, staying = await dial(), await dial()
    async with acking(staying) as came:
        goodbye = asyncio.create_task(closing.stream.close())
        await asyncio.sleep(0)
        await press(lead, 4)
        await goodbye
    assert len(came[0]) == 4


async def test_what_a_broken_socket_surely_did_not_get_goes_to_another(
    dial: Dial, lead: Client, workspace: Workspace
) -> None:
    await dial()
    staying = await dial()
    async with acking(staying) as came:
        transport = workspace.sockets.open[0].request.transport
        assert transport is not None
        transport.close()
        await press(lead, 4)
    assert len(came[0]) == 4


async def test_an_ack_may_come_back_on_another_socket(dial: Dial, lead: Client) -> None:
    first, second = await dial(), await dial()
    pressing = asyncio.create_task(lead.press(lead.dm()[0], "report"))
    await second.ack(await first.next())
    await pressing
