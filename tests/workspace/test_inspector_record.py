"""What the inspector keeps: every call and delivery, as it was, and no secret."""

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import aiohttp
import pytest
from slack_bolt.app.async_app import AsyncApp
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from tests.workspace.conftest import START, Refusal
from tests.workspace.dialling import Dial
from tests.workspace.forms import Json, modal, text_field
from workspace.deliveries import AppDidNotAnswer
from workspace.faults import FaultPlan
from workspace.inspector_record import HIDDEN, KEPT, LONGEST, MOST_HELD, Asked, Exchange, Record
from workspace.server import Workspace


class Road:
    """The roads of the inspector."""

    def __init__(self, workspace: Workspace, session: aiohttp.ClientSession) -> None:
        self.root = f"{workspace.url}inspector"
        self.session = session

    async def get(self, path: str = "entries", **asked: str) -> Any:
        async with self.session.get(f"{self.root}/{path}", params=asked) as answer:
            return await answer.json()

    async def switch(self, body: Json, **headers: str) -> tuple[int, Any]:
        async with self.session.post(f"{self.root}/faults", json=body, headers=headers) as answer:
            return answer.status, await answer.json()


@pytest.fixture
async def road(workspace: Workspace) -> AsyncIterator[Road]:
    async with aiohttp.ClientSession() as session:
        yield Road(workspace, session)


def entries(workspace: Workspace, name: str) -> list[Exchange]:
    return [e for e in workspace.log.record.held.values() if e.name == name]


async def test_a_call_is_kept_with_what_was_sent_answered_and_how_long_it_took(
    workspace: Workspace, web: AsyncWebClient
) -> None:
    await web.chat_postMessage(channel="CBOARD", text="Three red")
    (kept,) = entries(workspace, "chat.postMessage")
    assert (kept.at, kept.kind, kept.about) == (START, "call", "#board")
    assert (kept.level, kept.says) == ("fine", "Answered")
    assert '"Three red"' in kept.payload
    assert '"ok": true' in (kept.answer or "")
    assert kept.ms is not None


async def test_a_refusal_says_which_and_a_missing_scope_says_what_it_needs(
    workspace: Workspace, web: AsyncWebClient, refusal: Refusal
) -> None:
    await refusal(web.chat_postMessage(channel="COUT", text="Hello"))
    (kept,) = entries(workspace, "chat.postMessage")
    assert (kept.level, kept.says) == ("error", "Refused: not_in_channel")


@pytest.mark.parametrize(
    ("plan", "level", "says"),
    [
        (FaultPlan(1, error_before=1), "error", "Fault: not done, answered "),
        (FaultPlan(1, ratelimited=1), "warning", "Fault: not done, told to wait "),
        (FaultPlan(1, lost_request=1), "error", "Fault: not done, lost on the way"),
        (FaultPlan(1, error_after=1), "error", "Fault: done, but answered "),
        (FaultPlan(1, lost_reply=1), "error", "Fault: done, but the answer was lost"),
    ],
)
async def test_a_fault_is_told_from_a_refusal_and_done_from_not_done(
    workspace: Workspace, web: AsyncWebClient, plan: FaultPlan, level: str, says: str
) -> None:
    workspace.spoil(plan)
    with pytest.raises((SlackApiError, aiohttp.ClientError)):
        await web.chat_postMessage(channel="CBOARD", text="Hello")
    (kept,) = entries(workspace, "chat.postMessage")
    assert kept.level == level
    assert kept.says.startswith(says)
    assert ('"ok": true' in (kept.answer or "")) == ("but" in says)


async def test_too_many_calls_are_a_warning_with_how_long_to_wait(
    workspace: Workspace, web: AsyncWebClient
) -> None:
    for _ in range(3):
        await web.chat_postMessage(channel="CBOARD", text="Hello")
    with pytest.raises(SlackApiError):
        await web.chat_postMessage(channel="CBOARD", text="Hello")
    kept = entries(workspace, "chat.postMessage")[-1]
    assert (kept.level, kept.says) == ("warning", "Too many calls (429): wait 1 second")


