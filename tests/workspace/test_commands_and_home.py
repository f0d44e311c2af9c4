"""Slash commands, response URLs, the Home tab, menus and buttons in messages."""

import asyncio
from typing import Any

import aiohttp
import pytest
from slack_bolt.app.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from tests.workspace.conftest import HandClock
from tests.workspace.forms import Json, actions, button, home, modal, options, plain
from workspace.deliveries import AppDidNotAnswer
from workspace.filling import CannotDoThat
from workspace.server import Workspace


async def test_a_command_is_answered_to_the_person_alone(
    workspace: Workspace, app: AsyncApp
) -> None:
    seen: list[Json] = []

    @app.command("/laa")
    async def on_laa(ack: Any, command: Json) -> None:
        seen.append(command)
        await ack("3 of 9 reported")

    lead = workspace.client("ULEAD")
    replies = await lead.command("/laa", "status", channel="CBOARD")
    assert [m.plain() for m in replies] == ["3 of 9 reported"]
    assert [m.plain() for m in lead.ephemerals] == ["3 of 9 reported"]
    assert workspace.client("USPONSOR").ephemerals == []
    assert lead.messages("CBOARD") == []
    assert (seen[0]["text"], seen[0]["channel_id"]) == ("status", "CBOARD")


async def test_a_command_may_answer_the_whole_channel_or_nothing(
    workspace: Workspace, app: AsyncApp
) -> None:
    @app.command("/laa")
    async def on_laa(ack: Any, command: Json) -> None:
        if command["text"] == "aloud":
            await ack({"response_type": "in_channel", "text": "All hear"})
        else:
            await ack()

    lead = workspace.client("ULEAD")
    await lead.command("/laa", "aloud", channel="CBOARD")
    assert await lead.command("/laa", "quiet") == []
    assert [m.text for m in workspace.client("USPONSOR").messages("CBOARD")] == ["All hear"]


async def test_a_command_the_app_does_not_answer_gets_slack_s_own_line(
    workspace: Workspace,
) -> None:
    lead = workspace.client("ULEAD")
    with pytest.raises(AppDidNotAnswer):
        await lead.command("/laa", "status")
    assert [m.text for m in lead.ephemerals] == ["/laa failed because the app did not respond."]
    with pytest.raises(CannotDoThat):
        await lead.command("/other")


async def test_a_command_can_open_a_modal(
    workspace: Workspace, web: AsyncWebClient, app: AsyncApp
) -> None:
    @app.command("/laa")
    async def on_laa(ack: Any, command: Json) -> None:
        await ack()
        await web.views_open(trigger_id=command["trigger_id"], view=modal(title="Open"))

    lead = workspace.client("ULEAD")
    await lead.command("/laa", "open")
    await lead.wait_for(lambda: lead.modal)


async def test_a_response_url_replaces_the_message_pressed(
    workspace: Workspace, web: AsyncWebClient, app: AsyncApp
) -> None:
    @app.action("done")
    async def on_done(ack: Any, respond: Any) -> None:
        await ack()
        await respond(text="Done", blocks=[], replace_original=True)

    await web.chat_postMessage(channel="ULEAD", text="Do", blocks=[actions(button("done"))])
    lead = workspace.client("ULEAD")
    await lead.press(lead.dm()[0], "done")
    await lead.wait_for(lambda: lead.dm()[0].plain() == "Done")


async def test_a_response_url_may_be_used_five_times_in_thirty_minutes(
    workspace: Workspace, clock: HandClock
) -> None:
    key = workspace.core.response_urls.give("ULEAD", "CBOARD")
    old = workspace.core.response_urls.give("ULEAD", "CBOARD")
    async with aiohttp.ClientSession() as session:

        async def post(which: str) -> int:
            url = f"{workspace.url}response/{which}"
            async with session.post(url, json={"text": "Hello"}) as answer:
                return answer.status

        assert [await post(key) for _ in range(6)] == [200, 200, 200, 200, 200, 404]
        clock.forward(minutes=30, seconds=1)
        assert await post(old) == 404
    assert len(workspace.client("ULEAD").ephemerals) == 5


async def test_a_button_in_an_ephemeral_message_can_take_it_away(
    workspace: Workspace, app: AsyncApp
) -> None:
    @app.command("/laa")
    async def on_laa(ack: Any) -> None:
        await ack(text="Sure?", blocks=[actions(button("away"))])

    seen: list[Json] = []

    @app.action("away")
    async def on_away(ack: Any, body: Json, respond: Any) -> None:
        seen.append(body)
        await ack()
        await respond(delete_original=True)

    lead = workspace.client("ULEAD")
    [question] = await lead.command("/laa")
    await lead.press(question, "away")
    await lead.wait_for(lambda: not lead.ephemerals)
    assert seen[0]["container"]["is_ephemeral"]
    assert "message" not in seen[0]
    with pytest.raises(CannotDoThat, match="not there any more"):
        await lead.press(question, "away")


