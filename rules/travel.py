"""Direction of travel, quarter on quarter, in the sense of the polarity (specification §5).

It owns the comparison of two returns. It must not choose words or symbols.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from rules.status import Profile
from rules.vocabulary import Accumulation, Direction, Polarity, Status, StatusBasis

_COLOURS = (Status.RED, Status.AMBER, Status.GREEN)
_NOUGHT = Decimal(0)


@dataclass(frozen=True, slots=True)
class Measured:
    """One return's figure with its profile, and the status it had.

    `basis` tells a proxy's figure from the measure's own. `definition` numbers the measure's
    baseline and definition: figures under two numbers are not comparable.
    """

    actual: Decimal | None
    profile: Profile | None = None
    basis: StatusBasis | None = None
    status: Status | None = None
    definition: int = 1


@dataclass(frozen=True, slots=True)
class Travel:
    """A direction, and whether only the colours could be compared."""

    direction: Direction
    by_status: bool = False


def latest_comparable(earlier: Sequence[Measured], current: Measured) -> Measured | None:
    """The latest earlier return to compare with; `earlier` is oldest first.

    With a figure now, the latest one with a figure of the same measure, basis and definition.
    Without, the latest one that had a colour.
    """
    if current.actual is None:
        return next((past for past in reversed(earlier) if _is_colour(past)), None)
    return next((past for past in reversed(earlier) if _same_series(past, current)), None)


def direction(
    previous: Measured | None,
    current: Measured,
    polarity: Polarity,
    accumulation: Accumulation,
    band: Decimal = _NOUGHT,
) -> Travel:
    """Improving, steady, worsening or not comparable.

    A change of at most `band` is steady: in the unit, or in per cent points for running
    totals. Without figures on either side two colours are compared, marked `by_status`.
    """
    if previous is None:
        return Travel(Direction.NOT_COMPARABLE)
    if previous.actual is None and current.actual is None:
        return _by_colour(previous, current)
    if not _same_series(previous, current):
        return Travel(Direction.NOT_COMPARABLE)
    before = _merit(previous, polarity, accumulation)
    after = _merit(current, polarity, accumulation)
    if before is None or after is None:
        return Travel(Direction.NOT_COMPARABLE)
    return Travel(_sign(after - before, band))


def _same_series(previous: Measured, current: Measured) -> bool:
    if previous.actual is None or current.actual is None:
        return False
    by_proxy = {past.basis is StatusBasis.PROXY for past in (previous, current)}
    return len(by_proxy) == 1 and previous.definition == current.definition


def _is_colour(measured: Measured) -> bool:
    return measured.actual is None and measured.status in _COLOURS


def _by_colour(previous: Measured, current: Measured) -> Travel:
    if previous.status not in _COLOURS or current.status not in _COLOURS:
        return Travel(Direction.NOT_COMPARABLE)
    gain = _COLOURS.index(current.status) - _COLOURS.index(previous.status)
    return Travel(_sign(Decimal(gain), _NOUGHT), by_status=True)


def _merit(measured: Measured, polarity: Polarity, accumulation: Accumulation) -> Decimal | None:
    """A number that grows as performance improves; none where it cannot be had."""
    if measured.actual is None:
        return None
    if polarity is Polarity.RANGE:
        return _inside(measured.actual, measured.profile)
    value: Decimal | None = measured.actual
    if accumulation is Accumulation.CUMULATIVE_YTD:
        value = _against_profile(measured.actual, measured.profile)
    if value is None:
        return None
    return value if polarity is Polarity.HIGHER else -value


def _inside(actual: Decimal, profile: Profile | None) -> Decimal | None:
    if profile is None or not profile.given:
        return None
    low, high = profile.ends
    return -max(low - actual, actual - high, _NOUGHT)


def _against_profile(actual: Decimal, profile: Profile | None) -> Decimal | None:
    # Running totals always grow, so they are compared by how far each is from its profile.
    if profile is None or not profile.value:
        return None
    return 100 * (actual - profile.value) / abs(profile.value)


def _sign(gain: Decimal, band: Decimal) -> Direction:
    if abs(gain) <= band:
        return Direction.STEADY
    return Direction.IMPROVING if gain > 0 else Direction.WORSENING
