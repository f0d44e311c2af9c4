"""Modals: opening, filling, submitting, and what the app may answer."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

import pytest
from slack_bolt.app.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from tests.workspace.forms import Json, actions, button, field, modal, options, text_field
from workspace.deliveries import AppDidNotAnswer
from workspace.filling import CannotDoThat
from workspace.people import Client
from workspace.server import Workspace

Refusal = Callable[[Awaitable[Any]], Awaitable[str]]


def opens(app: AsyncApp, view: Json) -> list[Json]:
    """Have the app open a view when "open" is pressed; gives the bodies it saw."""
    seen: list[Json] = []

    @app.action("open")
    async def on_open(ack: Any, body: Json, client: AsyncWebClient) -> None:
        seen.append(body)
        await ack()
        await client.views_open(trigger_id=body["trigger_id"], view=view)

    return seen


async def opened(workspace: Workspace, web: AsyncWebClient, person: str = "ULEAD") -> Client:
    """Give a person with the modal open that "open" opens."""
    await web.chat_postMessage(channel=person, text="Open", blocks=[actions(button("open"))])
    client = workspace.client(person)
    await client.press(client.dm()[-1], "open")
    await client.wait_for(lambda: client.modal)
    return client


def title(client: Client) -> str:
    assert client.modal is not None
    return client.modal.title


async def test_a_click_says_who_where_and_on_what(
    workspace: Workspace, web: AsyncWebClient, app: AsyncApp
) -> None:
    seen = opens(app, modal(text_field("figure")))
    lead = await opened(workspace, web)
    body = seen[0]
    assert body["type"] == "block_actions"
    assert body["user"]["id"] == "ULEAD"
    assert body["container"]["channel_id"] == lead.dm_id
    assert body["message"]["ts"] == body["container"]["message_ts"]
    assert body["actions"][0]["action_id"] == "open"
    assert body["response_url"].startswith(workspace.url)


async def test_errors_stand_at_their_fields_and_what_was_typed_is_kept(
    workspace: Workspace, web: AsyncWebClient, app: AsyncApp
) -> None:
    opens(app, modal(text_field("figure"), text_field("cause", optional=True)))

    @app.view("form")
    async def on_form(ack: Any) -> None:
        await ack(response_action="errors", errors={"cause": "Enter the cause."})

    lead = await opened(workspace, web)
    await lead.fill("figure", "12")
    outcome = await lead.submit()
    assert outcome.errors == {"cause": "Enter the cause."}
    assert not outcome.closed
    assert lead.modal is not None
    assert lead.modal.values == {"figure": "12", "cause": None}
    assert "Enter the cause." in lead.modal.plain()


async def test_an_update_keeps_what_was_typed_where_ids_are_the_same(
    workspace: Workspace, web: AsyncWebClient, app: AsyncApp
) -> None:
    opens(app, modal(text_field("figure")))

    @app.view("form")
    async def on_form(ack: Any) -> None:
        new = modal(
            text_field("figure", initial_value="0"),
            text_field("cause", initial_value="None"),
            title="Why",
            callback="why",
        )
        await ack(response_action="update", view=new)

    lead = await opened(workspace, web)
    await lead.fill("figure", "12")
    outcome = await lead.submit()
    assert outcome.view is not None
    assert (outcome.view.title, outcome.view.depth) == ("Why", 1)
    assert outcome.view.values == {"figure": "12", "cause": "None"}


async def test_views_stack_to_three_and_close_one_by_one(
    workspace: Workspace, web: AsyncWebClient, app: AsyncApp
) -> None:
    opens(app, modal(text_field("figure", optional=True), title="1"))

    @app.view("form")
    async def on_form(ack: Any, view: Json) -> None:
        following = str(int(view["title"]["text"]) + 1)
        field = text_field("figure", optional=True)
        await ack(response_action="push", view=modal(field, title=following))

    lead = await opened(workspace, web)
    await lead.submit()
    await lead.submit()
    assert title(lead) == "3"
    with pytest.raises(AppDidNotAnswer, match="push_limit_reached"):
        await lead.submit()
    await lead.close()
    assert title(lead) == "2"
    await lead.close(everything=True)
    assert lead.modal is None


async def test_clear_closes_the_whole_stack(
    workspace: Workspace, web: AsyncWebClient, app: AsyncApp
) -> None:
    opens(app, modal(text_field("figure", optional=True)))

    @app.view("form")
    async def on_form(ack: Any) -> None:
        await ack(response_action="push", view=modal(title="Sure", callback="sure"))

    @app.view("sure")
    async def on_sure(ack: Any) -> None:
        await ack(response_action="clear")

    lead = await opened(workspace, web)
    await lead.submit()
    outcome = await lead.submit()
    assert outcome.closed
    assert lead.modal is None


async def test_two_people_s_modals_never_mix(
    workspace: Workspace, web: AsyncWebClient, app: AsyncApp
) -> None:
    opens(app, modal(text_field("figure")))
    kept: dict[str, str] = {}

    @app.view("form")
    async def on_form(ack: Any, body: Json) -> None:
        kept[body["user"]["id"]] = body["view"]["state"]["values"]["figure"]["held"]["value"]
        await ack()

    lead, sponsor = await asyncio.gather(opened(workspace, web), opened(workspace, web, "USPONSOR"))
    await lead.fill("figure", "1")
    await sponsor.fill("figure", "2")
    await asyncio.gather(sponsor.submit(), lead.submit())
    assert kept == {"ULEAD": "1", "USPONSOR": "2"}


async def test_a_trigger_lives_briefly_and_opens_one_modal(
    workspace: Workspace, web: AsyncWebClient, refusal: Refusal
) -> None:
    view = modal(text_field("figure"))
    trigger = workspace.core.triggers.give("ULEAD")
    await web.views_open(trigger_id=trigger, view=view)
    again = web.views_open(trigger_id=trigger, view=view)
    assert await refusal(again) == "exchanged_trigger_id"
    assert await refusal(web.views_open(trigger_id="1.2.3", view=view)) == "invalid_trigger_id"
    late = workspace.core.triggers.give("ULEAD")
    await asyncio.sleep(workspace.core.patience.trigger + 0.05)  # the trigger's life is real time
    assert await refusal(web.views_open(trigger_id=late, view=view)) == "expired_trigger_id"


async def test_an_update_with_an_old_hash_is_refused(
    workspace: Workspace, web: AsyncWebClient, refusal: Refusal
) -> None:
    trigger = workspace.core.triggers.give("ULEAD")
    first = (await web.views_open(trigger_id=trigger, view=modal(title="One")))["view"]
    await web.views_update(view_id=first["id"], hash=first["hash"], view=modal(title="Two"))
    stale = web.views_update(view_id=first["id"], hash=first["hash"], view=modal(title="Three"))
    assert await refusal(stale) == "hash_conflict"
    assert title(workspace.client("ULEAD")) == "Two"
    assert await refusal(web.views_update(view_id="VNONE", view=modal())) == "not_found"


async def test_a_view_is_found_by_the_app_s_own_id_which_is_taken_once(
    workspace: Workspace, web: AsyncWebClient, refusal: Refusal
) -> None:
    give = workspace.core.triggers.give
    await web.views_open(trigger_id=give("ULEAD"), view=modal(external_id="return-3"))
    found = modal(title="Found", external_id="return-3")
    await web.views_update(external_id="return-3", view=found)
    assert title(workspace.client("ULEAD")) == "Found"
    taken = web.views_open(trigger_id=give("USPONSOR"), view=found)
    assert await refusal(taken) == "duplicate_external_id"


async def test_nothing_is_sent_while_slack_itself_finds_fault(
    workspace: Workspace, web: AsyncWebClient, app: AsyncApp
) -> None:
    number = {"type": "number_input", "is_decimal_allowed": False, "max_value": "100"}
    opens(app, modal(text_field("cause", min_length=3, max_length=5), field("share", number)))
    lead = await opened(workspace, web)
    for cause, share, faults in (
        ("", "1", {"cause": "This is a required field"}),
        ("ab", "1", {"cause": "Enter at least 3 characters"}),
        ("abcdef", "1", {"cause": "Enter no more than 5 characters"}),
        ("abc", "many", {"share": "Enter a number"}),
        ("abc", "1.5", {"share": "Enter a whole number"}),
        ("abc", "101", {"share": "Enter a number of at most 100"}),
    ):
        await lead.fill("cause", cause)
        await lead.fill("share", share)
        assert (await lead.submit()).errors == faults
    assert workspace.log.deliveries("view_submission") == []


async def test_typing_tells_the_app_where_it_asked_to_be_told(
    workspace: Workspace, web: AsyncWebClient, app: AsyncApp
) -> None:
    letters = {"trigger_actions_on": ["on_character_entered"]}
    opens(
        app,
        modal(
            {**text_field("quiet", optional=True)},
            {**text_field("enter", optional=True), "dispatch_action": True},
            {**text_field("letters", dispatch_action_config=letters), "dispatch_action": True},
        ),
    )
    heard: list[tuple[str, str]] = []

    @app.action("held")
    async def on_held(ack: Any, body: Json) -> None:
        action = body["actions"][0]
        state = body["view"]["state"]["values"][action["block_id"]]["held"]["value"]
        assert state == action["value"]
        heard.append((action["block_id"], action["value"]))
        await ack()

    lead = await opened(workspace, web)
    await lead.fill("quiet", "a")
    await lead.fill("enter", "b", entered=False)
    await lead.fill("enter", "c")
    await lead.fill("letters", "d", entered=False)
    assert heard == [("enter", "c"), ("letters", "d")]


async def test_closing_is_told_to_an_app_that_asked(
    workspace: Workspace, web: AsyncWebClient, app: AsyncApp
) -> None:
    opens(app, modal(text_field("figure"), notify_on_close=True))
    told: list[bool] = []

    @app.view_closed("form")
    async def on_closed(ack: Any, body: Json) -> None:
        told.append(body["is_cleared"])
        await ack()

    lead = await opened(workspace, web)
    await lead.close()
    assert told == [False]
    with pytest.raises(CannotDoThat):
        await lead.close()


async def test_without_an_answer_the_modal_stays_as_it_was_with_a_line_of_trouble(
    workspace: Workspace, web: AsyncWebClient, app: AsyncApp
) -> None:
    opens(app, modal(text_field("figure")))

    @app.view("form")
    async def on_form(ack: Any) -> None:  # noqa: ARG001 - it never acks
        await asyncio.sleep(0)

    lead = await opened(workspace, web)
    await lead.fill("figure", "12")
    with pytest.raises(AppDidNotAnswer, match=r"no ack within 0\.5 seconds"):
        await lead.submit()
    assert lead.modal is not None
    assert lead.modal.line == "We had some trouble connecting. Try again?"
    assert lead.modal.values == {"figure": "12"}
    await lead.fill("figure", "13")
    assert lead.modal.values == {"figure": "13"}


@pytest.mark.parametrize(
    "answer",
    [
        {"response_action": "errors", "errors": {"heading": "No"}},
        {"response_action": "errors", "errors": {}},
        {"response_action": "update", "view": {"type": "home", "blocks": []}},
        {"response_action": "shout"},
    ],
    ids=["an error at no input", "no errors", "a view that is no modal", "an unknown action"],
)
async def test_an_answer_slack_would_not_take_counts_as_none(
    workspace: Workspace, web: AsyncWebClient, app: AsyncApp, answer: Json
) -> None:
    heading = {"type": "header", "block_id": "heading", "text": {"type": "plain_text", "text": "H"}}
    opens(app, modal(heading, text_field("figure", optional=True)))

    @app.view("form")
    async def on_form(ack: Any) -> None:
        await ack(**answer)

    lead = await opened(workspace, web)
    with pytest.raises(AppDidNotAnswer):
        await lead.submit()
    assert lead.modal is not None


async def test_every_kind_of_field_is_filled_by_its_own_kind_of_value(
    workspace: Workspace, web: AsyncWebClient, app: AsyncApp
) -> None:
    two = options("red", "green")
    opens(
        app,
        modal(
            field("text", {"type": "plain_text_input", "multiline": True}),
            field("number", {"type": "number_input", "is_decimal_allowed": True}),
            field("email", {"type": "email_text_input"}),
            field("web", {"type": "url_text_input"}),
            field("day", {"type": "datepicker", "initial_date": "2008-10-21"}),
            field("time", {"type": "timepicker"}),
            field("one", {"type": "static_select", "options": two}),
            field("some", {"type": "multi_static_select", "options": two}),
            field("boxes", {"type": "checkboxes", "options": two}),
            field("radio", {"type": "radio_buttons", "options": two}),
            field("who", {"type": "users_select"}),
            field("whose", {"type": "multi_users_select"}),
            field("where", {"type": "conversations_select"}),
        ),
    )
    filled = {
        "text": "Two posts\nvacant",
        "number": "27.5",
        "email": "a@b.org",
        "web": "https://a.org",
        "day": "2008-11-05",
        "time": "09:00",
        "one": "red",
        "some": ["red", "green"],
        "boxes": ["green"],
        "radio": "red",
        "who": "USPONSOR",
        "whose": ["ULEAD", "USPONSOR"],
        "where": "CBOARD",
    }
    received: list[Json] = []

    @app.view("form")
    async def on_form(ack: Any, view: Json) -> None:
        received.append(view["state"]["values"])
        await ack()

    lead = await opened(workspace, web)
    assert lead.modal is not None
    assert lead.modal.values["day"] == "2008-10-21"
    for block_id, value in filled.items():
        await lead.fill(block_id, value)
    assert lead.modal is not None
    assert lead.modal.values == filled
    assert (await lead.submit()).closed
    state = {block: entry["held"] for block, entry in received[0].items()}
    assert state["one"]["selected_option"]["text"]["text"] == "Red"
    assert state["boxes"]["selected_options"][0]["value"] == "green"
    assert state["day"] == {"type": "datepicker", "selected_date": "2008-11-05"}
    assert state["whose"]["selected_users"] == ["ULEAD", "USPONSOR"]


async def test_what_is_not_offered_cannot_be_chosen(
    workspace: Workspace, web: AsyncWebClient, app: AsyncApp
) -> None:
    two = {"type": "static_select", "options": options("red")}
    opens(app, modal(field("one", two), field("day", {"type": "datepicker"})))
    lead = await opened(workspace, web)
    with pytest.raises(CannotDoThat, match="no option"):
        await lead.fill("one", "blue")
    with pytest.raises(CannotDoThat, match="does not take"):
        await lead.fill("day", "soon")
    with pytest.raises(CannotDoThat, match="0 elements"):
        await lead.fill("nowhere", "x")


async def test_an_external_menu_offers_what_the_app_suggests(
    workspace: Workspace, web: AsyncWebClient, app: AsyncApp
) -> None:
    opens(app, modal(field("target", {"type": "external_select", "min_query_length": 2})))

    @app.options("held")
    async def on_options(ack: Any, payload: Json) -> None:
        await ack(options=options(f"{payload['value']}-1", f"{payload['value']}-2"))

    lead = await opened(workspace, web)
    assert lead.modal is not None
    assert await lead.suggest(lead.modal, "target", "held", "l") == []
    shown = await lead.suggest(lead.modal, "target", "held", "laa")
    assert [option["value"] for option in shown] == ["laa-1", "laa-2"]
    await lead.fill("target", "laa-2")
    assert lead.modal is not None
    assert lead.modal.values == {"target": "laa-2"}
