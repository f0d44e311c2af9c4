from decimal import Decimal

from rules.bounds import Bounds, bounds
from rules.status import Criteria, Profile, Tolerance
from rules.vocabulary import Polarity, ToleranceMode


def figures(*ends: str | None) -> Bounds:
    return Bounds(*(None if end is None else Decimal(end) for end in ends))


def test_of_300_expected_green_starts_at_300_and_amber_at_270() -> None:
    criteria = Criteria(Polarity.HIGHER, Tolerance(), Profile(Decimal(300)))
    assert bounds(criteria) == figures("300", None, "270", None)


def test_where_lower_is_better_green_and_amber_end_above_the_profile() -> None:
    criteria = Criteria(Polarity.LOWER, Tolerance(), Profile(Decimal(1150)))
    assert bounds(criteria) == figures(None, "1150", None, "1265")


def test_a_range_has_two_ends_each() -> None:
    profile = Profile(low=Decimal(40), high=Decimal(60))
    criteria = Criteria(Polarity.RANGE, Tolerance(), profile)
    assert bounds(criteria) == figures("40", "60", "36", "66")


def test_a_tolerance_in_the_unit_is_taken_off_as_it_stands() -> None:
    tolerance = Tolerance(Decimal(1), Decimal(3), ToleranceMode.ABSOLUTE)
    criteria = Criteria(Polarity.LOWER, tolerance, Profile(Decimal(0)))
    assert bounds(criteria) == figures(None, "1", None, "3")
