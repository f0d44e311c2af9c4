"""The central team follows and runs the quarter by command, button and form."""

import pytest
from sqlmodel import Session

from bot.rehearsal.playhouse import BOARD_ID, CENTRAL_ID
from messages.ids import Action, Block
from store import people
from store.tables import Person
from tests.journeys.county import County, ephemeral_after
from tests.sample import OPENS, RUN, london

CENTRAL, LEAD = "central-team-01", "target-lead-19"


async def test_the_status_says_what_has_come_in_and_who_owes(county: County) -> None:
    await county.at(OPENS)
    await county.report_red(county.person(LEAD), "LAA2-NI154", "1000")
    words = await county.command(CENTRAL, "status")
    assert "1 reported" in words
    assert "3 not yet reported" in words
    assert "Oxfordshire Children's Trust still owes 1 return" in words
    narrowed = await county.command(CENTRAL, "status spatial")
    assert "Children" not in narrowed
    assert "LAA2-NI155" in narrowed


async def test_everybody_who_owes_is_reminded_by_command(county: County) -> None:
    await county.at(OPENS)
    await county.at(london(10, 6))
    words = await county.command(CENTRAL, "remind all")
    assert "3 people reminded of 4 targets" in words
    await county.settle()
    assert "central team" in county.person(LEAD).dm()[-1].plain().casefold()
    one = await county.command(CENTRAL, f"remind <@{county.ids[LEAD]}|lead>")
    assert "1 person reminded of 2 targets" in one
    nothing = await county.command(CENTRAL, "remind LAA1-99")
    assert "LAA1-99" in nothing


async def test_a_window_is_opened_by_command_with_dates_of_its_own(county: County) -> None:
    await county.at(london(9, 30))
    county.clock.move_to(london(11, 3))
    words = await county.command(CENTRAL, "open 2008/09 Q2 due 17 November board 17 December 2008")
    assert "3 people are asked" in words
    assert "17 November" in words
    assert "17 December" in words
    await county.settle()
    assert "Monday 17 November" in county.person(LEAD).dm()[0].plain()
    calendar = await county.command("psb-chair-01", "calendar")
    assert "Wednesday 17 December" in calendar
    assert "suggestion" not in calendar


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ("open", "/laa open"),
        ("open 2008/09 Q2 due the day after", "is no date"),
        ("open 2008/10 Q2", "2008/10"),
        ("open 2008/09 Q2 due 18 October board 19 November", "not a working day"),
        ("open 2008/09 Q2 board 30 October 2008", "too early"),
    ],
)
async def test_what_cannot_be_opened_is_answered_with_how_to(
    county: County, typed: str, says: str
) -> None:
    assert says in await county.command(CENTRAL, typed)
    await county.settle()
    assert county.person(LEAD).dm() == []


async def test_the_board_date_is_confirmed_by_button(county: County) -> None:
    await county.at(OPENS)
    central = county.person(CENTRAL)
    (opened,) = central.messages(CENTRAL_ID)
    assert "19 November" in opened.plain()
    await central.press(opened, Action.CONFIRM_BOARD)
    await county.settle()
    (opened,) = central.messages(CENTRAL_ID)
    assert opened.edited
    assert Action.CONFIRM_BOARD not in [button.action_id for button in opened.buttons]
    assert len(county.person(LEAD).dm()) == 1


async def test_the_board_date_is_set_in_the_form_and_one_too_early_says_the_earliest(
    county: County,
) -> None:
    await county.at(OPENS)
    central = county.person(CENTRAL)
    (opened,) = central.messages(CENTRAL_ID)
    await central.press(opened, Action.CHANGE_BOARD)
    await central.wait_for(lambda: central.modal)
    await central.fill(Block.BOARD, "2008-11-10")
    outcome = await central.submit()
    assert "13 November" in outcome.errors[Block.BOARD]
    await central.fill(Block.BOARD, "2008-11-26")
    assert (await central.submit()).closed
    await county.settle()
    assert "26 November" in central.messages(CENTRAL_ID)[0].plain()
    assert "26 November" in county.person(LEAD).dm()[-1].plain()


