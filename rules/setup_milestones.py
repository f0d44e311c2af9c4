"""Milestones as a form holds them, a row a quarter: one figure, or the two ends of a range.

It owns which quarters can still be changed and what a milestone can be. It must not know
whether the milestones are a target's own or its proxy's.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from rules.quarters import Quarter
from rules.setup_fields import Field, FieldKind, SetupProblem, SetupProblemCode, Typed, read, write
from rules.setup_invariants import range_problems
from rules.status import Profile
from rules.vocabulary import Polarity, QuarterState, ToleranceMode

ROWS: Final = 8
DONE: Final = frozenset({QuarterState.FROZEN, QuarterState.PUBLISHED})
"""States of a quarter whose records are locked: its milestones stand as they were."""


@dataclass(frozen=True, slots=True)
class Measured:
    """What milestones are judged by: how the measure counts and how its tolerances do."""

    polarity: Polarity
    mode: ToleranceMode
    unit: str

    @property
    def in_range(self) -> bool:
        """Whether a milestone is a range."""
        return self.polarity is Polarity.RANGE


def fits(polarity: Polarity, profile: Profile) -> bool:
    """Whether a milestone can be compared with: a range where a range is meant, else a figure."""
    return profile.given if polarity is Polarity.RANGE else profile.value is not None


def has_zero(profile: Profile) -> bool:
    """Whether a milestone has an end of which no per cent can be worked out."""
    return any(end == 0 for end in (profile.value, profile.low, profile.high))


def quarters_shown(first: Quarter, done: Collection[Quarter]) -> tuple[Quarter, ...]:
    """The quarters of a form: from the first on that is not done, as many as fit."""
    while first in done:
        first = first.next
    return tuple(first.shifted(by) for by in range(ROWS))


def field_names(quarter: Quarter, measured: Measured) -> tuple[str, ...]:
    """The fields of a quarter's row."""
    name = f"{quarter.year}q{quarter.number}"
    return (f"{name}.low", f"{name}.high") if measured.in_range else (name,)


def as_typed(
    rows: Mapping[Quarter, Profile], quarters: Iterable[Quarter], measured: Measured
) -> dict[str, str]:
    """Milestones as their form holds them."""
    found: dict[str, str] = {}
    for quarter in quarters:
        names = field_names(quarter, measured)
        profile = rows.get(quarter, Profile())
        ends = (profile.low, profile.high) if measured.in_range else (profile.value,)
        found.update({name: write(end) for name, end in zip(names, ends, strict=True)})
    return found


def read_rows(
    typed: Typed, quarters: Sequence[Quarter], measured: Measured
) -> tuple[dict[Quarter, Profile | None], tuple[SetupProblem, ...]]:
    """What each quarter's milestone is to be, none to take it away; and what is wrong."""
    found: dict[Quarter, Profile | None] = {}
    problems: list[SetupProblem] = []
    for quarter in quarters:
        names = field_names(quarter, measured)
        values, unread = read(
            [Field(name, FieldKind.FIGURE) for name in names],
            typed,
            dict.fromkeys(names, measured.unit),
        )
        ends = [value for value in values.values() if isinstance(value, Decimal)]
        row_problems = [*unread, *(() if unread else _row_problems(names, values, measured))]
        problems += row_problems
        if not row_problems:
            found[quarter] = _profile(ends, measured)
    return found, tuple(problems)


def _row_problems(
    names: tuple[str, ...], values: Mapping[str, object], measured: Measured
) -> Iterator[SetupProblem]:
    given = {name: value if isinstance(value, Decimal) else None for name, value in values.items()}
    if measured.in_range:
        low, high = names
        yield from range_problems(low, given[low], high, given[high])
    if measured.mode is ToleranceMode.PERCENT:
        for name, value in given.items():
            if value == 0:
                yield SetupProblem(SetupProblemCode.TOLERANCE_UNDEFINED, name)


def _profile(ends: list[Decimal], measured: Measured) -> Profile | None:
    if not ends:
        return None
    return Profile(low=ends[0], high=ends[1]) if measured.in_range else Profile(ends[0])
