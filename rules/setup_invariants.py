"""What must hold of a target, its tolerances and its ranges (specification §2).

It owns the invariants. A problem is a code at a field of the form that brought it.
"""

from collections.abc import Iterator
from decimal import Decimal
from enum import StrEnum
from typing import Final

from rules.setup_fields import SetupProblem, SetupProblemCode
from rules.setup_target import SMART, Part, TargetPlan
from rules.vocabulary import Polarity, TargetState, ToleranceMode

MOST_DECIMALS: Final = 6
UNUSABLE_REFS: Final = frozenset({"all", "q1", "q2", "q3", "q4"})
"""Words the command takes for something else."""


class Missing(StrEnum):
    """What an agreed target cannot be without (B6)."""

    SPECIFIC = "SPECIFIC"
    MEASURABLE = "MEASURABLE"
    ACHIEVABLE = "ACHIEVABLE"
    RELEVANT = "RELEVANT"
    TIME_BOUND = "TIME_BOUND"
    UNIT = "UNIT"
    BASELINE_VALUE = "BASELINE_VALUE"
    BASELINE_ON = "BASELINE_ON"
    END_VALUE = "END_VALUE"
    END_ON = "END_ON"


def gaps(plan: TargetPlan) -> tuple[Missing, ...]:
    """What the target lacks to be agreed: the five confirmations, unit, baseline and end."""
    in_range = plan.polarity is Polarity.RANGE
    has_end = None not in ((plan.range_low, plan.range_high) if in_range else (plan.end_value,))
    there = {
        **{Missing(name.upper()): name in plan.smart for name in SMART},
        Missing.UNIT: bool(plan.unit),
        Missing.BASELINE_VALUE: plan.baseline_value is not None,
        Missing.BASELINE_ON: plan.baseline_on is not None,
        Missing.END_VALUE: has_end,
        Missing.END_ON: plan.end_on is not None,
    }
    return tuple(missing for missing, given in there.items() if not given)


def problems(
    before: TargetPlan | None, after: TargetPlan, part: Part, *, zero_milestone: bool = False
) -> tuple[SetupProblem, ...]:
    """What keeps a change from being taken, at the fields of its form.

    `zero_milestone` where a milestone that still counts is 0. Of an agreed target that lacks
    something already, only what the change takes away is a problem: the rest is for the check.
    """
    judges = {
        Part.WORDS: lambda: _named(after),
        Part.MEASURE: lambda: _measured(before, after, zero_milestone=zero_milestone),
        Part.SMART: lambda: _settled(before, after),
        Part.BELONGING: lambda: _in_force(after),
        Part.CLOSING: lambda: _closed(after),
        Part.CREATION: lambda: _created(after),
    }
    return tuple(judges[part]())


def problem(code: SetupProblemCode, field: str, *more: str) -> SetupProblem:
    """A problem, in fewer words."""
    return SetupProblem(code, field, more)


def tolerance_problems(
    green: Decimal | None, amber: Decimal | None, decimals: int | None
) -> Iterator[SetupProblem]:
    """What is wrong with tolerances and decimals: `0 ≤ green ≤ amber`, and both given."""
    for name, value in (("green", green), ("amber", amber)):
        if value is None:
            yield problem(SetupProblemCode.REQUIRED, name)
        elif value < 0:
            yield problem(SetupProblemCode.NEGATIVE, name)
    if green is not None and amber is not None and 0 <= amber < green:
        yield problem(SetupProblemCode.TOLERANCES_CROSS, "amber")
    if decimals is None or decimals > MOST_DECIMALS:
        yield problem(SetupProblemCode.TOO_MANY_DECIMALS, "decimals")


def _named(after: TargetPlan) -> Iterator[SetupProblem]:
    if not after.title:
        yield problem(SetupProblemCode.REQUIRED, "title")


def _measured(
    before: TargetPlan | None, after: TargetPlan, *, zero_milestone: bool
) -> Iterator[SetupProblem]:
    yield from tolerance_problems(after.green, after.amber, after.decimals)
    if zero_milestone and after.mode is ToleranceMode.PERCENT:
        yield problem(SetupProblemCode.TOLERANCE_UNDEFINED, "mode")
    lost = _lost(before, after)
    if Missing.UNIT in lost:
        yield problem(SetupProblemCode.NOT_AGREED_YET, "unit", Missing.UNIT)
    if Missing.END_VALUE in lost:
        yield problem(SetupProblemCode.NOT_AGREED_YET, "polarity", Missing.END_VALUE)


def _settled(before: TargetPlan | None, after: TargetPlan) -> Iterator[SetupProblem]:
    if after.state is TargetState.TO_BE_SET:
        yield from _still_to_be_set(after)
    yield from range_problems("range_low", after.range_low, "range_high", after.range_high)
    if after.baseline_on and after.end_on and after.end_on < after.baseline_on:
        yield problem(SetupProblemCode.ENDS_BEFORE_START, "end_on")
    if after.benchmark_value is not None and not after.benchmark_source:
        yield problem(SetupProblemCode.SOURCE_REQUIRED, "benchmark_source")
    lost = _lost(before, after)
    if lost:
        yield problem(SetupProblemCode.NOT_AGREED_YET, "state", *lost)


def _still_to_be_set(after: TargetPlan) -> Iterator[SetupProblem]:
    if not after.set_reason:
        yield problem(SetupProblemCode.REASON_REQUIRED, "set_reason")
    if after.expected_set_by is None:
        yield problem(SetupProblemCode.EXPECTED_DAY_REQUIRED, "expected_set_by")


def range_problems(
    low_field: str, low: Decimal | None, high_field: str, high: Decimal | None
) -> Iterator[SetupProblem]:
    """What is wrong with the two ends of a range: both or none, and the low one lower."""
    if (low is None) != (high is None):
        yield problem(SetupProblemCode.RANGE_HALF_GIVEN, low_field if low is None else high_field)
    elif low is not None and high is not None and low >= high:
        yield problem(SetupProblemCode.RANGE_CROSSES, high_field)


def _lost(before: TargetPlan | None, after: TargetPlan) -> tuple[Missing, ...]:
    """The gaps an agreed target would newly have; all of them where it is agreed only now."""
    if after.state is not TargetState.AGREED:
        return ()
    agreed_before = before is not None and before.state is TargetState.AGREED
    lacked = gaps(before) if before is not None and agreed_before else ()
    return tuple(missing for missing in gaps(after) if missing not in lacked)


def _in_force(after: TargetPlan) -> Iterator[SetupProblem]:
    if after.active_from and after.active_to and after.active_to < after.active_from:
        yield problem(SetupProblemCode.ENDS_BEFORE_START, "active_to")


def _closed(after: TargetPlan) -> Iterator[SetupProblem]:
    if after.active_to is None:
        yield problem(SetupProblemCode.REQUIRED, "active_to")
    if not after.set_reason:
        yield problem(SetupProblemCode.REASON_REQUIRED, "set_reason")
    yield from _in_force(after)


def _created(after: TargetPlan) -> Iterator[SetupProblem]:
    if not after.ref:
        yield problem(SetupProblemCode.REQUIRED, "ref")
    elif after.ref.split() != [after.ref] or after.ref.casefold() in UNUSABLE_REFS:
        yield problem(SetupProblemCode.REF_NOT_USABLE, "ref")
    yield from _named(after)