async def test_opening_home_shows_what_the_app_publishes(
    workspace: Workspace, web: AsyncWebClient, app: AsyncApp
) -> None:
    pressed: list[Json] = []

    @app.event("app_home_opened")
    async def on_home(event: Json) -> None:
        count = str(len(pressed))
        await web.views_publish(user_id=event["user"], view=home(actions(button("more", count))))

    @app.action("more")
    async def on_more(ack: Any, body: Json) -> None:
        pressed.append(body)
        await ack()

    lead = workspace.client("ULEAD")
    assert lead.home is None
    tab = await lead.open_home()
    assert tab is not None
    assert tab.plain() == "[0]"
    await lead.press(tab, "more")
    assert pressed[0]["view"]["type"] == "home"
    assert pressed[0]["container"] == {"type": "view", "view_id": tab.id}
    again = await lead.open_home()
    assert again is not None
    assert (again.plain(), again.id) == ("[1]", tab.id)


async def test_a_home_nobody_publishes_stays_empty(workspace: Workspace, app: AsyncApp) -> None:
    assert app.client is not None
    assert await workspace.client("ULEAD").open_home() is None


async def test_menus_in_a_message_hold_each_person_s_own_choice(
    workspace: Workspace, web: AsyncWebClient, app: AsyncApp
) -> None:
    seen: list[tuple[str, str]] = []

    @app.action("pick")
    async def on_pick(ack: Any, body: Json) -> None:
        action = body["actions"][0]
        assert (
            body["state"]["values"]["acts"]["pick"]["selected_option"] == action["selected_option"]
        )
        seen.append((body["user"]["id"], action["selected_option"]["value"]))
        await ack()

    menu = {"type": "static_select", "action_id": "pick", "options": options("red", "green")}
    await web.chat_postMessage(channel="CBOARD", text="Pick", blocks=[actions(menu)])
    for person, colour in (("ULEAD", "red"), ("USPONSOR", "green")):
        client = workspace.client(person)
        await client.choose(client.messages("CBOARD")[0], "acts", "pick", colour)
    assert seen == [("ULEAD", "red"), ("USPONSOR", "green")]


async def test_an_overflow_menu_a_dialog_and_twins_are_pressed_as_people_do(
    workspace: Workspace, web: AsyncWebClient, app: AsyncApp
) -> None:
    seen: list[str] = []

    @app.action("menu")
    async def on_menu(ack: Any, action: Json) -> None:
        seen.append(action["selected_option"]["value"])
        await ack()

    @app.action("twin")
    async def on_twin(ack: Any, action: Json) -> None:
        seen.append(action["value"])
        await ack()

    dialog = {
        "title": plain("Sure"),
        "text": plain("Sure?"),
        "confirm": plain("Yes"),
        "deny": plain("No"),
    }
    overflow = {"type": "overflow", "action_id": "menu", "options": options("a", "b")}
    blocks = [
        actions(overflow, button("twin", "One", value="1", confirm=dialog), block_id="first"),
        actions(button("twin", "Two", value="2"), block_id="second"),
    ]
    await web.chat_postMessage(channel="ULEAD", text="Press", blocks=blocks)
    lead = workspace.client("ULEAD")
    message = lead.dm()[0]
    await lead.press(message, "menu", value="b")
    with pytest.raises(CannotDoThat, match="2 elements"):
        await lead.press(message, "twin")
    await lead.press(message, "twin", value="1", confirm=False)
    await lead.press(message, "twin", value="1")
    await lead.press(message, label="Two")
    await lead.press(message, "twin", index=0)
    assert seen == ["b", "1", "2", "1"]


async def test_many_people_at_once_are_all_answered(
    workspace: Workspace, web: AsyncWebClient, app: AsyncApp
) -> None:
    @app.command("/laa")
    async def on_laa(ack: Any, command: Json) -> None:
        await asyncio.sleep(0)
        await ack(command["text"])

    # How fast is measured elsewhere: a busy machine loses nobody either.
    workspace.core.deliveries.seconds = 10
    lead = workspace.client("ULEAD")
    assert web.token
    answers = await asyncio.gather(*(lead.command("/laa", str(n)) for n in range(50)))
    assert [m.plain() for [m] in answers] == [str(n) for n in range(50)]
