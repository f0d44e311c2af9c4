"""Keeping the computed colour where a better one was proposed: the reason the lead is told."""

import json
from dataclasses import dataclass
from typing import Any

from messages.forms.pieces import form, heading, title_of, told, typed_text
from messages.forms.problems import KEPT
from messages.forms.state import Entered, View, metadata
from messages.ids import Block as Id
from messages.ids import Callback
from messages.values import pack_proposal, unpack_proposal
from messages.wording import colours
from rules.quarters import Quarter
from rules.vocabulary import Status


@dataclass(frozen=True, slots=True)
class KeepColourAnswer:
    """What was sent: which proposal of which quarter, and why it is not agreed to."""

    proposal: int
    quarter: Quarter
    why: str


def keep_colour_view(
    proposal: int, quarter: Quarter, ref: str, title: str, computed: Status, proposed: Status,
    reason: str,
) -> dict[str, Any]:  # fmt: skip
    """The form for one proposal."""
    kept, wanted = colours.plainly(computed), colours.plainly(proposed)
    return form(
        [
            *heading(f"{ref} {title}"),
            *told(f"{kept} stays, and {wanted} is not agreed to. The reason given for it:"),
            *told(reason),
            typed_text(
                Id.DECISION,
                f"Why does it stay {kept}?",
                multiline=True,
                hint="The lead reads this at once.",
            ),
        ],
        callback=Callback.KEEP_COLOUR,
        title=title_of(f"Keep {kept}", "Keep this colour"),
        submit=title_of(f"Keep {kept}", "Keep this colour"),
        kept=json.dumps({"proposal": pack_proposal(proposal, quarter)}),
    )


def parse_keep_colour(view: View) -> KeepColourAnswer | None:
    """What was sent, or none where the form was tampered with."""
    found = unpack_proposal(str(metadata(view).get("proposal", "")))
    return None if found is None else KeepColourAnswer(*found, Entered(view).text(Id.DECISION))


def keep_colour_errors() -> dict[str, str]:
    """A reason is missing."""
    return {Id.DECISION: f"Say why the computed colour stays: the lead is told. {KEPT}"}
