"""From elements to Slack's blocks, each with what it says in plain text.

It owns which element becomes which block. No block uses mrkdwn: text is `plain_text` or rich
text, so that nothing people type can turn into a format. Parts of a message are made in
`parts.py`.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Final

from slack_sdk.models.blocks import (
    ActionsBlock,
    Block,
    ButtonElement,
    ContextBlock,
    DividerBlock,
    HeaderBlock,
    PlainTextObject,
    RichTextBlock,
    RichTextElement,
    RichTextListElement,
    RichTextQuoteElement,
    RichTextSectionElement,
    SectionBlock,
)

from messages.markup import limits
from messages.markup.inline import Directory, Run, parts, runs, said
from messages.markup.limits import weight
from messages.markup.split import split_runs, split_text
from messages.markup.tree import Element

_STYLES: Final = frozenset({"primary", "danger"})


@dataclass(frozen=True, slots=True)
class Piece:
    """One block and its plain text. `leads` keeps it with the next; `table` is one a message."""

    block: Block
    text: str
    weight: int
    leads: bool = False
    table: bool = False


Maker = Callable[[Element, Directory], Iterator[Piece]]


def plain(text: str) -> PlainTextObject:
    """Literal text; a colon stays a colon."""
    return PlainTextObject(text=text, emoji=False)


def prose(found: tuple[Run, ...]) -> Iterator[Piece]:
    """Runs as rich text."""
    for group in split_runs(found, limits.SECTION):
        block = RichTextBlock(elements=[RichTextSectionElement(elements=parts(group))])
        yield _piece(block, said(group))


def header(element: Element, directory: Directory) -> Iterator[Piece]:
    """A header, or bold text where it is too long for one."""
    found = runs(element, directory)
    text = said(found).replace("\n", " ")
    if not found:
        return
    if weight(text) <= limits.HEADER:
        yield Piece(HeaderBlock(text=plain(text)), text, weight(text), leads=True)
    else:
        yield from prose(tuple(Run(stretch, bold=True) for stretch in split_text(text, 1_000)))


def section(element: Element, directory: Directory) -> Iterator[Piece]:
    """Text, with one button beside it at most. Text beside a button carries no style.

    One that `leads` what follows is never the last of a part.
    """
    found = runs(element, directory)
    button = element.find("button")
    if button is None:
        leads = element.get("leads") == "yes"
        yield from (replace(piece, leads=leads) for piece in prose(found))
        return
    *before, last = split_text(said(found), limits.SECTION) or ("",)
    for stretch in before:
        yield _piece(SectionBlock(text=plain(stretch)), stretch)
    if last:
        pressed = _button(button)
        yield _piece(SectionBlock(text=plain(last), accessory=pressed), last, _label_weight(button))


def quote(element: Element, directory: Directory) -> Iterator[Piece]:
    """What a person wrote, with their own lines, under a label that says what it is."""
    found = runs(element, directory, keep_lines=True)
    label = f"{element.get('label')}: " if element.get("label") else ""
    for group in split_runs(found, limits.SECTION - weight(label)):
        quoted = RichTextQuoteElement(elements=parts(group))
        title = [RichTextSectionElement(elements=parts((Run(label.rstrip()),)))] if label else []
        yield _piece(RichTextBlock(elements=[*title, quoted]), f"{label}{said(group)}")
        label = ""


def bullets(element: Element, directory: Directory) -> Iterator[Piece]:
    """A list. A list of one is a sentence of its own."""
    items = [found for item in element if (found := runs(item, directory))]
    if len(items) == 1:
        yield from prose(items[0])
        return
    group: list[tuple[Run, ...]] = []
    for item in (part for found in items for part in split_runs(found, limits.SECTION - 10)):
        if len(group) == limits.LIST_ITEMS or _list_weight([*group, item]) > limits.SECTION:
            yield _bullet_piece(group)
            group = []
        group.append(item)
    if group:
        yield _bullet_piece(group)


def context(element: Element, directory: Directory) -> Iterator[Piece]:
    """Small print."""
    for stretch in split_text(said(runs(element, directory)), limits.SECTION):
        yield _piece(ContextBlock(elements=[plain(stretch)]), stretch)


def actions(element: Element, _directory: Directory) -> Iterator[Piece]:
    """Buttons in a row."""
    buttons = list(element)
    for start in range(0, len(buttons), limits.BUTTONS_IN_A_ROW):
        row = buttons[start : start + limits.BUTTONS_IN_A_ROW]
        block = ActionsBlock(elements=[_button(button) for button in row])
        yield Piece(block, "", sum(_label_weight(button) for button in row))


def divider(_element: Element, _directory: Directory) -> Iterator[Piece]:
    """A line across."""
    yield Piece(DividerBlock(), "", 1)


MAKERS: Final[dict[str, Maker]] = {
    "header": header,
    "section": section,
    "quote": quote,
    "list": bullets,
    "context": context,
    "actions": actions,
    "divider": divider,
}


def _piece(block: Block, text: str, more: int = 0) -> Piece:
    return Piece(block, text, weight(text) + more)


def _bullet_piece(items: list[tuple[Run, ...]]) -> Piece:
    lines: list[RichTextElement] = [RichTextSectionElement(elements=parts(item)) for item in items]
    block = RichTextBlock(elements=[RichTextListElement(elements=lines, style="bullet")])
    return _piece(block, "\n".join(f"• {said(item)}" for item in items))


def _list_weight(items: list[tuple[Run, ...]]) -> int:
    return sum(weight(said(item)) + len("• \n".encode()) for item in items)


def _button(element: Element) -> ButtonElement:
    label = " ".join((element.text or "").split())
    about = " ".join(f"{label} {element.get('about', '')}".split())
    style = element.get("style")
    return ButtonElement(
        text=plain(label),
        action_id=element.get("action"),
        value=element.get("value"),
        style=style if style in _STYLES else None,
        accessibility_label=_shortened(about),
    )


def _shortened(text: str) -> str:
    """A label for screen readers: what does not fit stands in the text beside the button."""
    if weight(text) <= limits.LABEL:
        return text
    return split_text(text, limits.LABEL - len("…".encode()))[0].rstrip() + "…"


def _label_weight(element: Element) -> int:
    return weight(element.text or "") + limits.LABEL
