"""The Home tab within a view's limits, whatever somebody is and however much of it there is."""

import json
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from messages.forms.home_pages import (
    AMPLE,
    IN_MESSAGES,
    TIGHT,
    as_answer,
    cut,
    home_tab,
    pages_of,
    turned,
)
from messages.gallery import Roles
from messages.ids import Action
from messages.markup import Payload
from messages.notices.common import Stead
from messages.notices.home import Home
from messages.notices.home_parts import HomePart, PersonOwing, TargetRow, ToDo
from messages.notices.samples import DUE, PAUSED, QUARTER, exams, housing
from messages.say import Voice
from tests.messages.judges import judge_view, texts
from tests.messages.nasty import NASTY, spoiled

VOICE = Voice()
WHOLE = Home.example()
EVERYTHING = replace(WHOLE, pages=())


def compiled(home: Home) -> Payload:
    return VOICE.say_in_view(home, Roles())


def view(home: Home, pages: dict[HomePart, int] | None = None) -> dict[str, Any]:
    return home_tab(home, pages or {}, compiled)


def shown(made: dict[str, Any]) -> str:
    return " ".join(texts(made["blocks"]))


def many(home: Home, count: int) -> Home:
    """Somebody who is everything at once, with so much of everything."""
    (todo,) = home.todos
    return replace(
        home,
        left=count,
        waiting=count,
        owed=count,
        todos=(
            replace(
                todo,
                targets=tuple(replace(exams(), number=n) for n in range(1, count + 1)),
                escalations=todo.escalations * count,
            ),
        ),
        drafts=home.drafts[:1] * count,
        cards=home.cards * count,
        actions=home.actions[:1] * count,
        targets=home.targets[:1] * count,
        watched=home.watched * count,
        owing=tuple(PersonOwing(n, ("LAA1-03",) * 12) for n in range(1, count + 1)),
    )


def test_somebody_who_is_everything_reads_every_part() -> None:
    made = view(EVERYTHING)
    judge_view(made)
    words = shown(made)
    for part in (
        "1 target to report, 1 escalation to acknowledge",
        "Begun and not sent",
        "To acknowledge",
        "A report card asked of you",
        "Actions still to be done",
        "● RED, ▲ AMBER, – not required, ■ GREEN",  # noqa: RUF001  # the mark for no colour
        "Economic Development and Enterprise",
        "High risk or escalated",
        "Who still owes",
        "Nudged at 6pm",
        "Who gets what on Tuesday 14 October",
        "The board",
        "What happens next",
    ):
        assert part in words.replace(", by Tuesday 21 October 2008", ""), part


def test_it_is_said_whose_list_it_is_and_why_a_return_came_back() -> None:
    (todo,) = EVERYTHING.todos
    back = replace(exams(), back="Which schools does this leave out?")
    other = replace(todo, targets=(back,), stead=Stead(17, date(2008, 10, 24)))
    words = shown(view(replace(EVERYTHING, todos=(todo, other))))
    assert "who is away until Friday 24 October, for July to September" in words
    assert "Sent back: “Which schools does this leave out?”" in words
    assert "(away until Tuesday 21 October; " in words
    assert "answers meanwhile)" in words


def test_a_paused_quarter_is_said_to_be_and_nobody_can_be_chased_in_it() -> None:
    (todo,) = EVERYTHING.todos
    made = view(replace(EVERYTHING, todos=(replace(todo, paused_at=PAUSED),)))
    words = shown(made)
    assert "July to September 2008 is paused, since" in words
    assert "to report, by" not in words
    assert _button(made, Action.WRITE_TO_OWING) is None
    assert f'"{Action.NUDGE}' not in json.dumps(made)
    assert f'"{Action.NUDGE}' in json.dumps(view(EVERYTHING))


def test_the_central_team_reads_what_waits_for_it_and_sets_up_from_here() -> None:
    made = view(EVERYTHING)
    words = shown(made)
    assert "4 returns are in and not accepted yet. /laa returns lists them" in words
    assert "1 proposed colour waits for your decision: LAA1-03." in words
    assert _button(made, Action.SETUP_CHECK)
    assert _button(made, Action.SETUP_TARGETS)
    text = " ".join(payload.text for payload in VOICE.say(as_answer(EVERYTHING), Roles()))
    assert "/laa check lists what is missing in the set-up; /laa setup changes it." in text


def test_a_lead_with_25_targets_sees_them_all_with_a_button_each() -> None:
    targets = tuple(replace(exams(), number=n, ref=f"LAA1-{n:02}") for n in range(1, 26))
    rows = tuple(TargetRow(one.ref, one.title, (None,) * 4) for one in targets)
    home = Home(QUARTER, DUE, left=25, todos=(ToDo(QUARTER, DUE, targets, ()),), targets=rows)
    made = view(home)
    judge_view(made)
    buttons = [block for block in made["blocks"] if block.get("accessory")]
    assert len(buttons) == 25
    assert "Next" not in shown(made)


