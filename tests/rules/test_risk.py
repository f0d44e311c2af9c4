import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.risk import RiskView, highest, is_significant, rating, score
from rules.vocabulary import RiskRating
from tests.rules.vectors import Vector, vectors

ON_SCALE = st.integers(1, 5)


@pytest.mark.parametrize("vector", vectors("risk"), ids=str)
def test_the_worked_risks_come_out(vector: Vector) -> None:
    points = score(vector.given["likelihood"], vector.given["impact"])
    found = {
        "score": points,
        "rating": rating(points),
        "significant": is_significant(points),
    }
    assert found == vector.expect


@pytest.mark.parametrize(
    ("points", "expected"),
    [
        (5, RiskRating.LOW),
        (6, RiskRating.MEDIUM),
        (11, RiskRating.MEDIUM),
        (12, RiskRating.HIGH),
    ],
)
def test_a_rating_changes_at_its_limit(points: int, expected: RiskRating) -> None:
    assert rating(points) is expected


@pytest.mark.parametrize(("likelihood", "impact"), [(0, 3), (6, 3), (3, 0), (3, 6), (-1, -1)])
def test_a_risk_off_the_scale_is_refused(likelihood: int, impact: int) -> None:
    with pytest.raises(ValueError, match="from 1 to 5"):
        RiskView(likelihood, impact)


def test_the_highest_of_no_risks_is_none_and_not_significant() -> None:
    assert highest([]) is None
    assert not is_significant(None)
    assert highest([RiskView(2, 3), RiskView(3, 4), RiskView(1, 5)]) == 12


@given(ON_SCALE, ON_SCALE)
def test_a_high_rating_and_a_significant_risk_are_the_same(likelihood: int, impact: int) -> None:
    points = RiskView(likelihood, impact).score
    assert (rating(points) is RiskRating.HIGH) == is_significant(points)
