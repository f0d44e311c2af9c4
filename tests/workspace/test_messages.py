"""Posting, changing, deleting and reading back messages through the Web API."""

from collections.abc import Awaitable, Callable
from typing import Any

import aiohttp
from slack_sdk.web.async_client import AsyncWebClient

from workspace.limits.surfaces import MARKDOWN_TEXT
from workspace.server import Workspace

Refusal = Callable[[Awaitable[Any]], Awaitable[str]]
KEY = {"event_type": "kept", "event_payload": {"key": "one"}}
SECTION = {"type": "section", "text": {"type": "mrkdwn", "text": "A line"}}


async def test_the_token_says_who_the_app_is(workspace: Workspace, web: AsyncWebClient) -> None:
    answer = await web.auth_test()
    assert answer["user_id"] == workspace.core.bot.user_id
    assert answer["team_id"] == "TCOUNTY"


async def test_a_call_without_a_good_token_is_refused(
    workspace: Workspace, refusal: Refusal
) -> None:
    for token, code in (("", "not_authed"), ("xoxb-other", "invalid_auth")):
        stranger = AsyncWebClient(token=token, base_url=workspace.api_url)
        assert await refusal(stranger.auth_test()) == code
    app_token = AsyncWebClient(token=workspace.core.bot.app_token, base_url=workspace.api_url)
    assert await refusal(app_token.auth_test()) == "not_allowed_token_type"


async def test_a_token_in_the_address_is_none(workspace: Workspace) -> None:
    """A picture on any page can ask for an address, and its browser does not say for whom."""
    address = f"{workspace.api_url}chat.postMessage"
    asked = {"token": workspace.core.bot.bot_token, "channel": "CBOARD", "text": "Not the app"}
    async with aiohttp.ClientSession() as session, session.get(address, params=asked) as answer:
        assert (await answer.json())["error"] == "not_authed"
    assert workspace.client("ULEAD").messages("CBOARD") == []


async def test_a_method_nobody_knows_is_refused(web: AsyncWebClient, refusal: Refusal) -> None:
    assert await refusal(web.api_call("chat.shout")) == "unknown_method"


async def test_forms_and_json_carry_the_same_message(workspace: Workspace) -> None:
    token = workspace.core.bot.bot_token
    url = f"{workspace.api_url}chat.postMessage"
    form = {"token": token, "channel": "CBOARD", "blocks": '[{"type": "divider"}]'}
    body = {"channel": "CBOARD", "blocks": [{"type": "divider"}]}
    async with aiohttp.ClientSession() as session:
        async with session.post(url, data=form) as answer:
            one = await answer.json()
        async with session.post(
            url, json=body, headers={"Authorization": f"Bearer {token}"}
        ) as answer:
            other = await answer.json()
    assert one["ok"]
    assert other["ok"]
    assert one["message"]["blocks"][0]["type"] == other["message"]["blocks"][0]["type"]


async def test_blocks_that_are_no_json_are_refused(web: AsyncWebClient, refusal: Refusal) -> None:
    call = web.api_call("chat.postMessage", params={"channel": "CBOARD", "blocks": "[{"})
    assert await refusal(call) == "invalid_blocks_format"


async def test_where_a_message_cannot_go_it_says_why(web: AsyncWebClient, refusal: Refusal) -> None:
    for channel, code in (
        ("CNONE", "channel_not_found"),
        ("UGONE", "channel_not_found"),
        ("CPRIVATE", "channel_not_found"),
        ("COLD", "is_archived"),
        ("COUT", "not_in_channel"),
    ):
        assert await refusal(web.chat_postMessage(channel=channel, text="Hello")) == code


async def test_an_empty_message_is_refused(web: AsyncWebClient, refusal: Refusal) -> None:
    empty = web.api_call("chat.postMessage", json={"channel": "CBOARD", "text": "  "})
    assert await refusal(empty) == "no_text"


async def test_a_message_to_a_person_opens_their_direct_message_once(
    workspace: Workspace, web: AsyncWebClient
) -> None:
    first = await web.chat_postMessage(channel="ULEAD", text="One")
    opened = await web.conversations_open(users="ULEAD")
    second = await web.chat_postMessage(channel="ULEAD", text="Two")
    assert first["channel"] == second["channel"] == opened["channel"]["id"]
    assert opened["already_open"]
    assert [m.text for m in workspace.client("ULEAD").dm()] == ["One", "Two"]


