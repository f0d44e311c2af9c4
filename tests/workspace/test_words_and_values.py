"""What a reader sees in words, timestamps, and what is typed."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.workspace.conftest import START, HandClock
from tests.workspace.forms import Json, actions, button, modal, plain
from workspace.filling import problems
from workspace.ids import Ids
from workspace.reading import marked_up, words
from workspace.team import later
from workspace.values import carried, starting


def named(some_id: str) -> str:
    return {"U1": "Ann", "C1": "board"}.get(some_id, some_id)


@pytest.mark.parametrize(
    ("markup", "read"),
    [
        ("*Two* targets", "Two targets"),
        ("_last_ time ~280~ 300", "last time 280 300"),
        ("<https://a.org|the pack>", "the pack"),
        ("<https://a.org>", "https://a.org"),
        ("<@U1> in <#C1>", "@Ann in #board"),
        ("<!channel>", "@channel"),
        ("<!date^1224576000^{date}|21 October>", "21 October"),
        ("&lt;!channel&gt; &amp; &amp;lt;", "<!channel> & &lt;"),
        ("2 * 3 * 4", "2 * 3 * 4"),
        ("snake_case_name", "snake_case_name"),
    ],
)
def test_markup_is_read_as_its_reader_sees_it(markup: str, read: str) -> None:
    assert marked_up(markup, named) == read


def test_every_kind_of_block_is_read_in_words() -> None:
    inline = [{"type": "text", "text": "By "}, {"type": "user", "user_id": "U1"}]
    quote = {"type": "rich_text_quote", "elements": inline}
    item = {"type": "rich_text_section", "elements": [{"type": "text", "text": "One"}]}
    listed = {"type": "rich_text_list", "style": "bullet", "elements": [item]}
    cells = [{"type": "raw_text", "text": "LAA1-03"}, {"type": "raw_number", "value": 280}]
    chart = {"type": "pie", "segments": [{"label": "Red", "value": 3}]}
    section = {"type": "section", "text": plain("Line")}
    image = {"type": "image", "image_url": "https://a.org", "alt_text": "green"}
    blocks: list[Json] = [
        {"type": "header", "text": plain("Performance")},
        {**section, "fields": [plain("Field")], "accessory": button("a", "Open")},
        {"type": "context", "elements": [plain("Key:"), image]},
        {"type": "rich_text", "elements": [quote, listed]},
        {"type": "table", "rows": [cells]},
        {"type": "data_visualization", "title": "Lights", "chart": chart},
        {"type": "divider"},
        actions(button("b", "Acknowledge"), button("c", "Ask &amp; wait")),
    ]
    assert words(blocks, named) == [
        "Performance",
        "Line",
        "Field",
        "[Open]",
        "Key: green",
        "By @Ann",
        "• One",
        "LAA1-03 | 280",
        "Lights",
        "Red: 3",
        "[Acknowledge] [Ask & wait]",
    ]


@given(st.lists(st.integers(-1000, 1000), min_size=2, max_size=50))
def test_timestamps_only_go_forward_whatever_the_clock_does(steps: list[int]) -> None:
    clock = HandClock()
    ids = Ids(clock)
    given_out = []
    for step in steps:
        clock.forward(microseconds=step)
        given_out.append(ids.ts())
    assert all(later(b, a) for a, b in pairwise(given_out))


def test_timestamps_are_instants_of_the_handed_clock() -> None:
    assert Ids(HandClock()).ts() == f"{int(START.timestamp())}.000000"
    assert later("1000000000.000000", "999999999.999999")


def test_typed_values_are_carried_only_where_id_and_type_are_the_same() -> None:
    def view(kind: str, block: str) -> list[Json]:
        element = {"type": kind, "action_id": "held"}
        return [{"type": "input", "block_id": block, "label": plain("L"), "element": element}]

    typed = starting(view("plain_text_input", "a"))
    typed["a"]["held"]["value"] = "kept"
    assert carried(typed, starting(view("plain_text_input", "a"))) == typed
    other = starting(view("number_input", "a"))
    assert carried(typed, other) == other
    assert carried(typed, starting(view("plain_text_input", "b")))["b"]["held"]["value"] is None


def test_white_space_is_no_answer_to_a_required_field() -> None:
    element = {"type": "plain_text_input", "action_id": "held", "initial_value": "  "}
    block = {"type": "input", "block_id": "a", "label": plain("L"), "element": element}
    blocks = modal(block)["blocks"]
    assert problems(blocks, starting(blocks)) == {"a": "This is a required field"}
