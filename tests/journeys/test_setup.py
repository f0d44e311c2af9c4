"""The central team sets up targets in Slack: finds, changes, adds, closes."""

from sqlmodel import Session, select

from messages.ids import Action, Menu
from messages.values import pack_form, pack_gaps
from rules.setup_forms import FormKind
from rules.setup_gaps import GapCode
from rules.setup_target import SMART, TargetPlan
from rules.vocabulary import TargetState
from store.setup import plans
from store.tables import AuditEntry, Person, RoleAssignment
from tests.journeys.county import County
from workspace.people import Client
from workspace.seen import Modal

CENTRAL, OTHER, LEAD = "central-team-01", "central-team-02", "target-lead-19"
REF = "LAA2-NI154"


async def opened_card(county: County, label: str, ref: str = REF) -> Client:
    """Somebody finds a target by words and opens it."""
    client = county.person(label)
    menu = await county.answer(label, "setup")
    await client.press(menu, Action.SETUP_TARGETS)
    await client.wait_for(lambda: client.modal)
    offered = await client.suggest(modal(client), Menu.WHICH_TARGET, None, ref)
    assert offered[0]["text"]["text"].startswith(ref)
    await client.fill(Menu.WHICH_TARGET, offered[0]["value"])
    assert not (await client.submit()).errors
    return client


def modal(client: Client) -> Modal:
    assert client.modal is not None
    return client.modal


async def until_said(client: Client, words: str) -> None:
    """Wait for the view on top to say something."""
    await client.wait_for(lambda: words in modal(client).plain())


async def opened_part(county: County, client: Client, kind: FormKind, ref: str = REF) -> None:
    """The form of a part, on top of the card."""
    number = county.numbers[ref]
    before = modal(client).id
    await client.press(modal(client), Action.SETUP_FORM, value=pack_form(kind, number))
    await client.wait_for(lambda: client.modal and client.modal.id != before)


async def plan(county: County, ref: str = REF) -> TargetPlan:
    found = await county.bot.desk.read(plans.find, county.numbers[ref])
    assert found is not None
    return found


async def test_the_central_team_agrees_a_target_with_an_error_on_the_way(county: County) -> None:
    client = await opened_card(county, CENTRAL)
    assert REF in modal(client).plain()
    await opened_part(county, client, FormKind.MEASURE)
    await client.fill("unit", "homes")
    await client.fill("amber", "ten")
    outcome = await client.submit()
    assert "Enter a number" in outcome.errors["amber"]
    assert "kept" in outcome.errors["amber"]
    await client.fill("amber", "12.5%")
    assert (await client.submit()).closed
    await client.wait_for(lambda: "in homes" in modal(client).plain())
    assert "12.5" in modal(client).plain()
    await opened_part(county, client, FormKind.SMART)
    await client.fill("state", TargetState.DRAFT)
    await client.submit()
    await opened_part(county, client, FormKind.SMART)
    await client.fill("state", TargetState.AGREED)
    await client.fill("smart", list(SMART[:4]))
    refused = await client.submit()
    assert "time-bound" in refused.errors["state"]
    assert "a baseline" in refused.errors["state"]
    await client.fill("smart", list(SMART))
    await client.fill("baseline_value", "1,500")
    await client.fill("baseline_on", "2008-03-31")
    await client.fill("end_value", "2400")
    await client.fill("end_on", "2011-03-31")
    assert (await client.submit()).closed
    found = await plan(county)
    assert (found.state, found.unit, str(found.amber)) == (TargetState.AGREED, "homes", "12.5")
    await client.wait_for(lambda: "1,500 homes" in modal(client).plain())


async def test_whoever_is_not_in_the_central_team_is_refused_and_it_is_kept(
    county: County,
) -> None:
    words = await county.command(LEAD, "setup")
    assert words.startswith("You cannot change the set-up")
    entries = await county.bot.desk.read(refusals)
    assert entries == ["SET_UP:programme"]


def refusals(session: Session) -> list[str]:
    entries = session.exec(select(AuditEntry).where(AuditEntry.action == "refused"))
    return [one.subject for one in entries]


