"""A kind of target: its label, its flags and its annex."""

from typing import Any

from messages.forms.pieces import form, ticks, told, typed_text
from messages.forms.setup.parts import code_entry, kept, text_of
from messages.forms.state import Entered, View, metadata
from messages.ids import Block as Id
from messages.ids import Callback
from messages.notices.organising_sheets import KindAnswer, KindSheet
from messages.wording.amounts import counted
from messages.wording.kinds import FLAG


def kind_view(sheet: KindSheet, under: str) -> dict[str, Any]:
    """The form."""
    kind = sheet.kind
    new = not kind.code
    options = {name: words[:1].upper() + words[1:] for name, words in FLAG.items()}
    ticked = [name for name in FLAG if getattr(kind, name)]
    blocks = [
        *([] if new else told(f"{kind.label}: {counted('target', sheet.targets)}.")),
        *([code_entry(Id.CODE)] if new else ()),
        typed_text(Id.LABEL, "What it is called", kind.label, longest=100),
        ticks(Id.FLAGS, "How its targets are treated", options, ticked),
        typed_text(
            Id.ANNEX,
            "Annex of the digest",
            str(kind.annex or ""),
            hint="A number from 1 to 9, or nothing where its exceptions are not listed.",
            longest=2,
        ),
    ]
    return form(
        blocks,
        callback=Callback.SETUP_KIND,
        title="Add a kind" if new else "Change a kind",
        submit="Add it" if new else "Record this",
        kept=kept(under, before=kind.code, seen=sheet.seen),
    )


def parse_kind(view: View) -> KindAnswer:
    """What was sent."""
    facts, entered = metadata(view), Entered(view)
    return KindAnswer(
        text_of(facts, "before"),
        entered.text(Id.CODE).strip(),
        " ".join(entered.text(Id.LABEL).split()),
        entered.ticked(Id.FLAGS) & frozenset(FLAG),
        entered.text(Id.ANNEX).strip(),
        text_of(facts, "seen"),
    )
