"""The roads of the page: everything a person can do, over HTTP, from its own origin only."""

from collections.abc import AsyncIterator
from datetime import datetime, timedelta
from typing import Any

import aiohttp
import pytest
from aiohttp import web as web_server
from slack_bolt.app.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from tests.workspace.conftest import CONFIG, HandClock
from tests.workspace.forms import Json, actions, button, modal, text_field
from workspace.core import Patience
from workspace.server import Workspace


class Page:
    """A page's requests."""

    def __init__(self, workspace: Workspace, session: aiohttp.ClientSession) -> None:
        self.root = f"{workspace.url}client"
        self.session = session

    async def get(self, road: str, **headers: str) -> Any:
        async with self.session.get(f"{self.root}/{road}", headers=headers) as answer:
            return await answer.json() if answer.status == 200 else answer.status

    async def post(self, road: str, body: Any = None, **headers: str) -> tuple[int, Any]:
        async with self.session.post(f"{self.root}/{road}", json=body, headers=headers) as answer:
            is_json = answer.content_type == "application/json"
            return answer.status, await answer.json() if is_json else await answer.text()


@pytest.fixture
async def page(workspace: Workspace) -> AsyncIterator[Page]:
    async with aiohttp.ClientSession() as session:
        yield Page(workspace, session)


async def test_a_page_of_another_site_cannot_be_the_app(workspace: Workspace) -> None:
    """The tokens of a practice workspace are no secrets."""
    token = workspace.core.bot.bot_token
    said = {"token": token, "channel": "CBOARD", "text": "Not from the app"}
    foreign = ({"Origin": "http://evil.example"}, {"Host": "evil.example"})
    async with aiohttp.ClientSession() as http:
        for headers in foreign:
            for road in ("api/chat.postMessage", "link/", "response/1", "upload/1"):
                url = f"{workspace.url}{road}"
                async with http.post(url, data=said, headers=headers) as answer:
                    assert answer.status == 403, road
        async with http.post(f"{workspace.url}api/chat.postMessage", data=said) as answer:
            assert (await answer.json())["ok"]


async def test_a_page_of_another_origin_is_refused(page: Page, workspace: Workspace) -> None:
    port = workspace.core.address.rpartition(":")[2]
    assert await page.get("people", Origin="http://evil.example") == 403
    assert await page.get("people", Host="evil.example") == 403
    assert await page.get("people", Origin="null") == 403
    assert (await page.post("ULEAD/close", {}, Origin="http://evil.example"))[0] == 403
    assert len(await page.get("people", Origin=f"http://localhost:{port}")) == 3


async def test_files_and_pictures_are_under_the_address_the_page_was_opened_at(
    page: Page, workspace: Workspace, web: AsyncWebClient
) -> None:
    sent = await web.files_upload_v2(channel="CBOARD", content="a,b", filename="pack.csv")
    own = sent["file"]["url_private"]
    picture = {"type": "image", "image_url": own, "alt_text": "A pack"}
    await web.chat_postMessage(channel="CBOARD", text=own, blocks=[picture])
    here = f"localhost:{workspace.core.address.rpartition(':')[2]}"
    pack, shown = (await page.get("ULEAD/channels/CBOARD/messages", Host=here))["messages"]
    assert own.startswith("http://127.0.0.1:")
    there = own.replace("127.0.0.1", "localhost")
    assert pack["files"][0]["url_private"] == there
    assert pack["files"][0]["url_private_download"] == f"{there}/download"
    assert shown["blocks"][0]["image_url"] == there
    assert shown["text"] == own


async def test_who_comes_by_another_name_reads_where_to_go(
    page: Page, workspace: Workspace
) -> None:
    asked = {"Host": "evil.example", "Accept": "text/html,*/*"}
    async with page.session.get(workspace.url, headers=asked) as answer:
        assert (answer.status, answer.content_type) == (403, "text/plain")
        assert await answer.text() == (
            f"This workspace does not answer at this address. Open {workspace.url} instead.\n"
        )


async def test_the_page_learns_who_is_there_and_what_they_have_not_read(
    page: Page, web: AsyncWebClient
) -> None:
    await web.chat_postMessage(channel="ULEAD", text="Hello")
    team = await page.get("team")
    assert team["commands"][0]["name"] == "/laa"
    assert not team["connected"]
    people = {p["id"]: p["unread"] for p in await page.get("people")}
    assert people == {"ULEAD": 1, "USPONSOR": 0, "UGONE": 0}
    channels = await page.get("ULEAD/channels")
    assert [(c["name"], c["is_dm"]) for c in channels] == [("board", False), ("quarterlight", True)]
    await page.post("ULEAD/read", {"channel": channels[1]["id"]})
    assert (await page.get("ULEAD/channels"))[1]["unread"] == 0
    assert await page.get("UNOBODY/channels") == 404


