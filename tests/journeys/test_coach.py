"""The coach, as a lead meets it: one look more before sending, and never in the way."""

from messages.forms.commentary_step import YES
from messages.ids import Action, Block
from tests.journeys.county import County, fill_commentary, fill_figure, said_last_time
from tests.sample import OPENS
from workspace.people import Client

LEAD, REF = "target-lead-19", "LAA2-NI154"
LAST = "Two sites started late because of floods."
STARTED = f"{Block.CAUSE}~1"


async def ready_to_send(county: County, cause: str) -> Client:
    lead = county.person(LEAD)
    await county.open_return(lead, REF)
    await fill_figure(lead, "1000")
    await lead.submit()
    await fill_commentary(lead, cause)
    return lead


async def test_words_against_the_colour_come_back_once_and_then_are_sent(county: County) -> None:
    await county.at(OPENS)
    lead = await ready_to_send(county, "All is going well and we are on track.")
    outcome = await lead.submit()
    assert not outcome.errors
    assert lead.modal is not None
    said = lead.modal.plain()
    assert "sound as if all were well" in said
    assert "Nothing is sent yet." in said
    assert lead.modal.values[Block.CAUSE] == "All is going well and we are on track."
    assert lead.modal.values["action.0.owner"] == "housing lead"
    await county.settle()
    assert len(lead.dm()) == 1
    assert not (await lead.submit()).errors
    assert lead.modal is None
    await county.settle()
    assert "on track" in lead.dm()[-1].plain()


async def test_whoever_mends_the_words_sends_them_without_another_stop(county: County) -> None:
    await county.at(OPENS)
    lead = await ready_to_send(county, "x" * 201)
    await lead.submit()
    assert lead.modal is not None
    assert "first 200 characters" in lead.modal.plain()
    await lead.fill(Block.CAUSE, "tbc")
    assert not (await lead.submit()).errors
    assert lead.modal is None


async def test_after_back_and_next_it_does_not_stop_again(county: County) -> None:
    await county.at(OPENS)
    lead = await ready_to_send(county, "We are on track.")
    await lead.submit()
    await lead.close()
    assert not (await lead.submit()).errors
    assert lead.modal is not None
    assert "sound as if all were well" in lead.modal.plain(), "it is still said"
    await lead.fill(Block.RISKS_REVIEWED, [YES])
    assert not (await lead.submit()).errors
    assert lead.modal is None


async def test_last_quarters_words_start_this_one_and_are_said_to_repeat(county: County) -> None:
    await county.bot.desk.write(said_last_time, county.numbers[REF], "Planning system", LAST)
    await county.at(OPENS)
    lead = county.person(LEAD)
    await county.open_return(lead, REF)
    await fill_figure(lead, "1000")
    await lead.submit()
    assert lead.modal is not None
    await lead.fill("action.0.text", "Drain the site")
    await lead.press(lead.modal, Action.LAST_WORDS)
    await lead.wait_for(lambda: lead.modal and STARTED in lead.modal.values)
    assert lead.modal.values[STARTED] == LAST
    assert lead.modal.values["action.0.text"] == "Drain the site"
    assert "almost the same as last quarter's" in lead.modal.plain()
    await lead.fill(STARTED, f"{LAST} The pumps failed in August, and work stopped for a month.")
    await lead.press(lead.modal, Action.ADD_ACTION)
    await lead.wait_for(lambda: lead.modal and "action.1.text" in lead.modal.values)
    assert "pumps" in str(lead.modal.values[STARTED])
    assert "almost the same" not in lead.modal.plain()
    outcome = await lead.submit()
    assert outcome.errors, "the owner and the day are missing"
    assert "pumps" in str(lead.modal.values[STARTED])
