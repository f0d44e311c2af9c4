"""What a return form shows about its target: a frozen snapshot a flow hands to the form.

It owns the shape only; the form words it.
"""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Literal, Self

from messages.notices import samples
from messages.notices.common import ActionLine, Figure, LastTime
from rules.coach import Advice
from rules.quarters import Quarter
from rules.vocabulary import Direction, GrantExpectation, Polarity, Status, StatusBasis

Measured = Literal["measure", "proxy", "plan"]


@dataclass(frozen=True, slots=True)
class OpenRisk:
    """A risk in the register. Likelihood and impact run from 1 to 5."""

    number: int
    text: str
    likelihood: int
    impact: int
    mitigation: str
    owner: str = ""
    review_on: date | None = None


@dataclass(frozen=True, slots=True)
class Outcome:
    """The status a figure gave. `shortfall` is per cent or in the unit, as the tolerances are.

    `stands` is a status proposed in its place that holds at once, `waiting` one that the
    central team has to agree to, and `offered` are those that may be proposed.
    """

    status: Status
    basis: StatusBasis | None = None
    actual: Figure | None = None
    shortfall: Figure | None = None
    direction: Direction = Direction.NOT_COMPARABLE
    stands: Status | None = None
    waiting: Status | None = None
    offered: tuple[Status, ...] = ()

    @property
    def standing(self) -> Status:
        """The status that counts: what the form asks for goes with it."""
        return self.stands or self.status


@dataclass(frozen=True, slots=True)
class OthersDraft:
    """What somebody else has typed for the same return. `number` is that person's."""

    number: int
    label: str
    saved_at: datetime


@dataclass(frozen=True, slots=True)
class Sitting:
    """How a form is shown: when what stands in it was saved, and what the coach says.

    `advised` when the coach has had its one say before sending. `turn` counts how often fields
    were filled for the person, so that Slack takes the new words for its own.
    """

    saved_at: datetime | None = None
    others: OthersDraft | None = None
    advice: tuple[Advice, ...] = ()
    advised: bool = False
    turn: int = 0


@dataclass(frozen=True, slots=True)
class LastWords:
    """What was said in words the last time there was anything to say."""

    cause: str = ""
    reason_text: str = ""


@dataclass(frozen=True, slots=True)
class SentBack:
    """A return that was sent back or reopened: why, by whom (a person's number) and when."""

    why: str
    by: int
    at: datetime


@dataclass(frozen=True, slots=True)
class ReturnSheet:
    """Everything a lead sees of a target while reporting it.

    `green_from` and `amber_from` are the figures at which green and amber end, in the sense
    of the polarity; a range has a low and a high end for each. `lead` and `on_behalf_of` are
    people's numbers. `back` is how it was sent back, if it was; `changes` whether a version of
    it is in, and `why_needed` whether a change of it must say why. `gathered_from` names the
    sheet a figure came in, where one did.
    """

    quarter: Quarter
    due: date
    closes: datetime
    number: int
    ref: str
    title: str
    definition: str = ""
    unit: str = ""
    decimals: int = 0
    polarity: Polarity = Polarity.HIGHER
    expected: Figure | None = None
    expected_low: Figure | None = None
    expected_high: Figure | None = None
    green_from: Figure | None = None
    amber_from: Figure | None = None
    green_to: Figure | None = None
    amber_to: Figure | None = None
    last: LastTime | None = None
    last_source: str = ""
    last_words: LastWords = LastWords()
    gathered_from: str = ""
    zone: str = "Europe/London"
    measured: Measured = "measure"
    proxy_title: str = ""
    open_risks: tuple[OpenRisk, ...] = ()
    open_actions: tuple[ActionLine, ...] = ()
    carries_grant: bool = False
    last_grant: GrantExpectation | None = None
    lead: int | None = None
    on_behalf_of: int | None = None
    back: SentBack | None = None
    changes: bool = False
    why_needed: bool = False

    @classmethod
    def example(cls) -> Self:
        """A target that was amber, with one risk."""
        return cls(
            quarter=samples.QUARTER,
            due=samples.DUE,
            closes=samples.CLOSES,
            number=3,
            ref="LAA1-03",
            title="More affordable housing",
            definition="Homes completed since April",
            unit="homes",
            expected=samples.homes(300),
            green_from=samples.homes(300),
            amber_from=samples.homes(270),
            last=LastTime(
                samples.QUARTER.previous, Status.AMBER, samples.homes(280), samples.homes(300)
            ),
            last_source="Housing register",
            last_words=LastWords("Two sites started late."),
            open_risks=(
                OpenRisk(4, "A developer withdraws", 3, 5, "Two more sites are in reserve"),
            ),
            open_actions=samples.planned(),
            carries_grant=True,
            last_grant=GrantExpectation.PARTIAL,
            lead=17,
        )

    @classmethod
    def range_example(cls) -> Self:
        """A target that must stay inside a range."""
        low, high = Figure(Decimal(45), "%"), Figure(Decimal(55), "%")
        return cls(
            quarter=samples.QUARTER,
            due=samples.DUE,
            closes=samples.CLOSES,
            number=8,
            ref="LAA2-NI8",
            title="Adults taking part in sport",
            unit="%",
            polarity=Polarity.RANGE,
            expected_low=low,
            expected_high=high,
            green_from=low,
            green_to=high,
            amber_from=Figure(Decimal("40.5"), "%", 1),
            amber_to=Figure(Decimal("60.5"), "%", 1),
        )
