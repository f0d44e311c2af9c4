"""The light of a partnership's indicators (specification §10).

It owns the arithmetic of one light. It must not choose what is counted: whoever counts has
left out the indicators that are reported as targets of their own (F5).
"""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from rules.figures import round_half_up
from rules.vocabulary import Light

GREEN_OVER = 59
AMBER_FROM = 40


class LightDenominator(StrEnum):
    """What the percentage is of: indicators due (the default), all managed, or reported."""

    DUE = "DUE"
    ALL = "ALL"
    REPORTED = "REPORTED"


@dataclass(frozen=True, slots=True)
class LightResult:
    """A light, its percentage to one decimal where there is one, and the counts to show."""

    light: Light
    pct: Decimal | None
    on_target: int
    of: int
    managed: int


def light(
    managed: int,
    due: int,
    returned: int,
    on_target: int,
    *,
    denominator: LightDenominator | str = LightDenominator.DUE,
    green_over: int = GREEN_OVER,
    amber_from: int = AMBER_FROM,
) -> LightResult:
    """The light for one partnership, tested in whole numbers: 59 of 100 is not over 59.

    An indicator due and not returned counts as not on target. Raises `ValueError` unless
    0 ≤ on target ≤ returned ≤ due ≤ managed.
    """
    if not 0 <= on_target <= returned <= due <= managed:
        raise ValueError(
            "On target, returned, due and managed: none may be more than the one after it."
        )
    of = {
        LightDenominator.DUE: due,
        LightDenominator.ALL: managed,
        LightDenominator.REPORTED: returned,
    }[LightDenominator(denominator)]
    if of == 0 or returned == 0:
        none = Light.NOT_APPLICABLE if of == 0 else Light.NO_RETURN
        return LightResult(none, None, on_target, of, managed)
    pct = round_half_up(Decimal(100 * on_target) / of, 1)
    return LightResult(
        _light(100 * on_target, of, green_over, amber_from), pct, on_target, of, managed
    )


def _light(hundredfold: int, of: int, green_over: int, amber_from: int) -> Light:
    if hundredfold > green_over * of:
        return Light.GREEN
    return Light.AMBER if hundredfold >= amber_from * of else Light.RED
