"""A lead, from the request to the receipt."""

from messages.forms.figure_step import NO_FIGURE
from messages.ids import Action, Block
from messages.values import pack_target
from tests.journeys.county import County, fill_commentary, fill_figure, newest_with
from tests.sample import CLOSES, OPENS, QUARTER, REMINDERS, RUN

LEAD, REF, OTHER_REF = "target-lead-19", "LAA2-NI154", "LAA2-NI155"


async def test_one_lead_from_request_to_receipt_with_errors_on_the_way(county: County) -> None:
    await county.at(OPENS)
    lead = county.person(LEAD)
    (request,) = lead.dm()
    assert "2 targets to report for July to September 2008" in request.plain()
    assert "Tuesday 21 October" in request.plain()

    await county.open_return(lead, REF)
    outcome = await lead.submit()
    assert set(outcome.errors) == {Block.FIGURE}
    await fill_figure(lead, "about a thousand")
    outcome = await lead.submit()
    assert set(outcome.errors) == {Block.FIGURE}
    assert lead.modal is not None
    assert lead.modal.values[Block.SOURCE] == "Planning system"

    await lead.fill(Block.FIGURE, "1,000")
    outcome = await lead.submit()
    assert not outcome.errors
    assert outcome.view is not None
    assert "RED" in outcome.view.plain()
    assert "16.7" in outcome.view.plain()

    await lead.fill("action.0.text", "Bring two sites forward")
    outcome = await lead.submit()
    assert {Block.CAUSE, "action.0.owner"} <= set(outcome.errors)
    assert "cause" in outcome.errors[Block.CAUSE]
    await fill_commentary(lead, "Two sites started late.")
    outcome = await lead.submit()
    assert not outcome.errors
    assert lead.modal is None

    await county.settle()
    request, receipt = lead.dm()
    assert request.edited
    assert "1 of 2 reported. LAA2-NI155 is left" in request.plain()
    assert "RED" in receipt.plain()
    assert "Two sites started late." in receipt.plain()
    assert "report card" in receipt.plain()


async def test_reported_once_more_the_return_is_corrected_in_place(county: County) -> None:
    await county.at(OPENS)
    lead = county.person(LEAD)
    await county.report_red(lead, REF, "1000")
    await county.report_red(lead, OTHER_REF, "280")
    request = lead.dm()[0]
    assert "Both targets are reported" in request.plain()
    await county.open_return(lead, REF)
    await fill_figure(lead, "1200")
    await lead.submit()
    await lead.fill(Block.RISKS_REVIEWED, ["yes"])
    assert not (await lead.submit()).errors
    await county.settle()
    assert "GREEN" in lead.dm()[-1].plain()
    assert lead.dm()[0].plain().count("Change this return") == 2


async def test_what_was_typed_waits_when_the_form_was_closed(county: County) -> None:
    await county.at(OPENS)
    lead = county.person(LEAD)
    await county.open_return(lead, REF)
    await fill_figure(lead, "1000")
    await lead.submit()
    await lead.fill(Block.CAUSE, "Two sites started late.")
    await lead.submit()
    await lead.close(everything=True)
    await county.open_return(lead, REF)
    assert lead.modal is not None
    assert lead.modal.values[Block.FIGURE] == "1000"
    await lead.submit()
    assert lead.modal.values[Block.CAUSE] == "Two sites started late."


async def test_another_action_is_asked_for_with_everything_typed_kept(county: County) -> None:
    await county.at(OPENS)
    lead = county.person(LEAD)
    await county.open_return(lead, REF)
    await fill_figure(lead, "1000")
    await lead.submit()
    await fill_commentary(lead, "Two sites started late.")
    assert lead.modal is not None
    await lead.press(lead.modal, Action.ADD_ACTION)
    await lead.wait_for(lambda: lead.modal and "action.1.text" in lead.modal.values)
    assert lead.modal.values["action.0.owner"] == "housing lead"
    assert lead.modal.values[Block.CAUSE] == "Two sites started late."