async def test_a_delivery_says_who_did_what_and_what_the_app_answered(
    workspace: Workspace, web: AsyncWebClient, app: AsyncApp
) -> None:
    async def opens(ack: Any, command: Json) -> None:
        await ack()
        await web.views_open(trigger_id=command["trigger_id"], view=modal(text_field("cause")))

    async def refuses(ack: Any) -> None:
        await ack(response_action="errors", errors={"cause": "Say more"})

    app.command("/laa")(opens)
    app.view("form")(refuses)
    lead = workspace.client("ULEAD")
    await lead.command("/laa", "report")
    await lead.wait_for(lambda: lead.modal)
    await lead.fill("cause", "Late sites")
    before = entries(workspace, "view_submission")
    await lead.submit()
    (typed,) = entries(workspace, "/laa")
    assert (typed.kind, typed.about) == ("delivery", "Lead One, report")
    (opened,) = entries(workspace, "views.open")
    assert opened.about == "“Report”"
    (sent,) = entries(workspace, "view_submission")
    assert before == []
    assert (sent.level, sent.says) == ("warning", "Answered with errors at cause")
    assert "Late sites" not in opened.payload + (opened.answer or "")


async def test_a_delivery_without_an_answer_says_why(workspace: Workspace, dial: Dial) -> None:
    await dial()
    with pytest.raises(AppDidNotAnswer):
        await workspace.client("ULEAD").command("/laa")
    (kept,) = entries(workspace, "/laa")
    assert (kept.level, kept.says) == ("error", "Not answered: no ack within 0.5 seconds")


async def test_no_token_ticket_or_secret_is_kept(
    workspace: Workspace, web: AsyncWebClient, dial: Dial
) -> None:
    socket = await dial()
    token = workspace.core.bot.bot_token
    await web.chat_postMessage(channel="CBOARD", text=f"My token is {token}, xoxp-1-2 or xapp-9")
    command = asyncio.create_task(workspace.client("ULEAD").command("/laa", "help"))
    await socket.ack(await socket.next())
    await command
    held = workspace.log.record.held.values()
    text = "".join(f"{e.about}{e.payload}{e.answer}" for e in held)
    for secret in (token, "xoxp-1-2", "xapp-9", "workspace-verification", "-0000-4000-8000-"):
        assert secret not in text
    assert f"My token is {HIDDEN}, {HIDDEN} or {HIDDEN}" in text


async def test_words_are_looked_for_everywhere_and_filters_narrow(
    road: Road, web: AsyncWebClient, refusal: Refusal
) -> None:
    await web.chat_postMessage(channel="CBOARD", text="Three RED targets")
    await refusal(web.chat_postMessage(channel="COUT", text="Three red"))
    await web.auth_test()

    async def found(**asked: str) -> list[str]:
        return [entry["name"] for entry in (await road.get(**asked))["entries"]]

    assert await found(q="targets red") == ["chat.postMessage"]
    assert await found(q="not_in_channel") == ["chat.postMessage"]
    assert await found(q="blue") == []
    assert await found(name="auth.test") == ["auth.test"]
    assert len(await found(level="error")) == 1
    assert len(await found(kind="call")) == 3
    assert await found(kind="delivery") == []


async def test_only_what_is_new_is_given_to_one_who_has_the_rest(
    road: Road, workspace: Workspace, web: AsyncWebClient
) -> None:
    await web.auth_test()
    turn = str((await road.get())["turn"])
    await web.auth_test()
    new = await road.get(since=turn)
    assert [entry["number"] for entry in new["entries"]] == [2]
    workspace.log.record.clear()
    gone = await road.get(since=turn)
    assert gone["fresh"]
    assert gone["entries"] == []


