"""A block: added, renamed, put in its place, or taken away."""

from typing import Any

from messages.forms.pieces import choice, form, told, typed_text
from messages.forms.setup.parts import code_entry, kept, number_of, removal, text_of
from messages.forms.state import Entered, View, metadata
from messages.ids import Action, Callback
from messages.ids import Block as Id
from messages.notices.organising_sheets import BlockAnswer, BlockSheet
from messages.wording.amounts import counted


def block_view(sheet: BlockSheet, under: str) -> dict[str, Any]:
    """The form; of a block that is there with a way to take it away."""
    new = sheet.number is None
    places = {str(place): f"{place} of {sheet.of}" for place in range(1, sheet.of + 1)}
    blocks = [
        *([code_entry(Id.CODE)] if new else ()),
        typed_text(Id.NAME, "Name", sheet.name, longest=300),
        choice(Id.POSITION, "Place in the order", places, str(sheet.position)),
        *([] if new else _removal(sheet)),
    ]
    return form(
        blocks,
        callback=Callback.SETUP_BLOCK,
        title="Add a block" if new else "Change a block",
        submit="Add it" if new else "Record this",
        kept=kept(under, number=sheet.number, seen=sheet.seen),
    )


def parse_block(view: View) -> BlockAnswer:
    """What was sent."""
    facts, entered = metadata(view), Entered(view)
    position = entered.chosen(Id.POSITION)
    return BlockAnswer(
        number_of(facts, "number"),
        entered.text(Id.CODE).strip(),
        " ".join(entered.text(Id.NAME).split()),
        int(position) if position.isdecimal() else None,
        text_of(facts, "seen"),
    )


def _removal(sheet: BlockSheet) -> list[Any]:
    if sheet.uses:
        hangs = counted("record", sheet.uses)
        return told(f"It cannot be removed: {hangs} would lose it, former ones included.")
    ask = "Nothing hangs on it. It is gone from every list at once."
    return removal(Action.REMOVE_BLOCK, str(sheet.number), "Remove this block", ask)
