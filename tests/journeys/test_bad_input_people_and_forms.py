"""Forms and presses nobody could have sent, people who are not who they were, words that hurt.

Each gets a kind answer, changes nothing by half, and loses nothing that was typed.
"""

import asyncio
import json
import logging
from collections.abc import Iterator
from datetime import timedelta
from functools import partial
from typing import Any

import pytest
from slack_bolt.request.async_request import AsyncBoltRequest
from sqlmodel import Session, select

from messages.ids import Action, Block, Callback
from store import returns
from store.tables import AuditEntry, Draft, OutboxRow, Target
from tests.journeys.county import County, fill_commentary, fill_figure
from tests.journeys.test_awkward_moments import deactivate, reassign
from tests.sample import OPENS, QUARTER, RUN
from workspace.config import Person
from workspace.people import Client
from workspace.seen import Message

LEAD, OTHER_LEAD, REF = "target-lead-19", "target-lead-03", "LAA2-NI154"
CENTRAL = "central-team-01"
DEEP = '{"target":' * 10_000 + "1" + "}" * 10_000
METADATA: tuple[object, ...] = (
    None,
    "",
    7,
    "garbage",
    "[]",
    "null",
    DEEP,
    json.dumps({"target": "999999@2008q2", "quarter": "2008q2", "form": "words:999999:0"}),
    json.dumps({"target": "1@9999q9", "escalation": "1@0000q0", "number": "1e9"}),
    json.dumps({"target": {"target": []}, "escalation": True, "action": -1, "person": None}),
    json.dumps({"target": "1'; DROP TABLE target;--", "shows": "card:" + "9" * 300}),
)
STATES: tuple[object, ...] = (
    "missing",
    None,
    "words",
    [],
    {"values": None},
    {"values": {"figure": None, "cause": []}},
    {"values": {"figure": {"figure": {"type": "plain_text_input", "value": 5}}}},
    {"values": {"until": {"until": {"selected_date": "2008-13-45"}}}},
)
VALUES = ("", "garbage", "999999@2008q2", "1@9999q9", "role:NOBODY:TARGET:0", "9" * 400, "\u202e")
QUIET = {
    Action.ADD_ACTION,
    Action.PROPOSE,
    Action.LAST_WORDS,
    Action.TAKE_DRAFT,
    Action.SETUP_PERSON,
}
"""These stand in a form only, which says what is wrong when it is sent."""
HURTFUL = {
    "=HYPERLINK('https://evil.example')": "=HYPERLINK",
    "{{7*7}} {% raw %} ${7*7}": "{{7*7}} {% raw %}",
    "Robert'); DROP TABLE targets;--": "'); DROP TABLE targets;--",
    "<!channel> <!here> <@U123> <https://evil.example|bank.gov.uk>": "bank.gov.uk",
    "\u202egnitirw desrever\u2066 isolated": "desrever",
    "before\x00after\x1b[31m\x08 half \ud83d a character": "a character",
    "\N{PILE OF POO}" * 3_000: "\N{PILE OF POO}" * 100,
    "]]> <!-- <message> </message> <![CDATA[ &#0; &nope;": "&#0; &nope;",
}
"""What was typed, and what of it must be there to read."""
EMPTY = (" \t\n\r\n ", "\u200b\u200d\ufeff", "\x00")


@pytest.fixture(autouse=True)
def nothing_fails(caplog: pytest.LogCaptureFixture) -> Iterator[None]:
    """Whatever was sent, no listener broke over it."""
    yield
    broken = [one for one in caplog.records if one.levelno >= logging.ERROR]
    assert not broken, broken[0].getMessage()


async def kept(county: County) -> tuple[object, ...]:
    """Everything that could have been changed, but refusals."""

    def read(session: Session) -> tuple[object, ...]:
        acts = session.exec(select(AuditEntry.action).where(AuditEntry.action != "refused")).all()
        drafts = session.exec(select(Draft.id)).all()
        said = session.exec(select(OutboxRow.id)).all()
        return (*acts, len(drafts), len(said))

    return await county.bot.desk.read(read)


