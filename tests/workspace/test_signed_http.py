"""Signed HTTP: every kind reaches a real Bolt app, in turn, once, and again where Slack would."""

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import aiohttp
import pytest
from aiohttp import web as web_server
from slack_bolt.app.async_app import AsyncApp
from slack_sdk.signature import SignatureVerifier
from slack_sdk.web.async_client import AsyncWebClient

from bot.clock import WallClock
from tests.workspace.conftest import CONFIG, HandClock
from tests.workspace.forms import Json, actions, button, field, modal, options, text_field
from tests.workspace.web_app import app_that, bolt_at, listening, nobody
from workspace.config import Bot, WorkspaceConfig
from workspace.core import Patience
from workspace.deliveries import AppDidNotAnswer
from workspace.http_mode import signature
from workspace.people import Client
from workspace.server import Workspace

PRESS = [actions(button("report"))]
REAL = WallClock()
"""Bolt compares a request's date with the wall clock, and so does Slack."""


@pytest.fixture
async def workspace(clock: HandClock) -> AsyncIterator[Workspace]:
    started = Workspace(CONFIG, clock, patience=Patience(ack=5), real_now=REAL.now)
    await started.start()
    yield started
    await started.stop()


@pytest.fixture
async def bolt(workspace: Workspace, web: AsyncWebClient) -> AsyncIterator[AsyncApp]:
    secret = workspace.core.bot.signing_secret
    app = AsyncApp(client=web, token=workspace.core.bot.bot_token, signing_secret=secret)
    async with bolt_at(app) as url:
        workspace.deliver_to(url)
        yield app


@pytest.fixture
async def lead(workspace: Workspace, web: AsyncWebClient) -> Client:
    """Somebody with one message that has a button."""
    await web.chat_postMessage(channel="ULEAD", text="Report", blocks=PRESS)
    return workspace.client("ULEAD")


async def test_a_command_is_answered_in_words_or_with_a_whole_message(
    workspace: Workspace, bolt: AsyncApp
) -> None:
    @bolt.command("/laa")
    async def on_laa(ack: Any, command: Json) -> None:
        said = f"You said {command['text']}"
        await ack(said if command["text"] else {"response_type": "in_channel", "text": "All"})

    lead = workspace.client("ULEAD")
    [reply] = await lead.command("/laa", "status & café = 100%")
    assert (reply.text, reply.ephemeral) == ("You said status & café = 100%", True)
    [reply] = await lead.command("/laa", channel="CBOARD")
    assert (reply.text, reply.ephemeral) == ("All", False)


async def test_a_press_opens_a_modal_and_its_answer_is_taken(lead: Client, bolt: AsyncApp) -> None:
    figures: list[str] = []

    @bolt.action("report")
    async def on_report(ack: Any, body: Json, client: AsyncWebClient) -> None:
        await ack()
        await client.views_open(trigger_id=body["trigger_id"], view=modal(text_field("figure")))

    @bolt.view("form")
    async def on_form(ack: Any, view: Json) -> None:
        figures.append(view["state"]["values"]["figure"]["held"]["value"])
        if figures[-1] == "many":
            await ack(response_action="errors", errors={"figure": "Enter a number."})
        else:
            await ack()

    await lead.press(lead.dm()[0], "report")
    await lead.wait_for(lambda: lead.modal is not None)
    await lead.fill("figure", "many")
    assert (await lead.submit()).errors == {"figure": "Enter a number."}
    await lead.fill("figure", "12")
    assert (await lead.submit()).closed
    assert figures == ["many", "12"]


async def test_a_menu_gets_its_suggestions(
    workspace: Workspace, web: AsyncWebClient, bolt: AsyncApp
) -> None:
    @bolt.options("held")
    async def on_options(ack: Any, body: Json) -> None:
        await ack(options=options(body["value"]))

    trigger = workspace.core.triggers.give("ULEAD")
    menu = field("target", {"type": "external_select"})
    await web.views_open(trigger_id=trigger, view=modal(menu))
    lead = workspace.client("ULEAD")
    assert lead.modal is not None
    assert await lead.suggest(lead.modal, "target", None, "homes") == options("homes")


