from decimal import Decimal

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from rules.bounds import bounds
from rules.figures import round_half_up
from rules.status import (
    Criteria,
    Decision,
    Facts,
    MissingDataPolicy,
    PlanProgress,
    Profile,
    Tolerance,
    ToleranceUndefinedError,
    colour,
    decide,
    shortfall,
    tolerance_defined,
)
from rules.vocabulary import (
    Polarity,
    Status,
    StatusBasis,
    StatusReason,
    TargetState,
    ToleranceMode,
)
from tests.rules.vectors import Vector, figure, needed, vectors

AGREED = TargetState.AGREED
FIGURES = st.decimals(-(10**9), 10**9, places=4, allow_nan=False, allow_infinity=False)
TOLERANCES = st.builds(
    lambda green, more, mode: Tolerance(green, green + more, mode),
    st.decimals(0, 20, places=2),
    st.decimals(0, 30, places=2),
    st.sampled_from(ToleranceMode),
)
ORDER = [Status.RED, Status.AMBER, Status.GREEN]


def higher(profile: object = 100) -> Criteria:
    return Criteria(Polarity.HIGHER, Tolerance(), Profile(needed(profile)))


def criteria_of(given: dict[str, object]) -> Criteria:
    return Criteria(
        Polarity(str(given["polarity"])),
        Tolerance(
            needed(given["green_tol"]),
            needed(given["amber_tol"]),
            ToleranceMode(str(given["mode"])),
        ),
        Profile(figure(given.get("profile")), figure(given.get("low")), figure(given.get("high"))),
    )


@pytest.mark.parametrize("vector", vectors("rag"), ids=str)
def test_the_worked_colours_come_out(vector: Vector) -> None:
    criteria, actual = criteria_of(vector.given), needed(vector.given["actual"])
    if "error" in vector.expect:
        with pytest.raises(ToleranceUndefinedError) as undefined:
            colour(criteria, actual)
        assert undefined.value.code == vector.expect["error"]
        return
    gap = shortfall(criteria.polarity, actual, criteria.profile, criteria.tolerance.mode)
    assert colour(criteria, actual) == vector.expect["rag"]
    assert str(round_half_up(gap, 1)) == vector.expect["shortfall"]


@pytest.mark.parametrize("vector", vectors("status"), ids=str)
def test_the_worked_statuses_come_out(vector: Vector) -> None:
    profile = figure(vector.given.get("profile"))
    facts = Facts(
        TargetState(vector.given["target_state"]),
        due=vector.given.get("due", True),
        actual=figure(vector.given.get("actual")),
        criteria=None if profile is None else higher(profile),
        disputed=vector.given.get("data_disputed", False),
        returned="return" not in vector.given,
    )
    assert decide(facts).status == vector.expect["status"]


def test_a_figure_just_past_the_amber_limit_is_red() -> None:
    assert colour(higher(), Decimal("89.99999999")) is Status.RED


def test_a_range_is_missed_on_either_side() -> None:
    criteria = Criteria(Polarity.RANGE, Tolerance(), Profile(low=Decimal(45), high=Decimal(55)))
    assert colour(criteria, Decimal("44.9")) is Status.AMBER
    assert colour(criteria, Decimal(40)) is Status.RED
    assert colour(criteria, Decimal("60.6")) is Status.RED


@pytest.mark.parametrize(("low", "high"), [(0, 5), (-5, 0)])
def test_inside_a_range_that_ends_at_nought_a_figure_is_green(low: int, high: int) -> None:
    criteria = Criteria(Polarity.RANGE, Tolerance(), Profile(low=Decimal(low), high=Decimal(high)))
    inside = [Decimal(low), Decimal(low + high) / 2, Decimal(high)]
    assert [colour(criteria, actual) for actual in inside] == [Status.GREEN] * 3
    assert not tolerance_defined(criteria)


def test_a_milestone_of_nought_needs_a_tolerance_in_the_unit() -> None:
    assert not tolerance_defined(higher(0))
    assert tolerance_defined(higher(1))
    absolute = Tolerance(mode=ToleranceMode.ABSOLUTE)
    assert tolerance_defined(Criteria(Polarity.LOWER, absolute, Profile(Decimal(0))))
    with pytest.raises(ToleranceUndefinedError, match="its own unit"):
        bounds(higher(0))


def test_a_negative_milestone_is_measured_by_its_size() -> None:
    criteria = Criteria(Polarity.HIGHER, Tolerance(), Profile(Decimal(-100)))
    assert colour(criteria, Decimal(-110)) is Status.AMBER
    assert colour(criteria, Decimal("-110.1")) is Status.RED


def test_a_green_tolerance_above_the_amber_one_is_refused() -> None:
    with pytest.raises(ValueError, match="green tolerance"):
        Tolerance(Decimal(11), Decimal(10))


def test_a_range_upside_down_is_refused() -> None:
    with pytest.raises(ValueError, match="low end"):
        Profile(low=Decimal(5), high=Decimal(5))


@pytest.mark.parametrize("profile", [Profile(), Profile(low=Decimal(1)), Profile(high=Decimal(1))])
def test_nothing_can_be_compared_without_a_whole_milestone(profile: Profile) -> None:
    assert not profile.given
    with pytest.raises(ValueError, match="no milestone"):
        shortfall(Polarity.RANGE, Decimal(1), profile, ToleranceMode.PERCENT)


