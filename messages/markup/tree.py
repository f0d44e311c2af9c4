"""The tree a template renders to: which elements there are and what stands in which.

It owns reading and checking. A fault here is a fault in a template, never in what people
typed: their text arrives escaped.
"""

from collections.abc import Iterator
from typing import Final
from xml.etree import ElementTree as ET

Element = ET.Element

INLINE: Final = frozenset({"b", "i", "br", "person", "link"})
_HOLDS: Final[dict[str, frozenset[str]]] = {
    "message": frozenset(
        {"header", "section", "quote", "list", "table", "actions", "context", "divider"}
    ),
    "header": INLINE,
    "section": INLINE | {"button"},
    "quote": INLINE,
    "context": INLINE,
    "list": frozenset({"item"}),
    "item": INLINE,
    "table": frozenset({"row"}),
    "row": frozenset({"cell"}),
    "cell": INLINE,
    "actions": frozenset({"button"}),
    "button": frozenset(),
    "b": INLINE,
    "i": INLINE,
    "link": frozenset(),
    "person": frozenset(),
    "br": frozenset(),
    "divider": frozenset(),
}


class MarkupError(ValueError):
    """A template does not render to the markup this room knows."""


def parse(source: str) -> Element:
    """The tree of a rendered template. Raises `MarkupError`, which names what is wrong."""
    try:
        root = ET.fromstring(source)  # noqa: S314  # our own templates, text escaped
    except ET.ParseError as fault:
        raise MarkupError(f"This is not well-formed markup: {fault}.") from fault
    if root.tag != "message":
        raise MarkupError(f"A template holds one <message>, not <{root.tag}>.")
    _check(root)
    return root


def pieces(element: Element) -> Iterator[str | Element]:
    """An element's text and children in the order they stand."""
    yield element.text or ""
    for child in element:
        yield child
        yield child.tail or ""


def _check(element: Element) -> None:
    allowed = _HOLDS[element.tag]
    for child in element:
        if child.tag not in allowed:
            raise MarkupError(f"<{element.tag}> cannot hold <{child.tag}>.")
        _check(child)
