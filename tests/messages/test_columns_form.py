"""Naming a sheet's columns: within Slack's limits, and nothing of a tampered form is believed."""

import json

import pytest

from messages.forms.columns_form import columns_errors, columns_view, parse_columns
from messages.ids import Block


def test_long_and_many_headings_fit_and_it_is_said_that_there_are_more() -> None:
    view = columns_view(1, "s" * 300, ["h" * 300] * 150, {Block.FIGURE_COLUMN: 3}, "n" * 300)
    menus = [block["element"] for block in view["blocks"] if block["type"] == "input"][:5]
    assert {len(menu["options"]) for menu in menus} == {100}
    assert max(len(o["text"]["text"]) for menu in menus for o in menu["options"]) == 75
    assert menus[1]["initial_option"]["value"] == "3"
    assert "Only the first 100 columns" in json.dumps(view)


@pytest.mark.parametrize("kept", ["", "[]", '{"form": "1"}', '{"form": true}', '{"form": -1}', "{"])
def test_a_tampered_form_is_none(kept: str) -> None:
    assert parse_columns({"private_metadata": kept}) is None


def test_choices_that_were_never_offered_are_passed_over() -> None:
    values = {
        block: {block: {"selected_option": {"value": value}}}
        for block, value in (
            (Block.TARGET_COLUMN, "100"),
            (Block.FIGURE_COLUMN, "-1"),
            (Block.AS_AT_COLUMN, "²"),
            (Block.QUARTER_COLUMN, "7"),
        )
    }
    named = {Block.SHEET_NAME: {Block.SHEET_NAME: {"value": "n" * 300}}}
    view = {"private_metadata": '{"form": 5}', "state": {"values": {**values, **named}}}
    answer = parse_columns(view)
    assert answer is not None
    assert answer.places == {Block.QUARTER_COLUMN: 7}
    assert set(columns_errors(answer)) == {
        Block.TARGET_COLUMN,
        Block.FIGURE_COLUMN,
        Block.SHEET_NAME,
    }
