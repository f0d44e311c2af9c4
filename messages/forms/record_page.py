"""A partnership's record within five messages: as much of each part as they hold.

It owns these sizes. What is not shown is counted, never left out silently.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Final

from messages.markup import Payload
from messages.notices.partnership import Left, PartnershipRecord

MOST_MESSAGES: Final = 5
Sizes = Mapping[str, int]
AMPLE: Final[Sizes] = {
    "owing": 20,
    "escalations": 15,
    "targets": 30,
    "actions": 20,
    "risks": 15,
    "notes": 10,
}
MIDDLING: Final[Sizes] = {
    "owing": 12,
    "escalations": 8,
    "targets": 18,
    "actions": 10,
    "risks": 8,
    "notes": 6,
}
TIGHT: Final[Sizes] = {
    "owing": 6,
    "escalations": 4,
    "targets": 9,
    "actions": 5,
    "risks": 4,
    "notes": 3,
}
"""So little that long texts fit, too."""


def on_one_page(
    record: PartnershipRecord, said: Callable[[PartnershipRecord], Sequence[Payload]]
) -> PartnershipRecord:
    """The record with as much in it as five messages hold."""
    larger = (cut(record, sizes) for sizes in (AMPLE, MIDDLING))
    fitting = (one for one in larger if len(said(one)) <= MOST_MESSAGES)
    return next(fitting, None) or cut(record, TIGHT)


def cut(record: PartnershipRecord, sizes: Sizes) -> PartnershipRecord:
    """The record with so much of each part, and the rest counted."""
    return replace(
        record,
        owing=record.owing[: sizes["owing"]],
        escalations=record.escalations[: sizes["escalations"]],
        targets=record.targets[: sizes["targets"]],
        actions=record.actions[: sizes["actions"]],
        risks=record.risks[: sizes["risks"]],
        notes=record.notes[: sizes["notes"]],
        left=Left(
            **{name: max(0, len(getattr(record, name)) - most) for name, most in sizes.items()}
        ),
    )
