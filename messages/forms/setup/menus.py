"""Menus of many options: all of them where they fit, else looked up while people type.

It owns Slack's limits on menus. What does not fit an option's line ends in `…`.
"""

from collections.abc import Iterable, Mapping
from typing import Any, Final

from slack_sdk.models.blocks import (
    ExternalDataMultiSelectElement,
    ExternalDataSelectElement,
    InputBlock,
    InputInteractiveElement,
    Option,
)

from messages.cleaning import is_visible, printable
from messages.forms.pieces import choice
from messages.markup.blocks import plain
from messages.markup.limits import LABEL, weight
from messages.markup.split import split_text
from messages.notices.setup_sheets import Suggested

MOST_OPTIONS: Final = 100
MOST_LINKS: Final = 50


def menu(
    block: str, label: str, options: Mapping[str, str], value: str, hint: str | None = None
) -> InputBlock:
    """One of several: a plain menu of at most a hundred, else one that looks up what is typed."""
    words = {key: option_words(text) for key, text in options.items()}
    if 0 < len(words) <= MOST_OPTIONS:
        return choice(block, label, words, value, hint)
    return looked_up(block, label, {key: words[key] for key in (value,) if key in words}, hint)


def looked_up(
    block: str, label: str, chosen: Mapping[str, str], hint: str | None = None
) -> InputBlock:
    """One of any number, found by what is typed."""
    initial = [option(key, words) for key, words in chosen.items()]
    element = ExternalDataSelectElement(
        action_id=block,
        initial_option=initial[0] if initial else None,
        min_query_length=0,
        placeholder=plain("Type a reference or a word"),
    )
    return _input(block, label, element, hint)


def several_looked_up(
    block: str, label: str, chosen: Mapping[str, str], hint: str | None = None
) -> InputBlock:
    """Several of any number, found by what is typed."""
    element = ExternalDataMultiSelectElement(
        action_id=block,
        initial_options=[option(key, words) for key, words in chosen.items()] or None,
        min_query_length=0,
        max_selected_items=MOST_LINKS,
        placeholder=plain("Type a reference or a word"),
    )
    return _input(block, label, element, hint)


def suggestions(found: Suggested) -> dict[str, Any]:
    """What a menu is answered with; where more fit than it holds, it says so."""
    options = [option(key, words).to_dict() for key, words in _within(found.options)]
    if found.count <= len(options):
        return {"options": options}
    label = f"The first {len(options)} of {found.count:,}. Type more to narrow it."
    group = {"label": {"type": "plain_text", "text": label}, "options": options}
    return {"option_groups": [group]}


def option(value: str, words: str) -> Option:
    """An option whose line fits."""
    return Option(value=value, text=plain(option_words(words)))


def option_words(words: str) -> str:
    """Words as an option's line; `…` where there is more."""
    line = " ".join(printable(words).split())
    if not is_visible(line):
        return "without a name"
    if weight(line) <= LABEL:
        return line
    return split_text(line, LABEL - len("…".encode()))[0].rstrip() + "…"


def _within(options: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    return list(options)[:MOST_OPTIONS]


def _input(
    block: str, label: str, element: InputInteractiveElement, hint: str | None
) -> InputBlock:
    return InputBlock(
        block_id=block,
        label=plain(label),
        element=element,
        hint=plain(hint) if hint else None,
        optional=True,
    )
