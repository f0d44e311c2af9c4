"""The central team pauses a quarter by command, and lets it go on."""

from bot.rehearsal.playhouse import CENTRAL_ID
from tests.journeys.county import County
from tests.sample import OPENS, REMINDERS, london

CENTRAL, LEAD = "central-team-01", "target-lead-19"


async def test_a_quarter_paused_over_its_reminders_goes_on_with_later_dates(
    county: County,
) -> None:
    await county.at(OPENS)
    await county.at(london(10, 13, 10))
    lead = county.person(LEAD)
    words = await county.command(CENTRAL, "pause")
    assert "July to September 2008 is paused" in words
    assert "3 people who still owe something are told" in words
    await county.settle()
    assert "is paused: nothing more comes to you for now" in lead.dm()[-1].plain()
    before = len(lead.dm())
    await county.until(REMINDERS)
    assert len(lead.dm()) == before
    assert "It is paused since Monday 13 October" in await county.command(LEAD, "calendar")
    again = await county.command(CENTRAL, "pause Q2 2008/09")
    assert "was paused before" in again
    assert "central-team-01 on Monday 13 October at 10am" in again
    assert "is paused, since" in await county.command(CENTRAL, "remind all")
    await county.report_red(lead, "LAA2-NI154", "1000")
    gone_on = await county.command(CENTRAL, "resume")
    assert "goes on, due Wednesday 29 October" in gone_on
    await county.settle()
    assert "goes on: LAA2-NI155 by Wednesday 29 October" in lead.dm()[-1].plain()
    channel = county.person(CENTRAL).messages(CENTRAL_ID)
    assert sum("is paused" in one.plain() for one in channel) == 1
    before = len(lead.dm())
    await county.at(london(10, 21, 17))
    assert len(lead.dm()) == before
    await county.at(london(10, 22))
    assert "Wednesday 29 October" in lead.dm()[-1].plain()


async def test_what_cannot_be_read_after_resume_is_answered_with_how_to(county: County) -> None:
    await county.at(OPENS)
    assert "is not paused" in await county.command(CENTRAL, "resume")
    assert "is not something I can read" in await county.command(CENTRAL, "resume now please")
    assert "is no date" in await county.command(CENTRAL, "resume board soonish")
    assert (await county.command(LEAD, "pause")).startswith("You cannot")