async def test_messages_come_fifty_at_a_time_and_threads_apart(
    page: Page, workspace: Workspace, web: AsyncWebClient
) -> None:
    lead = workspace.client("ULEAD")
    said = [lead.say("CBOARD", str(n)) for n in range(51)]
    await web.chat_postMessage(channel="CBOARD", text="Reply", thread_ts=said[50].ts)
    await web.chat_postEphemeral(channel="CBOARD", user="ULEAD", text="Only you")
    newest = await page.get("ULEAD/channels/CBOARD/messages")
    assert [m["text"] for m in newest["messages"]] == [str(n) for n in range(1, 51)]
    assert newest["has_more"]
    assert newest["messages"][-1]["replies"] == 1
    assert [m["plain"] for m in newest["ephemerals"]] == ["Only you"]
    before = newest["messages"][0]["ts"]
    older = await page.get(f"ULEAD/channels/CBOARD/messages?before={before}")
    assert ([m["text"] for m in older["messages"]], older["has_more"]) == (["0"], False)
    kept = await page.get(f"ULEAD/channels/CBOARD/messages?from={said[0].ts}")
    assert (len(kept["messages"]), kept["has_more"]) == (51, False)
    thread = await page.get(f"ULEAD/channels/CBOARD/threads/{said[50].ts}")
    assert [m["text"] for m in thread] == ["50", "Reply"]
    assert await page.get("ULEAD/channels/COUT/messages") == 404


async def test_a_whole_walk_is_done_over_http(
    page: Page, web: AsyncWebClient, app: AsyncApp
) -> None:
    @app.action("report")
    async def on_report(ack: Any, body: Json, client: AsyncWebClient) -> None:
        await ack()
        await client.views_open(trigger_id=body["trigger_id"], view=modal(text_field("figure")))

    @app.view("form")
    async def on_form(ack: Any) -> None:
        await ack()

    @app.command("/laa")
    async def on_laa(ack: Any) -> None:
        await ack("1 of 1 reported")

    posted = await web.chat_postMessage(
        channel="ULEAD", text="Report", blocks=[actions(button("report"))]
    )
    surface = {"type": "message", "channel": posted["channel"], "ts": posted["ts"]}
    live = await page.session.ws_connect(f"{page.root}/live?user=ULEAD")
    status, _ = await page.post("ULEAD/press", {"surface": surface, "action_id": "report"})
    assert status == 200
    assert (await live.receive_json())["kind"] == "modal"
    await live.close()
    assert (await page.get("ULEAD/modal"))["title"] == "Report"
    assert await page.get("USPONSOR/modal") is None
    _, refused = await page.post("ULEAD/submit")
    assert refused["errors"] == {"figure": "This is a required field"}
    _, filled = await page.post("ULEAD/fill", {"block_id": "figure", "value": "12"})
    assert filled["modal"]["values"] == {"figure": "12"}
    _, outcome = await page.post("ULEAD/submit", {})
    assert outcome == {"errors": {}, "closed": True, "modal": None}
    _, answered = await page.post("ULEAD/command", {"name": "/laa", "text": "mine"})
    assert answered["replies"][0]["plain"] == "1 of 1 reported"


async def test_what_cannot_be_done_and_what_is_not_answered_are_said_apart(
    page: Page, web: AsyncWebClient
) -> None:
    posted = await web.chat_postMessage(
        channel="ULEAD", text="Report", blocks=[actions(button("report"))]
    )
    surface = {"type": "message", "channel": posted["channel"], "ts": posted["ts"]}
    status, answer = await page.post("ULEAD/press", {"surface": surface, "action_id": "report"})
    assert (status, answer["error"]) == (504, "app_did_not_answer")
    for road, body in (
        ("ULEAD/press", {"surface": surface, "action_id": "other"}),
        ("ULEAD/press", {"surface": {"type": "modal"}}),
        ("ULEAD/submit", {}),
        ("ULEAD/fill", {"value": "x"}),
        ("ULEAD/command", {"name": "/other"}),
        ("ULEAD/press", {"surface": {**surface, "type": "home", "id": ["not", "text"]}}),
    ):
        status, answer = await page.post(road, body)
        assert (status, answer["error"]) == (409, "cannot_do_that")
    assert (await page.post("ULEAD/press", [1]))[0] == 400
    assert (await page.post("ULEAD/dance", {}))[0] == 404


async def test_a_page_far_up_reads_no_more_than_two_hundred_again(
    page: Page, workspace: Workspace
) -> None:
    lead = workspace.client("ULEAD")
    said = [lead.say("CBOARD", str(n)) for n in range(201)]
    again = await page.get(f"ULEAD/channels/CBOARD/messages?from={said[0].ts}")
    assert [again["messages"][0]["text"], len(again["messages"])] == ["1", 200]
    assert again["has_more"]