async def test_a_hundred_are_given_at_a_time_and_the_oldest_are_let_go() -> None:
    record = Record()
    for number in range(KEPT + 5):
        with record.entry(START, "call", f"n{number}", "", {}) as entry:
            entry.ends("fine", "Answered", {})
    assert len(record.held) == KEPT
    newest, more = record.newest(Asked())
    assert (len(newest), more, newest[-1].name) == (100, True, f"n{KEPT + 4}")
    older, more = record.newest(Asked(words="n9"), before=100)
    assert [e.name for e in older] == [f"n{n}" for n in (9, *range(90, 99))]
    assert not more


async def test_all_together_no_more_is_kept_than_there_is_room_for() -> None:
    record = Record()
    most = MOST_HELD // LONGEST
    for number in range(most + 3):
        with record.entry(START, "call", f"n{number}", "", "x" * (LONGEST - 4)) as entry:
            entry.ends("fine", "Answered")
    assert sum(len(e.payload) for e in record.held.values()) <= MOST_HELD
    assert next(e.name for e in record.held.values()) == "n3"
    assert len(record.held) == most


async def test_a_call_with_a_wrong_token_is_kept_without_what_it_said(
    workspace: Workspace,
) -> None:
    web = AsyncWebClient(token="xoxb-other", base_url=workspace.api_url)
    with pytest.raises(SlackApiError):
        await web.chat_postMessage(channel="CBOARD", text="A long word")
    (kept,) = entries(workspace, "chat.postMessage")
    assert (kept.payload, kept.about, kept.says) == ("{}", "", "Refused: invalid_auth")
    assert workspace.log.calls("chat.postMessage")[0].payload == {}


async def test_what_is_no_longer_asked_for_is_told_by_its_number(
    road: Road, workspace: Workspace
) -> None:
    record = workspace.log.record
    with record.entry(START, "call", "slow", "", {}):
        asked = await road.get(level="waiting")
        (waiting,) = asked["entries"]
    later = await road.get(level="waiting", since=str(asked["turn"]))
    assert (later["entries"], later["left"]) == ([], [waiting["number"]])


async def test_what_is_very_long_is_cut_and_says_so() -> None:
    record = Record()
    with record.entry(START, "call", "long", "", "x" * (LONGEST + 8)):
        pass
    (kept,) = record.held.values()
    assert kept.payload.endswith(" … and 10 characters more")
    assert kept.says == "Broken off before the answer"


async def test_faults_are_switched_on_told_and_switched_off(
    road: Road, workspace: Workspace
) -> None:
    status, said = await road.switch({"seed": 7, "shares": {"latency": 2.5, "duplicated": 10}})
    assert status == 200
    assert said["says"] == "Faults are on: slow 2.5%, several times 10% (seed 7)."
    assert workspace.faults is not None
    assert workspace.faults.plan.duplicated == 0.1
    assert (await road.switch({"off": True}))[1]["says"] == ""
    assert workspace.faults is None


@pytest.mark.parametrize(
    ("body", "line"),
    [
        ({}, "Give the share of each kind"),
        ({"shares": {"gremlins": 5}}, "Give the share of each kind"),
        ({"shares": {"latency": 120}}, "Slow: give a share from 0 to 100."),
        ({"shares": {"latency": "5"}}, "Slow: give a share from 0 to 100."),
        ({"shares": {"latency": 0}}, "at least one kind of fault"),
        ({"shares": {"latency": 5}, "seed": 1.5}, "whole number as the seed"),
        ({"shares": {"latency": 5}, "seed": None}, "whole number as the seed"),
        ({"shares": {"latency": 5}, "delay": 60}, "a delay from 0 to 10 seconds"),
    ],
)
async def test_shares_that_mean_nothing_are_refused_in_words(
    road: Road, workspace: Workspace, body: Json, line: str
) -> None:
    status, said = await road.switch(body)
    assert status == 400
    assert line in said["line"]
    assert workspace.faults is None


async def test_a_page_of_another_origin_can_neither_read_nor_switch(road: Road) -> None:
    shares = {"shares": {"latency": 5}}
    assert (await road.switch(shares, Origin="http://evil.example"))[0] == 403
    async with road.session.get(road.root, headers={"Host": "evil.example"}) as answer:
        assert answer.status == 403
