"""Choosing one target of a list: named where it is the only one, typed where they are too many.

It owns this part of a form and the reading of it.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from slack_sdk.models.blocks import Block

from messages.cleaning import printable
from messages.forms.pieces import choice, told, typed_text
from messages.forms.state import Entered, View, metadata
from messages.ids import Block as Id
from messages.markup.limits import LABEL, weight
from messages.markup.split import split_text
from messages.notices.common import TargetToReport
from messages.values import pack_target, unpack_number, unpack_target
from rules.quarters import Quarter

MOST_OPTIONS: Final = 100


@dataclass(frozen=True, slots=True)
class ChosenTarget:
    """The target that was chosen: by number, by the reference that was typed, or not at all."""

    quarter: Quarter
    target: int | str | None


def target_blocks(targets: Sequence[TargetToReport]) -> list[Block]:
    """The choice among some targets, one at least."""
    if len(targets) == 1:
        return told(f"{targets[0].ref} {targets[0].title}")
    if len(targets) > MOST_OPTIONS:
        hint = f"One of your {len(targets):,} references, such as {targets[0].ref}."
        return [typed_text(Id.TARGET, "Which target?", hint=hint, longest=LABEL)]
    options = {str(one.number): _shortened(f"{one.ref} {one.title}") for one in targets}
    return [choice(Id.TARGET, "Which target?", options, None)]


def packed_list(person: int, quarter: Quarter, targets: Sequence[TargetToReport]) -> str:
    """What the form remembers: whose list it is, and the target where it is the only one."""
    only = targets[0].number if len(targets) == 1 else None
    return json.dumps({"list": pack_target(person, quarter), "target": only})


def parse_target(view: View) -> ChosenTarget | None:
    """What was chosen, or none where the form was tampered with."""
    kept = metadata(view)
    found = unpack_target(str(kept.get("list", "")))
    if found is None:
        return None
    _, quarter = found
    only = kept.get("target")
    if isinstance(only, int) and not isinstance(only, bool) and only > 0:
        return ChosenTarget(quarter, only)
    entered = Entered(view)
    number = unpack_number(entered.chosen(Id.TARGET))
    return ChosenTarget(quarter, number or entered.text(Id.TARGET).strip() or None)


def _shortened(text: str) -> str:
    """An option's words; what does not fit shows as `…`."""
    line = " ".join(printable(text).split())
    if weight(line) <= LABEL:
        return line
    return split_text(line, LABEL - len("…".encode()))[0].rstrip() + "…"