async def test_nobody_who_left_or_is_unknown_has_a_direct_message(
    web: AsyncWebClient, refusal: Refusal
) -> None:
    assert await refusal(web.conversations_open(users="UGONE")) == "user_disabled"
    assert await refusal(web.conversations_open(users="UNONE")) == "user_not_found"


async def test_a_message_is_updated_by_its_channel_never_by_a_person(
    workspace: Workspace, web: AsyncWebClient, refusal: Refusal
) -> None:
    posted = await web.chat_postMessage(channel="ULEAD", text="Open", blocks=[SECTION])
    by_person = web.chat_update(channel="ULEAD", ts=posted["ts"], text="Done")
    assert await refusal(by_person) == "channel_not_found"
    await web.chat_update(channel=posted["channel"], ts=posted["ts"], text="Done", blocks=[])
    message = workspace.client("ULEAD").dm()[0]
    assert message.plain() == "Done"
    assert message.edited


async def test_an_update_keeps_the_blocks_it_does_not_name(
    workspace: Workspace, web: AsyncWebClient
) -> None:
    posted = await web.chat_postMessage(channel="CBOARD", text="Open", blocks=[SECTION])
    await web.chat_update(channel="CBOARD", ts=posted["ts"], text="Changed")
    message = workspace.client("ULEAD").messages("CBOARD")[0]
    assert message.text == "Changed"
    assert message.plain() == "A line"


