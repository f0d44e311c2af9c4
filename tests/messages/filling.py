"""A form filled in as Slack would send it back: its initial values, and what a person changes."""

from typing import Any


def sent(view: dict[str, Any], **entries: Any) -> dict[str, Any]:
    """The view as submitted. An entry is a text, a day, an option's value or a list of ticks.

    Dots in a block's id are written as two underscores.
    """
    changed = {name.replace("__", "."): entry for name, entry in entries.items()}
    values = {
        block["block_id"]: {block["element"]["action_id"]: _entry(block, changed)}
        for block in view["blocks"]
        if block["type"] == "input"
    }
    assert changed.keys() <= values.keys(), "a block that is not on the form"
    return {**view, "state": {"values": values}}


def _entry(block: dict[str, Any], changed: dict[str, Any]) -> dict[str, Any]:
    element, name = block["element"], block["block_id"]
    kind = element["type"]
    if kind == "plain_text_input":
        value = changed.get(name, element.get("initial_value"))
        return {"type": kind, "value": value}
    if kind == "datepicker":
        return {"type": kind, "selected_date": changed.get(name, element.get("initial_date"))}
    if kind == "checkboxes":
        ticked = changed.get(name, [o["value"] for o in element.get("initial_options", [])])
        return {"type": kind, "selected_options": [_option(element, tick) for tick in ticked]}
    chosen = changed.get(name, element.get("initial_option", {}).get("value"))
    return {"type": kind, "selected_option": _option(element, chosen) if chosen else None}


def _option(element: dict[str, Any], value: str) -> dict[str, Any]:
    (found,) = (option for option in element["options"] if option["value"] == value)
    return dict(found)


def blocks(view: dict[str, Any]) -> list[str]:
    """The ids of a view's inputs."""
    return [block["block_id"] for block in view["blocks"] if block["type"] == "input"]


def words(view: dict[str, Any]) -> str:
    """What a view tells beside its inputs."""
    return "\n".join(
        block["text"]["text"] for block in view["blocks"] if block["type"] in {"header", "section"}
    )
