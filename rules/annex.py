"""The annexes of the quarterly report: who stands in them, and in what order (§§6, 13).

It owns membership and order. It must not name a target kind: the kind's flags say which
annex it has, and whether it has a grant table of its own.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from rules.kinds import TargetKind
from rules.risk import SIGNIFICANT_FROM, is_significant
from rules.vocabulary import EscalationEvent, Status, StatusBasis, StatusReason

_NUMBERS = re.compile(r"(\d+)")


class AnnexSection(StrEnum):
    """The sections of an annex, in their order."""

    RED = "RED"
    AMBER_SIGNIFICANT_CONCERN = "AMBER_SIGNIFICANT_CONCERN"
    UNCERTAIN = "UNCERTAIN"
    GREEN_SIGNIFICANT_RISK = "GREEN_SIGNIFICANT_RISK"
    TARGET_TO_BE_SET = "TARGET_TO_BE_SET"
    NOT_REQUIRED = "NOT_REQUIRED"
    NO_DATA = "NO_DATA"


# Kinds that carry grant show these in the grant table, and in the counts.
LISTS = frozenset({AnnexSection.TARGET_TO_BE_SET, AnnexSection.NOT_REQUIRED, AnnexSection.NO_DATA})


@dataclass(frozen=True, slots=True)
class Record:
    """A target's quarter as the report sees it.

    `highest_risk` is the highest open score at the quarter's lock. `previous` is the status
    of the quarter before, none where there was no such target.
    """

    ref: str
    title: str
    kind: TargetKind
    block: str
    partnership: str
    status: Status
    basis: StatusBasis | None = None
    reason: StatusReason | None = None
    streak: int = 0
    event: EscalationEvent = EscalationEvent.NONE
    highest_risk: int | None = None
    significant_concern: bool = False
    plan_in_place: bool = False
    previous: Status | None = None

    @property
    def is_red_for_want_of_data(self) -> bool:
        """Whether it is red only because data or milestones are missing."""
        return self.status is Status.RED and self.basis is StatusBasis.DATA_GAP


def section(record: Record, significant_from: int = SIGNIFICANT_FROM) -> AnnexSection | None:
    """The section a target is reported in; none when it is only counted.

    Red and uncertain always; amber with a significant concern, escalated now, or with a
    significant risk; green with a significant risk.
    """
    if record.kind.annex is None:
        return None
    if record.status is Status.AMBER:
        grave = _is_grave(record, significant_from)
        return AnnexSection.AMBER_SIGNIFICANT_CONCERN if grave else None
    if record.status is Status.GREEN:
        risky = is_significant(record.highest_risk, significant_from)
        return AnnexSection.GREEN_SIGNIFICANT_RISK if risky else None
    return _always(record)


def annex(
    records: Iterable[Record], number: int, significant_from: int = SIGNIFICANT_FROM
) -> tuple[tuple[AnnexSection, tuple[Record, ...]], ...]:
    """An annex: its sections in order, each with its targets in order.

    Sections that hold nobody stand with an empty tuple, the lists only where the annex has
    a kind with lists.
    """
    inside = [record for record in records if record.kind.annex == number]
    with_lists = any(not record.kind.carries_grant for record in inside)
    shown = [name for name in AnnexSection if with_lists or name not in LISTS]
    placed: dict[AnnexSection, list[Record]] = {name: [] for name in shown}
    for record in inside:
        where = section(record, significant_from)
        if where is not None:
            placed[where].append(record)
    return tuple((name, in_order(members)) for name, members in placed.items())


def in_order(records: Iterable[Record]) -> tuple[Record, ...]:
    """Longest streak first, then highest risk, then reference as people count."""
    return tuple(
        sorted(
            records,
            key=lambda record: (
                -record.streak,
                -(record.highest_risk or 0),
                natural_key(record.ref),
            ),
        )
    )


def natural_key(ref: str) -> tuple[tuple[str, int], ...]:
    """A key that sorts references as people count: NI 8 before NI 39."""
    parts = _NUMBERS.split(ref.casefold())
    return tuple(
        (text, int(number)) for text, number in zip(parts[::2], [*parts[1::2], "-1"], strict=True)
    )


def _is_grave(record: Record, significant_from: int) -> bool:
    return (
        record.significant_concern
        or record.event.asks_sponsor
        or is_significant(record.highest_risk, significant_from)
    )


def _always(record: Record) -> AnnexSection | None:
    if record.status.value not in set(AnnexSection):
        return None
    where = AnnexSection(record.status.value)
    return None if where in LISTS and record.kind.carries_grant else where