async def test_a_page_far_up_learns_what_changed_above_the_two_hundred(
    page: Page, workspace: Workspace, web: AsyncWebClient
) -> None:
    said = [await web.chat_postMessage(channel="CBOARD", text=str(n)) for n in range(2)]
    lead = workspace.client("ULEAD")
    parent = lead.say("CBOARD", "A thread")
    for number in range(200):
        lead.say("CBOARD", str(number))
    road = f"ULEAD/channels/CBOARD/messages?from={said[0]['ts']}"
    mark = (await page.get(road))["mark"]
    assert (await page.get(f"{road}&since={mark}"))["above"] == {"messages": [], "gone": []}
    await web.chat_update(channel="CBOARD", ts=said[0]["ts"], text="Edited")
    await web.chat_delete(channel="CBOARD", ts=said[1]["ts"])
    lead.say("CBOARD", "Reply", thread_ts=parent.ts)
    above = (await page.get(f"{road}&since={mark}"))["above"]
    assert [(m["text"], m["replies"]) for m in above["messages"]] == [
        ("Edited", 0),
        ("A thread", 1),
    ]
    assert above["gone"] == [said[1]["ts"]]
    await workspace.begin_again()
    assert (await page.get(f"ULEAD/channels/CBOARD/messages?since={mark}"))["above"] is None


async def test_the_first_word_to_the_app_opens_the_direct_message(
    page: Page, workspace: Workspace
) -> None:
    _, said = await page.post("ULEAD/say", {"text": "Hello"})
    assert said["channel"] == workspace.client("ULEAD").dm_id
    assert [m.text for m in workspace.client("ULEAD").dm()] == ["Hello"]


async def test_a_live_page_hears_only_what_its_person_can_see(
    page: Page, web: AsyncWebClient
) -> None:
    live = await page.session.ws_connect(f"{page.root}/live?user=USPONSOR")
    await web.chat_postMessage(channel="ULEAD", text="Not yours")
    await web.chat_postEphemeral(channel="CBOARD", user="ULEAD", text="Nor this")
    board = await web.chat_postMessage(channel="CBOARD", text="For all")
    somebody_has_more_to_read = {"kind": "people", "channel": None}
    assert await live.receive_json() == somebody_has_more_to_read
    assert await live.receive_json() == {"kind": "message", "channel": board["channel"]}
    await live.close()


async def test_a_page_can_be_added_and_is_guarded_too(clock: HandClock) -> None:
    async def front(_request: web_server.Request) -> web_server.Response:
        return web_server.Response(text="The page")

    workspace = Workspace(CONFIG, clock)
    workspace.add_routes([web_server.get("/other", front)])
    await workspace.start()
    async with aiohttp.ClientSession() as session:
        other = f"{workspace.url}other"
        async with session.get(other) as answer:
            assert await answer.text() == "The page"
        async with session.get(other, headers={"Host": "evil.example"}) as answer:
            assert answer.status == 403
    await workspace.stop()


async def test_a_clock_nobody_may_move_says_so(page: Page) -> None:
    assert (await page.get("clock"))["now"] == "2008-10-01T08:00:00+00:00"
    assert (await page.post("clock", {"by_seconds": 60}))[0] == 501
    assert (await page.post("clock/next"))[0] == 501


async def test_the_clock_is_moved_by_the_one_who_owns_it(clock: HandClock) -> None:
    async def move(to: datetime) -> None:
        clock.at = to

    async def following() -> datetime | None:
        clock.at += timedelta(days=1)
        return clock.at

    workspace = Workspace(
        CONFIG, clock, on_move_clock=move, on_next=following, patience=Patience(ack=0.5)
    )
    await workspace.start()
    async with aiohttp.ClientSession() as session:
        page = Page(workspace, session)
        assert (await page.post("clock", {"by_seconds": 60}))[1]["now"].startswith(
            "2008-10-01T08:01:00"
        )
        to = {"to": "2008-10-21T09:00:00+01:00"}
        assert (await page.post("clock", to))[1]["now"] == "2008-10-21T08:00:00+00:00"
        assert (await page.post("clock/next"))[1]["moved"]
        faulty: list[Any] = [{"to": "2008-10-21T09:00:00"}, {"to": "soon"}, {}, []]
        for bad in [*faulty, {"by_seconds": "x"}]:
            assert (await page.post("clock", bad))[0] == 400
    await workspace.stop()


async def test_the_clock_goes_to_the_next_thing_that_is_told(clock: HandClock) -> None:
    async def move(to: datetime) -> None:
        clock.at = to

    told: list[datetime | None] = [clock.at + timedelta(days=1), None]

    async def following() -> datetime | None:
        return told.pop(0)

    workspace = Workspace(CONFIG, clock, on_move_clock=move, on_next=following)
    await workspace.start()
    async with aiohttp.ClientSession() as session:
        page = Page(workspace, session)
        _, moved = await page.post("clock/next")
        assert (moved["now"], moved["moved"]) == ("2008-10-02T08:00:00+00:00", True)
        _, stayed = await page.post("clock/next")
        assert (stayed["now"], stayed["moved"]) == ("2008-10-02T08:00:00+00:00", False)
    await workspace.stop()


async def test_a_workspace_listens_on_loopback_only_and_says_when_a_port_is_taken(
    workspace: Workspace, clock: HandClock
) -> None:
    other = Workspace(CONFIG, clock)
    with pytest.raises(ValueError, match="not loopback"):
        await other.start(host="0.0.0.0")  # noqa: S104 - that it is refused is the point
    port = int(workspace.core.address.rpartition(":")[2])
    with pytest.raises(OSError, match="address already in use"):
        await other.start(port=port)
