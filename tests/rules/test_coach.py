"""The coach: what is worth a second look, and what is not."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.answers import ActionAnswer
from rules.coach import LONGEST_LINE, Advice, Words, advice, repeats, says_nothing
from rules.vocabulary import Status

ACTION = ActionAnswer("Bring two sites forward", "housing lead", date(2009, 1, 30))
RED = Words(Status.RED, "Two detective posts stood vacant since May.", (ACTION,))
GREEN = Words(Status.GREEN)
LAST = "Two sites started late because the contractor went out of business in June."


def test_a_red_return_with_its_own_cause_and_a_whole_action_needs_no_advice() -> None:
    assert advice(replace(RED, last_cause=LAST)) == ()


@pytest.mark.parametrize(
    "cause",
    [
        LAST,
        LAST.upper().replace(".", ""),
        "Two sites started late, because the contractor went out of business in July.",
        f"  {LAST}\n",
    ],
)
def test_last_quarters_words_again_are_seen_though_a_word_or_a_stop_differs(cause: str) -> None:
    assert Advice.REPEATS in advice(replace(RED, cause=cause, last_cause=LAST))


@pytest.mark.parametrize(
    "cause",
    [
        f"{LAST} A new contractor was appointed in August and is catching up with both of them.",
        "Two posts stood vacant.",
        "",
    ],
)
def test_words_that_say_more_or_something_else_repeat_nothing(cause: str) -> None:
    assert Advice.REPEATS not in advice(replace(RED, cause=cause, last_cause=LAST))


@pytest.mark.parametrize(
    "cause",
    ["We are on track.", "All is going well here", "ON TARGET", "It is not behind any more"],
)
@pytest.mark.parametrize("status", [Status.RED, Status.AMBER])
def test_a_cause_that_sounds_well_speaks_against_red_and_amber(status: Status, cause: str) -> None:
    assert advice(replace(RED, status=status, cause=cause)) == (Advice.SOUNDS_WELL,)


@pytest.mark.parametrize(
    "cause",
    [
        "We are not on track.",
        "No longer on target since May",
        "We expect to be back on track by March",
        "It will be on target in Q4",
        "It was on track until May. Two posts then fell vacant.",
        "Not enough staff; the rest is behind",
        "The tracks were on order",
    ],
)
def test_a_cause_that_denies_it_or_speaks_of_another_time_does_not(cause: str) -> None:
    assert advice(replace(RED, cause=cause)) == ()


def test_the_reason_for_another_colour_is_held_against_that_colour() -> None:
    words = replace(RED, status=Status.AMBER, proposed=Status.GREEN, reason="We are behind.")
    assert advice(words) == (Advice.SOUNDS_BADLY,)
    assert advice(replace(words, reason="We are not behind.")) == ()
    assert advice(replace(words, reason="We are not on track.")) == (Advice.SOUNDS_BADLY,)
    worse = replace(GREEN, proposed=Status.RED, reason="All on track.")
    assert advice(worse) == (Advice.SOUNDS_WELL,)
    assert advice(replace(worse, proposed=Status.UNCERTAIN)) == ()


@pytest.mark.parametrize("cause", ["", " ", "n/a", "TBC", "As above.", "see last quarter", "-"])
def test_a_cause_that_says_nothing_is_no_cause(cause: str) -> None:
    assert advice(replace(RED, cause=cause, last_cause=cause)) == (Advice.NO_CAUSE,)


def test_an_action_lacks_its_text_its_owner_or_its_date() -> None:
    assert advice(replace(RED, actions=())) == (Advice.NO_ACTION,)
    assert advice(replace(RED, actions=(), under_way=True)) == ()
    bare = ActionAnswer("Recruit", "tbc", None)
    assert advice(replace(RED, actions=(bare,))) == (Advice.NO_OWNER, Advice.NO_DATE)
    named = replace(ACTION, text="to be confirmed")
    assert advice(replace(RED, actions=(named,))) == (Advice.NO_ACTION,)


@pytest.mark.parametrize(("length", "found"), [(LONGEST_LINE, ()), (201, (Advice.TOO_LONG,))])
def test_a_cause_longer_than_the_boards_line_is_said_to_be(
    length: int, found: tuple[Advice, ...]
) -> None:
    assert advice(replace(RED, cause="x" * length)) == found


def test_spaces_and_line_ends_do_not_make_a_cause_too_long() -> None:
    assert advice(replace(RED, cause=f"{'x' * 100}{' ' * 500}\n\n{'y' * 99}")) == ()


@pytest.mark.parametrize("status", [one for one in Status if not one.is_poor])
def test_of_a_status_that_is_not_poor_neither_cause_nor_action_is_looked_at(status: Status) -> None:
    assert advice(Words(status, "on track", (ActionAnswer("x"),), "on track")) == ()


@given(st.text(max_size=400), st.text(max_size=400), st.sampled_from(Status), st.text())
def test_any_words_get_advice_once_each_and_never_a_fault(
    cause: str, last: str, status: Status, reason: str
) -> None:
    actions = (ActionAnswer(reason, cause),)
    found = advice(Words(status, cause, actions, last, Status.GREEN, reason))
    assert len(set(found)) == len(found)
    assert found == advice(Words(status, cause, actions, last, Status.GREEN, reason))


@given(st.text(min_size=1, max_size=400))
def test_whatever_is_said_repeats_itself(text: str) -> None:
    assert repeats(text, text) or not any(sign.isalnum() for sign in text)


@given(st.text(alphabet=" -–.,;\n", max_size=30))  # noqa: RUF001  # as people type it
def test_marks_alone_say_nothing(text: str) -> None:
    assert says_nothing(text)
