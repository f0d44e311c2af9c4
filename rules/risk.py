"""Risks: likelihood times impact, and what counts as significant (specification §6).

It owns the scale. It must not keep risks nor ask for mitigation; `rules/commentary.py` does.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from rules.vocabulary import RiskRating

SCALE = range(1, 6)
MEDIUM_FROM = 6
SIGNIFICANT_FROM = 12


@dataclass(frozen=True, slots=True)
class RiskView:
    """An open risk. Likelihood and impact run from 1 to 5; `ValueError` outside these."""

    likelihood: int
    impact: int
    mitigation: str = ""
    text: str = ""

    def __post_init__(self) -> None:
        score(self.likelihood, self.impact)

    @property
    def score(self) -> int:
        """Likelihood times impact, 1 to 25."""
        return score(self.likelihood, self.impact)


def score(likelihood: int, impact: int) -> int:
    """Likelihood times impact. Raises `ValueError` where either is not 1 to 5."""
    if likelihood not in SCALE or impact not in SCALE:
        raise ValueError("Likelihood and impact are whole numbers from 1 to 5.")
    return likelihood * impact


def rating(
    points: int, *, medium_from: int = MEDIUM_FROM, high_from: int = SIGNIFICANT_FROM
) -> RiskRating:
    """Low, medium or high, from a score."""
    if points >= high_from:
        return RiskRating.HIGH
    return RiskRating.MEDIUM if points >= medium_from else RiskRating.LOW


def is_significant(points: int | None, threshold: int = SIGNIFICANT_FROM) -> bool:
    """Whether a score is high enough for the board; none is no risk at all."""
    return points is not None and points >= threshold


def highest(risks: Iterable[RiskView]) -> int | None:
    """The highest score among open risks, or none without any."""
    return max((risk.score for risk in risks), default=None)