async def test_an_update_takes_markdown_as_a_post_does(
    workspace: Workspace, web: AsyncWebClient, refusal: Refusal
) -> None:
    posted = await web.chat_postMessage(channel="CBOARD", text="Open")
    where = {"channel": "CBOARD", "ts": posted["ts"]}
    await web.chat_update(**where, markdown_text="**Late** sites")
    message = workspace.client("ULEAD").messages("CBOARD")[0]
    assert [block["text"] for block in message.blocks] == ["**Late** sites"]
    await web.chat_update(**where, markdown_text="x" * MARKDOWN_TEXT)
    for too_long in ("x" * (MARKDOWN_TEXT + 1), "&" * (MARKDOWN_TEXT // 5 + 1)):
        assert await refusal(web.chat_update(**where, markdown_text=too_long)) == "msg_too_long"
    both = web.chat_update(**where, markdown_text="One", text="Two")
    assert await refusal(both) == "markdown_text_conflict"


async def test_only_the_app_s_own_messages_can_be_changed_or_deleted(
    workspace: Workspace, web: AsyncWebClient, refusal: Refusal
) -> None:
    theirs = workspace.client("ULEAD").say("CBOARD", "Mine")
    update = web.chat_update(channel="CBOARD", ts=theirs.ts, text="Yours")
    assert await refusal(update) == "cant_update_message"
    assert await refusal(web.chat_delete(channel="CBOARD", ts=theirs.ts)) == "cant_delete_message"
    assert await refusal(web.chat_delete(channel="CBOARD", ts="1.000000")) == "message_not_found"


async def test_a_deleted_message_is_gone(workspace: Workspace, web: AsyncWebClient) -> None:
    posted = await web.chat_postMessage(channel="CBOARD", text="Away")
    await web.chat_delete(channel="CBOARD", ts=posted["ts"])
    assert workspace.client("ULEAD").messages("CBOARD") == []


async def test_history_gives_parents_newest_first_and_no_replies(web: AsyncWebClient) -> None:
    parent = await web.chat_postMessage(channel="CBOARD", text="Digest")
    await web.chat_postMessage(channel="CBOARD", text="Annex 1", thread_ts=parent["ts"])
    await web.chat_postMessage(channel="CBOARD", text="Next")
    history = await web.conversations_history(channel="CBOARD")
    assert [m["text"] for m in history["messages"]] == ["Next", "Digest"]
    assert history["messages"][1]["reply_count"] == 1
    replies = await web.conversations_replies(channel="CBOARD", ts=parent["ts"])
    assert [m["text"] for m in replies["messages"]] == ["Digest", "Annex 1"]


async def test_metadata_comes_only_when_it_is_asked_for(web: AsyncWebClient) -> None:
    posted = await web.chat_postMessage(channel="CBOARD", text="Keyed", metadata=KEY)
    await web.chat_postMessage(channel="CBOARD", text="Reply", thread_ts=posted["ts"], metadata=KEY)
    without = await web.conversations_history(channel="CBOARD")
    assert "metadata" not in without["messages"][0]
    asked = await web.conversations_history(channel="CBOARD", include_all_metadata=True)
    assert asked["messages"][0]["metadata"] == KEY
    replies = await web.conversations_replies(
        channel="CBOARD", ts=posted["ts"], include_all_metadata=True
    )
    assert [m["metadata"] for m in replies["messages"]] == [KEY, KEY]


async def test_history_is_read_page_by_page_within_its_bounds(
    workspace: Workspace, web: AsyncWebClient
) -> None:
    said = [workspace.client("ULEAD").say("CBOARD", str(n)).ts for n in range(7)]
    seen, cursor = [], ""
    for _ in range(4):
        page = await web.conversations_history(channel="CBOARD", limit=2, cursor=cursor)
        seen += [m["text"] for m in page["messages"]]
        cursor = (page.get("response_metadata") or {}).get("next_cursor", "")
        assert page["has_more"] == bool(cursor)
    assert seen == ["6", "5", "4", "3", "2", "1", "0"]
    bounds: dict[str, Any] = {"oldest": said[1], "latest": said[4]}
    between = await web.conversations_history(channel="CBOARD", **bounds)
    assert [m["text"] for m in between["messages"]] == ["3", "2"]
    with_ends = await web.conversations_history(channel="CBOARD", inclusive=True, **bounds)
    assert [m["text"] for m in with_ends["messages"]] == ["4", "3", "2", "1"]


async def test_a_reply_needs_a_parent_that_is_there(web: AsyncWebClient, refusal: Refusal) -> None:
    reply = web.chat_postMessage(channel="CBOARD", text="Reply", thread_ts="1.000000")
    assert await refusal(reply) == "thread_not_found"
    replies = web.conversations_replies(channel="CBOARD", ts="1.000000")
    assert await refusal(replies) == "thread_not_found"


async def test_an_ephemeral_message_is_seen_by_one_person_and_no_history(
    workspace: Workspace, web: AsyncWebClient, refusal: Refusal
) -> None:
    await web.chat_postEphemeral(channel="CBOARD", user="ULEAD", text="For you")
    assert [m.text for m in workspace.client("ULEAD").ephemerals] == ["For you"]
    assert workspace.client("USPONSOR").ephemerals == []
    assert workspace.client("ULEAD").messages("CBOARD") == []
    outside = web.chat_postEphemeral(channel="CBOARD", user="UGONE", text="Hello")
    assert await refusal(outside) == "user_not_in_channel"


async def test_people_and_channels_are_listed_with_cursors(web: AsyncWebClient) -> None:
    first = await web.users_list(limit=2)
    rest = await web.users_list(limit=2, cursor=first["response_metadata"]["next_cursor"])
    people = first["members"] + rest["members"]
    assert [p["id"] for p in people] == ["ULEAD", "USPONSOR", "UGONE", "UBOT00001"]
    assert people[0]["tz_offset"] == 3600
    assert people[2]["deleted"]
    channels = await web.conversations_list(exclude_archived=True)
    assert [c["id"] for c in channels["channels"]] == ["CBOARD", "COUT"]
    members = await web.conversations_members(channel="CBOARD")
    assert members["members"] == ["ULEAD", "USPONSOR", "UBOT00001"]


async def test_a_file_is_shared_once_its_bytes_came(
    workspace: Workspace, web: AsyncWebClient, refusal: Refusal
) -> None:
    place = await web.files_getUploadURLExternal(filename="pack.csv", length=4)
    early = web.files_completeUploadExternal(
        files=[{"id": place["file_id"], "title": "Pack"}], channel_id="CBOARD"
    )
    assert await refusal(early) == "file_not_found"
    await web.files_upload_v2(
        channel="CBOARD", content="a,b,c", filename="pack.csv", title="Pack for the board"
    )
    message = workspace.client("ULEAD").messages("CBOARD")[-1]
    assert message.files[0]["title"] == "Pack for the board"


async def test_what_is_unread_is_counted_until_it_is_read(
    workspace: Workspace, web: AsyncWebClient
) -> None:
    lead = workspace.client("ULEAD")
    await web.chat_postMessage(channel="CBOARD", text="One")
    lead.say("CBOARD", "My own")
    assert lead.unread == {"CBOARD": 1}
    lead.mark_read("CBOARD")
    assert lead.unread == {"CBOARD": 0}
