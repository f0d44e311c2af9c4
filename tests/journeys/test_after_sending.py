"""After sending: a return goes back and comes again, is accepted, and late ones come with leave."""

from bot.rehearsal.playhouse import CENTRAL_ID
from flows.standing import number_of
from messages.ids import Action, Block
from messages.values import pack_target, pack_version
from tests.journeys.county import (
    County,
    ephemeral_after,
    fill_commentary,
    fill_figure,
    newest_with,
)
from tests.sample import CLOSES, OPENS, PACK, QUARTER, REMINDERS, RUN, london

LEAD, REF, OTHER_REF = "target-lead-19", "LAA2-NI154", "LAA2-NI155"
CHECKER, CENTRAL, SPONSOR = "performance-lead-ede", "central-team-01", "sponsor-09"
WHY = "The figure is that of the last quarter."


def version(county: County, number: int, ref: str = REF) -> str:
    return pack_version(county.numbers[ref], QUARTER, number)


async def test_a_return_goes_back_with_a_reason_and_comes_again(county: County) -> None:
    await county.at(OPENS)
    lead, checker = county.person(LEAD), county.person(CHECKER)
    await county.report_red(lead, REF, "1000")
    shown = await county.answer(CHECKER, f"target {REF}")
    await checker.press(shown, Action.SEND_BACK, value=version(county, 1))
    await checker.wait_for(lambda: checker.modal)
    outcome = await checker.submit()
    assert "Say why" in outcome.errors[Block.WHY]
    await checker.fill(Block.WHY, WHY)
    outcome = await checker.submit()
    assert outcome.view is not None
    assert "is sent back" in outcome.view.plain()
    await county.settle()
    back = lead.dm()[-1]
    assert WHY in back.plain()
    assert "2 targets to report" in lead.dm()[0].plain()
    assert "1 sent back" in await county.command(CENTRAL, "status")

    await lead.press(back, Action.REPORT, value=pack_target(county.numbers[REF], QUARTER))
    await lead.wait_for(lambda: lead.modal)
    assert lead.modal is not None
    assert WHY in lead.modal.plain()
    assert lead.modal.values[Block.FIGURE] == "1000"
    await lead.fill(Block.FIGURE, "1200")
    await lead.submit()
    await lead.fill(Block.RISKS_REVIEWED, ["yes"])
    assert not (await lead.submit()).errors
    await county.settle()
    history = await county.command(LEAD, f"history {REF}")
    assert "2 versions" in history
    assert WHY in history
    assert "1,000" in history
    assert "1,200" in history


async def test_it_is_accepted_where_it_is_looked_at_and_a_second_press_says_by_whom(
    county: County,
) -> None:
    await county.at(OPENS)
    checker, central = county.person(CHECKER), county.person(CENTRAL)
    await county.report_red(county.person(LEAD), REF, "1000")
    listed = await county.answer(CHECKER, "returns")
    assert "1 return to accept" in listed.plain()
    value = pack_target(county.numbers[REF], QUARTER)
    await checker.press(listed, Action.OPEN_TARGET, value=value)
    await checker.wait_for(lambda: checker.modal)
    other = await county.answer(CENTRAL, f"target {REF}")
    assert checker.modal is not None
    await checker.press(checker.modal, Action.ACCEPT, value=version(county, 1))
    await checker.wait_for(lambda: checker.modal and "is accepted" in checker.modal.plain())
    assert Action.ACCEPT not in [button.action_id for button in checker.modal.buttons]
    said = await ephemeral_after(
        central, lambda: central.press(other, Action.ACCEPT, value=version(county, 1))
    )
    assert "was accepted on" in said
    assert CHECKER in said
    assert "no return to accept" in await county.command(CENTRAL, "returns")


async def test_a_private_answer_changes_in_its_place(county: County) -> None:
    await county.at(OPENS)
    central = county.person(CENTRAL)
    await county.report_red(county.person(LEAD), REF, "1000")
    shown = await county.answer(CENTRAL, f"target {REF}")
    before = len(central.ephemerals)
    await central.press(shown, Action.ACCEPT, value=version(county, 1))
    await central.wait_for(lambda: any("is accepted" in one.plain() for one in central.ephemerals))
    assert len(central.ephemerals) == before
    assert Action.LOCK in [button.action_id for button in central.ephemerals[-1].buttons]


async def test_what_is_not_theirs_is_refused_with_who_can(county: County) -> None:
    await county.at(OPENS)
    manager = county.person("laa-manager-01")
    await county.until((*REMINDERS, CLOSES))
    value = await time_for(county, LEAD)
    closed = newest_with(manager.messages(CENTRAL_ID), value)
    await manager.press(closed, Action.EXTEND, value=value)
    await manager.wait_for(lambda: manager.modal)
    assert manager.modal is not None
    assert "You cannot let a late return in, or lock or reopen one" in manager.modal.plain()
    assert CENTRAL in manager.modal.plain()
    assert "You cannot" in await county.command(LEAD, "returns")
    words = f"extend <@{county.ids[LEAD]}> until 5 November because of the survey"
    assert "You cannot" in await county.command(CHECKER, words)


