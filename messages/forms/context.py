"""What a return form remembers about itself between Slack and us.

It owns the private metadata of both steps: our own numbers only. It is never trusted: the
flow checks again what it names.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass

from messages.forms.state import View, metadata
from messages.notices.sheets import ReturnSheet, Sitting
from messages.values import pack_target, unpack_target
from rules.quarters import Quarter

MOST_ACTIONS = 5
MOST_RISKS = 7
MOST_TURNS = 1_000
NEW = Sitting()


@dataclass(frozen=True, slots=True)
class FormContext:
    """Which target and quarter a form is for, and which rows it shows.

    `actions_shown` is 1 to `MOST_ACTIONS`; `risks` are the register's numbers, in order.
    `turn` counts how often fields were filled for the person, `advised` says that the coach
    has had its say.
    """

    number: int
    quarter: Quarter
    actions_shown: int = 1
    risks: tuple[int, ...] = ()
    turn: int = 0
    advised: bool = False


def packed(
    sheet: ReturnSheet,
    *,
    actions_shown: int = 1,
    risks: Sequence[int] = (),
    sitting: Sitting = NEW,
) -> str:
    """The context as private metadata."""
    kept = {
        "target": pack_target(sheet.number, sheet.quarter),
        "actions": actions_shown,
        "risks": list(risks),
        "turn": sitting.turn,
        "advised": sitting.advised,
    }
    return json.dumps(kept)


def parse_context(view: View) -> FormContext | None:
    """The context of a view, or none where it was tampered with."""
    kept = metadata(view)
    found = unpack_target(str(kept.get("target", "")))
    if found is None:
        return None
    shown = kept.get("actions")
    rows = shown if isinstance(shown, int) and 1 <= shown <= MOST_ACTIONS else 1
    risks = kept.get("risks")
    numbers = risks if isinstance(risks, list) else []
    turn = kept.get("turn")
    return FormContext(
        *found,
        rows,
        tuple(n for n in numbers[:MOST_RISKS] if _is_number(n)),
        turn if isinstance(turn, int) and 0 <= turn <= MOST_TURNS else 0,
        kept.get("advised") is True,
    )


def _is_number(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and value > 0
