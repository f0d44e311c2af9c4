"""What hangs on a target and is shown with it: notes, linked targets, a benchmark.

It owns these shapes and nothing of their wording.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Self

from messages.notices import samples
from messages.notices.common import Figure
from rules.quarters import Quarter
from rules.vocabulary import NoteKind, Status


@dataclass(frozen=True, slots=True)
class NoteLine:
    """A note by number."""

    number: int
    kind: NoteKind
    on_day: date
    text: str
    link: str = ""

    @classmethod
    def example(cls) -> Self:
        """An inspection."""
        return cls(
            9,
            NoteKind.INSPECTION,
            date(2008, 6, 12),
            "Joint area review: housing good",
            "https://example.org/review",
        )


@dataclass(frozen=True, slots=True)
class LinkedTarget:
    """A target linked to another, with its latest accepted status; none before there is one."""

    ref: str
    title: str
    status: Status | None = None
    quarter: Quarter | None = None


@dataclass(frozen=True, slots=True)
class Beside:
    """What is shown with a target beside its returns."""

    benchmark: Figure | None = None
    benchmark_source: str = ""
    affected_groups: str = ""
    fund_note: str = ""
    links: tuple[LinkedTarget, ...] = ()
    notes: tuple[NoteLine, ...] = ()
    more_notes: int = 0

    @classmethod
    def example(cls) -> Self:
        """A little of everything."""
        linked = LinkedTarget(
            "LAA2-NI154", "Net additional homes provided", Status.RED, samples.QUARTER.previous
        )
        return cls(
            Figure(Decimal(290), "homes"),
            "South East counties",
            "Young families",
            "Housing Corporation, monthly",
            (linked, LinkedTarget("LAA2-NI155", "Affordable homes delivered")),
            (NoteLine.example(),),
            2,
        )
