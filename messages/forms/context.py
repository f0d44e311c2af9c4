"""What a return form remembers about itself between Slack and us.

It owns the private metadata of both steps: our own numbers only. It is never trusted: the
flow checks again what it names.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass

from messages.forms.state import View, metadata
from messages.ids import pack_target, unpack_target
from messages.notices.sheets import ReturnSheet
from rules.quarters import Quarter

MOST_ACTIONS = 5
MOST_RISKS = 10


@dataclass(frozen=True, slots=True)
class FormContext:
    """Which target and quarter a form is for, and which rows it shows.

    `actions_shown` is 1 to `MOST_ACTIONS`; `risks` are the register's numbers, in order.
    """

    number: int
    quarter: Quarter
    actions_shown: int = 1
    risks: tuple[int, ...] = ()


def packed(sheet: ReturnSheet, *, actions_shown: int = 1, risks: Sequence[int] = ()) -> str:
    """The context as private metadata."""
    target = pack_target(sheet.number, sheet.quarter)
    return json.dumps({"target": target, "actions": actions_shown, "risks": list(risks)})


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
    return FormContext(*found, rows, tuple(n for n in numbers[:MOST_RISKS] if _is_number(n)))


def _is_number(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and value > 0
