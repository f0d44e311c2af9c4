"""Any form of the set-up: its view from a sheet, reading it back, and its errors.

It owns how a kind of field looks. Which fields there are stands in the rules, their words in
`messages/wording/setup_fields.py`.
"""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from slack_sdk.models.blocks import ActionsBlock, Block, ButtonElement, InputBlock

from messages.forms.pieces import choice, chosen_day, form, heading, ticks, told, typed_text
from messages.forms.setup.menus import menu, several_looked_up
from messages.forms.state import Entered, View, metadata
from messages.ids import Action, Callback, Menu
from messages.markup.blocks import plain
from messages.notices.setup_sheets import FormSheet, Overtaken, Row
from messages.values import pack_form, pack_key, unpack_form
from messages.wording import days
from messages.wording import setup_fields as words
from rules.setup_fields import YES, Field, FieldKind, Typed
from rules.setup_forms import FormKey, FormKind

DEEPEST: Final = 3
"""Slack stacks three views."""
_NOTHING: Final = "nothing"


@dataclass(frozen=True, slots=True)
class SetupSent:
    """A form that was sent. `below` names the view under it, to be shown anew."""

    key: FormKey
    typed: Typed
    mark: str
    below: str


def setup_view(sheet: FormSheet, below: str = "", depth: int = 1) -> dict[str, Any]:
    """The form, with what it holds. `depth` is how many views are stacked with it."""
    kind = sheet.key.kind
    kept = {"form": pack_key(sheet.key), "mark": sheet.mark, "below": below, "depth": depth}
    return form(
        [
            *heading(sheet.about),
            *_overtaken(sheet),
            *told(words.ABOUT.get(kind, "")),
            *told(f"Measured: {sheet.title}." if sheet.title else ""),
            *_inputs(sheet),
            *_later(sheet, depth),
        ],
        callback=Callback.SETUP_FORM,
        title=words.TITLE[kind],
        submit=words.SEND.get(kind, words.SEND_OTHERWISE),
        kept=json.dumps(kept),
    )


def parse_setup(view: View) -> SetupSent | None:
    """What was sent, or none where the form was tampered with."""
    kept, entered = metadata(view), Entered(view)
    key = unpack_form(str(kept.get("form", "")))
    if key is None:
        return None
    typed = {block: _read(entered, block) for block in entered.blocks}
    return SetupSent(key, typed, str(kept.get("mark", "")), str(kept.get("below", "")))


def depth_of(view: View) -> int:
    """How many views are stacked up to this one."""
    depth = metadata(view).get("depth")
    return depth if isinstance(depth, int) and 1 <= depth <= DEEPEST else 1


def _inputs(sheet: FormSheet) -> Iterator[InputBlock]:
    labels = _row_labels(sheet)
    for field in sheet.fields:
        label = labels.get(field.name) or words.said(words.LABEL, sheet.key.kind, field.name)
        yield _input(sheet, field, label)


def _input(sheet: FormSheet, field: Field, label: str) -> InputBlock:
    kind, value = sheet.key.kind, sheet.typed.get(field.name, "")
    hint = words.said(words.HINT, kind, field.name) or None
    if field.kind is FieldKind.DAY:
        return chosen_day(field.name, label, date.fromisoformat(value) if value else None)
    if field.kind is FieldKind.TICK:
        return ticks(field.name, label, {YES: words.TICK[field.name]}, [value])
    if field.kind in {FieldKind.CHOICE, FieldKind.TICKS}:
        return _chosen(sheet, field, label, value, hint)
    return typed_text(
        field.name,
        label,
        value,
        multiline=field.kind is FieldKind.TEXT,
        hint=hint,
        longest=field.longest,
    )


def _chosen(sheet: FormSheet, field: Field, label: str, value: str, hint: str | None) -> InputBlock:
    offered = sheet.offered.get(field.name, {})
    if field.name == Menu.LINKS:
        return several_looked_up(field.name, label, offered, hint)
    if field.name in sheet.offered:
        return menu(field.name, label, offered, value, hint)
    listed = words.choices(sheet.key.kind, field.name)
    options = {one: listed[one] for one in field.options}
    if field.kind is FieldKind.TICKS:
        return ticks(field.name, label, options, value.split(","))
    return choice(field.name, label, options, value, hint)


def _row_labels(sheet: FormSheet) -> dict[str, str]:
    return {
        name: label
        for row in sheet.rows
        for name, label in zip(row.names, _labels(row, sheet), strict=True)
    }


def _labels(row: Row, sheet: FormSheet) -> tuple[str, ...]:
    unit = f", {sheet.unit}" if sheet.unit and len(sheet.unit) <= words.LONGEST_UNIT else ""
    own = sheet.key.kind is FormKind.MILESTONES
    aside = "" if row.due or not own else " (not due)"
    months = f"{days.months(row.quarter)}{aside}"
    if len(row.names) == 1:
        return (f"{months}{unit}",)
    return (f"{months}: not below{unit}", f"{months}: not above{unit}")


def _later(sheet: FormSheet, depth: int) -> Iterable[Block]:
    """A way to the quarters after those shown, while Slack stacks another view."""
    if not sheet.rows or depth >= DEEPEST:
        return
    after = sheet.rows[-1].quarter.next
    button = ButtonElement(
        text=plain("Later quarters"),
        action_id=Action.SETUP_FORM,
        value=pack_form(sheet.key.kind, sheet.key.number, quarter=after),
    )
    yield ActionsBlock(block_id="later", elements=[button])


def _overtaken(sheet: FormSheet) -> list[Block]:
    found = sheet.overtaken
    if found is None:
        return []
    by = found.by or "The bot or a data file"
    changed = "; ".join(_now(sheet, found))
    return told(
        f"{by} changed this while it was open here. It says now: {changed or 'the same as yours'}. "
        "What you typed is kept below and not saved yet. Send it again to put it in place of "
        "theirs, or close this to leave theirs."
    )


def _now(sheet: FormSheet, found: Overtaken) -> Iterator[str]:
    """What stands now where it differs from what was typed."""
    labels = _row_labels(sheet)
    for field in sheet.fields:
        stands, typed = found.now.get(field.name, ""), sheet.typed.get(field.name, "")
        if sorted(stands.split(",")) != sorted(typed.split(",")):
            label = labels.get(field.name) or words.said(words.LABEL, sheet.key.kind, field.name)
            yield f"{label}: {_shown(sheet, field, stands)}"


def _shown(sheet: FormSheet, field: Field, value: str) -> str:
    """A value as people read it."""
    if not value:
        return _NOTHING
    if field.kind is FieldKind.DAY:
        return days.day(date.fromisoformat(value))
    if field.kind is FieldKind.TICK:
        return words.TICK[field.name].casefold()
    options = {**words.choices(sheet.key.kind, field.name), **sheet.offered.get(field.name, {})}
    if field.kind in {FieldKind.CHOICE, FieldKind.TICKS}:
        return ", ".join(options.get(one, one) for one in value.split(","))
    return value


def _read(entered: Entered, block: str) -> str:
    """What a block holds, whatever it is: a block is of one kind, the others read as nothing."""
    day = entered.day(block)
    ticked = ",".join(sorted(entered.ticked(block)))
    return (
        entered.text(block) or entered.chosen(block) or ticked or (day.isoformat() if day else "")
    )