async def test_two_of_the_central_team_at_once_lose_nothing_and_read_who_was_first(
    county: County,
) -> None:
    first, second = await opened_card(county, CENTRAL), await opened_card(county, OTHER)
    for client in (first, second):
        await opened_part(county, client, FormKind.WORDS)
    await first.fill("outcome", "Homes people can afford")
    assert (await first.submit()).closed
    await second.fill("outcome", "More homes")
    again = await second.submit()
    assert again.view is not None
    assert "central-team-01 changed this while it was open here" in again.view.plain()
    assert "Homes people can afford" in again.view.plain()
    assert again.view.values["outcome"] == "More homes"
    assert (await plan(county)).outcome == "Homes people can afford"
    assert (await second.submit()).closed
    assert (await plan(county)).outcome == "More homes"


async def test_a_new_target_is_made_once_and_a_reference_in_use_is_refused(
    county: County,
) -> None:
    client = county.person(CENTRAL)
    await client.press(await county.answer(CENTRAL, "setup"), Action.SETUP_TARGETS)
    await client.wait_for(lambda: client.modal)
    before = modal(client).id
    await client.press(modal(client), Action.SETUP_FORM, value=pack_form(FormKind.CREATION))
    await client.wait_for(lambda: client.modal and client.modal.id != before)
    empty = await client.submit()
    assert set(empty.errors) == {"ref", "title", "kind", "block", "partnership"}
    await client.fill("ref", REF.lower())
    await client.fill("title", "Empty homes")
    for name in ("kind", "block", "partnership"):
        options = next(
            block["element"]["options"]
            for block in modal(client).blocks
            if block.get("block_id") == name
        )
        await client.fill(name, options[0]["value"])
    taken = await client.submit()
    assert "There is a target" in taken.errors["ref"]
    await client.fill("ref", "LAA1-50")
    made = await client.submit()
    assert made.view is not None
    assert "LAA1-50 Empty homes" in made.view.plain()
    assert "Draft" in made.view.plain()
    assert "No target is called" not in await county.command(CENTRAL, "target LAA1-50")


async def test_milestones_are_typed_quarter_by_quarter(county: County) -> None:
    client = await opened_card(county, CENTRAL)
    await opened_part(county, client, FormKind.MILESTONES)
    await client.fill("2008q3", "1,8")
    await client.fill("2008q4", "0")
    wrong = await client.submit()
    assert "Enter a number" in wrong.errors["2008q3"]
    assert "per cent of 0" in wrong.errors["2008q4"]
    await client.fill("2008q3", "1,800")
    await client.fill("2008q4", None)
    assert (await client.submit()).closed
    await client.wait_for(lambda: "October to December 2008: 1,800" in modal(client).plain())


async def test_a_stand_in_links_and_notes_hang_on_a_target(county: County) -> None:
    client = await opened_card(county, CENTRAL)
    await opened_part(county, client, FormKind.PROXY)
    await client.fill("title", "Homes begun")
    assert (await client.submit()).closed
    await client.wait_for(lambda: "Homes begun" in modal(client).plain())
    await opened_part(county, client, FormKind.LINKS)
    offered = await client.suggest(modal(client), Menu.LINKS, None, "LAA1-03")
    await client.suggest(modal(client), Menu.LINKS, None, "")
    await client.fill(Menu.LINKS, [offered[0]["value"], str(county.numbers[REF])])
    assert "not linked to itself" in (await client.submit()).errors["links"]
    await client.fill(Menu.LINKS, [offered[0]["value"]])
    assert (await client.submit()).closed
    await client.wait_for(lambda: "LAA1-03 More affordable" in modal(client).plain())
    await opened_part(county, client, FormKind.NOTE)
    await client.fill("text", "Joint area review: housing is good")
    await client.fill("on_day", "2008-06-12")
    await client.fill("link", "example")
    assert "web address" in (await client.submit()).errors["link"]
    await client.fill("link", "https://example.org/review")
    assert (await client.submit()).closed
    await client.wait_for(lambda: "Joint area review" in modal(client).plain())