async def test_the_home_tab_is_published_when_it_is_opened(
    workspace: Workspace, bolt: AsyncApp
) -> None:
    @bolt.event("app_home_opened")
    async def on_home(event: Json, client: AsyncWebClient) -> None:
        await client.views_publish(user_id=event["user"], view={"type": "home", "blocks": PRESS})

    home = await workspace.client("ULEAD").open_home()
    assert home is not None
    assert [one.label for one in home.buttons] == ["Press"]


async def test_bolt_refuses_what_another_secret_signed(
    lead: Client, workspace: Workspace, web: AsyncWebClient
) -> None:
    other = AsyncApp(
        client=web, token=workspace.core.bot.bot_token, signing_secret="not the workspace's"
    )
    async with bolt_at(other) as url:
        workspace.deliver_to(url)
        with pytest.raises(AppDidNotAnswer, match="answered 401") as caught:
            await lead.press(lead.dm()[0], "report")
    assert caught.value.line == "We had some trouble connecting. Try again?"


def test_the_signature_is_the_one_slack_s_own_library_makes() -> None:
    verifier = SignatureVerifier("secret")
    theirs = verifier.generate_signature(timestamp="1224576000", body="payload=na%C3%AFve")
    assert signature("secret", "1224576000", b"payload=na%C3%AFve") == theirs


async def test_each_kind_comes_in_the_form_slack_gives_it(
    lead: Client, workspace: Workspace
) -> None:
    came: asyncio.Queue[tuple[str, set[str]]] = asyncio.Queue()

    async def taken(request: web_server.Request) -> web_server.Response:
        form = await request.post()
        came.put_nowait((request.content_type, set(form or await request.json())))
        return web_server.Response()

    async with app_that(taken) as url:
        workspace.deliver_to(url)
        await lead.press(lead.dm()[0], "report")
        assert await came.get() == ("application/x-www-form-urlencoded", {"payload"})
        await lead.command("/laa", "mine")
        kind, fields = await came.get()
        assert kind == "application/x-www-form-urlencoded"
        assert {"command", "text", "trigger_id", "response_url", "user_id"} <= fields
        await workspace.core.deliveries.emit("app_home_opened", {"event_id": "Ev1"})
        assert await came.get() == ("application/json", {"event_id"})


async def test_addresses_take_turns_and_one_that_refuses_is_passed_over(
    lead: Client, workspace: Workspace
) -> None:
    came: list[str] = []

    def named(name: str) -> Any:
        async def taken(_request: web_server.Request) -> web_server.Response:
            came.append(name)
            return web_server.Response()

        return taken

    async with app_that(named("one")) as one, app_that(named("two")) as two:
        workspace.deliver_to(one, two)
        for _ in range(4):
            await lead.press(lead.dm()[0], "report")
        assert came == ["one", "two", "one", "two"]
        workspace.deliver_to(nobody(), two)
        for _ in range(3):
            await lead.press(lead.dm()[0], "report")
        assert came[4:] == ["two"] * 3


async def test_where_nobody_listens_the_person_is_told(lead: Client, workspace: Workspace) -> None:
    workspace.deliver_to(nobody(), nobody())
    with pytest.raises(AppDidNotAnswer, match="refused the connection"):
        await lead.press(lead.dm()[0], "report")


async def test_a_press_whose_connection_broke_is_not_sent_to_another_address(
    lead: Client, workspace: Workspace
) -> None:
    came: list[str] = []

    async def broken(request: web_server.Request) -> web_server.Response:
        came.append("broken")
        assert request.transport is not None
        request.transport.abort()
        return web_server.Response()

    async def sound(_request: web_server.Request) -> web_server.Response:
        came.append("sound")
        return web_server.Response()

    async with app_that(broken) as one, app_that(sound) as two:
        workspace.deliver_to(one, two)
        with pytest.raises(AppDidNotAnswer, match="connection broke"):
            await lead.press(lead.dm()[0], "report")
    assert came == ["broken"]


