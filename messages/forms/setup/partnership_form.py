"""A partnership: added, renamed, put in a block, its data sharing agreed, or taken away."""

from typing import Any

from messages.cleaning import is_visible, printable
from messages.forms.pieces import choice, chosen_day, form, told, typed_text
from messages.forms.setup.parts import code_entry, kept, number_of, removal, text_of
from messages.forms.state import Entered, View, metadata
from messages.ids import Action, Callback
from messages.ids import Block as Id
from messages.markup.limits import LABEL, weight
from messages.markup.split import split_text
from messages.notices.organising_sheets import PartnershipAnswer, PartnershipSheet
from messages.wording.amounts import counted

NO_BLOCK = "none"


def partnership_view(sheet: PartnershipSheet, under: str) -> dict[str, Any]:
    """The form; of a partnership that is there with a way to take it away."""
    new = sheet.number is None
    blocks = [
        *([code_entry(Id.CODE)] if new else ()),
        typed_text(Id.NAME, "Name", sheet.name, longest=300),
        choice(Id.IN_BLOCK, "Block", options_of(sheet.blocks), str(sheet.block or NO_BLOCK)),
        chosen_day(Id.SHARING, "Data sharing agreed on", sheet.sharing_agreed_on),
        *told("Its liaison officer and members are changed under “People and roles”."),
        *([] if new else _removal(sheet)),
    ]
    return form(
        blocks,
        callback=Callback.SETUP_PARTNERSHIP,
        title="Add a partnership" if new else "Change a partnership",
        submit="Add it" if new else "Record this",
        kept=kept(under, number=sheet.number, seen=sheet.seen),
    )


def parse_partnership(view: View) -> PartnershipAnswer:
    """What was sent."""
    facts, entered = metadata(view), Entered(view)
    return PartnershipAnswer(
        number_of(facts, "number"),
        entered.text(Id.CODE).strip(),
        " ".join(entered.text(Id.NAME).split()),
        chosen_number(entered, Id.IN_BLOCK),
        entered.day(Id.SHARING),
        text_of(facts, "seen"),
    )


def options_of(blocks: tuple[tuple[int, str], ...]) -> dict[str, str]:
    """Blocks to choose from, or none; a long name is shown as far as an option goes."""
    named = {str(number): shortened(name) for number, name in blocks}
    return {NO_BLOCK: "No block", **named}


def shortened(name: str) -> str:
    """A name as far as an option holds it, with a sign where there is more."""
    line = " ".join(printable(name).split())
    if weight(line) <= LABEL:
        return line if is_visible(line) else "without a name"
    return split_text(line, LABEL - len("…".encode()))[0].rstrip() + "…"


def chosen_number(entered: Entered, block: str) -> int | None:
    """The number chosen, or none."""
    value = entered.chosen(block)
    return int(value) if value.isdecimal() else None


def _removal(sheet: PartnershipSheet) -> list[Any]:
    if sheet.uses:
        hangs = counted("record", sheet.uses)
        return told(f"It cannot be removed: {hangs} would lose it, former ones included.")
    ask = "Nothing hangs on it. It is gone from every list at once."
    return removal(Action.REMOVE_PARTNERSHIP, str(sheet.number), "Remove this partnership", ask)
