"""Parts that forms are built of: words, inputs, ticks, choices.

It owns Slack's limits on them. An input's action id is its block id, so that what was typed
stays over an update.
"""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, Final

from slack_sdk.models.blocks import (
    Block,
    CheckboxesElement,
    DatePickerElement,
    HeaderBlock,
    InputBlock,
    InputInteractiveElement,
    Option,
    PlainTextInputElement,
    SectionBlock,
    StaticSelectElement,
)
from slack_sdk.models.views import View

from messages.cleaning import cleaned, is_visible, printable
from messages.markup.blocks import plain
from messages.markup.limits import HEADER, SECTION, weight
from messages.markup.split import split_text

LONGEST_INPUT: Final = 3_000
LONGEST_TITLE: Final = 24
BLOCKS_A_VIEW: Final = 100


def title_of(words: str, otherwise: str) -> str:
    """A view's title, or another where it is too long for one."""
    title = " ".join(cleaned(words).split())
    return title if 0 < weight(title) <= LONGEST_TITLE else otherwise


def form(
    blocks: Iterable[Block],
    *,
    callback: str,
    title: str,
    kept: str,
    submit: str | None = None,
    close: str = "Cancel",
) -> dict[str, Any]:
    """A modal as Slack wants it. Raises Slack's own model errors past a limit."""
    view = View(
        type="modal",
        callback_id=callback,
        title=plain(title),
        submit=plain(submit) if submit else None,
        close=plain(close),
        private_metadata=kept,
        blocks=list(blocks),
    )
    found: dict[str, Any] = view.to_dict()
    return found


def heading(text: str) -> list[Block]:
    """A heading, or plain words where it is too long for one."""
    line = " ".join(printable(text).split())
    return [HeaderBlock(text=plain(line))] if 0 < weight(line) <= HEADER else told(line)


def told(text: str) -> list[Block]:
    """Words, in as many sections as they need."""
    found = printable(text).strip()
    stretches = split_text(found, SECTION) if is_visible(found) else ()
    return [SectionBlock(text=plain(stretch)) for stretch in stretches if is_visible(stretch)]


def typed_text(
    block: str,
    label: str,
    value: str = "",
    *,
    multiline: bool = False,
    hint: str | None = None,
    placeholder: str | None = None,
    longest: int = LONGEST_INPUT,
) -> InputBlock:
    """A text input. Required answers are judged by the rules, so that an error can say why.

    `longest` is how many characters are taken, as Slack counts them.
    """
    kept, more = _within(printable(value), longest)
    words = f"Only the first {kept.count('') - 1:,} characters fit here." if more else hint
    element = PlainTextInputElement(
        action_id=block,
        initial_value=kept or None,
        multiline=multiline,
        max_length=longest,
        placeholder=plain(placeholder) if placeholder else None,
    )
    return _input(block, label, element, words)


def chosen_day(
    block: str, label: str, value: date | None = None, hint: str | None = None
) -> InputBlock:
    """A date."""
    initial = value.isoformat() if value else None
    return _input(block, label, DatePickerElement(action_id=block, initial_date=initial), hint)


def choice(
    block: str, label: str, options: Mapping[str, str], value: str | None, hint: str | None = None
) -> InputBlock:
    """One of several options, `options` being values and words."""
    made = {key: _option(key, words) for key, words in options.items()}
    element = StaticSelectElement(
        action_id=block,
        options=list(made.values()),
        initial_option=made.get(value) if value else None,
        placeholder=plain("Choose"),
    )
    return _input(block, label, element, hint)


def ticks(
    block: str, label: str, options: Mapping[str, str], values: Iterable[str] = ()
) -> InputBlock:
    """Boxes to tick."""
    made = {key: _option(key, words) for key, words in options.items()}
    initial = [made[value] for value in values if value in made]
    element = CheckboxesElement(
        action_id=block, options=list(made.values()), initial_options=initial or None
    )
    return _input(block, label, element)


def _option(value: str, words: str) -> Option:
    return Option(value=value, text=plain(words))


def _input(
    block: str, label: str, element: InputInteractiveElement, hint: str | None = None
) -> InputBlock:
    return InputBlock(
        block_id=block,
        label=plain(label),
        element=element,
        hint=plain(hint) if hint else None,
        optional=True,
    )


def _within(text: str, longest: int) -> tuple[str, bool]:
    units = text.encode("utf-16-le")
    if len(units) <= 2 * longest:
        return text, False
    return units[: 2 * longest].decode("utf-16-le", errors="ignore"), True
