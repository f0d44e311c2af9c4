"""Nothing typed is ever lost: every pause saves, and what was typed is there again."""

from pathlib import Path

import pytest

from messages.forms.figure_step import CONFIRMED
from messages.ids import Action, Block
from store import drafts
from tests.journeys.county import County, fill_commentary, fill_figure
from tests.journeys.test_when_something_breaks import fill_the_disk
from tests.sample import OPENS, QUARTER, london
from workspace.people import Client

LEAD, REF, IN_PLACE = "target-lead-19", "LAA2-NI154", "performance-lead-ede"


async def look_up(county: County, label: str) -> Client:
    """Somebody opens a target's return by the command."""
    person = county.person(label)
    answer = await county.answer(label, f"target {REF}")
    await person.press(answer, Action.REPORT)
    await person.wait_for(lambda: person.modal)
    return person


async def test_a_form_that_was_only_closed_shows_what_was_typed_and_when(county: County) -> None:
    await county.at(OPENS)
    lead = county.person(LEAD)
    await county.open_return(lead, REF)
    county.clock.move_to(london(10, 14, 10, 32))
    await lead.fill(Block.FIGURE, "about 1")
    await lead.fill(Block.QUALITY, [CONFIRMED])
    await lead.close()
    await county.open_return(lead, REF)
    assert lead.modal is not None
    assert lead.modal.values[Block.FIGURE] == "about 1"
    assert lead.modal.values[Block.QUALITY] == [CONFIRMED]
    assert "Saved on Tuesday 14 October at 10.32am, and not sent yet." in lead.modal.plain()


async def test_the_second_step_is_saved_as_it_is_typed_too(county: County) -> None:
    await county.at(OPENS)
    lead = county.person(LEAD)
    await county.open_return(lead, REF)
    await fill_figure(lead, "1000")
    await lead.submit()
    await fill_commentary(lead, "Two sites star")
    await lead.fill("risk.0.text", "A developer wi")
    await lead.close(everything=True)
    await county.open_return(lead, REF)
    await lead.submit()
    assert lead.modal is not None
    assert lead.modal.values[Block.CAUSE] == "Two sites star"
    assert lead.modal.values["action.0.due_on"] == "2009-01-30"
    assert lead.modal.values["risk.0.text"] == "A developer wi"
    assert "Saved on Wednesday 1 October" in lead.modal.plain()


async def test_once_a_return_is_sent_there_is_no_draft_of_it(county: County) -> None:
    await county.at(OPENS)
    lead = county.person(LEAD)
    await county.report_red(lead, REF, "1000")
    await county.open_return(lead, REF)
    assert lead.modal is not None
    assert lead.modal.values[Block.FIGURE] == "1000"
    assert "Saved on" not in lead.modal.plain()


async def test_whoever_may_report_is_told_of_a_draft_and_can_take_it_over(county: County) -> None:
    await county.at(OPENS)
    lead = county.person(LEAD)
    await county.open_return(lead, REF)
    await fill_figure(lead, "1000")
    await lead.submit()
    await lead.fill(Block.CAUSE, "Two sites started late.")
    await lead.close(everything=True)
    other = await look_up(county, IN_PLACE)
    assert other.modal is not None
    assert f"{LEAD} has a draft of this return from Wednesday 1 October" in other.modal.plain()
    assert not other.modal.values[Block.FIGURE]
    await other.fill(Block.FIGURE, "9")
    await other.press(other.modal, Action.TAKE_DRAFT)
    await other.wait_for(lambda: other.modal and f"{Block.FIGURE}~1" in other.modal.values)
    assert other.modal.values[f"{Block.FIGURE}~1"] == "1000"
    await other.submit()
    assert other.modal.values[Block.CAUSE] == "Two sites started late."


async def test_nobody_else_is_told_of_a_draft(county: County) -> None:
    await county.at(OPENS)
    lead = county.person(LEAD)
    await county.open_return(lead, REF)
    await lead.fill(Block.FIGURE, "987654")
    for label in ("sponsor-09", "target-lead-06", "psb-chair-01"):
        answer = await county.answer(label, f"target {REF}")
        assert "987654" not in answer.plain()
        assert "draft" not in answer.plain()


@pytest.mark.parametrize("label", ["sponsor-09", "target-lead-06"])
async def test_a_form_of_somebody_elses_target_saves_nothing(county: County, label: str) -> None:
    await county.at(OPENS)
    lead, other = county.person(LEAD), county.person(label)
    await county.open_return(lead, REF)
    assert lead.modal is not None
    view = county.workspace.core.surfaces.top(lead.person_id)
    assert view is not None
    county.workspace.core.surfaces.open(other.person_id, view.body)
    await other.fill(Block.FIGURE, "1")
    assert other.modal is not None
    assert not other.modal.plain().startswith("Nothing was saved")
    number = county.numbers[REF]
    kept = await county.bot.desk.read(drafts.newest_of_others, number, QUARTER, 0)
    assert kept is None


async def test_who_types_is_not_interrupted_when_a_draft_cannot_be_kept(
    county: County, database_file: Path, caplog: pytest.LogCaptureFixture
) -> None:
    await county.at(OPENS)
    lead = county.person(LEAD)
    await county.open_return(lead, REF)
    fill_the_disk(database_file, "draft")
    before = lead.modal
    await lead.fill(Block.FIGURE, "1000")
    assert lead.modal is not None
    assert before is not None
    assert (lead.modal.id, lead.modal.depth) == (before.id, 1)
    assert lead.modal.values[Block.FIGURE] == "1000"
    assert not lead.ephemerals
    assert "A draft could not be kept" in caplog.text
