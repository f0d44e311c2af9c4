"""What a person has chosen or typed: the ``state.values`` of a view or a message.

Owns the table from an element's type to the key Slack keeps its value under.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from workspace.checks.blocks import elements_of
from workspace.wire import Json

Values = dict[str, dict[str, Json]]
"""By block id, then action id: ``{"type": …, "value" or "selected_…": …}``."""


@dataclass(frozen=True, slots=True)
class Holding:
    """Under which key an element's value stands, and under which it starts with one."""

    key: str
    initial: str
    many: bool = False


HOLDINGS = {
    "plain_text_input": Holding("value", "initial_value"),
    "number_input": Holding("value", "initial_value"),
    "email_text_input": Holding("value", "initial_value"),
    "url_text_input": Holding("value", "initial_value"),
    "rich_text_input": Holding("rich_text_value", "initial_value"),
    "datepicker": Holding("selected_date", "initial_date"),
    "timepicker": Holding("selected_time", "initial_time"),
    "datetimepicker": Holding("selected_date_time", "initial_date_time"),
    "static_select": Holding("selected_option", "initial_option"),
    "external_select": Holding("selected_option", "initial_option"),
    "users_select": Holding("selected_user", "initial_user"),
    "conversations_select": Holding("selected_conversation", "initial_conversation"),
    "channels_select": Holding("selected_channel", "initial_channel"),
    "radio_buttons": Holding("selected_option", "initial_option"),
    "checkboxes": Holding("selected_options", "initial_options", many=True),
    "multi_static_select": Holding("selected_options", "initial_options", many=True),
    "multi_external_select": Holding("selected_options", "initial_options", many=True),
    "multi_users_select": Holding("selected_users", "initial_users", many=True),
    "multi_conversations_select": Holding(
        "selected_conversations", "initial_conversations", many=True
    ),
    "multi_channels_select": Holding("selected_channels", "initial_channels", many=True),
    "file_input": Holding("files", "", many=True),
}
"""Buttons and overflow menus hold nothing and stand in no state."""


def starting(blocks: Iterable[Json]) -> Values:
    """Give the state a surface starts with: every element that holds, with its initial value."""
    state: Values = {}
    for block in blocks:
        for element in elements_of(block):
            if element.get("type") in HOLDINGS:
                state.setdefault(block["block_id"], {})[element["action_id"]] = _first(element)
    return state


def _first(element: Json) -> Json:
    holding = HOLDINGS[element["type"]]
    empty: object = [] if holding.many else None
    return {"type": element["type"], holding.key: element.get(holding.initial) or empty}


def carried(old: Values, new: Values) -> Values:
    """Keep what was typed over an update where block id, action id and type are the same."""
    return {
        block: {
            action: _same(old.get(block, {}).get(action), entry)
            for action, entry in actions.items()
        }
        for block, actions in new.items()
    }


def _same(old: Json | None, new: Json) -> Json:
    return old if old is not None and old["type"] == new["type"] else new


def held(entry: Json) -> object:
    """Give the bare value of a state entry."""
    return entry.get(HOLDINGS[entry["type"]].key)