async def sent(county: County, label: str, view: dict[str, Any]) -> tuple[int, str]:
    """A form as somebody with other tools than Slack could send it."""
    body = {
        "type": "view_submission",
        "team": {"id": "TWORKSPACE", "domain": "t"},
        "user": {"id": county.ids.get(label, label), "username": "u", "team_id": "T"},
        "api_app_id": "A1",
        "token": "t",
        "trigger_id": "1.2.3",
        "view": view,
        "response_urls": [],
        "is_enterprise_install": False,
        "enterprise": None,
    }
    answer = await county.bot.app.async_dispatch(
        AsyncBoltRequest(body=json.dumps(body), mode="socket_mode")
    )
    return answer.status, answer.body


@pytest.mark.parametrize("transport", ["socket"], indirect=True)  # the words are the same
@pytest.mark.parametrize("label", [LEAD, CENTRAL, "USTRANGER"])
async def test_a_form_of_any_name_with_anything_in_it_is_answered_and_changes_nothing(
    county: County, label: str
) -> None:
    await county.at(OPENS)
    before = await kept(county)
    for callback in (*Callback, "no_form_of_ours", "'; DROP TABLE"):
        for number, metadata in enumerate(METADATA):
            view: dict[str, Any] = {
                "id": "V1",
                "type": "modal",
                "callback_id": str(callback),
                "hash": "1",
            }
            state = STATES[number % len(STATES)]
            view |= {"blocks": [], "title": {"type": "plain_text", "text": "T"}}
            view |= {} if metadata is None else {"private_metadata": metadata}
            view |= {} if state == "missing" else {"state": state}
            status, answer = await sent(county, label, view)
            assert status == 200, (callback, number)
            assert "reference" not in answer.casefold(), (callback, number)
    assert await kept(county) == before


@pytest.mark.parametrize("transport", ["socket"], indirect=True)  # the words are the same
@pytest.mark.parametrize("label", [LEAD, CENTRAL])
async def test_a_button_with_any_value_is_answered_and_changes_nothing(
    county: County, label: str
) -> None:
    await county.at(OPENS)
    client = county.person(label)
    actions = [action for action in Action if action not in QUIET]
    rows: list[dict[str, Any]] = [
        {
            "type": "actions",
            "block_id": f"{number}.{at}",
            "elements": [button(action, value) for action in actions[at : at + 20]],
        }
        for number, value in enumerate(VALUES)
        for at in range(0, len(actions), 20)
    ]
    await county.post(county.ids[label], "Of somebody else", rows)
    before = await kept(county)
    message = client.dm()[-1]
    silent: list[object] = []
    for row in rows:
        for pressed in row["elements"]:
            county.clock.move_to(county.clock.now() + timedelta(seconds=5))
            county.workspace.clock_moved()
            press = client.press(message, pressed["action_id"], block_id=row["block_id"])
            try:
                await answered(client, press)
            except TimeoutError:
                silent.append((pressed["action_id"], row["block_id"]))
    assert not silent, silent
    assert await kept(county) == before


def button(action: str, value: str | None) -> dict[str, Any]:
    label = {"type": "plain_text", "text": "Press"}
    found = {"type": "button", "action_id": str(action), "text": label}
    return {**found, "value": value} if value else found


async def answered(client: Client, act: Any) -> None:
    """Do something and wait for whatever answers it: words beside it or a view."""
    before = len(client.ephemerals)
    home = client.home
    await act
    await client.wait_for(
        lambda: client.modal or len(client.ephemerals) > before or client.home != home, 3
    )
    if client.modal:
        await client.close(everything=True)


async def ready(county: County) -> Client:
    await county.at(OPENS)
    lead = county.person(LEAD)
    await county.open_return(lead, REF)
    await fill_figure(lead, "1000")
    assert not (await lead.submit()).errors
    return lead


async def test_a_lead_who_was_replaced_is_refused_and_the_draft_waits_for_the_new_one(
    county: County,
) -> None:
    lead = await ready(county)
    await fill_commentary(lead, "Two sites started late.")
    await county.bot.desk.write(reassign, county.numbers[REF], county.ids[OTHER_LEAD])
    outcome = await lead.submit()
    assert outcome.view is not None
    assert OTHER_LEAD in outcome.view.plain()
    await lead.close(everything=True)
    await county.settle()
    new = county.person(OTHER_LEAD)
    answer = await county.answer(OTHER_LEAD, f"target {REF}")
    await new.press(answer, Action.REPORT)
    await new.wait_for(lambda: new.modal)
    assert new.modal is not None
    assert LEAD in new.modal.plain()
    assert Action.TAKE_DRAFT in [button.action_id for button in new.modal.buttons]


