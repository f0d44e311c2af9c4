"""Values that several notices hold: figures, lines of targets, actions.

It owns their shapes and nothing of their wording. People are numbers here, never names or
Slack ids.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from rules.quarters import Quarter
from rules.vocabulary import Status


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure with its unit (`homes`, `%`, `£` …) and the decimals it is shown with."""

    value: Decimal
    unit: str = ""
    decimals: int = 0


@dataclass(frozen=True, slots=True)
class LastTime:
    """What a target's latest earlier return said."""

    quarter: Quarter
    status: Status
    actual: Figure | None = None
    expected: Figure | None = None


@dataclass(frozen=True, slots=True)
class TargetToReport:
    """A target on a list to report. `done` is the status reported this quarter, or none yet.

    `in_place` when nobody leads it, so that the performance lead is asked in the lead's place.
    `gathered` is a figure that came in a block's own sheet, to be confirmed.
    `back` is why it was sent back, where it was and nothing new has come in.
    """

    number: int
    ref: str
    title: str
    last: LastTime | None = None
    definition: str = ""
    done: Status | None = None
    in_place: bool = False
    gathered: Figure | None = None
    gathered_source: str = ""
    back: str = ""


@dataclass(frozen=True, slots=True)
class Stead:
    """In whose place somebody reads: the person, by number, and the last day they are away."""

    person: int
    until: date


@dataclass(frozen=True, slots=True)
class TargetLine:
    """A target for which someone owes something. `lead` is a person's number, or nobody.

    `in_place` is the performance lead's number where they are asked because nobody leads it.
    """

    ref: str
    title: str
    lead: int | None
    in_place: int | None = None

    @property
    def person(self) -> int | None:
        """Whoever is asked: the lead, or the performance lead in their place."""
        return self.in_place if self.lead is None else self.lead


@dataclass(frozen=True, slots=True)
class ActionLine:
    """An action as it stands in a return: what, who, by when."""

    text: str
    owner: str
    due_on: date | None


@dataclass(frozen=True, slots=True)
class KindCount:
    """How many targets of a kind have each status.

    `red_for_want_of_data` counts the reds that rest on missing data or milestones only; they
    are among the reds.
    """

    label: str
    counts: tuple[tuple[Status, int], ...]
    red_for_want_of_data: int = 0
