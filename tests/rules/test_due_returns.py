import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.due_returns import due_quarters_of, is_active, is_due, is_requested
from rules.kinds import TargetKind
from rules.quarters import Quarter
from rules.vocabulary import Frequency, TargetState

COLLECTED = TargetKind("ANY", "Any", collected=True)
DELEGATED = TargetKind("OTHER", "Other")
AGREED = TargetState.AGREED
Q2 = Quarter(2008, 2)


def test_an_agreed_target_of_a_collected_kind_is_asked_for_when_due() -> None:
    assert is_requested(COLLECTED, AGREED, Q2)
    assert is_requested(COLLECTED, AGREED, Q2, (2, 4))


def test_a_kind_that_is_not_collected_is_never_asked_for() -> None:
    assert not is_requested(DELEGATED, AGREED, Q2, has_proxy=True)


@pytest.mark.parametrize("state", [TargetState.DRAFT, TargetState.TO_BE_SET, TargetState.CLOSED])
def test_only_an_agreed_target_is_asked_for(state: TargetState) -> None:
    assert not is_requested(COLLECTED, state, Q2)


def test_out_of_season_a_target_is_asked_for_only_by_its_proxy() -> None:
    assert not is_requested(COLLECTED, AGREED, Q2, (4,))
    assert is_requested(COLLECTED, AGREED, Q2, (4,), has_proxy=True)


@pytest.mark.parametrize(
    ("quarter", "asked"),
    [(Q2.previous, False), (Q2, True), (Q2.next, True), (Q2.shifted(2), False)],
)
def test_a_target_is_asked_for_from_its_first_to_its_last_quarter(
    quarter: Quarter, *, asked: bool
) -> None:
    found = is_requested(COLLECTED, AGREED, quarter, active_from=Q2, active_to=Q2.next)
    assert found is asked


@pytest.mark.parametrize(
    ("frequency", "quarters"),
    [
        (Frequency.QUARTERLY, (1, 2, 3, 4)),
        (Frequency.BIANNUAL, (2, 4)),
        (Frequency.ANNUAL, (4,)),
        (Frequency.SURVEY, (4,)),
        (Frequency.BIENNIAL, (4,)),
    ],
)
def test_a_frequency_has_its_usual_quarters(
    frequency: Frequency, quarters: tuple[int, ...]
) -> None:
    assert due_quarters_of(frequency) == quarters


def test_a_targets_own_list_counts_before_its_frequency() -> None:
    assert due_quarters_of(Frequency.ANNUAL, (3,)) == (3,)


@given(st.integers(2000, 2050), st.sets(st.integers(1, 4), min_size=1))
def test_a_year_has_as_many_due_returns_as_listed_quarters(year: int, listed: set[int]) -> None:
    due = [n for n in range(1, 5) if is_due(Quarter(year, n), tuple(sorted(listed)))]
    assert set(due) == listed


def test_a_target_without_ends_is_always_active() -> None:
    assert is_active(Q2)