async def test_a_target_that_was_closed_or_is_gone_is_not_reported(county: County) -> None:
    lead = await ready(county)
    await fill_commentary(lead, "Two sites started late.")
    await county.bot.desk.write(close, county.numbers[REF])
    outcome = await lead.submit()
    assert outcome.view is not None
    assert "out of date" in outcome.view.plain()
    assert await county.bot.desk.read(reported, county.numbers[REF]) is False
    assert "Report this target" not in await county.command(LEAD, f"target {REF}")


@pytest.mark.parametrize("kind", ["guest", "bot", "stranger", "deactivated"])
async def test_whoever_is_no_full_member_hears_whom_to_ask_at_every_command(
    county: County, kind: str
) -> None:
    await county.at(OPENS)
    people = county.workspace.core.team.people
    made = {
        "guest": Person("UGUEST", "a guest", is_restricted=True),
        "bot": Person("UBOT", "an app", is_bot=True),
        "stranger": Person("USTRANGER", "of another workspace"),
        "deactivated": people[county.ids[LEAD]],
    }[kind]
    people[made.id] = made
    if kind == "deactivated":
        await county.bot.desk.write(deactivate, made.id)
    client = county.workspace.client(made.id)
    for words in ("mine", "status", "target LAA1-03", "actions", "partnership spatial", "setup"):
        at_once = await client.command("/laa", words)
        assert at_once
        assert CENTRAL in at_once[0].plain(), words


async def test_words_that_hurt_other_programs_come_through_as_words(county: County) -> None:
    lead = await ready(county)
    for cause, readable in HURTFUL.items():
        await fill_commentary(lead, cause)
        outcome = await lead.submit()
        if not outcome.closed:  # too long for the digest's line: said once, and taken as it is
            outcome = await lead.submit()
        assert outcome.closed, (cause[:40], outcome.errors)
        await county.settle()
        central = county.person(CENTRAL)
        before = len(central.ephemerals)
        said = await central.command("/laa", f"target {REF}")
        await central.wait_for(partial(is_said, central, before, said, readable))
        assert not any(mark in one.text for one in said for mark in ("<!channel>", "<@U123>"))
        await county.open_return(lead, REF)
        await fill_figure(lead, "1000")
        assert not (await lead.submit()).errors


def is_said(client: Client, first: int, at_once: list[Message], words: str) -> bool:
    """Whether words are in what somebody was told privately, in however many parts."""
    return any(words in one.plain() for one in (*at_once, *client.ephemerals[first:]))


@pytest.mark.parametrize("cause", EMPTY)
async def test_a_cause_of_nothing_one_can_read_is_asked_for_at_its_field(
    county: County, cause: str
) -> None:
    lead = await ready(county)
    await fill_commentary(lead, "Typed")
    view = county.workspace.core.surfaces.top(lead.person_id)
    assert view is not None
    block = next(name for name in view.values if name.partition("~")[0] == Block.CAUSE)
    for entry in view.values[block].values():
        entry["value"] = cause
    outcome = await lead.submit()
    assert "cause" in " ".join(outcome.errors.values()).casefold()
    assert await county.bot.desk.read(reported, county.numbers[REF]) is False


async def test_an_acknowledgement_is_the_sponsors_and_of_what_still_stands(county: County) -> None:
    await county.at(OPENS)
    await county.report_red(county.person(LEAD), REF, "1000")
    await county.at(RUN)
    sponsor = county.person("sponsor-09")
    (told,) = sponsor.dm()
    value = next(one.value for one in told.buttons if one.action_id == Action.ACKNOWLEDGE)
    await county.post(
        county.ids[LEAD],
        "Passed on",
        [{"type": "actions", "elements": [button(Action.ACKNOWLEDGE, value)]}],
    )
    lead = county.person(LEAD)
    before = len(lead.ephemerals)
    await lead.press(lead.dm()[-1], Action.ACKNOWLEDGE)
    await lead.wait_for(lambda: len(lead.ephemerals) > before)
    assert "sponsor-09" in lead.ephemerals[-1].plain()
    await asyncio.gather(*(sponsor.press(told, Action.ACKNOWLEDGE) for _ in range(2)))
    acts = [act for act in await kept(county) if act == "acknowledge escalation"]
    assert len(acts) == 1


def close(session: Session, number: int) -> None:
    session.get_one(Target, number).active_to = QUARTER.previous


def reported(session: Session, number: int) -> bool:
    return number in returns.in_quarter(session, QUARTER)
