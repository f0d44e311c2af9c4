"""Where green and amber end, as figures on a return's sheet.

It owns this one translation. It must not decide a colour: `rules/status.py` does.
"""

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal

from messages.notices.common import Figure
from messages.notices.sheets import ReturnSheet
from rules.bounds import Bounds, bounds
from rules.status import Criteria, ToleranceUndefinedError


def with_ends(
    criteria: Criteria, figure: Callable[[Decimal | None], Figure | None], shown: ReturnSheet
) -> ReturnSheet:
    """The sheet with the figures at which green and amber end; as it was without criteria."""
    found = _bounds(criteria)
    if found is None:
        return shown
    if found.green_low is None:
        # Lower is better: the bounds are upper ends.
        return replace(
            shown, green_from=figure(found.green_high), amber_from=figure(found.amber_high)
        )
    return replace(
        shown,
        green_from=figure(found.green_low),
        amber_from=figure(found.amber_low),
        green_to=figure(found.green_high),
        amber_to=figure(found.amber_high),
    )


def _bounds(criteria: Criteria) -> Bounds | None:
    if not criteria.profile.given:
        return None
    try:
        return bounds(criteria)
    except ToleranceUndefinedError:
        return None
