"""Sending a return back, or reopening one, with the reason its lead reads."""

import json
from dataclasses import dataclass
from typing import Any

from messages.forms.pieces import form, told, typed_text
from messages.forms.problems import KEPT
from messages.forms.state import Entered, View, metadata
from messages.ids import Block as Id
from messages.ids import Callback
from messages.values import pack_version, unpack_version
from messages.wording import days
from rules.lifecycle import NEEDS_REASON, Move
from rules.quarters import Quarter


@dataclass(frozen=True, slots=True)
class GoBackAnswer:
    """What was sent: which return in which version, which move, and the reason or nothing."""

    number: int
    quarter: Quarter
    version: int
    move: Move
    why: str


_TITLES = {Move.SEND_BACK: "Send back", Move.REOPEN: "Reopen"}
_WHAT = {
    Move.SEND_BACK: "goes back to its lead, and counts as missing until it is sent in again",
    Move.REOPEN: "is opened again for its lead; it stands as it is until it is sent in again",
}


def go_back_view(
    ref: str, title: str, move: Move, number: int, quarter: Quarter, version: int
) -> dict[str, Any]:
    """The form for one return."""
    kept = {"return": pack_version(number, quarter, version), "move": move.value}
    return form(
        [
            *told(f"{ref} {title}: the return for {days.months(quarter)} {_WHAT[move]}."),
            typed_text(
                Id.WHY,
                "What should be changed, and why?",
                multiline=True,
                hint="They read this at once, with a button to report the target again.",
            ),
        ],
        callback=Callback.GO_BACK,
        title=f"{_TITLES[move]} with a reason",
        submit=_TITLES[move],
        kept=json.dumps(kept),
    )


def parse_go_back(view: View) -> GoBackAnswer | None:
    """What was sent, or none where the form was tampered with."""
    kept = metadata(view)
    found = unpack_version(str(kept.get("return", "")))
    move = str(kept.get("move", ""))
    if found is None or move not in {one.value for one in NEEDS_REASON}:
        return None
    return GoBackAnswer(*found, Move(move), Entered(view).text(Id.WHY))


def go_back_errors() -> dict[str, str]:
    """What keeps it from being sent: only a reason can be missing."""
    return {Id.WHY: f"Say why, so that they know what to change. {KEPT}"}