async def test_escalations_preview_and_post_by_command(county: County) -> None:
    await county.at(OPENS)
    central = county.person(CENTRAL)
    await county.report_red(county.person(LEAD), "LAA2-NI154", "1000")
    early = await county.command(CENTRAL, "digest post")
    assert "29 October" in early
    await county.at(RUN)
    assert "1 target escalated" in await county.command(CENTRAL, "escalations")
    held = await county.command(CENTRAL, "digest post")
    assert "confirm" in held.casefold()
    sent = await county.command(CENTRAL, "digest preview")
    assert "on its way to you" in sent
    await county.settle()
    assert "preview" in central.dm()[-1].plain().casefold()
    assert central.dm()[-1].replies >= 8
    await central.press(central.messages(CENTRAL_ID)[0], Action.CONFIRM_BOARD)
    posted = await county.command(CENTRAL, "digest post")
    assert "on its way to the board channel" in posted
    await county.settle()
    again = await county.command(CENTRAL, "digest post")
    assert "was published before" in again
    await county.settle()
    assert len(county.person("psb-chair-01").messages(BOARD_ID)) == 1


async def test_whoever_is_not_in_the_central_team_cannot_press_its_buttons(
    county: County,
) -> None:
    await county.at(OPENS)
    manager = county.person("laa-manager-01")
    (opened,) = manager.messages(CENTRAL_ID)
    words = await ephemeral_after(manager, lambda: manager.press(opened, Action.CONFIRM_BOARD))
    assert words.startswith("You cannot")
    assert "central-team-01" in words
    await county.settle()
    assert not manager.messages(CENTRAL_ID)[0].edited


@pytest.mark.parametrize(
    ("label", "typed"),
    [
        (LEAD, "status"),
        (LEAD, "remind all"),
        ("sponsor-09", "escalations"),
        ("laa-manager-01", "open 2008/09 Q3"),
        ("performance-lead-ede", "digest preview"),
        ("laa-manager-01", "digest post"),
        ("go-contact-01", "target LAA1-06"),
    ],
)
async def test_a_command_that_is_not_theirs_is_refused_with_who_can(
    county: County, label: str, typed: str
) -> None:
    await county.at(OPENS)
    before = len(county.person(LEAD).dm())
    words = await county.command(label, typed)
    assert words.startswith("You cannot")
    assert "can." in words
    await county.settle()
    assert len(county.person(LEAD).dm()) == before


@pytest.mark.parametrize("typed", ["", "help", "HELP", "remindme", "status-of-things now", "£$%"])
async def test_unknown_words_get_help(county: County, typed: str) -> None:
    words = await county.command(LEAD, typed)
    assert "/laa mine" in words
    assert "/laa digest post" not in words
    if typed.casefold() not in {"", "help"}:
        assert f"“{typed}” is not something I know" in words


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ("calendar 2008/10 Q2", "2008/10"),
        ("calendar Q5", "Q5"),
        ("target", "/laa target"),
        ("target LAA1-O3", "Did you mean LAA1-03"),
        ("mine", "Nothing is left for you to do"),
        ("calendar", "Dates for"),
        ("target LAA1-06", "In care achieving 5 GCSE A-G"),
    ],
)
async def test_every_question_gets_an_answer_in_plain_words(
    county: County, typed: str, says: str
) -> None:
    assert says in await county.command("psb-chair-01", typed)


async def test_somebody_the_bot_does_not_know_is_told_whom_to_ask(county: County) -> None:
    await county.bot.desk.write(forget_person, county.ids["psb-member-01"])
    words = await county.command("psb-member-01", "mine")
    assert "central-team-01" in words
    assert "help" not in words.split()
    helped = await county.command("psb-member-01", "help")
    assert "/laa mine" in helped


def forget_person(session: Session, slack_id: str) -> None:
    person = people.by_slack_id(session, slack_id)
    assert person is not None
    session.get_one(Person, person.number).active = False
