"""From figures to a status: shortfall, colour, and the order of decision (specification §4).

It owns the arithmetic of colours. It must not ask what a return has to hold beside its
figure (`rules/commentary.py`), nor who may propose another colour (`rules/override.py`).
"""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from rules.vocabulary import (
    Polarity,
    Status,
    StatusBasis,
    StatusReason,
    TargetState,
    ToleranceMode,
)

RED_WHEN_OVERDUE_MORE_THAN_ONE_IN = 4


class ToleranceUndefinedError(ValueError):
    """A per cent tolerance of a milestone of nought means nothing (specification §4)."""

    code = "TOLERANCE_UNDEFINED"

    def __init__(self) -> None:
        super().__init__(
            "A per cent of 0 cannot be worked out. Give this target tolerances in its own unit."
        )


class MissingDataPolicy(StrEnum):
    """What a due return without a figure counts as: a setting, `no_data` by default."""

    NO_DATA = "no_data"
    RED_FLAGGED = "red_flagged"


@dataclass(frozen=True, slots=True)
class Tolerance:
    """How far short a figure may fall and still be green, or amber. `0 ≤ green ≤ amber`."""

    green: Decimal = Decimal(0)
    amber: Decimal = Decimal(10)
    mode: ToleranceMode = ToleranceMode.PERCENT

    def __post_init__(self) -> None:
        if not 0 <= self.green <= self.amber:
            raise ValueError("The green tolerance lies between 0 and the amber tolerance.")


@dataclass(frozen=True, slots=True)
class Profile:
    """What was expected by the quarter: a value, or the two ends of a range."""

    value: Decimal | None = None
    low: Decimal | None = None
    high: Decimal | None = None

    def __post_init__(self) -> None:
        if self.low is not None and self.high is not None and self.low >= self.high:
            raise ValueError("The low end of a range lies below its high end.")

    @property
    def given(self) -> bool:
        """Whether there is anything to compare with."""
        return self.value is not None or (self.low is not None and self.high is not None)

    @property
    def ends(self) -> tuple[Decimal, Decimal]:
        """The range's two ends; for a single value, that value twice."""
        low = self.low if self.low is not None else self.value
        high = self.high if self.high is not None else self.value
        if low is None or high is None:
            raise ValueError("There is no milestone to compare with.")
        return low, high


@dataclass(frozen=True, slots=True)
class Criteria:
    """The pre-defined criteria of a target in a quarter, as snapshotted at submission."""

    polarity: Polarity
    tolerance: Tolerance
    profile: Profile


@dataclass(frozen=True, slots=True)
class PlanProgress:
    """How many of a plan's actions were due, how many of those are undone, and overdue."""

    due: int
    overdue: int
    undone_due: int


@dataclass(frozen=True, slots=True)
class Facts:
    """All that decides a target's status in a quarter.

    `returned` is false when no return had come by close. `criteria` and `proxy_criteria`
    are none where no milestone stands. `plan` is asked only when `plan_basis` is on.
    """

    target_state: TargetState
    due: bool
    actual: Decimal | None = None
    criteria: Criteria | None = None
    disputed: bool = False
    proxy_actual: Decimal | None = None
    proxy_criteria: Criteria | None = None
    has_proxy: bool = False
    plan_basis: bool = False
    plan: PlanProgress | None = None
    returned: bool = True
    reason: StatusReason | None = None


@dataclass(frozen=True, slots=True)
class Decision:
    """A status, what it rests on, why it has no colour, and how far short the figure fell.

    `shortfall` is unrounded, in per cent or in the unit, as the tolerance is.
    """

    status: Status
    basis: StatusBasis | None = None
    reason: StatusReason | None = None
    shortfall: Decimal | None = None


