"""Why did I get this: pressed under a message, by whoever got it and by others."""

import re

from bot.rehearsal.playhouse import BOARD_ID, CENTRAL_ID
from messages.ids import Action
from tests.journeys.county import County
from tests.sample import CLOSES, OPENS, OVERDUE, PACK, REMINDERS, RUN
from workspace.people import Client
from workspace.seen import Message

LEAD, REF, CENTRAL = "target-lead-19", "LAA2-NI154", "central-team-01"


async def explained(person: Client, message: Message) -> str:
    """Press the button under a message; what the modal says."""
    await person.press(message, Action.WHY)
    await person.wait_for(lambda: person.modal)
    assert person.modal is not None
    words = person.modal.plain()
    await person.close(everything=True)
    return words


async def test_a_lead_reads_the_rule_the_dates_the_targets_and_what_came_before(
    county: County,
) -> None:
    await county.until((OPENS, REMINDERS[0]))
    lead = county.person(LEAD)
    await county.report_red(lead, REF, "1000")
    reminder = next(one for one in lead.dm() if "still to report" in one.plain())
    words = await explained(lead, reminder)
    assert "5 working days before returns are due" in words
    assert "It was due Tuesday 14 October 2008 at 9am" in words
    assert "the next message comes Friday 17 October 2008 at 9am" in words
    assert f"{REF} Net additional homes provided: ● RED" in words
    assert "LAA2-NI155" in words
    assert "not reported yet" in words
    # To the hour: where Slack asks to wait, it comes some minutes later.
    assert re.search(r"Wednesday 1 October 2008 at 9(\.\d\d)?am: the request for returns", words)


async def test_an_edited_message_still_explains_itself(county: County) -> None:
    await county.at(OPENS)
    lead = county.person(LEAD)
    await county.report_red(lead, REF, "1000")
    request = lead.dm()[0]
    assert request.edited
    assert "The request for returns: why it came" in await explained(lead, request)
    assert "A receipt: why it came" in await explained(lead, lead.dm()[-1])


async def test_a_sponsor_reads_how_the_quarters_before_were(county: County) -> None:
    await county.at(OPENS)
    await county.report_red(county.person("target-lead-06"), "LAA1-06", "60")
    await county.until((CLOSES, RUN))
    sponsor = county.person("sponsor-01")
    told = next(one for one in sponsor.dm() if "LAA1-06" in one.plain())
    words = await explained(sponsor, told)
    assert "red or amber in a second reported quarter running" in words
    assert "before that" in words
    assert "April to June 2008" in words


async def test_in_a_channel_whoever_reads_it_may_ask(county: County) -> None:
    await county.at(OPENS)
    central = county.person(CENTRAL)
    opened = next(one for one in central.messages(CENTRAL_ID) if "window" in one.plain().casefold())
    assert "the central channel is told who was asked" in await explained(central, opened)


async def test_the_boards_digest_explains_itself_to_a_member_without_a_role(
    county: County,
) -> None:
    await county.at(OPENS)
    central = county.person(CENTRAL)
    opened = next(
        one
        for one in central.messages(CENTRAL_ID)
        if any(button.action_id == Action.CONFIRM_BOARD for button in one.buttons)
    )
    await central.press(opened, Action.CONFIRM_BOARD)
    await county.until((*REMINDERS, *OVERDUE, CLOSES, RUN, PACK))
    member = county.person("psb-member-01")
    words = await explained(member, member.messages(BOARD_ID)[0])
    assert "the quarter's records are frozen and the digest is posted" in words
