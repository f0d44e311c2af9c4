"""A lead's other buttons, and days away: from the press to what others read."""

from bot.rehearsal.playhouse import CENTRAL_ID
from messages.ids import Action, Block
from messages.values import pack_target
from tests.journeys.county import COMMAND, County, fill_figure, newest_with
from tests.sample import OPENS, QUARTER, REMINDERS
from workspace.people import Client

LEAD, REF, OTHER_REF = "target-lead-19", "LAA2-NI154", "LAA2-NI155"
OTHER, CENTRAL = "target-lead-03", "central-team-01"


async def form_of(county: County, action: Action) -> Client:
    """The lead presses a button under the newest list."""
    lead = county.person(LEAD)
    await lead.press(lead.dm()[-1], action)
    await lead.wait_for(lambda: lead.modal)
    return lead


async def words_after(client: Client) -> str:
    """Send the form; the words that stand in its place."""
    outcome = await client.submit()
    assert not outcome.errors
    assert outcome.view is not None
    return outcome.view.plain()


async def away_form(county: County, label: str, whose: str = "") -> Client:
    """Somebody types the command that opens the form for days away."""
    person = county.person(label)
    await person.command(COMMAND, f"away {whose}".strip())
    await person.wait_for(lambda: person.modal)
    return person


async def test_a_target_is_put_off_once_and_named_again_on_its_day(county: County) -> None:
    await county.at(OPENS)
    lead = await form_of(county, Action.PUT_OFF)
    await lead.fill(Block.TARGET, str(county.numbers[REF]))
    await lead.fill(Block.UNTIL, "2008-10-30")
    outcome = await lead.submit()
    assert set(outcome.errors) == {Block.UNTIL}
    await lead.fill(Block.UNTIL, "2008-10-17")
    assert "no reminder names it before Friday 17 October" in await words_after(lead)
    await lead.close(everything=True)
    await county.at(REMINDERS[0])
    assert REF not in lead.dm()[-1].plain()
    assert OTHER_REF in lead.dm()[-1].plain()
    await county.at(REMINDERS[1])
    assert REF in lead.dm()[-1].plain()


async def test_without_a_target_chosen_the_form_says_so_and_keeps_the_words(
    county: County,
) -> None:
    await county.at(OPENS)
    lead = await form_of(county, Action.NEED_HELP)
    await lead.fill(Block.TROUBLE, "Two districts are late.")
    outcome = await lead.submit()
    assert set(outcome.errors) == {Block.TARGET}
    assert lead.modal is not None
    assert lead.modal.values[Block.TROUBLE] == "Two districts are late."
    await lead.fill(Block.TARGET, str(county.numbers[REF]))
    await lead.fill(Block.TROUBLE, "")
    assert set((await lead.submit()).errors) == {Block.TROUBLE}


async def test_a_call_for_help_reaches_the_central_team_with_the_target(county: County) -> None:
    await county.at(OPENS)
    lead = await form_of(county, Action.NEED_HELP)
    await lead.fill(Block.TARGET, str(county.numbers[REF]))
    await lead.fill(Block.TROUBLE, "Two districts <!channel> are late.")
    assert "central team" in await words_after(lead)
    await county.settle()
    told = county.person(CENTRAL).messages(CENTRAL_ID)[-1]
    assert told.plain().startswith(f"Help is wanted with {REF}")
    assert "Two districts <!channel> are late." in told.plain()


async def test_not_mine_reaches_the_performance_lead_who_can_report_it(county: County) -> None:
    await county.at(OPENS)
    lead = await form_of(county, Action.NOT_MINE)
    await lead.fill(Block.TARGET, str(county.numbers[REF]))
    await lead.fill(Block.WHOSE, "Housing strategy")
    assert "performance-lead-ede" in await words_after(lead)
    await lead.close(everything=True)
    lead = await form_of(county, Action.NOT_MINE)
    await lead.fill(Block.TARGET, str(county.numbers[REF]))
    assert "Nothing was sent a second time" in await words_after(lead)
    await county.settle()
    other = county.person("performance-lead-ede")
    told = [one for one in other.dm() if "wrong lead" in one.plain()]
    assert len(told) == 1
    assert "Housing strategy" in told[0].plain()
    await other.press(told[0], Action.REPORT)
    await other.wait_for(lambda: other.modal)
    assert other.modal is not None
    assert REF in other.modal.plain()


async def test_while_a_lead_is_away_somebody_else_is_asked_and_reports(county: County) -> None:
    lead = await away_form(county, LEAD)
    await lead.fill(Block.AWAY_FROM, "2008-10-01")
    await lead.fill(Block.AWAY_TO, "2008-10-24")
    await lead.fill(Block.DELEGATE, county.ids[LEAD])
    outcome = await lead.submit()
    assert set(outcome.errors) == {Block.DELEGATE}
    await lead.fill(Block.DELEGATE, county.ids[OTHER])
    assert f"{OTHER} answers meanwhile" in await words_after(lead)
    await county.at(OPENS)
    other = county.person(OTHER)
    assert lead.dm() == []
    request = newest_with(other.dm(), pack_target(county.numbers[REF], QUARTER))
    assert f"In place of {LEAD}, who is away until Friday 24 October" in request.plain()
    await county.open_return(other, REF)
    await fill_figure(other, "1200")
    assert not (await other.submit()).errors
    await other.fill(Block.RISKS_REVIEWED, ["yes"])
    assert not (await other.submit()).errors
    await county.settle()
    asked = newest_with(other.dm()[:-1], pack_target(county.numbers[REF], QUARTER))
    assert "1 of 2 reported" in asked.plain()


async def test_the_central_team_records_days_away_for_somebody(county: County) -> None:
    central = await away_form(county, CENTRAL, f"<@{county.ids[LEAD]}>")
    assert central.modal is not None
    assert f"For {LEAD}" in central.modal.plain()
    await central.fill(Block.AWAY_FROM, "2008-10-01")
    await central.fill(Block.AWAY_TO, "2008-10-24")
    assert "the performance lead is told" in await words_after(central)
    await county.at(OPENS)
    told = [one.plain() for one in county.person("performance-lead-ede").dm()]
    assert any("have a lead who is away" in words for words in told)


async def test_somebody_elses_days_are_not_anybodys_to_record(county: County) -> None:
    other = await away_form(county, OTHER, f"<@{county.ids[LEAD]}>")
    assert other.modal is not None
    assert "The central team can" in other.modal.plain()
    central = await away_form(county, CENTRAL, "nobody at all")
    assert central.modal is not None
    assert "I do not know this person" in central.modal.plain()
