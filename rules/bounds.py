"""Criteria as figures, so that they can be shown beside the colour they gave (§4, C4).

It owns where green and amber end. It must not colour: that is `rules/status.py`, with which
it agrees on every figure.
"""

from dataclasses import dataclass
from decimal import Decimal

from rules.status import Criteria, Tolerance, ToleranceUndefinedError
from rules.vocabulary import Polarity, ToleranceMode


@dataclass(frozen=True, slots=True)
class Bounds:
    """The figures at which green and amber end, both inclusive; none where there is no end."""

    green_low: Decimal | None
    green_high: Decimal | None
    amber_low: Decimal | None
    amber_high: Decimal | None


def bounds(criteria: Criteria) -> Bounds:
    """The figures at which green and amber end, to show the criteria in words.

    Raises `ToleranceUndefinedError` for a per cent of nought.
    """
    low, high = criteria.profile.ends
    tolerance = criteria.tolerance
    green_low, amber_low = (low - _room(low, tol, tolerance.mode) for tol in _pair(tolerance))
    green_high, amber_high = (high + _room(high, tol, tolerance.mode) for tol in _pair(tolerance))
    if criteria.polarity is Polarity.HIGHER:
        return Bounds(green_low, None, amber_low, None)
    if criteria.polarity is Polarity.LOWER:
        return Bounds(None, green_high, None, amber_high)
    return Bounds(green_low, green_high, amber_low, amber_high)


def _pair(tolerance: Tolerance) -> tuple[Decimal, Decimal]:
    return tolerance.green, tolerance.amber


def _room(reference: Decimal, tolerance: Decimal, mode: ToleranceMode) -> Decimal:
    if mode is ToleranceMode.ABSOLUTE:
        return tolerance
    if reference == 0:
        raise ToleranceUndefinedError
    return abs(reference) * tolerance / 100
