"""Slack's limits: what stands at the limit is taken, one past it is refused."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workspace.checks import check_message, check_view
from workspace.checks.length import escaped_length
from workspace.checks.messages import check_metadata
from workspace.wire import Json, SlackError


def plain(length: int) -> Json:
    return {"type": "plain_text", "text": "x" * length}


def markup(length: int) -> Json:
    return {"type": "mrkdwn", "text": "x" * length}


def option(text: int = 1, value: int = 1, number: int = 0) -> Json:
    return {"text": plain(text), "value": f"{number}".rjust(value, "v")}


def options(count: int) -> list[Json]:
    return [option(value=4, number=n) for n in range(count)]


def section(**more: Any) -> list[Json]:
    return [{"type": "section", "text": markup(1), **more}]


def actions(*elements: Json) -> list[Json]:
    return [{"type": "actions", "elements": list(elements)}]


def button(number: int = 0, **more: Any) -> Json:
    return {"type": "button", "action_id": f"a{number}", "text": plain(1), **more}


def select(**more: Any) -> Json:
    return {"type": "static_select", "action_id": "a", **more}


def field(element: Json, **more: Any) -> list[Json]:
    return [{"type": "input", "label": plain(1), "element": element, **more}]


def text_field(**more: Any) -> Json:
    return {"type": "plain_text_input", "action_id": "a", **more}


def rich_list(indent: int) -> list[Json]:
    item = {"type": "rich_text_section", "elements": [{"type": "text", "text": "x"}]}
    listed = {"type": "rich_text_list", "style": "bullet", "indent": indent, "elements": [item]}
    return [{"type": "rich_text", "elements": [listed]}]


def table(rows: int = 1, columns: int = 1, cell: int = 1) -> list[Json]:
    row = [{"type": "raw_text", "text": "x" * cell}] * columns
    return [{"type": "table", "rows": [row] * rows}]


def data_table(rows: int = 2, columns: int = 1, **more: Any) -> list[Json]:
    row = [{"type": "raw_text", "text": "x"}] * columns
    return [{"type": "data_table", "caption": "c", "rows": [row] * rows, **more}]


def pie(segments: int = 1, title: int = 1, label: int = 2) -> Json:
    parts = [{"label": str(n).rjust(label, "s"), "value": 1} for n in range(segments)]
    chart = {"type": "pie", "segments": parts}
    return {"type": "data_visualization", "title": "t" * title, "chart": chart}


def confirm(title: int = 1, text: int = 1, deny: int = 1) -> Json:
    words = {"title": plain(title), "text": plain(text), "confirm": plain(1), "deny": plain(deny)}
    return actions(button(confirm=words))[0]


MESSAGES: list[tuple[str, Any, Any]] = [
    ("50 blocks", [{"type": "divider"}] * 50, [{"type": "divider"}] * 51),
    ("a header of 150", [{"type": "header", "text": plain(150)}],
     [{"type": "header", "text": plain(151)}]),
    ("a section of 3,000", [{"type": "section", "text": markup(3000)}],
     [{"type": "section", "text": markup(3001)}]),
    ("a section of 1", section(), [{"type": "section", "text": markup(0)}]),
    ("10 fields", [{"type": "section", "fields": [markup(1)] * 10}],
     [{"type": "section", "fields": [markup(1)] * 11}]),
    ("a field of 2,000", [{"type": "section", "fields": [markup(2000)]}],
     [{"type": "section", "fields": [markup(2001)]}]),
    ("10 things in a context", [{"type": "context", "elements": [plain(1)] * 10}],
     [{"type": "context", "elements": [plain(1)] * 11}]),
    ("25 actions", actions(*(button(n) for n in range(25))),
     actions(*(button(n) for n in range(26)))),
    ("a block id of 255", section(block_id="b" * 255), section(block_id="b" * 256)),
    ("an action id of 255", actions(button(action_id="a" * 255)),
     actions(button(action_id="a" * 256))),
    ("a button of 75", actions(button(text=plain(75))), actions(button(text=plain(76)))),
    ("a button's value of 2,000", actions(button(value="v" * 2000)),
     actions(button(value="v" * 2001))),
    ("a button's address of 3,000", actions(button(url="u" * 3000)),
     actions(button(url="u" * 3001))),
    ("100 options", section(accessory=select(options=options(100))),
     section(accessory=select(options=options(101)))),
    ("an option of 75", section(accessory=select(options=[option(text=75)])),
     section(accessory=select(options=[option(text=76)]))),
    ("an option's value of 150", section(accessory=select(options=[option(value=150)])),
     section(accessory=select(options=[option(value=151)]))),
    ("100 groups", section(accessory=select(
        option_groups=[{"label": plain(75), "options": options(1)}] * 100)),
     section(accessory=select(
         option_groups=[{"label": plain(75), "options": options(1)}] * 101))),
    ("a group of 75", section(accessory=select(
        option_groups=[{"label": plain(75), "options": options(1)}])),
     section(accessory=select(option_groups=[{"label": plain(76), "options": options(1)}]))),
    ("5 in an overflow menu",
     actions({"type": "overflow", "action_id": "a", "options": options(5)}),
     actions({"type": "overflow", "action_id": "a", "options": options(6)})),
    ("10 boxes", actions({"type": "checkboxes", "action_id": "a", "options": options(10)}),
     actions({"type": "checkboxes", "action_id": "a", "options": options(11)})),
    ("10 radio buttons",
     actions({"type": "radio_buttons", "action_id": "a", "options": options(10)}),
     actions({"type": "radio_buttons", "action_id": "a", "options": options(11)})),
    ("a placeholder of 150", section(accessory=select(options=options(1), placeholder=plain(150))),
     section(accessory=select(options=options(1), placeholder=plain(151)))),
    ("a dialog's title of 100", [confirm(title=100)], [confirm(title=101)]),
    ("a dialog's text of 300", [confirm(text=300)], [confirm(text=301)]),
    ("a dialog's button of 30", [confirm(deny=30)], [confirm(deny=31)]),
    ("an indent of 8", rich_list(8), rich_list(9)),
    ("100 rows", table(rows=100), table(rows=101)),
    ("20 columns", table(columns=20), table(columns=21)),
    ("10,000 characters in tables", table(columns=10, cell=1000), table(columns=10, cell=1001)),
    ("201 rows of data", data_table(rows=201), data_table(rows=202)),
    ("2 rows of data", data_table(rows=2), data_table(rows=1)),
    ("a page of 100", data_table(page_size=100), data_table(page_size=101)),
    ("2 charts", [pie(), pie()], [pie(), pie(), pie()]),
    ("a chart's title of 50", [pie(title=50)], [pie(title=51)]),
    ("12 segments", [pie(segments=12)], [pie(segments=13)]),
    ("a segment's label of 20", [pie(label=20)], [pie(label=21)]),
    ("12,000 of markdown", [{"type": "markdown", "text": "x" * 12000}],
     [{"type": "markdown", "text": "x" * 12001}]),
    ("an image's words of 2,000",
     [{"type": "image", "image_url": "https://a.b", "alt_text": "x" * 2000}],
     [{"type": "image", "image_url": "https://a.b", "alt_text": "x" * 2001}]),
]  # fmt: skip


@pytest.mark.parametrize(("at", "past"), [m[1:] for m in MESSAGES], ids=[m[0] for m in MESSAGES])
def test_a_message_is_taken_at_the_limit_and_refused_one_past_it(at: Any, past: Any) -> None:
    assert check_message("words", at) == at
    with pytest.raises(SlackError, match="invalid_blocks"):
        check_message("words", past)


def test_all_block_text_together_has_a_limit() -> None:
    blocks = [{"type": "section", "text": markup(3000)}] * 4
    check_message("", [*blocks, {"type": "section", "text": markup(1200)}])
    with pytest.raises(SlackError, match="msg_blocks_too_long"):
        check_message("", [*blocks, {"type": "section", "text": markup(1201)}])


def modal(blocks: list[Json] | None = None, **more: Any) -> Json:
    return {"type": "modal", "title": plain(5), "submit": plain(5), "blocks": blocks or [], **more}


VIEWS: list[tuple[str, Any, Any]] = [
    ("a title of 24", modal(title=plain(24)), modal(title=plain(25))),
    ("a submit of 24", modal(submit=plain(24)), modal(submit=plain(25))),
    ("a close of 24", modal(close=plain(24)), modal(close=plain(25))),
    ("100 blocks", modal([{"type": "divider"}] * 100), modal([{"type": "divider"}] * 101)),
    ("private metadata of 3,000", modal(private_metadata="m" * 3000),
     modal(private_metadata="m" * 3001)),
    ("a callback id of 255", modal(callback_id="c" * 255), modal(callback_id="c" * 256)),
    ("an external id of 255", modal(external_id="c" * 255), modal(external_id="c" * 256)),
    ("a label of 2,000", modal(field(text_field(), label=plain(2000))),
     modal(field(text_field(), label=plain(2001)))),
    ("a hint of 2,000", modal(field(text_field(), hint=plain(2000))),
     modal(field(text_field(), hint=plain(2001)))),
    ("a max_length of 3,000", modal(field(text_field(max_length=3000))),
     modal(field(text_field(max_length=3001)))),
    ("an alert of 200", modal([{"type": "alert", "text": plain(200)}]),
     modal([{"type": "alert", "text": plain(201)}])),
]  # fmt: skip


@pytest.mark.parametrize(("at", "past"), [v[1:] for v in VIEWS], ids=[v[0] for v in VIEWS])
def test_a_view_is_taken_at_the_limit_and_refused_one_past_it(at: Any, past: Any) -> None:
    assert check_view(at, "modal") == at
    with pytest.raises(SlackError, match="invalid_arguments"):
        check_view(past, "modal")


@pytest.mark.parametrize(
    "blocks",
    [
        [{"type": "shout"}],
        [{"type": "alert", "text": plain(1)}],
        [{"type": "section"}],
        [{"type": "section", "text": markup(1), "colour": "red"}],
        [{"type": "header", "text": markup(1)}],
        actions(text_field()),
        section(accessory=select()),
        section(block_id="same") * 2,
        actions(button(1), button(1)),
        section(accessory=button(style="shouting")),
        ["words"],
        [{"type": "context", "elements": [button()]}],
    ],
    ids=[
        "an unknown type", "an alert outside a modal", "a section of nothing",
        "a property Slack does not know", "markup in a header", "a text field among actions",
        "a menu of nothing", "a block id twice", "an action id twice in a block",
        "a style Slack does not know", "no object at all", "a button in a context",
    ],
)  # fmt: skip
def test_what_slack_does_not_know_is_refused(blocks: Any) -> None:
    with pytest.raises(SlackError, match="invalid_blocks"):
        check_message("words", blocks)


def test_the_same_action_id_may_stand_in_two_blocks() -> None:
    check_message("", [*actions(button(1)), *actions(button(1))])


def test_a_table_does_not_go_in_a_modal_nor_a_modal_without_its_button() -> None:
    for view in (modal(table()), modal(field(text_field()), submit=None)):
        with pytest.raises(SlackError, match="invalid_arguments"):
            check_view(view, "modal")


def test_a_refusal_points_at_the_fault() -> None:
    with pytest.raises(SlackError) as caught:
        check_message("", [{"type": "divider"}, {"type": "header", "text": plain(151)}])
    assert caught.value.messages == (
        "[ERROR] must be less than 151 characters [json-pointer:/blocks/1/text/text]",
    )


def test_metadata_has_a_form_and_a_size() -> None:
    check_metadata({"event_type": "kept", "event_payload": {"key": "k"}})
    for bad, code in (
        ({"event_type": "kept"}, "invalid_metadata_format"),
        ({"event_type": "kept", "event_payload": {"k": "v" * 9000}}, "metadata_too_large"),
    ):
        with pytest.raises(SlackError, match=code):
            check_metadata(bad)


def test_three_thousand_ampersands_are_fifteen_thousand_characters() -> None:
    assert escaped_length("&" * 3000, markup=True) == 15000


@given(st.text())
def test_escaping_what_is_escaped_already_changes_no_length(text: str) -> None:
    escaped = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    assert escaped_length(escaped, markup=False) == escaped_length(escaped, markup=True)
    assert escaped_length(escaped, markup=False) >= len(escaped)


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(),
        lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
        max_leaves=20,
    )
)
def test_whatever_is_sent_as_a_block_is_judged_and_nothing_breaks(block: Any) -> None:
    for kind in ("section", "actions", "table", "rich_text", "input", "data_visualization"):
        sent = {"type": kind, "text": block, "elements": block, "rows": block, "chart": block}
        with pytest.raises(SlackError):
            check_message("words", [sent])