@pytest.mark.parametrize("count", [25, 500, 1_000])
def test_however_much_there_is_it_fits_and_the_rest_is_counted(count: int) -> None:
    made = view(many(EVERYTHING, count))
    judge_view(made)
    words = shown(made)
    assert "There is more than fits here" not in words
    assert f"1 to 10 of {count} people." in words
    assert f"1 to 8 of {count} targets to report." in words


@pytest.mark.parametrize("text", NASTY)
def test_nasty_texts_fit_with_much_of_everything(text: str) -> None:
    judge_view(view(spoiled(many(EVERYTHING, 60), text)))


def test_next_and_previous_lead_through_all_of_them() -> None:
    home = Home(
        QUARTER, DUE, follows=True, owing=tuple(PersonOwing(n, ("LAA1-03",)) for n in range(1, 71))
    )
    pages: dict[HomePart, int] = {}
    seen: list[str] = []
    while True:
        made = view(home, pages)
        judge_view(made)
        seen += [block["accessory"]["value"] for block in made["blocks"] if block.get("accessory")]
        after = _button(made, f"{Action.TURN_PAGE}.after")
        if after is None:
            break
        pages = turned(pages_of(made), after["value"]) or {}
    assert [value.partition("@")[0] for value in seen] == [str(n) for n in range(1, 71)]
    assert "61 to 70 of 70 people." in shown(made)
    before = _button(made, f"{Action.TURN_PAGE}.before")
    assert before is not None
    assert turned(pages_of(made), before["value"]) == {HomePart.OWING: 2}


def _button(made: dict[str, Any], action: str) -> dict[str, Any] | None:
    rows = (block["elements"] for block in made["blocks"] if block["type"] == "actions")
    return next((one for row in rows for one in row if one["action_id"] == action), None)


def test_a_page_that_is_gone_by_now_shows_the_last_one() -> None:
    found = cut(many(EVERYTHING, 70), AMPLE, {HomePart.OWING: 99})
    assert [one.person for one in found.owing] == list(range(61, 71))


@pytest.mark.parametrize(
    "kept",
    ["", "[]", "not json", '{"owing": "2"}', '{"owing": -1}', '{"owing": 1e9}', '{"other": 3}'],
)
def test_what_a_home_remembers_is_not_trusted(kept: str) -> None:
    assert pages_of({"private_metadata": kept}) == {}


@pytest.mark.parametrize("pressed", ["", "owing", "owing@-1", "other@1", "owing@99999", "OWING@1"])
def test_a_press_that_names_no_page_turns_nothing(pressed: str) -> None:
    assert turned({}, pressed) is None


def test_where_somebody_has_turned_to_is_kept_in_the_view() -> None:
    made = view(many(EVERYTHING, 60), {HomePart.OWING: 2})
    assert json.loads(made["private_metadata"]) == {"owing": 2}
    assert pages_of(made) == {HomePart.OWING: 2}


@given(
    st.lists(st.tuples(st.integers(0, 30), st.integers(0, 30)), min_size=1, max_size=4),
    st.integers(0, 9),
)
def test_over_several_quarters_a_page_holds_what_comes_next(
    lengths: list[tuple[int, int]], page: int
) -> None:
    escalation = WHOLE.todos[0].escalations[0]
    todos = tuple(
        ToDo(
            QUARTER.shifted(-place),
            DUE,
            tuple(replace(housing(), number=100 * place + n) for n in range(targets)),
            tuple(replace(escalation, escalation=100 * place + n) for n in range(waiting)),
        )
        for place, (targets, waiting) in enumerate(lengths)
    )
    every = [target.number for todo in todos for target in todo.targets]
    size = TIGHT[HomePart.REPORT]
    last = max(0, (len(every) - 1) // size)
    begin = min(page, last) * size
    found = cut(Home(QUARTER, DUE, todos=todos), TIGHT, {HomePart.REPORT: page})
    got = [target.number for todo in found.todos for target in todo.targets]
    assert got == every[begin : begin + size]
    waiting = [one.escalation for todo in todos for one in todo.escalations]
    still = [one.escalation for todo in found.todos for one in todo.escalations]
    assert still == waiting[: TIGHT[HomePart.WAITING]]


def test_in_messages_nothing_is_turned_and_the_rest_is_said_to_be_elsewhere() -> None:
    home = as_answer(many(EVERYTHING, 60))
    words = "\n".join(payload.text for payload in VOICE.say(home, Roles()))
    assert (
        "These are 20 of 60 people. The others stand in my Home tab, and in /laa status." in words
    )
    assert "My hours and leave" not in shown({"blocks": VOICE.say_in_view(home, Roles()).blocks})
    assert len(home.owing) == IN_MESSAGES[HomePart.OWING]
