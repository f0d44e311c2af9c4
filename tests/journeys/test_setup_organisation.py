"""The central team changes thresholds, dates, blocks, partnerships and kinds in Slack."""

from datetime import datetime
from functools import partial

import pytest
from sqlmodel import Session, select

from messages.ids import Action, Block, Callback
from rules.vocabulary import Role
from store import settings
from store.tables import RoleAssignment
from tests.journeys.county import County
from tests.sample import OPENS, london
from workspace.people import Client

CENTRAL, LEAD = "central-team-01", "target-lead-19"


def shown(client: Client) -> str:
    return client.modal.plain() if client.modal else ""


def says(client: Client, words: str) -> bool:
    return words in shown(client)


async def area(county: County, action: Action, words: str) -> Client:
    """A list of the set-up, opened from its menu."""
    central = county.person(CENTRAL)
    menu = await county.answer(CENTRAL, "setup")
    await central.press(menu, action)
    await central.wait_for(partial(says, central, words))
    return central


async def form(client: Client, callback: Callback, value: str) -> None:
    """Press a button of the list, and wait for its form."""
    assert client.modal is not None
    await client.press(client.modal, value=value)
    await client.wait_for(lambda: client.modal and client.modal.callback_id == callback)


async def test_a_threshold_is_changed_and_shown_with_who_and_when(county: County) -> None:
    await county.at(OPENS)
    central = await area(county, Action.SETUP_SETTINGS, "A risk is significant from")
    await form(central, Callback.SETUP_SETTING, value="significant_risk")
    await central.fill(Block.VALUE, "many")
    outcome = await central.submit()
    assert "This is not a value it can have." in outcome.errors[Block.VALUE]
    assert central.modal is not None
    assert central.modal.values[Block.VALUE] == "many"
    await central.fill(Block.VALUE, "15")
    assert not (await central.submit()).errors
    await central.wait_for(partial(says, central, "a score of 15. Usually a score of 12."))
    assert "Changed on Wednesday 1 October 2008 at 9" in shown(central)
    assert "by central-team-01." in shown(central)


async def test_two_who_change_a_threshold_at_once_do_not_write_over_each_other(
    county: County,
) -> None:
    await county.at(OPENS)
    one = await area(county, Action.SETUP_SETTINGS, "Digest published")
    await form(one, Callback.SETUP_SETTING, value="pack_before")
    await county.bot.desk.write(_change_pack, county.clock.now())
    await one.fill(Block.VALUE, "6")
    outcome = await one.submit()
    assert "Somebody changed this while you had it open." in outcome.errors[Block.VALUE]


def _change_pack(session: Session, now: datetime) -> None:
    settings.change(session, "pack_before", "5", None, now)


async def test_a_block_is_added_and_removed_and_one_in_use_stays(county: County) -> None:
    await county.at(OPENS)
    central = await area(county, Action.SETUP_BLOCKS, "in the order they are reported")
    await form(central, Callback.SETUP_BLOCK, value="add")
    outcome = await central.submit()
    assert set(outcome.errors) == {Block.CODE, Block.NAME}
    await central.fill(Block.CODE, "RUR")
    await central.fill(Block.NAME, "Rural <!channel> & more")
    await central.fill(Block.POSITION, "1")
    assert not (await central.submit()).errors
    await central.wait_for(partial(says, central, "Rural <!channel> & more: 0 targets"))
    assert central.modal is not None
    first = next(button for button in central.modal.buttons if button.label == "Change")
    await form(central, Callback.SETUP_BLOCK, value=first.value or "")
    assert central.modal is not None
    await central.press(central.modal, Action.REMOVE_BLOCK)
    await central.wait_for(lambda: not says(central, "Rural"))
    assert "in the order they are reported" in shown(central)


async def test_a_partnership_and_a_kind_are_added(county: County) -> None:
    await county.at(OPENS)
    central = await area(county, Action.SETUP_PARTNERSHIPS, "liaison officer")
    await form(central, Callback.SETUP_PARTNERSHIP, value="add")
    await central.fill(Block.CODE, "rural")
    await central.fill(Block.NAME, "Rural Forum")
    await central.fill(Block.SHARING, "2008-09-01")
    assert not (await central.submit()).errors
    words = "Rural Forum: 0 targets, no liaison officer. Data sharing agreed on Monday 1 September"
    await central.wait_for(partial(says, central, words))
    await central.close(everything=True)
    central = await area(county, Action.SETUP_KINDS, "Kinds of target")
    await form(central, Callback.SETUP_KIND, value="add")
    await central.fill(Block.CODE, "LPSA2")
    await central.fill(Block.LABEL, "Second agreement")
    await central.fill(Block.FLAGS, ["collected", "light_only"])
    outcome = await central.submit()
    assert "Untick one." in outcome.errors[Block.FLAGS]
    await central.fill(Block.FLAGS, ["collected"])
    await central.fill(Block.ANNEX, "3")
    assert not (await central.submit()).errors
    await central.wait_for(partial(says, central, "Second agreement: 0 targets."))


async def test_dates_are_changed_and_a_quarter_paused_and_let_go_on(county: County) -> None:
    await county.at(OPENS)
    await county.at(london(10, 6, 10))
    central = await area(county, Action.SETUP_CALENDAR, "Dates of the quarters")
    await form(central, Callback.SETUP_DATES, value="change:2008q3")
    await central.fill(Block.BOARD, "2009-02-04")
    outcome = await central.submit()
    assert "The earliest board that fits is" in outcome.errors[Block.BOARD]
    await central.fill(Block.BOARD, "2009-02-25")
    assert not (await central.submit()).errors
    await central.wait_for(partial(says, central, "The board meets on Wednesday 25 February 2009."))
    assert central.modal is not None
    await central.press(central.modal, value="pause:2008q2")
    await central.wait_for(partial(says, central, "paused since Monday 6 October 2008 at 10"))
    await county.settle()
    assert "is paused" in county.person(LEAD).dm()[-1].plain()
    assert central.modal is not None
    await central.press(central.modal, value="resume:2008q2")
    await central.wait_for(lambda: not says(central, "paused since"))
    await county.settle()
    assert "goes on" in county.person(LEAD).dm()[-1].plain()


@pytest.mark.parametrize(
    ("action", "words"),
    [
        (Action.SETUP_ROLES, "whole programme"),
        (Action.SETUP_BLOCKS, "in the order they are reported"),
        (Action.SETUP_SETTINGS, "Thresholds and settings"),
        (Action.SETUP_CALENDAR, "Dates of the quarters"),
    ],
)
async def test_a_list_left_open_is_refused_once_its_reader_is_no_longer_of_the_central_team(
    county: County, action: Action, words: str
) -> None:
    await county.at(OPENS)
    central = await area(county, action, words)
    await county.bot.desk.write(_leave)
    assert central.modal is not None
    button = next(one for one in central.modal.buttons if one.value)
    await central.press(central.modal, button.action_id, value=button.value)
    await central.wait_for(partial(says, central, "You cannot change the set-up"))


def _leave(session: Session) -> None:
    for row in session.exec(select(RoleAssignment).where(RoleAssignment.role == Role.CENTRAL_TEAM)):
        row.ends = row.starts
