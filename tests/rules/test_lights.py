import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.lights import LightDenominator, light
from rules.vocabulary import Light
from tests.rules.vectors import Vector, figure, rows, vectors

COUNTS = st.lists(st.integers(0, 300), min_size=4, max_size=4).map(
    lambda found: sorted(found, reverse=True)
)
BRIGHTNESS = [Light.RED, Light.AMBER, Light.GREEN]


@pytest.mark.parametrize("vector", vectors("ni_light"), ids=str)
def test_the_worked_lights_come_out(vector: Vector) -> None:
    result = light(**vector.given)
    pct = None if result.pct is None else str(result.pct)
    assert {"pct": pct, "light": result.light} == vector.expect


@pytest.mark.parametrize(
    "row", rows("ni_traffic_light_cases.csv"), ids=lambda row: str(row["case"])
)
def test_every_case_of_the_table_comes_out(row: dict[str, str]) -> None:
    counts = (int(row[name]) for name in ("managed", "due", "returned", "on_target"))
    result = light(*counts)
    assert result.light == row["expected_light"]
    assert result.pct == figure(row["expected_pct"] or None)


@pytest.mark.parametrize(
    ("denominator", "of", "expected"),
    [("DUE", 10, Light.AMBER), ("ALL", 20, Light.RED), ("REPORTED", 7, Light.GREEN)],
)
def test_the_setting_chooses_what_the_percentage_is_of(
    denominator: str, of: int, expected: Light
) -> None:
    result = light(20, 10, 7, 5, denominator=denominator)
    assert (result.of, result.light) == (of, expected)


def test_the_limits_are_settings() -> None:
    assert light(10, 10, 10, 6, green_over=60).light is Light.AMBER
    assert light(10, 10, 10, 4, amber_from=41).light is Light.RED


def test_nobody_reported_is_not_applicable_where_the_percentage_is_of_the_reported() -> None:
    result = light(9, 9, 0, 0, denominator=LightDenominator.REPORTED)
    assert result.light is Light.NOT_APPLICABLE


@pytest.mark.parametrize("counts", [(1, 2, 0, 0), (2, 1, 2, 0), (2, 2, 1, 2), (0, 0, 0, -1)])
def test_counts_out_of_order_are_refused(counts: tuple[int, int, int, int]) -> None:
    with pytest.raises(ValueError, match="none may be more"):
        light(*counts)


@given(COUNTS)
def test_one_more_on_target_never_dims_a_light(counts: list[int]) -> None:
    managed, due, returned, on_target = counts
    if on_target == returned:
        return
    before = light(managed, due, returned, on_target).light
    after = light(managed, due, returned, on_target + 1).light
    assert BRIGHTNESS.index(after) >= BRIGHTNESS.index(before)


@given(st.integers(1, 10_000), st.data())
def test_green_is_strictly_over_fifty_nine_per_cent(due: int, data: st.DataObject) -> None:
    on_target = data.draw(st.integers(0, due))
    is_green = light(due, due, due, on_target).light is Light.GREEN
    assert is_green == (on_target * 100 > due * 59)
