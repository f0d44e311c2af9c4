"""The words a reader sees: blocks, markup and rich text turned to plain lines.

Owns how things look as words; knows people's names only through the function handed in.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping

from workspace.values import HOLDINGS, Values, held
from workspace.wire import Json

Names = Callable[[str], str]
"""Gives the name behind a person's or channel's id, the id itself when nobody knows it."""

CONTROL = re.compile(r"<([^<>\s][^<>]*)>")
EMPHASIS = re.compile(r"(?<![\w*_~`])([*_~`])(?=\S)([^\n]*?\S)\1(?![\w*_~`])")


def unescaped(text: str) -> str:
    """Undo the three entities, and only those, once."""
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


def marked_up(text: str, names: Names) -> str:
    """Read mrkdwn as its reader does: links by label, people by name, no emphasis signs."""
    spoken = CONTROL.sub(lambda found: _control(found[1], names), text)
    return unescaped(EMPHASIS.sub(r"\2", spoken))


def _control(inside: str, names: Names) -> str:
    target, _, label = inside.partition("|")
    if inside.startswith("!date^"):
        return label
    if inside.startswith(("@", "#")):
        return target[0] + names(target[1:])
    if inside.startswith("!"):
        return label or f"@{target[1:]}"
    return label or target


def words(blocks: Iterable[Json], names: Names, state: Values | None = None) -> list[str]:
    """Give the lines a reader sees of blocks, buttons in square brackets."""
    lines = [line for block in blocks for line in _block(block, names, state or {})]
    return [line for line in lines if line]


def _block(block: Json, names: Names, state: Values) -> Iterator[str]:
    kind = block.get("type")
    reader = READERS.get(str(kind))
    if reader is not None:
        yield from reader(block, names)
        return
    if kind == "input":
        yield from _input(block, names, state)
        return
    yield from _text(block.get("text"), names)
    yield from (line for field in block.get("fields") or [] for line in _text(field, names))
    if isinstance(block.get("accessory"), dict):
        yield from _element(block["accessory"], names)


def _text(value: object, names: Names) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict) and value.get("type") == "mrkdwn":
        yield marked_up(value["text"], names)
    elif isinstance(value, dict):
        yield unescaped(str(value.get("text", "")))


def _context(block: Json, names: Names) -> Iterator[str]:
    parts = (p for element in block["elements"] for p in _element(element, names))
    yield " ".join(parts)


def _actions(block: Json, names: Names) -> Iterator[str]:
    parts = (p for element in block["elements"] for p in _element(element, names))
    yield " ".join(parts)


def _element(element: Json, names: Names) -> Iterator[str]:
    kind = element.get("type")
    if kind in {"plain_text", "mrkdwn"}:
        yield from _text(element, names)
    elif kind == "image":
        yield str(element.get("alt_text", ""))
    elif kind == "button":
        yield f"[{''.join(_text(element['text'], names))}]"
    elif kind in {"overflow", "checkboxes", "radio_buttons"}:
        yield " ".join(f"[{label}]" for label in _labels(element, names))
    else:
        yield f"[{''.join(_text(element.get('placeholder'), names))}]"


def _labels(element: Json, names: Names) -> list[str]:
    return ["".join(_text(option["text"], names)) for option in element.get("options") or []]


def _input(block: Json, names: Names, state: Values) -> Iterator[str]:
    yield from _text(block["label"], names)
    element = block["element"]
    entry = state.get(block["block_id"], {}).get(element.get("action_id", ""))
    value = held(entry) if entry else element.get(HOLDINGS[element["type"]].initial)
    yield _value(value, names)
    yield from _text(block.get("hint"), names)


def _value(value: object, names: Names) -> str:
    if isinstance(value, list):
        return ", ".join(_value(item, names) for item in value)
    if isinstance(value, dict):
        return "".join(_text(value["text"], names)) if "text" in value else _rich_line(value, names)
    return "" if value is None else str(value)


def _rich(block: Json, names: Names) -> Iterator[str]:
    for element in block["elements"]:
        if element["type"] == "rich_text_list":
            yield from (f"• {_rich_line(item, names)}" for item in element["elements"])
        else:
            yield _rich_line(element, names)


def _rich_line(element: Json, names: Names) -> str:
    return "".join(_inline(part, names) for part in element.get("elements") or [])


def _inline(part: Json, names: Names) -> str:
    kind = part["type"]
    if kind in {"user", "channel"}:
        sign = "@" if kind == "user" else "#"
        return sign + names(part[f"{kind}_id"])
    if kind == "emoji":
        return f":{part['name']}:"
    if kind == "broadcast":
        return f"@{part['range']}"
    if kind.startswith("rich_text"):
        return _rich_line(part, names)
    return str(part.get("text") or part.get("fallback") or part.get("url") or "")


def _table(block: Json, names: Names) -> Iterator[str]:
    yield from _text(block.get("caption"), names)
    for row in block["rows"]:
        yield " | ".join(_cell(cell, names) for cell in row)


def _cell(cell: Json, names: Names) -> str:
    if cell["type"] == "rich_text":
        return " ".join(_rich(cell, names))
    return str(cell.get("text") or cell.get("value") or "")


def _chart(block: Json, _names: Names) -> Iterator[str]:
    yield block["title"]
    chart = block["chart"]
    for point in chart.get("segments") or []:
        yield f"{point['label']}: {point['value']}"
    for series in chart.get("series") or []:
        points = ", ".join(f"{p['label']} {p['value']}" for p in series["data"])
        yield f"{series['name']}: {points}"


def _image(block: Json, names: Names) -> Iterator[str]:
    yield from _text(block.get("title"), names)
    yield str(block.get("alt_text", ""))


READERS: Mapping[str, Callable[[Json, Names], Iterator[str]]] = {
    "actions": _actions,
    "context": _context,
    "data_table": _table,
    "data_visualization": _chart,
    "image": _image,
    "rich_text": _rich,
    "table": _table,
}
