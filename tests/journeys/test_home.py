"""The Home tab, pressed in: a lead from the draft to the receipt, and the central team nudging."""

import asyncio

from sqlmodel import Session

from messages.ids import Action, Block
from messages.values import pack_person, pack_target
from rules.vocabulary import ActionState
from store import people, registers
from tests.journeys.county import County, fill_commentary, fill_figure
from tests.sample import CLOSES, OPENS, QUARTER, RUN, london
from workspace.people import Client
from workspace.seen import Home

LEAD, REF, OTHER_REF = "target-lead-19", "LAA2-NI154", "LAA2-NI155"
CENTRAL = "central-team-01"


async def home_of(client: Client) -> Home:
    found = await client.open_home()
    assert found is not None
    return found


async def now_says(client: Client, words: str) -> Home:
    """Wait until the Home says something."""
    await client.wait_for(lambda: client.home and words in client.home.plain())
    assert client.home is not None
    return client.home


async def test_a_lead_reports_from_home_and_it_is_shown_anew(county: County) -> None:
    await county.at(OPENS)
    lead = county.person(LEAD)
    home = await home_of(lead)
    assert "2 targets to report, by Tuesday 21 October 2008" in home.plain()
    value = pack_target(county.numbers[REF], QUARTER)
    await lead.press(home, Action.REPORT, value=value)
    await lead.wait_for(lambda: lead.modal)
    await fill_figure(lead, "1000")
    await lead.submit()
    await lead.close(everything=True)

    home = await home_of(lead)
    assert "Begun and not sent" in home.plain()
    assert "Saved on Wednesday 1 October at 9" in home.plain()
    await lead.press(home, Action.REPORT, label="Continue")
    await lead.wait_for(lambda: lead.modal)
    assert not (await lead.submit()).errors
    await fill_commentary(lead, "Two sites started late.")
    assert not (await lead.submit()).errors
    home = await now_says(lead, "1 target to report")
    assert "Begun and not sent" not in home.plain()
    assert "Reported: ● RED" in home.plain()


async def test_a_sponsor_acknowledges_in_home_and_it_is_gone(county: County) -> None:
    await county.at(OPENS)
    await county.report_red(county.person(LEAD), REF, "1000")
    await county.at(CLOSES)
    await county.at(RUN)
    sponsor = county.person("sponsor-09")
    home = await home_of(sponsor)
    assert "1 escalation to acknowledge" in home.plain()
    await sponsor.press(home, Action.ACKNOWLEDGE)
    home = await now_says(sponsor, "Nothing is left for you to do")
    assert "To acknowledge" not in home.plain()
    assert f"{REF} " in home.plain()


async def test_the_central_team_nudges_once_and_reads_when(county: County) -> None:
    await county.at(london(10, 2, 10, 32))
    central = county.person(CENTRAL)
    home = await home_of(central)
    assert "Who still owes" in home.plain()
    lead = await county.bot.desk.read(number_of, LEAD)
    value = pack_person(lead, QUARTER)
    twice = [central.press(home, Action.NUDGE, value=value) for _ in range(2)]
    await asyncio.gather(*twice)
    home = await now_says(central, "Nudged at 10.")
    assert home.plain().count("Nudged at") == 1
    await county.settle()
    reminders = [one for one in county.person(LEAD).dm() if "still to report" in one.plain()]
    assert len(reminders) == 1
    assert "The central team asked for this reminder." in reminders[0].plain()


async def test_a_note_reaches_everybody_who_owes(county: County) -> None:
    await county.at(OPENS)
    central = county.person(CENTRAL)
    home = await home_of(central)
    await central.press(home, Action.WRITE_TO_OWING)
    await central.wait_for(lambda: central.modal)
    assert central.modal is not None
    assert "This goes to 3 people, who owe 4 returns" in central.modal.plain()
    outcome = await central.submit()
    assert set(outcome.errors) == {Block.WORDS}
    await central.fill(Block.WORDS, "The papers go out early <!channel>.")
    outcome = await central.submit()
    assert outcome.view is not None
    assert "Your note is on its way to 3 people" in outcome.view.plain()
    await county.settle()
    note = county.person(LEAD).dm()[-1].plain()
    assert note.startswith("A note about 2 targets you have still to report")
    assert "The papers go out early <!channel>." in note


async def test_an_action_is_said_how_it_stands_from_home(county: County) -> None:
    await county.at(OPENS)
    number = await county.bot.desk.write(
        registers.add_action,
        county.numbers[REF],
        QUARTER.previous,
        text="Bring two sites forward",
        owner="housing lead",
        due_on=OPENS.date(),
    )
    lead = county.person(LEAD)
    home = await home_of(lead)
    await lead.press(home, Action.UPDATE_ACTION, value=str(number))
    await lead.wait_for(lambda: lead.modal)
    await lead.fill(Block.ACTION_STATE, ActionState.DROPPED.value)
    assert set((await lead.submit()).errors) == {Block.NOTE}
    await lead.fill(Block.NOTE, "The sites were sold.")
    assert not (await lead.submit()).errors
    await lead.wait_for(lambda: lead.home and "Bring two sites" not in lead.home.plain())
    listed = await county.command(LEAD, "actions")
    assert listed.startswith("No action is open")


async def test_hours_and_leave_are_opened_from_home(county: County) -> None:
    await county.at(OPENS)
    lead = county.person(LEAD)
    home = await home_of(lead)
    await lead.press(home, Action.AWAY)
    await lead.wait_for(lambda: lead.modal)
    assert lead.modal is not None
    assert "Days away" in lead.modal.plain()


async def test_the_central_team_sets_up_from_home(county: County) -> None:
    await county.at(OPENS)
    central = county.person(CENTRAL)
    home = await home_of(central)
    await central.press(home, Action.SETUP_CHECK)
    await central.wait_for(lambda: central.modal)
    assert central.modal is not None
    assert "in the set-up of" in central.modal.plain()
    await central.close(everything=True)
    await central.press(home, Action.SETUP_BLOCKS)
    await central.wait_for(lambda: central.modal and "Economic" in central.modal.plain())


async def test_a_pause_is_said_in_home_and_in_mine(county: County) -> None:
    await county.at(OPENS)
    await county.command(CENTRAL, "pause")
    assert "is paused, since" in (await home_of(county.person(LEAD))).plain()
    assert "is paused, since" in await county.command(LEAD, "mine")
    assert "is paused, since" in await county.command(CENTRAL, "status")
    assert "is paused, since" in await county.command(CENTRAL, "remind all")


async def test_everybody_else_has_a_home_too(county: County) -> None:
    await county.at(OPENS)
    for label, words in (
        ("psb-member-01", "The board meets on Wednesday 19 November"),
        ("laa-manager-01", "Who still owes"),
        ("performance-lead-ede", "What happens next"),
    ):
        assert words in (await home_of(county.person(label))).plain()


def number_of(session: Session, label: str) -> int:
    return next(one.number for one in people.everyone(session) if one.label == label)
