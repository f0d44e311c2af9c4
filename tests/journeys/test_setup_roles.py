"""The central team replaces a lead in Slack, in the middle of a quarter."""

from functools import partial

from bot.rehearsal.playhouse import CENTRAL_ID
from messages.ids import Action, Block, Callback
from messages.values import pack_role
from rules.vocabulary import Role, RoleScope
from tests.journeys.county import County, ephemeral_after
from tests.sample import OPENS, REMINDERS, london
from workspace.config import Person
from workspace.people import Client
from workspace.seen import Modal

CENTRAL, LEAD, NEW, REF = "central-team-01", "target-lead-19", "target-lead-03", "LAA2-NI154"


async def opened_form(county: County, ref: str = REF) -> Client:
    """The form for replacing a target's lead, reached from the menu."""
    central = county.person(CENTRAL)
    menu = await county.answer(CENTRAL, "setup")
    await central.press(menu, Action.SETUP_ROLES)
    await central.wait_for(lambda: central.modal)
    assert "whole programme" in shown(central)
    await enter(central, "Spatial Planning")
    await enter(central, ref)
    value = pack_role(Role.TARGET_LEAD, RoleScope.TARGET, county.numbers[ref])
    await central.press(front(central), value=value)
    await central.wait_for(
        lambda: central.modal and central.modal.callback_id == Callback.GIVE_ROLE
    )
    return central


def front(client: Client) -> Modal:
    assert client.modal is not None
    return client.modal


def says(client: Client, words: str) -> bool:
    return words in shown(client)


def shown(client: Client) -> str:
    return client.modal.plain() if client.modal else ""


async def enter(client: Client, name: str) -> None:
    modal = client.modal
    assert modal is not None
    row = next(
        block for block in modal.blocks if name in str(block.get("text", {}).get("text", ""))
    )
    await client.press(modal, value=row["accessory"]["value"])
    await client.wait_for(lambda: client.modal and f"Who does what: {name}" in client.modal.plain())


async def test_a_lead_is_replaced_in_one_form_and_the_new_one_is_asked(county: County) -> None:
    await county.at(OPENS)
    await county.at(london(10, 10, 10))
    central = await opened_form(county)
    assert f"Lead: {REF}" in shown(central)
    assert f"Now: {LEAD}." in shown(central)
    await central.fill(Block.PERSON, county.ids[NEW])
    await central.wait_for(lambda: "is a full member of this workspace" in shown(central))
    outcome = await central.submit()
    assert not outcome.errors
    await central.wait_for(lambda: f"Lead: {NEW}" in shown(central))
    await county.settle()
    old, new = county.person(LEAD), county.person(NEW)
    assert REF not in old.dm()[0].plain()
    assert REF in new.dm()[0].plain() or REF in new.dm()[-1].plain()
    before = len(old.dm())
    await county.at(REMINDERS[0])
    assert REF in new.dm()[-1].plain()
    assert len(old.dm()) == before + 1
    assert REF not in old.dm()[-1].plain()


async def test_a_guest_a_bot_and_somebody_deactivated_are_refused_at_the_person(
    county: County,
) -> None:
    await county.at(OPENS)
    people = county.workspace.core.team.people
    people["UGUEST"] = Person("UGUEST", "a guest", is_restricted=True)
    people["UGONE"] = Person("UGONE", "somebody gone", deleted=True)
    people["UBOT"] = Person("UBOT", "an app", is_bot=True)
    central = await opened_form(county)
    for slack_id, words in (("UGUEST", "guest"), ("UGONE", "deactivated"), ("UBOT", "an app")):
        await central.fill(Block.PERSON, slack_id)
        await central.wait_for(partial(says, central, words))
        outcome = await central.submit()
        assert words in outcome.errors[Block.PERSON]
    await central.fill(Block.STARTS, "2008-09-30")
    await central.fill(Block.PERSON, county.ids[NEW])
    await central.wait_for(lambda: "full member" in shown(central))
    outcome = await central.submit()
    assert "Choose today or a day to come" in outcome.errors[Block.STARTS]
    await county.settle()
    assert len(county.person(NEW).dm()) == 1 or county.person(NEW).dm() == []


async def test_whoever_is_not_in_the_central_team_cannot_press_a_button_of_the_set_up(
    county: County,
) -> None:
    await county.at(OPENS)
    menu = await county.answer(CENTRAL, "setup")
    assert menu.buttons
    assert (await county.command(LEAD, "setup")).startswith("You cannot")
    lead = county.person(LEAD)
    words = await ephemeral_after(lead, lambda: lead.command("/laa", "pause"))
    assert words.startswith("You cannot")


async def test_a_form_sent_before_slack_has_said_who_it_is_loses_nothing_and_asks_again(
    county: County,
) -> None:
    await county.at(OPENS)
    central = await opened_form(county)
    await central.fill(Block.PERSON, county.ids[LEAD])
    await central.wait_for(partial(says, central, f"{LEAD} is a full member"))
    view = county.workspace.core.surfaces.top(county.ids[CENTRAL])
    assert view is not None
    view.values[Block.PERSON][Block.PERSON]["selected_user"] = county.ids[NEW]
    outcome = await central.submit()
    assert "still looking this person up" in outcome.errors[Block.PERSON]
    await central.wait_for(partial(says, central, f"{NEW} is a full member"))
    assert not (await central.submit()).errors
    await central.wait_for(partial(says, central, f"Lead: {NEW}"))


async def test_a_form_whose_facts_were_tampered_with_changes_nothing(county: County) -> None:
    await county.at(OPENS)
    central = await opened_form(county)
    view = county.workspace.core.surfaces.top(county.ids[CENTRAL])
    assert view is not None
    view.body["private_metadata"] = '{"place":"role:TARGET_LEAD:BLOCK:1","seen":1}'
    outcome = await central.submit()
    assert "Choose a person." in outcome.errors[Block.PERSON]
    view.body["private_metadata"] = "{not json"
    await central.submit()
    await central.wait_for(lambda: "Who" not in shown(central))
    await county.settle()
    assert not [one for one in county.person(NEW).dm() if "you are" in one.plain()]


async def test_what_the_check_names_leads_straight_to_the_form(county: County) -> None:
    await county.at(OPENS)
    central = county.person(CENTRAL)
    value = pack_role(Role.LIAISON_OFFICER, RoleScope.PARTNERSHIP, 1)
    await county.post(
        CENTRAL_ID,
        "A fault",
        [
            {
                "type": "actions",
                "elements": [
                    {
                        "type": "button",
                        "action_id": Action.SETUP_ROLES.value,
                        "value": value,
                        "text": {"type": "plain_text", "text": "Give it"},
                    }
                ],
            }
        ],
    )
    await central.press(central.messages(CENTRAL_ID)[-1], value=value)
    await central.wait_for(
        lambda: central.modal and central.modal.callback_id == Callback.GIVE_ROLE
    )
    await central.fill(Block.PERSON, county.ids[NEW])
    await central.wait_for(partial(says, central, "full member"))
    assert not (await central.submit()).errors
    await central.wait_for(partial(says, central, f"Liaison officer: {NEW}"))
