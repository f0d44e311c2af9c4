from decimal import Decimal

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from rules.status import Criteria, Profile, Tolerance, colour
from rules.variance import Effect, Variance, effect, measured, variance
from rules.vocabulary import Polarity
from tests.rules.vectors import Vector, needed, rows, vectors

FIGURES = st.decimals(-1000, 1000, places=2)
RANGE = Profile(low=Decimal(45), high=Decimal(55))


@pytest.mark.parametrize("vector", vectors("variance"), ids=str)
def test_the_worked_variances_come_out(vector: Vector) -> None:
    found = variance(needed(vector.given["actual"]), Profile(needed(vector.given["profile"])))
    assert (None if found is None else str(found)) == vector.expect["pct"]


@pytest.mark.parametrize(
    "row",
    rows("oxfordshire/illustrative_measures_2008-09_q2.csv"),
    ids=lambda row: str(row["target_ref"]),
)
def test_the_sample_figures_have_the_variance_effect_and_colour_listed(
    row: dict[str, str],
) -> None:
    polarity, actual = Polarity(row["polarity"]), needed(row["actual"])
    profile = Profile(needed(row["profile"]))
    assert str(variance(actual, profile)) == row["expected_variance_pct"]
    assert effect(polarity, actual, profile) == row["expected_effect"]
    assert colour(Criteria(polarity, Tolerance(), profile), actual) == row["expected_rag"]


def test_a_profile_of_nought_has_a_per_cent_only_when_it_is_met() -> None:
    nought = Profile(Decimal(0))
    assert str(variance(Decimal(0), nought)) == "0.0"
    not_applicable = Variance(None, Effect.ADVERSE, not_applicable=True)
    assert measured(Polarity.LOWER, Decimal(5), nought) == not_applicable


@pytest.mark.parametrize(
    ("actual", "profile"),
    [(None, Profile(Decimal(1))), (Decimal(1), None), (Decimal(1), Profile()), (None, None)],
)
def test_a_missing_figure_leaves_the_variance_blank(
    actual: Decimal | None, profile: Profile | None
) -> None:
    assert measured(Polarity.HIGHER, actual, profile) == Variance(None, None)


@pytest.mark.parametrize(
    ("actual", "pct", "expected"),
    [
        ("36", "-20.0", Effect.ADVERSE),
        ("45", "0.0", Effect.ON_PROFILE),
        ("50", "0.0", Effect.ON_PROFILE),
        ("66", "20.0", Effect.ADVERSE),
    ],
)
def test_of_a_range_the_distance_to_its_nearer_end_counts(
    actual: str, pct: str, expected: Effect
) -> None:
    found = measured(Polarity.RANGE, Decimal(actual), RANGE)
    assert (str(found.pct), found.effect) == (pct, expected)


@pytest.mark.parametrize(
    ("polarity", "expected"),
    [(Polarity.HIGHER, Effect.FAVOURABLE), (Polarity.LOWER, Effect.ADVERSE)],
)
def test_more_than_expected_is_good_or_bad_by_polarity(
    polarity: Polarity, expected: Effect
) -> None:
    assert effect(polarity, Decimal(110), Profile(Decimal(100))) is expected


@given(FIGURES, FIGURES)
def test_a_variance_has_the_sign_of_the_difference(actual: Decimal, expected: Decimal) -> None:
    assume(expected != 0)
    found = variance(actual, Profile(expected))
    assert found is not None
    assert (found > 0) <= (actual > expected)
    assert (found < 0) <= (actual < expected)