async def test_one_person_is_given_more_time_by_command(county: County) -> None:
    await county.at(OPENS)
    lead = county.person(LEAD)
    name = f"<@{county.ids[LEAD]}|lead>"
    assert "“until”" in await county.command(CENTRAL, f"extend {name}")
    assert "Say why" in await county.command(CENTRAL, f"extend {name} until 5 November 2008")
    late = await county.command(CENTRAL, f"extend {name} until 30 November 2008 because of it")
    assert "Wednesday 12 November" in late
    done = await county.command(
        CENTRAL, f"extend {name} until 5 November 2008 because the survey is late"
    )
    assert "until the end of Wednesday 5 November" in done
    await county.settle()
    assert "You have until Wednesday 5 November at 5pm" in lead.dm()[-1].plain()
    assert "the survey is late" in lead.dm()[-1].plain()
    again = await county.command(CENTRAL, f"extend {name} until 5 November 2008 because of it")
    assert "has until Wednesday 5 November" in again

    await county.until((*REMINDERS, CLOSES))
    channel = county.person(CENTRAL).messages(CENTRAL_ID)
    assert any("has until Wednesday 5 November" in one.plain() for one in channel)
    county.clock.move_to(london(11, 3))
    await county.report_red(lead, REF, "1000")
    assert "reported late" not in lead.dm()[-1].plain()
    await county.at(london(11, 5, 17))
    over = county.person(CENTRAL).messages(CENTRAL_ID)
    assert any("The extra time until Wednesday 5 November is over" in one.plain() for one in over)
    assert any(OTHER_REF in one.plain() for one in over)


async def test_a_late_return_comes_with_leave_and_its_sponsor_is_told(county: County) -> None:
    await county.at(OPENS)
    lead, central = county.person(LEAD), county.person(CENTRAL)
    await county.until((*REMINDERS, CLOSES, RUN))
    value, other = await time_for(county, LEAD), await time_for(county, "target-lead-06")
    closed = newest_with(central.messages(CENTRAL_ID), value)
    await central.press(closed, Action.EXTEND, value=value)
    await central.wait_for(lambda: central.modal)
    await central.fill(Block.UNTIL, "2008-11-30")
    outcome = await central.submit()
    assert "12 November" in outcome.errors[Block.UNTIL]
    assert "Say why" not in outcome.errors[Block.UNTIL]
    await central.fill(Block.UNTIL, "2008-11-07")
    outcome = await central.submit()
    assert set(outcome.errors) == {Block.WHY}
    await central.fill(Block.WHY, "The figures were released late.")
    outcome = await central.submit()
    assert outcome.view is not None
    assert "may report" in outcome.view.plain()
    await county.settle()
    assert "leave to report late" in lead.dm()[-1].plain()

    await county.report_red(lead, REF, "1000")
    assert "reported late" in lead.dm()[-2].plain() + lead.dm()[-1].plain()
    assert REF in county.person(SPONSOR).dm()[-1].plain()
    closed = newest_with(central.messages(CENTRAL_ID), other)
    assert f"{REF} has come in since" in closed.plain()


async def test_after_the_freeze_it_is_refused_with_the_day(county: County) -> None:
    await county.at(OPENS)
    lead, central = county.person(LEAD), county.person(CENTRAL)
    await county.report_red(lead, REF, "1000")
    shown = await county.answer(CENTRAL, f"target {REF}")
    await central.press(central.messages(CENTRAL_ID)[0], Action.CONFIRM_BOARD)
    await county.until((CLOSES, RUN, PACK))
    words = await ephemeral_after(
        central, lambda: central.press(shown, Action.ACCEPT, value=version(county, 1))
    )
    assert "frozen for the board on Thursday 13 November" in words
    value = pack_target(county.numbers[REF], QUARTER)
    await lead.press(newest_with(lead.dm(), value), Action.REPORT, value=value)
    await lead.wait_for(lambda: lead.modal)
    assert lead.modal is not None
    assert "frozen for the board" in lead.modal.plain()


async def test_whoever_changes_what_a_lead_said_is_asked_why(county: County) -> None:
    await county.at(OPENS)
    await county.report_red(county.person(LEAD), REF, "1000")
    central = county.person(CENTRAL)
    shown = await county.answer(CENTRAL, f"target {REF}")
    value = pack_target(county.numbers[REF], QUARTER)
    await central.press(shown, Action.REPORT, value=value)
    await central.wait_for(lambda: central.modal)
    await fill_figure(central, "1000")
    await central.submit()
    await fill_commentary(central, "Another cause.")
    outcome = await central.submit()
    assert set(outcome.errors) == {Block.WHY}
    await central.fill(Block.WHY, "The cause was not clear.")
    assert (await central.submit()).closed
    history = await county.command(CENTRAL, f"history {REF}")
    assert "The cause was not clear." in history
    assert "on behalf of" in history


async def time_for(county: County, label: str) -> str:
    """The value of the button that gives somebody time."""
    number = await county.bot.desk.read(number_of, county.ids[label])
    assert number is not None
    return pack_target(number, QUARTER)
