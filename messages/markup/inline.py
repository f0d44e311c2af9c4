"""Text inside an element as runs: words with their style, people, links.

It owns how spaces fold and how people are shown. Everything is literal text for Slack's
rich text: no character people type can format, mention or link.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final, Protocol

from slack_sdk.models.blocks import RichTextElement
from slack_sdk.models.blocks import RichTextElementParts as Parts

from messages.cleaning import cleaned, is_visible
from messages.markup.tree import Element, MarkupError, pieces

_SPACE: Final = re.compile(r"[ \t\n]+")
_ENDS: Final = " \t\n"
_SOMEBODY: Final = "somebody without a name"


class Directory(Protocol):
    """Who a person's number stands for."""

    def slack_id(self, number: int) -> str | None:
        """Their Slack id, or none when they have no account."""

    def label(self, number: int) -> str:
        """What people call them, as `housing lead`. Never empty."""


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of text in one style. A mention shows as `text` wherever it cannot be one."""

    text: str
    bold: bool = False
    italic: bool = False
    url: str = ""
    mention: str = ""


def runs(element: Element, directory: Directory, *, keep_lines: bool = False) -> tuple[Run, ...]:
    """The runs of an element, spaces folded; `keep_lines` keeps people's own line ends.

    Empty when there is nothing a reader would see.
    """
    found = tuple(_walk(element, directory, Run(""), keep_lines=keep_lines))
    found = tuple(_trimmed(found if keep_lines else tuple(_folded(found))))
    return found if is_visible(said(found)) else ()


def said(found: tuple[Run, ...]) -> str:
    """Runs as plain text."""
    return "".join(run.text for run in found)


def parts(found: tuple[Run, ...]) -> list[RichTextElement]:
    """Runs as elements of Slack's rich text."""
    return [_part(run) for run in found]


def _part(run: Run) -> RichTextElement:
    style = Parts.TextStyle(bold=run.bold or None, italic=run.italic or None)
    styled = style if run.bold or run.italic else None
    if run.mention:
        return Parts.User(user_id=run.mention, style=styled)
    if run.url:
        return Parts.Link(url=run.url, text=run.text, style=styled)
    return Parts.Text(text=run.text, style=styled)


def _walk(element: Element, directory: Directory, style: Run, *, keep_lines: bool) -> Iterator[Run]:
    for piece in pieces(element):
        if isinstance(piece, Element):
            yield from _inside(piece, directory, style, keep_lines=keep_lines)
        elif piece:
            yield replace(style, text=piece if keep_lines else _SPACE.sub(" ", piece))


def _inside(
    element: Element, directory: Directory, style: Run, *, keep_lines: bool
) -> Iterator[Run]:
    if element.tag == "person":
        yield _person(element, directory, style)
    elif element.tag == "br":
        yield replace(style, text="\n")
    elif element.tag != "button":
        yield from _walk(element, directory, _styled(element, style), keep_lines=keep_lines)


def _styled(element: Element, style: Run) -> Run:
    if element.tag == "b":
        return replace(style, bold=True)
    if element.tag == "i":
        return replace(style, italic=True)
    url = element.get("href", "")
    return replace(style, url=url if url.startswith(("https://", "http://")) else "")


def _person(element: Element, directory: Directory, style: Run) -> Run:
    try:
        number = int(element.get("number", ""))
    except ValueError:
        raise MarkupError("<person> needs a number.") from None
    label = cleaned(_SPACE.sub(" ", directory.label(number))) or _SOMEBODY
    slack_id = directory.slack_id(number) if element.get("mention") == "yes" else None
    return replace(style, text=label, mention=slack_id or "")


def _folded(found: tuple[Run, ...]) -> Iterator[Run]:
    after_space = True
    for run in found:
        text = run.text.lstrip(" ") if after_space and run.text != "\n" else run.text
        if text:
            after_space = text.endswith((" ", "\n"))
            yield replace(run, text=text)


def _trimmed(found: tuple[Run, ...]) -> Iterator[Run]:
    kept = list(found)
    while kept and not kept[0].text.strip(_ENDS):
        kept.pop(0)
    while kept and not kept[-1].text.strip(_ENDS):
        kept.pop()
    if kept:
        kept[0] = replace(kept[0], text=kept[0].text.lstrip(_ENDS))
        kept[-1] = replace(kept[-1], text=kept[-1].text.rstrip(_ENDS))
    yield from kept