def shortfall(
    polarity: Polarity, actual: Decimal, profile: Profile, mode: ToleranceMode
) -> Decimal:
    """How far the actual falls short of its profile; 0 when it does not.

    In the measure's unit for ABSOLUTE; for PERCENT in per cent of the profile, or of the
    nearer end of the range. Raises `ToleranceUndefinedError` for a per cent of nought.
    """
    low, high = profile.ends
    if polarity is Polarity.RANGE and low <= actual <= high:
        return Decimal(0)
    below = polarity is Polarity.HIGHER or (polarity is Polarity.RANGE and actual < low)
    reference = low if below else high
    gap = max(Decimal(0), reference - actual if below else actual - reference)
    if mode is ToleranceMode.ABSOLUTE:
        return gap
    if reference == 0:
        raise ToleranceUndefinedError
    return 100 * gap / abs(reference)


def colour(criteria: Criteria, actual: Decimal) -> Status:
    """Green, amber or red by the criteria; a limit belongs to the better colour."""
    tolerance = criteria.tolerance
    gap = shortfall(criteria.polarity, actual, criteria.profile, tolerance.mode)
    if gap <= tolerance.green:
        return Status.GREEN
    return Status.AMBER if gap <= tolerance.amber else Status.RED


def tolerance_defined(criteria: Criteria) -> bool:
    """Whether every figure can be coloured: set-up refuses criteria that cannot."""
    if criteria.tolerance.mode is ToleranceMode.ABSOLUTE:
        return True
    return all(end != 0 for end in criteria.profile.ends)


def decide(facts: Facts, missing: MissingDataPolicy = MissingDataPolicy.NO_DATA) -> Decision:
    """The status of a target in a quarter: the first of the nine cases that fits (§4).

    An actual for a target still to be set is kept and never coloured. Raises
    `ToleranceUndefinedError` where the criteria cannot colour the figure.
    """
    if facts.target_state is TargetState.TO_BE_SET:
        return Decision(Status.TARGET_TO_BE_SET)
    if facts.actual is None and not facts.due and not facts.has_proxy:
        return Decision(Status.NOT_REQUIRED)
    if not facts.returned:
        return Decision(Status.NOT_SUBMITTED)
    if facts.disputed:
        return Decision(Status.UNCERTAIN, reason=facts.reason)
    return _coloured(facts) or _uncoloured(facts, missing)


def _coloured(facts: Facts) -> Decision | None:
    measured = _measured(facts.actual, facts.criteria, StatusBasis.MEASURE)
    by_proxy = _measured(facts.proxy_actual, facts.proxy_criteria, StatusBasis.PROXY)
    if measured or by_proxy:
        return measured or by_proxy
    if facts.plan_basis and facts.plan is not None:
        return Decision(_plan_colour(facts.plan), StatusBasis.DELIVERY_PLAN)
    return None


def _measured(
    actual: Decimal | None, criteria: Criteria | None, basis: StatusBasis
) -> Decision | None:
    if actual is None or criteria is None or not criteria.profile.given:
        return None
    gap = shortfall(criteria.polarity, actual, criteria.profile, criteria.tolerance.mode)
    return Decision(colour(criteria, actual), basis, shortfall=gap)


def _plan_colour(plan: PlanProgress) -> Status:
    if plan.undone_due == 0:
        return Status.GREEN
    if plan.overdue * RED_WHEN_OVERDUE_MORE_THAN_ONE_IN > plan.due:
        return Status.RED
    return Status.AMBER


def _uncoloured(facts: Facts, missing: MissingDataPolicy) -> Decision:
    if facts.actual is not None or facts.proxy_actual is not None:
        return Decision(Status.UNCERTAIN, reason=StatusReason.NO_MILESTONE)
    expected = facts.criteria is not None and facts.criteria.profile.given
    reason = facts.reason if expected else StatusReason.NO_DATA_AND_NO_MILESTONE
    if missing is MissingDataPolicy.RED_FLAGGED:
        return Decision(Status.RED, StatusBasis.DATA_GAP, reason)
    return Decision(Status.NO_DATA, reason=reason)
