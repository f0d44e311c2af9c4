"""Reward grant: what a stretch earns, and what may be expected (specification §9).

It owns the arithmetic, in whole pounds. It must not name a target kind: whoever asks has
chosen the targets whose kind carries grant.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from rules.figures import round_half_up
from rules.vocabulary import GrantExpectation, Status

THRESHOLD = Decimal("0.60")
PARTIAL = Decimal("0.8")
_FULL = Decimal(1)
_MILLION = 1_000_000
_OFFERED = {
    Status.GREEN: GrantExpectation.FULL,
    Status.AMBER: GrantExpectation.PARTIAL,
    Status.RED: GrantExpectation.NONE,
}


@dataclass(frozen=True, slots=True)
class GrantEntry:
    """What is known of one target's grant: its potential in pounds, and figures or words.

    The two values are what was expected without and with the stretch; they differ.
    """

    ref: str
    potential: int
    expectation: GrantExpectation | None = None
    actual: Decimal | None = None
    without_stretch: Decimal | None = None
    with_stretch: Decimal | None = None


@dataclass(frozen=True, slots=True)
class GrantSplit:
    """A total in its halves, in whole pounds; an odd pound stays with the first named."""

    capital: int
    revenue: int
    psb_retained: int
    psb_retained_capital: int
    psb_retained_revenue: int
    remaining: int


@dataclass(frozen=True, slots=True)
class GrantTotal:
    """The sum expected, and the targets left out of it because nobody can say yet."""

    total_gbp: int
    left_out: tuple[str, ...]


def stretch(actual: Decimal, without_stretch: Decimal, with_stretch: Decimal) -> Decimal:
    """The share of the stretch achieved: 1 is all of it; works for either polarity.

    Raises `ValueError` where the two values are the same and there is no stretch.
    """
    if without_stretch == with_stretch:
        raise ValueError("The values with and without the stretch differ.")
    return (actual - without_stretch) / (with_stretch - without_stretch)


def payable(potential: int, achieved: Decimal, threshold: Decimal = THRESHOLD) -> int:
    """Pounds earned: nothing under the threshold, then in proportion, never more than all."""
    if achieved < threshold:
        return 0
    return _pounds(potential * min(achieved, _FULL))


def estimate(
    potential: int, expectation: GrantExpectation | None, partial: Decimal = PARTIAL
) -> int | None:
    """Pounds by the lead's expectation; none where it says that nobody can say yet."""
    factors = {
        GrantExpectation.FULL: _FULL,
        GrantExpectation.PARTIAL: partial,
        GrantExpectation.NONE: Decimal(0),
    }
    if expectation not in factors:
        return None
    return _pounds(potential * factors[expectation])


def forecast(
    entry: GrantEntry, *, partial: Decimal = PARTIAL, threshold: Decimal = THRESHOLD
) -> int | None:
    """Pounds for one target: by its figures where they are known, else by expectation."""
    if entry.actual is None or entry.without_stretch is None or entry.with_stretch is None:
        return estimate(entry.potential, entry.expectation, partial)
    achieved = stretch(entry.actual, entry.without_stretch, entry.with_stretch)
    return payable(entry.potential, achieved, threshold)


def total(
    entries: Iterable[GrantEntry], *, partial: Decimal = PARTIAL, threshold: Decimal = THRESHOLD
) -> GrantTotal:
    """The sum of the forecasts; targets without one are left out and named."""
    pounds = [
        (entry.ref, forecast(entry, partial=partial, threshold=threshold)) for entry in entries
    ]
    return GrantTotal(
        total_gbp=sum(value for _, value in pounds if value is not None),
        left_out=tuple(ref for ref, value in pounds if value is None),
    )


def split(total_gbp: int) -> GrantSplit:
    """Half capital and half revenue; the board keeps half, carrying half of each."""
    capital, revenue = _halves(total_gbp)
    retained, remaining = _halves(total_gbp)
    retained_capital, retained_revenue = _halves(retained)
    return GrantSplit(capital, revenue, retained, retained_capital, retained_revenue, remaining)


def offered(status: Status) -> GrantExpectation | None:
    """The expectation a form offers for a colour; the lead may differ (G2)."""
    return _OFFERED.get(status)


def in_the_region_of(total_gbp: int) -> Decimal:
    """Millions of pounds to one decimal, half up: 8,988,000 is 9.0."""
    return round_half_up(Decimal(total_gbp) / _MILLION, 1)


def _pounds(value: Decimal) -> int:
    return int(round_half_up(value, 0))


def _halves(pounds: int) -> tuple[int, int]:
    return pounds - pounds // 2, pounds // 2