async def test_two_forms_open_at_once_are_never_mixed(county: County) -> None:
    await county.at(OPENS)
    first, second = county.person(LEAD), county.person("target-lead-06")
    await county.open_return(first, REF)
    await county.open_return(second, "LAA1-06")
    await fill_figure(first, "1000")
    await fill_figure(second, "60")
    await second.submit()
    await first.submit()
    await fill_commentary(second, "Cause of the second.")
    await fill_commentary(first, "Cause of the first.")
    assert not (await first.submit()).errors
    assert not (await second.submit()).errors
    await county.settle()
    assert "Cause of the first." in first.dm()[-1].plain()
    assert "LAA2-NI154" in first.dm()[-1].plain()
    assert "Cause of the second." in second.dm()[-1].plain()
    assert "LAA1-06" in second.dm()[-1].plain()


async def test_a_figure_that_is_missing_asks_why_and_when(county: County) -> None:
    await county.at(OPENS)
    lead = county.person(LEAD)
    await county.open_return(lead, REF)
    await lead.fill(Block.FIGURE_DOUBTS, [NO_FIGURE])
    outcome = await lead.submit()
    assert not outcome.errors
    outcome = await lead.submit()
    assert set(outcome.errors) == {Block.REASON, Block.EXPECTED_ON}
    await lead.fill(Block.REASON, "AWAITING_RELEASE")
    await lead.fill(Block.EXPECTED_ON, "2009-01-30")
    assert not (await lead.submit()).errors
    await county.settle()
    assert "30 January" in lead.dm()[-1].plain()


async def test_whoever_has_reported_all_hears_no_reminder(county: County) -> None:
    await county.at(OPENS)
    done, owing = county.person("target-lead-06"), county.person(LEAD)
    await county.report_red(done, "LAA1-06", "60")
    await county.at(REMINDERS[0])
    assert len(done.dm()) == 2
    assert len(owing.dm()) == 2
    assert "LAA2-NI154" in owing.dm()[-1].plain()
    assert "LAA2-NI155" in owing.dm()[-1].plain()


async def test_a_form_sent_after_the_close_says_so_and_keeps_nothing(county: County) -> None:
    await county.at(OPENS)
    lead = county.person(LEAD)
    await county.open_return(lead, REF)
    await fill_figure(lead, "1000")
    await county.until((*REMINDERS, CLOSES))
    outcome = await lead.submit()
    assert outcome.view is not None
    assert "is not open" in outcome.view.plain()
    assert "not submitted" in lead.dm()[0].plain()


async def test_an_old_button_says_that_the_window_is_closed(county: County) -> None:
    await county.at(OPENS)
    lead = county.person(LEAD)
    await county.at(REMINDERS[0])
    reminder = newest_with(lead.dm(), pack_target(county.numbers[REF], QUARTER))
    await county.until((CLOSES, RUN))
    value = pack_target(county.numbers[REF], QUARTER)
    await lead.press(reminder, Action.REPORT, value=value)
    await lead.wait_for(lambda: lead.modal)
    assert lead.modal is not None
    assert "is not open" in lead.modal.plain()


async def test_the_performance_lead_reports_on_behalf_of_the_lead(county: County) -> None:
    await county.at(OPENS)
    other = county.person("performance-lead-ede")
    answer = await county.answer("performance-lead-ede", f"target {REF}")
    await other.press(answer, Action.REPORT)
    await other.wait_for(lambda: other.modal)
    await fill_figure(other, "1000")
    await other.submit()
    await fill_commentary(other, "Two sites started late.")
    assert not (await other.submit()).errors
    await county.settle()
    lead = county.person(LEAD)
    assert "performance-lead-ede" in lead.dm()[-1].plain()
    assert "1 of 2 reported" in lead.dm()[0].plain()


async def test_the_home_tab_shows_what_is_left(county: County) -> None:
    await county.at(OPENS)
    lead = county.person(LEAD)
    home = await lead.open_home()
    assert home is not None
    assert "2 targets to report" in home.plain()
    await lead.press(home, Action.REPORT, value=pack_target(county.numbers[REF], QUARTER))
    await lead.wait_for(lambda: lead.modal)
    assert lead.modal is not None
    assert REF in lead.modal.plain()
