"""Every delivery comes two to five times: people are answered once, and the audit has one entry."""

from collections.abc import Awaitable, Callable
from functools import partial

import pytest

from handlers import repeats
from messages.ids import Action
from tests.journeys.county import COMMAND, County
from tests.journeys.test_awkward_moments import audited, ready_to_send, reassign
from tests.journeys.test_setup_organisation import area, says
from tests.sample import OPENS, RUN
from workspace.faults import FaultPlan
from workspace.people import Client

CENTRAL, LEAD, SPONSOR, GOVERNMENT, REF = (
    "central-team-01",
    "target-lead-19",
    "sponsor-09",
    "go-contact-01",
    "LAA2-NI154",
)


@pytest.fixture
def faults() -> FaultPlan:
    return FaultPlan(seed=1, duplicated=1.0, reordered=0.5, longest_hold=0.01)


@pytest.fixture
def another_process(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing is remembered, as where every copy comes to a process of its own."""
    monkeypatch.setattr(repeats, "REMEMBERED", 0)


async def answered(county: County) -> None:
    """Until every copy has come, and nobody is at work on one any more."""
    await county.workspace.core.deliveries.quiet()
    assert await county.bot.under_way.ended(30)


async def test_a_command_is_answered_once(county: County) -> None:
    """One that is acknowledged first, and answered beside that."""
    await county.at(OPENS)
    words = await county.command(LEAD, "import")
    await answered(county)
    assert len(county.workspace.core.log.deliveries(COMMAND)) >= 2
    assert [one.plain() for one in county.person(LEAD).ephemerals] == [words]


async def test_a_refusal_is_in_the_audit_once(county: County) -> None:
    await county.at(OPENS)
    await county.command(GOVERNMENT, "status")
    await answered(county)
    assert len(county.person(GOVERNMENT).ephemerals) == 1
    assert len(await audited(county, "refused")) == 1


async def test_a_press_opens_one_form(county: County) -> None:
    await county.at(OPENS)
    await county.open_return(county.person(LEAD), REF)
    await answered(county)
    assert len(county.workspace.core.log.calls("views.open")) == 1


async def a_return(county: County) -> Client:
    """A lead opens the form of a target."""
    lead = county.person(LEAD)
    await county.open_return(lead, REF)
    return lead


async def an_acknowledgement(county: County) -> Client:
    """A sponsor opens the form for a note."""
    await county.report_red(county.person(LEAD), REF, "1000")
    await county.at(RUN)
    sponsor = county.person(SPONSOR)
    county.workspace.core.log.clear()
    await sponsor.press(sponsor.dm()[0], Action.ACKNOWLEDGE_WITH_NOTE)
    await sponsor.wait_for(lambda: sponsor.modal)
    return sponsor


@pytest.mark.usefixtures("another_process")
@pytest.mark.parametrize("opens", [a_return, an_acknowledgement])
async def test_a_press_that_comes_to_two_processes_opens_one_form(
    county: County,
    caplog: pytest.LogCaptureFixture,
    opens: Callable[[County], Awaitable[Client]],
) -> None:
    await county.at(OPENS)
    person = await opens(county)
    await answered(county)
    assert len(county.workspace.core.log.calls("views.open")) >= 2
    assert person.modal is not None
    assert REF in person.modal.plain()
    assert not person.ephemerals
    assert not caplog.records


@pytest.mark.usefixtures("another_process")
async def test_a_pause_that_comes_to_two_processes_is_one_and_is_shown_in_the_list(
    county: County,
) -> None:
    await county.at(OPENS)
    central = await area(county, Action.SETUP_CALENDAR, "Dates of the quarters")
    assert central.modal is not None
    await central.press(central.modal, value="pause:2008q2")
    await central.wait_for(partial(says, central, "paused since"))
    await answered(county)
    assert says(central, "Dates of the quarters")
    assert len(await audited(county, "pause quarter")) == 1


async def test_every_copy_of_a_form_has_the_answer_of_the_first(county: County) -> None:
    """Of a form whose sender is no lead any more: without that, each copy would be refused anew."""
    lead = await ready_to_send(county)
    await county.bot.desk.write(reassign, county.numbers[REF], county.ids["target-lead-03"])
    before = len(county.workspace.core.log.deliveries("view_submission"))
    outcome = await lead.submit()
    await answered(county)
    sent = county.workspace.core.log.deliveries("view_submission")[before:]
    assert outcome.view is not None
    assert "You cannot" in outcome.view.plain()
    assert len(sent) >= 2
    assert all(one.answer == sent[0].answer for one in sent)
    assert len(await audited(county, "refused")) == 1


async def test_the_same_press_made_twice_is_two_presses(county: County) -> None:
    await county.at(OPENS)
    lead = county.person(LEAD)
    await lead.press(lead.dm()[-1], Action.WHY)
    await lead.wait_for(lambda: lead.modal)
    await lead.close()
    await lead.press(lead.dm()[-1], Action.WHY)
    await lead.wait_for(lambda: lead.modal)
