"""What is set up of a target or noted about a partnership, to look at, with ways to change it."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Self

from messages.notices import samples
from messages.notices.beside import NoteLine
from messages.notices.common import Figure
from rules.quarters import Quarter
from rules.setup_forms import FormKind
from rules.setup_invariants import Missing
from rules.setup_target import SMART, TargetPlan
from rules.vocabulary import NoteKind, TargetState


@dataclass(frozen=True, slots=True)
class MilestoneLine:
    """What is expected in a quarter: a figure, or the two ends of a range."""

    quarter: Quarter
    value: Figure | None = None
    low: Figure | None = None
    high: Figure | None = None


@dataclass(frozen=True, slots=True)
class TargetCard:
    """A target's set-up. `lead` and `sponsor` are people's numbers; `lacks` is what it lacks.

    `notes` are the newest, `more_notes` how many more there are.
    """

    number: int
    plan: TargetPlan
    kind_label: str
    block: str
    partnership: str
    lead: int | None
    sponsor: int | None
    lacks: tuple[Missing, ...]
    baseline: Figure | None = None
    end: MilestoneLine | None = None
    benchmark: Figure | None = None
    milestones: tuple[MilestoneLine, ...] = ()
    proxy: str = ""
    proxy_milestones: tuple[MilestoneLine, ...] = ()
    links: tuple[str, ...] = ()
    notes: tuple[NoteLine, ...] = ()
    more_notes: int = 0

    @classmethod
    def example(cls) -> Self:
        """An agreed target with everything but one confirmation."""
        homes = samples.homes
        plan = TargetPlan(
            ref="LAA1-03",
            kind="LAA1_STRETCH",
            block="2",
            partnership="9",
            title="More affordable housing",
            outcome="Homes people can afford",
            definition="Homes completed since April",
            pledge="A home for every family",
            affected_groups="Young families",
            unit="homes",
            smart=SMART[:4],
            state=TargetState.AGREED,
            baseline_on=date(2008, 3, 31),
            end_on=date(2011, 3, 31),
            benchmark_source="South East counties",
            fund_note="Housing Corporation, monthly",
        )
        return cls(
            3,
            plan,
            "Stretch targets",
            "Economic Development and Enterprise",
            "Spatial Planning and Infrastructure Partnership",
            17,
            21,
            (Missing.TIME_BOUND,),
            homes(800),
            MilestoneLine(samples.QUARTER, homes(1200)),
            Figure(Decimal(290), "homes"),
            (
                MilestoneLine(samples.QUARTER, homes(300)),
                MilestoneLine(samples.QUARTER.next, None, homes(310), homes(340)),
            ),
            "Homes begun",
            (MilestoneLine(samples.QUARTER, homes(90)),),
            ("LAA2-NI154 Net additional homes provided",),
            (NoteLine.example(),),
            2,
        )


@dataclass(frozen=True, slots=True)
class PartnershipNotes:
    """The notes about a partnership, with ways to change them."""

    number: int
    name: str
    notes: tuple[NoteLine, ...]
    more_notes: int = 0
    form: FormKind = FormKind.PARTNERSHIP_NOTE

    @classmethod
    def example(cls) -> Self:
        """One review workshop."""
        note = NoteLine(4, NoteKind.WORKSHOP, date(2008, 7, 2), "12 measures kept, 2 dropped")
        return cls(9, "Spatial Planning and Infrastructure Partnership", (note,))
