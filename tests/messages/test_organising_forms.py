"""The forms of the organisation: what they show, give back, and say where something is wrong."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from messages.forms.setup import parts
from messages.forms.setup.block_form import block_view, parse_block
from messages.forms.setup.dates_form import dates_view, parse_dates
from messages.forms.setup.kind_form import kind_view, parse_kind
from messages.forms.setup.partnership_form import parse_partnership, partnership_view
from messages.forms.setup.role_form import end_view, give_view, parse_end, parse_role
from messages.forms.setup.setting_form import parse_setting, setting_view
from messages.notices.organising_sheets import (
    BlockSheet,
    DatesSheet,
    Ending,
    Giving,
    KindSheet,
    PartnershipSheet,
    SettingSheet,
)
from messages.notices.samples import BOARD, DUE, OPENS, QUARTER
from messages.wording.people import UNFIT
from messages.wording.roles import TITLE
from messages.wording.settings import SETTINGS
from rules.kinds import LAA_KINDS
from rules.organising import Amiss, Fault
from rules.people import Known, Unfit
from rules.roles import HELD_OVER, Place
from rules.vocabulary import Role, RoleScope
from tests.messages.filling import blocks, sent, words
from tests.messages.judges import judge_view
from tests.messages.nasty import NASTY, spoiled

LEAD = Place(Role.TARGET_LEAD, RoleScope.TARGET, 3)
GIVING = Giving(LEAD, "LAA1-03 More affordable housing", "housing lead", 31, DUE)
ENDING = Ending(31, LEAD, "LAA1-03 More affordable housing", "housing lead", DUE)
NAMED = ((1, "Children and Young People"), (2, "Environment"))
BLOCK = BlockSheet(1, "Environment", 2, 5, 0, "abc")
PARTNERSHIP = PartnershipSheet(3, "Waste Partnership", 2, NAMED, DUE, 4, "abc")
KIND = KindSheet(LAA_KINDS[0], 15, "abc")
DATES = DatesSheet(
    QUARTER,
    opened=False,
    closed=False,
    opens=None,
    due=DUE,
    board=None,
    usual_opens=OPENS,
    usual_due=DUE,
    usual_board=BOARD,
    focus=2,
    blocks=NAMED,
    seen="abc",
)
KNOWN = Known("UHOUSING01", "Housing lead", "Europe/London")


def chosen(view: dict[str, Any], slack_id: str | None) -> dict[str, Any]:
    """The form for a role as sent, with a person chosen."""
    held = {"type": "users_select", "selected_user": slack_id}
    state = {
        "setup_person": {"setup_person": held},
        "starts": {"starts": {"type": "datepicker", "selected_date": "2008-10-20"}},
    }
    return {**view, "state": {"values": state}}


def test_a_role_comes_back_with_its_place_and_what_slack_said() -> None:
    view = give_view(GIVING, "V1", KNOWN, 31)
    judge_view(view)
    assert "Housing lead is a full member" in words(view)
    answer = parse_role(chosen(view, "UHOUSING01"))
    assert answer is not None
    assert (answer.place, answer.person, answer.starts) == (LEAD, "UHOUSING01", date(2008, 10, 20))
    assert (answer.seen, answer.known) == (31, KNOWN)
    assert parts.under(view) == "V1"


def test_before_anybody_is_chosen_nothing_is_said_of_them() -> None:
    view = give_view(GIVING, "")
    judge_view(view)
    answer = parse_role(chosen(view, None))
    assert answer is not None
    assert (answer.person, answer.known) == ("", None)


@pytest.mark.parametrize("unfit", list(Unfit))
def test_why_an_account_does_not_do_is_said_at_once_and_at_the_field(unfit: Unfit) -> None:
    view = give_view(GIVING, "", Known("UX", unfit=unfit))
    assert UNFIT[unfit] in words(view)
    fault = Fault("person", Amiss.PERSON_UNFIT, unfit.value)
    found = parts.errors((fault,), chosen(view, "UX"))
    assert found == {"setup_person": f"{UNFIT[unfit]} Your other answers are kept."}


@pytest.mark.parametrize(
    "kept", ["{}", "x", '{"place":"role:KING:TARGET:1"}', '{"place":7,"tenure":true}', "[]"]
)
def test_a_form_somebody_tampered_with_is_no_answer(kept: str) -> None:
    view = {"private_metadata": kept}
    assert parse_role(view) is None
    assert parse_end(view) is None
    assert parse_dates(view) is None
    assert parse_setting(view) is None
    assert parse_block(view).number is None
    assert parse_partnership(view).number is None
    assert parse_kind(view).before == ""


def test_an_ending_comes_back_with_its_day() -> None:
    view = end_view(ENDING, "V1")
    judge_view(view)
    answer = parse_end(sent(view, ends="2008-12-01"))
    assert answer is not None
    assert (answer.tenure, answer.ends) == (31, date(2008, 12, 1))


def test_a_block_comes_back_and_can_be_removed_only_when_nothing_hangs_on_it() -> None:
    view = block_view(BLOCK, "V1")
    judge_view(view)
    answer = parse_block(sent(view, name="  Rural   Affairs ", position="1"))
    assert (answer.number, answer.name, answer.position) == (1, "Rural Affairs", 1)
    assert any(block["type"] == "actions" for block in view["blocks"])
    used = block_view(replace(BLOCK, uses=3), "V1")
    judge_view(used)
    assert "3 records would lose it" in words(used)
    assert not any(block["type"] == "actions" for block in used["blocks"])
    new = block_view(BlockSheet(None, "", 6, 6, 0, ""), "")
    assert blocks(new) == ["code", "name", "position"]


def test_a_partnership_comes_back_with_its_block_and_day() -> None:
    view = partnership_view(PARTNERSHIP, "")
    judge_view(view)
    answer = parse_partnership(sent(view, in_block="none", sharing_agreed_on=None))
    assert (answer.number, answer.block, answer.sharing_agreed_on) == (3, None, None)
    assert parse_partnership(sent(view)).block == 2


def test_a_kind_comes_back_with_its_flags() -> None:
    view = kind_view(KIND, "")
    judge_view(view)
    answer = parse_kind(sent(view))
    assert answer.flags == {"collected", "escalates", "carries_grant"}
    assert (answer.before, answer.annex) == (LAA_KINDS[0].code, "1")


@pytest.mark.parametrize("name", SETTINGS)
def test_every_setting_has_a_form_that_gives_back_what_it_shows(name: str) -> None:
    options = SETTINGS[name].options
    value = next(iter(options)) if options else "5"
    view = setting_view(SettingSheet(name, value, value), "V1")
    judge_view(view)
    answer = parse_setting(sent(view))
    assert answer is not None
    assert (answer.name, answer.value, answer.seen) == (name, value, value)


def test_a_suggested_board_is_told_and_not_chosen() -> None:
    view = dates_view(DATES, "")
    judge_view(view)
    assert "Suggested: Wednesday 19 November 2008" in words(view)
    answer = parse_dates(sent(view))
    assert answer is not None
    assert (answer.opens, answer.due, answer.board, answer.focus) == (None, DUE, None, 2)
    assert blocks(view) == ["opens", "due", "board", "focus"]


def test_what_is_past_is_not_asked_again() -> None:
    assert blocks(dates_view(replace(DATES, opened=True), "")) == ["due", "board", "focus"]
    closed = replace(DATES, opened=True, closed=True, board=BOARD)
    assert blocks(dates_view(closed, "")) == ["board", "focus"]


@pytest.mark.parametrize("text", NASTY)
def test_nasty_texts_fit_every_form(text: str) -> None:
    many = tuple((number, text) for number in range(1, 99))
    for view in (
        give_view(spoiled(GIVING, text), "V1", spoiled(KNOWN, text[:300])),
        end_view(spoiled(ENDING, text), "V1"),
        block_view(replace(BLOCK, name=text), "V1"),
        partnership_view(replace(PARTNERSHIP, name=text, blocks=many), "V1"),
        dates_view(replace(DATES, blocks=many), "V1"),
        kind_view(KindSheet(replace(LAA_KINDS[0], label=text), 3, "abc"), "V1"),
        setting_view(SettingSheet("due_after", text[:60], "21"), "V1"),
    ):
        judge_view(view)


@pytest.mark.parametrize("code", list(Amiss))
def test_every_fault_has_words_that_say_how_to_mend_it(code: Amiss) -> None:
    said = parts.words(Fault("name", code, "12"))
    assert len(said) > 1
    assert "{" not in said
    assert "!" not in said
    view = sent(block_view(BLOCK, ""))
    assert parts.errors((Fault("nowhere", code, "12"),), view).keys() == {"name"}


def test_every_place_has_a_title() -> None:
    assert set(TITLE) == {(role, scope) for scope in RoleScope for role in HELD_OVER[scope]}