async def test_an_event_comes_again_with_its_count_and_its_reason(
    workspace: Workspace, clock: HandClock
) -> None:
    came: asyncio.Queue[tuple[str | None, str | None, str]] = asyncio.Queue()

    async def worse(request: web_server.Request) -> web_server.Response:
        signed = {name: str(value) for name, value in request.headers.items()}
        assert SignatureVerifier("workspace").is_valid_request(await request.text(), signed)
        count = request.headers.get("X-Slack-Retry-Num")
        reason = request.headers.get("X-Slack-Retry-Reason")
        came.put_nowait((count, reason, (await request.json())["event_id"]))
        if count == "1":
            assert request.transport is not None
            request.transport.abort()
        if count == "2":
            await asyncio.Event().wait()
        return web_server.Response(status=200 if count else 500)

    async with app_that(worse) as url:
        workspace.deliver_to(url)
        sending = workspace.core.deliveries.emit("app_home_opened", {"event_id": "Ev1"})
        assert await came.get() == (None, None, "Ev1")
        assert await came.get() == ("1", "http_error", "Ev1")
        workspace.core.deliveries.seconds = 1
        clock.forward(minutes=1)
        workspace.clock_moved()
        assert await came.get() == ("2", "connection_failed", "Ev1")
        clock.forward(minutes=5)
        workspace.clock_moved()
        assert await came.get() == ("3", "http_timeout", "Ev1")
        await sending


@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        (web_server.Response(status=302, headers={"Location": "/other"}), "answered 302"),
        (web_server.Response(status=404), "answered 404"),
        (web_server.Response(text="{", content_type="application/json"), "is not JSON"),
    ],
)
async def test_an_answer_slack_would_not_take_counts_as_none(
    workspace: Workspace, answer: web_server.Response, reason: str
) -> None:
    async def answering(_request: web_server.Request) -> web_server.Response:
        return answer

    async with app_that(answering) as url:
        workspace.deliver_to(url)
        with pytest.raises(AppDidNotAnswer, match=reason):
            await workspace.client("ULEAD").command("/laa")


async def test_an_answer_that_comes_too_late_counts_as_none(
    lead: Client, workspace: Workspace
) -> None:
    taken, url = listening()
    workspace.deliver_to(url)
    workspace.core.deliveries.seconds = 0.1
    with pytest.raises(AppDidNotAnswer, match=r"no ack within 0\.1 seconds"):
        await lead.press(lead.dm()[0], "report")
    taken.close()


async def test_with_an_address_the_app_counts_as_connected_and_without_it_no_more(
    workspace: Workspace,
) -> None:
    async def connected() -> bool:
        async with (
            aiohttp.ClientSession() as session,
            session.get(f"{workspace.url}client/team") as answer,
        ):
            return bool((await answer.json())["connected"])

    assert not await connected()
    workspace.deliver_to(nobody())
    await workspace.connected(0.1)
    assert await connected()
    workspace.deliver_to()
    assert not await connected()
    with pytest.raises(TimeoutError):
        await workspace.connected(0.01)


async def test_addresses_can_stand_in_the_description(clock: HandClock) -> None:
    urls = [nobody(), nobody()]
    config = WorkspaceConfig.from_mapping({"bot": {"request_urls": urls}})
    assert config.bot.request_urls == tuple(urls)
    workspace = Workspace(config, clock, real_now=REAL.now)
    await workspace.connected(0.1)


def test_only_addresses_on_this_machine_are_delivered_to(clock: HandClock) -> None:
    workspace = Workspace(CONFIG, clock, real_now=REAL.now)
    for url in ("https://127.0.0.1/", "http://county.example/slack/events", "slack"):
        with pytest.raises(ValueError, match="not an http address on loopback"):
            workspace.deliver_to(url)


def test_signing_needs_the_real_time(clock: HandClock) -> None:
    with pytest.raises(ValueError, match="hand in real_now"):
        Workspace(CONFIG, clock).deliver_to("http://127.0.0.1:1/")
    with pytest.raises(ValueError, match="hand in real_now"):
        Workspace(WorkspaceConfig(bot=Bot(request_urls=("http://127.0.0.1:1/",))), clock)