async def test_notes_are_kept_about_a_partnership_and_can_be_taken_away(county: County) -> None:
    client = county.person(CENTRAL)
    await client.press(await county.answer(CENTRAL, "setup"), Action.SETUP_NOTES)
    await client.wait_for(lambda: client.modal)
    offered = await client.suggest(modal(client), Menu.WHICH_PARTNERSHIP, None, "spatial")
    await client.fill(Menu.WHICH_PARTNERSHIP, offered[0]["value"])
    await client.submit()
    assert "There is none yet" in modal(client).plain()
    await client.press(modal(client), Action.SETUP_FORM, label="Add a note")
    await client.wait_for(lambda: modal(client).submit)
    await client.fill("kind", "WORKSHOP")
    await client.fill("on_day", "2008-07-02")
    await client.fill("text", "12 measures kept, 2 dropped")
    assert (await client.submit()).closed
    await client.wait_for(lambda: "12 measures kept" in modal(client).plain())
    await client.press(modal(client), Action.SETUP_FORM, label="Change this note")
    await client.wait_for(lambda: modal(client).submit)
    await client.fill("removed", ["yes"])
    assert (await client.submit()).closed
    await client.wait_for(lambda: "There is none yet" in modal(client).plain())


async def test_a_closed_target_is_not_asked_for_any_more(county: County) -> None:
    client = await opened_card(county, CENTRAL)
    await opened_part(county, client, FormKind.CLOSING)
    assert "Say why" in (await client.submit()).errors["set_reason"]
    await client.fill("set_reason", "Reached early")
    assert (await client.submit()).closed
    await client.wait_for(lambda: "Closed." in modal(client).plain())
    assert (await plan(county)).state is TargetState.CLOSED


async def test_a_right_that_ended_while_a_form_was_open_changes_nothing(county: County) -> None:
    client = await opened_card(county, CENTRAL)
    await opened_part(county, client, FormKind.WORDS)
    await client.fill("title", "Changed by nobody")
    await county.bot.desk.write(end_roles, county.ids[CENTRAL])
    refused = await client.submit()
    assert refused.view is not None
    assert "You cannot change the set-up" in refused.view.plain()
    assert (await plan(county)).title != "Changed by nobody"


def end_roles(session: Session, slack_id: str) -> None:
    person = session.exec(select(Person).where(Person.slack_user_id == slack_id)).one()
    for role in session.exec(
        select(RoleAssignment).where(RoleAssignment.person_id == person.id)
    ).all():
        session.delete(role)


async def test_the_check_leads_to_the_mending_and_is_clean_after_it(county: County) -> None:
    client = county.person(CENTRAL)
    found = await county.answer(CENTRAL, "check")
    assert "gaps in the set-up of 4 targets" in found.plain()
    assert "Targets without an outcome: 4" in found.plain()
    value = pack_form(FormKind.WORDS, county.numbers["LAA1-03"])
    await client.press(found, Action.SETUP_FORM, value=value)
    await client.wait_for(lambda: client.modal)
    await client.fill("outcome", "Homes people can afford")
    mended = await client.submit()
    assert mended.view is not None
    assert "Outcome: Homes people can afford" in mended.view.plain()
    await client.close(everything=True)
    found = await county.answer(CENTRAL, "check")
    assert "Targets without an outcome: 3" in found.plain()


async def test_a_list_of_gaps_loses_those_that_are_mended(county: County) -> None:
    client = county.person(CENTRAL)
    found = await county.answer(CENTRAL, "check")
    await client.press(found, Action.SETUP_GAPS, value=pack_gaps(GapCode.NO_OUTCOME))
    await client.wait_for(lambda: client.modal)
    for left, ref in ((3, "LAA1-03"), (2, "LAA1-06"), (1, "LAA2-NI154"), (0, "LAA2-NI155")):
        await opened_part(county, client, FormKind.WORDS, ref)
        await client.fill("outcome", "Better for people")
        assert (await client.submit()).closed
        await until_said(client, f"outcome: {left or 'none any more'}")


async def test_the_check_is_the_central_teams(county: County) -> None:
    assert (await county.command(LEAD, "check")).startswith("You cannot change the set-up")
    client = await opened_card(county, CENTRAL)
    await opened_part(county, client, FormKind.LINKS)
    await county.bot.desk.write(end_roles, county.ids[CENTRAL])
    assert await client.suggest(modal(client), Menu.LINKS, None, REF) == []
