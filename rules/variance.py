"""Variance of a figure against its profile, and which way it counts (specification §11).

It owns the per cent and its effect. It must not colour anything: tolerances are no part of it.
"""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from rules.figures import round_half_up
from rules.status import Profile
from rules.vocabulary import Polarity

_NOUGHT = Decimal(0)


class Effect(StrEnum):
    """Whether a variance is good news, in the sense of the polarity."""

    FAVOURABLE = "FAVOURABLE"
    ADVERSE = "ADVERSE"
    ON_PROFILE = "ON_PROFILE"


@dataclass(frozen=True, slots=True)
class Variance:
    """A variance ready to print. `not_applicable` marks a per cent of nought: `n/a`."""

    pct: Decimal | None
    effect: Effect | None
    not_applicable: bool = False


def variance(actual: Decimal | None, profile: Profile | None) -> Decimal | None:
    """Per cent of the profile to one decimal, half up, with its sign.

    Of a range, the distance to the nearer end: negative below, positive above, 0 inside.
    None where either is missing, or where the profile is nought and the actual is not.
    """
    if actual is None or profile is None or not profile.given:
        return None
    distance, reference = _distance(actual, profile)
    if distance == 0:
        return round_half_up(_NOUGHT, 1)
    return round_half_up(100 * distance / abs(reference), 1) if reference else None


def effect(polarity: Polarity, actual: Decimal | None, profile: Profile | None) -> Effect | None:
    """Favourable, adverse or on profile, unrounded; none where either is missing."""
    if actual is None or profile is None or not profile.given:
        return None
    distance, _ = _distance(actual, profile)
    if distance == 0:
        return Effect.ON_PROFILE
    good = {
        Polarity.HIGHER: distance > 0,
        Polarity.LOWER: distance < 0,
        Polarity.RANGE: False,
    }
    return Effect.FAVOURABLE if good[polarity] else Effect.ADVERSE


def measured(polarity: Polarity, actual: Decimal | None, profile: Profile | None) -> Variance:
    """Per cent and effect together, blank where a figure is missing."""
    pct, which = variance(actual, profile), effect(polarity, actual, profile)
    return Variance(pct, which, not_applicable=pct is None and which is not None)


def _distance(actual: Decimal, profile: Profile) -> tuple[Decimal, Decimal]:
    low, high = profile.ends
    if actual < low:
        return actual - low, low
    return max(actual - high, _NOUGHT), high
