"""Views and blocks the tests show."""

from typing import Any

Json = dict[str, Any]


def plain(text: str) -> Json:
    return {"type": "plain_text", "text": text}


def button(action_id: str, label: str = "Press", **more: Any) -> Json:
    return {"type": "button", "action_id": action_id, "text": plain(label), **more}


def actions(*elements: Json, block_id: str = "acts") -> Json:
    return {"type": "actions", "block_id": block_id, "elements": list(elements)}


def field(block_id: str, element: Json, **more: Any) -> Json:
    return {
        "type": "input",
        "block_id": block_id,
        "label": plain(block_id.title()),
        "element": {"action_id": "held", **element},
        **more,
    }


def text_field(block_id: str, *, optional: bool = False, **more: Any) -> Json:
    return field(block_id, {"type": "plain_text_input", **more}, optional=optional)


def options(*values: str) -> list[Json]:
    return [{"text": plain(value.title()), "value": value} for value in values]


def modal(*blocks: Json, title: str = "Report", callback: str = "form", **more: Any) -> Json:
    return {
        "type": "modal",
        "callback_id": callback,
        "title": plain(title),
        "submit": plain("Report"),
        "blocks": list(blocks),
        **more,
    }


def home(*blocks: Json) -> Json:
    return {"type": "home", "blocks": list(blocks)}
