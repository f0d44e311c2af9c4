"""Acknowledging an escalation with a note."""

import json
from dataclasses import dataclass
from typing import Any

from messages.forms.pieces import form, heading, title_of, told, typed_text
from messages.forms.state import Entered, View, metadata
from messages.ids import Block as Id
from messages.ids import Callback
from messages.notices.escalations import EscalatedTarget
from messages.values import pack_escalation, unpack_escalation
from messages.wording import colours
from rules.quarters import Quarter


@dataclass(frozen=True, slots=True)
class AcknowledgeAnswer:
    """What a sponsor sent: which escalation, which quarter, and a note or nothing."""

    escalation: int
    quarter: Quarter
    note: str


def acknowledge_view(target: EscalatedTarget, quarter: Quarter) -> dict[str, Any]:
    """The form for one escalated target."""
    kept = json.dumps({"escalation": pack_escalation(target.escalation, quarter)})
    return form(
        [
            *heading(f"{target.ref} {target.title}"),
            *told(
                f"{colours.STATUS[target.status]}, after {colours.STATUS[target.before]}. "
                "To acknowledge says that you have seen it."
            ),
            typed_text(
                Id.NOTE,
                "A note for the lead, if you like",
                target.note,
                multiline=True,
                hint="The lead reads it at once, the board with the report card.",
            ),
        ],
        callback=Callback.ACKNOWLEDGE_NOTE,
        title=title_of(f"Acknowledge {target.ref}", "Acknowledge"),
        submit="Acknowledge",
        kept=kept,
    )


def parse_acknowledgement(view: View) -> AcknowledgeAnswer | None:
    """What was sent, or none where the form was tampered with."""
    found = unpack_escalation(str(metadata(view).get("escalation", "")))
    return None if found is None else AcknowledgeAnswer(*found, Entered(view).text(Id.NOTE))