@given(TOLERANCES, st.sampled_from([Polarity.HIGHER, Polarity.LOWER]), FIGURES, FIGURES, FIGURES)
def test_a_better_figure_never_has_a_worse_colour(
    tolerance: Tolerance, polarity: Polarity, profile: Decimal, one: Decimal, other: Decimal
) -> None:
    assume(profile != 0)
    criteria = Criteria(polarity, tolerance, Profile(profile))
    worse, better = sorted([one, other], reverse=polarity is Polarity.LOWER)
    assert ORDER.index(colour(criteria, worse)) <= ORDER.index(colour(criteria, better))


@given(TOLERANCES, st.sampled_from(Polarity), FIGURES, FIGURES, FIGURES)
def test_the_printed_bounds_are_where_the_colours_end(
    tolerance: Tolerance, polarity: Polarity, low: Decimal, high: Decimal, actual: Decimal
) -> None:
    assume(low < high and low != 0 and high != 0)
    is_range = polarity is Polarity.RANGE
    profile = Profile(low=low, high=high) if is_range else Profile(low)
    criteria = Criteria(polarity, tolerance, profile)
    ends = bounds(criteria)
    green = _within(actual, ends.green_low, ends.green_high)
    amber = _within(actual, ends.amber_low, ends.amber_high)
    expected = Status.GREEN if green else Status.AMBER if amber else Status.RED
    assert colour(criteria, actual) is expected


def _within(actual: Decimal, low: Decimal | None, high: Decimal | None) -> bool:
    return (low is None or actual >= low) and (high is None or actual <= high)


def test_a_target_not_due_with_a_figure_anyway_is_coloured() -> None:
    facts = Facts(AGREED, due=False, actual=Decimal(95), criteria=higher())
    decision = decide(facts)
    assert decision == Decision(Status.AMBER, StatusBasis.MEASURE, shortfall=Decimal(5))


def test_a_proxy_colours_a_target_whose_own_figure_is_not_due() -> None:
    facts = Facts(
        AGREED, due=False, has_proxy=True, proxy_actual=Decimal(100), proxy_criteria=higher()
    )
    assert decide(facts).status is Status.GREEN
    assert decide(facts).basis is StatusBasis.PROXY


def test_the_measure_counts_before_its_proxy() -> None:
    facts = Facts(
        AGREED,
        due=True,
        actual=Decimal(50),
        criteria=higher(),
        has_proxy=True,
        proxy_actual=Decimal(100),
        proxy_criteria=higher(),
    )
    assert decide(facts).basis is StatusBasis.MEASURE
    assert decide(facts).status is Status.RED


@pytest.mark.parametrize(
    ("plan", "expected"),
    [
        (PlanProgress(due=4, overdue=0, undone_due=0), Status.GREEN),
        (PlanProgress(due=4, overdue=1, undone_due=1), Status.AMBER),
        (PlanProgress(due=4, overdue=2, undone_due=2), Status.RED),
        (PlanProgress(due=0, overdue=0, undone_due=0), Status.GREEN),
    ],
)
def test_a_delivery_plan_is_red_when_more_than_a_quarter_is_overdue(
    plan: PlanProgress, expected: Status
) -> None:
    decision = decide(Facts(AGREED, due=True, plan_basis=True, plan=plan))
    assert decision == Decision(expected, StatusBasis.DELIVERY_PLAN)


def test_a_plan_counts_only_where_its_basis_is_switched_on() -> None:
    plan = PlanProgress(due=1, overdue=0, undone_due=0)
    assert decide(Facts(AGREED, due=True, plan=plan)).status is Status.NO_DATA
    assert decide(Facts(AGREED, due=True, plan_basis=True)).status is Status.NO_DATA


def test_a_plan_does_not_answer_for_a_lead_who_sent_nothing() -> None:
    plan = PlanProgress(due=1, overdue=0, undone_due=0)
    facts = Facts(AGREED, due=True, plan_basis=True, plan=plan, returned=False)
    assert decide(facts).status is Status.NOT_SUBMITTED


@pytest.mark.parametrize(
    "facts",
    [
        Facts(AGREED, due=True, actual=Decimal(1)),
        Facts(AGREED, due=True, has_proxy=True, proxy_actual=Decimal(1)),
    ],
)
def test_a_figure_without_a_milestone_is_uncertain(facts: Facts) -> None:
    assert decide(facts) == Decision(Status.UNCERTAIN, reason=StatusReason.NO_MILESTONE)


def test_no_figure_and_no_milestone_says_that_both_lack() -> None:
    facts = Facts(AGREED, due=True, reason=StatusReason.AWAITING_RELEASE)
    assert decide(facts).reason is StatusReason.NO_DATA_AND_NO_MILESTONE


def test_no_figure_with_a_milestone_keeps_the_leads_reason() -> None:
    facts = Facts(AGREED, due=True, criteria=higher(), reason=StatusReason.AWAITING_RELEASE)
    assert decide(facts) == Decision(Status.NO_DATA, reason=StatusReason.AWAITING_RELEASE)


def test_where_the_policy_says_so_missing_data_are_red_and_labelled() -> None:
    decision = decide(Facts(AGREED, due=True), MissingDataPolicy.RED_FLAGGED)
    assert (decision.status, decision.basis) == (Status.RED, StatusBasis.DATA_GAP)
