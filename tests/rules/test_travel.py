from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.status import Profile
from rules.travel import Measured, Travel, direction, latest_comparable
from rules.vocabulary import Accumulation, Direction, Polarity, Status, StatusBasis
from tests.rules.vectors import Vector, figure, needed, vectors

POINT, RUNNING = Accumulation.POINT_IN_TIME, Accumulation.CUMULATIVE_YTD
FIGURES = st.decimals(-1000, 1000, places=2)
NOT_COMPARABLE = Travel(Direction.NOT_COMPARABLE)


def measured(value: Any, given_: dict[str, Any], status: object) -> Measured:
    of = value if isinstance(value, dict) else {"actual": value, **given_}
    profile = Profile(figure(of.get("profile")), figure(of.get("low")), figure(of.get("high")))
    colour = None if status is None else Status(str(status))
    return Measured(figure(of["actual"]), profile, StatusBasis.MEASURE, colour)


@pytest.mark.parametrize("vector", vectors("travel"), ids=str)
def test_the_worked_directions_come_out(vector: Vector) -> None:
    given_ = vector.given
    previous = measured(given_.get("previous"), given_, given_.get("previous_rag"))
    current = measured(given_.get("current"), given_, given_.get("current_rag"))
    travel = direction(
        previous,
        current,
        Polarity(given_.get("polarity", "HIGHER")),
        Accumulation(given_.get("accumulation", "POINT_IN_TIME")),
    )
    assert travel.direction == vector.expect["direction"]
    assert travel.by_status is ("previous_rag" in given_)


def at(value: object, **other: Any) -> Measured:
    return Measured(needed(value), **other)


def test_two_figures_inside_the_range_are_steady() -> None:
    inside = Profile(low=Decimal(45), high=Decimal(55))
    previous, current = at(46, profile=inside), at(54, profile=inside)
    assert direction(previous, current, Polarity.RANGE, POINT).direction is Direction.STEADY


def test_a_change_within_the_band_is_steady_and_one_past_it_is_not() -> None:
    previous, band = at(40), Decimal("0.5")
    steady = direction(previous, at("40.5"), Polarity.HIGHER, POINT, band)
    moved = direction(previous, at("40.6"), Polarity.HIGHER, POINT, band)
    assert (steady.direction, moved.direction) == (Direction.STEADY, Direction.IMPROVING)


def test_without_an_earlier_figure_nothing_is_comparable() -> None:
    assert direction(None, at(1), Polarity.HIGHER, POINT) == NOT_COMPARABLE
    gap = Measured(None, status=Status.RED)
    assert direction(gap, at(1, status=Status.GREEN), Polarity.HIGHER, POINT) == NOT_COMPARABLE


def test_a_measure_is_not_compared_with_its_proxy() -> None:
    proxy = at(40, basis=StatusBasis.PROXY)
    own = at(42, basis=StatusBasis.MEASURE)
    assert direction(proxy, own, Polarity.HIGHER, POINT) == NOT_COMPARABLE


def test_an_overridden_colour_leaves_the_figures_comparable() -> None:
    own, overridden = at(40, basis=StatusBasis.MEASURE), at(42, basis=StatusBasis.OVERRIDE)
    assert direction(own, overridden, Polarity.HIGHER, POINT).direction is Direction.IMPROVING


def test_a_changed_definition_is_not_comparable() -> None:
    before, after = at(40, definition=1), at(42, definition=2)
    assert direction(before, after, Polarity.HIGHER, POINT) == NOT_COMPARABLE


@pytest.mark.parametrize("profile", [None, Profile(), Profile(Decimal(0))])
def test_running_totals_without_a_profile_to_measure_by_are_not_comparable(
    profile: Profile | None,
) -> None:
    previous, current = at(1, profile=Profile(Decimal(1))), at(2, profile=profile)
    assert direction(previous, current, Polarity.HIGHER, RUNNING) == NOT_COMPARABLE


def test_a_range_without_its_ends_is_not_comparable() -> None:
    assert direction(at(1), at(2), Polarity.RANGE, POINT) == NOT_COMPARABLE


def test_a_lower_is_better_running_total_improves_when_further_below_its_profile() -> None:
    previous = at(100, profile=Profile(Decimal(100)))
    current = at(180, profile=Profile(Decimal(200)))
    assert direction(previous, current, Polarity.LOWER, RUNNING).direction is Direction.IMPROVING


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        (Status.GREEN, Status.AMBER, Direction.WORSENING),
        (Status.AMBER, Status.AMBER, Direction.STEADY),
        (Status.RED, Status.GREEN, Direction.IMPROVING),
    ],
)
def test_colours_alone_are_compared_from_red_to_green(
    before: Status, after: Status, expected: Direction
) -> None:
    found = direction(
        Measured(None, status=before), Measured(None, status=after), Polarity.LOWER, POINT
    )
    assert found == Travel(expected, by_status=True)


def test_the_band_of_running_totals_is_in_per_cent_points() -> None:
    previous = at(100, profile=Profile(Decimal(100)))
    current = at(201, profile=Profile(Decimal(200)))
    half, less = Decimal("0.5"), Decimal("0.49")
    steady = direction(previous, current, Polarity.HIGHER, RUNNING, half)
    moved = direction(previous, current, Polarity.HIGHER, RUNNING, less)
    assert (steady.direction, moved.direction) == (Direction.STEADY, Direction.IMPROVING)


def test_running_totals_against_negative_profiles_are_compared_by_size() -> None:
    previous = at(-100, profile=Profile(Decimal(-100)))
    current = at(-190, profile=Profile(Decimal(-200)))
    assert direction(previous, current, Polarity.HIGHER, RUNNING).direction is Direction.IMPROVING


@pytest.mark.parametrize("silent", [Status.NO_DATA, Status.UNCERTAIN, None])
def test_a_status_without_a_colour_has_no_direction(silent: Status | None) -> None:
    previous, current = Measured(None, status=Status.RED), Measured(None, status=silent)
    assert direction(previous, current, Polarity.HIGHER, POINT) == NOT_COMPARABLE
    assert direction(current, previous, Polarity.HIGHER, POINT) == NOT_COMPARABLE


@given(FIGURES, FIGURES, st.sampled_from([Polarity.HIGHER, Polarity.LOWER]))
def test_the_way_back_is_the_opposite_direction(
    one: Decimal, other: Decimal, polarity: Polarity
) -> None:
    opposite = {
        Direction.IMPROVING: Direction.WORSENING,
        Direction.WORSENING: Direction.IMPROVING,
        Direction.STEADY: Direction.STEADY,
    }
    there = direction(at(one), at(other), polarity, POINT).direction
    back = direction(at(other), at(one), polarity, POINT).direction
    assert back is opposite[there]


def test_the_latest_earlier_figure_of_the_same_kind_is_the_one_compared_with() -> None:
    old, proxy = at(40), at(9, basis=StatusBasis.PROXY)
    silent = Measured(None, status=Status.NO_DATA)
    assert latest_comparable([at(30), old, proxy, silent], at(42)) is old
    assert latest_comparable([proxy, silent], at(42)) is None


def test_without_a_figure_now_the_latest_colour_without_one_is_compared_with() -> None:
    red, silent = Measured(None, status=Status.RED), Measured(None, status=Status.NO_DATA)
    assert latest_comparable([red, silent], Measured(None, status=Status.GREEN)) is red
