from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.figures import round_half_up
from rules.grant import (
    GrantEntry,
    estimate,
    forecast,
    in_the_region_of,
    offered,
    payable,
    split,
    stretch,
    total,
)
from rules.vocabulary import GrantExpectation, Status
from tests.rules.vectors import Vector, needed, rows, vectors

POUNDS = st.integers(0, 10**9)


@pytest.mark.parametrize("vector", [v for v in vectors("grant") if "actual" in v.given], ids=str)
def test_the_worked_grants_come_out(vector: Vector) -> None:
    given_ = vector.given
    achieved = stretch(
        needed(given_["actual"]), needed(given_["without_stretch"]), needed(given_["with_stretch"])
    )
    assert str(round_half_up(100 * achieved, 1)) == vector.expect["stretch_pct"]
    assert payable(given_["potential"], achieved) == vector.expect["grant"]


@pytest.mark.parametrize("vector", [v for v in vectors("grant") if "total" in v.given], ids=str)
def test_the_published_total_splits_as_published(vector: Vector) -> None:
    parts = split(vector.given["total"])
    assert {name: getattr(parts, name) for name in vector.expect} == vector.expect


@pytest.mark.parametrize(("share", "pounds"), [("0.6", 600), ("0.5999", 0), ("1.5", 1000)])
def test_grant_is_paid_from_sixty_per_cent_and_never_more_than_all(share: str, pounds: int) -> None:
    assert payable(1000, Decimal(share)) == pounds


def test_the_threshold_is_a_setting() -> None:
    assert payable(1000, Decimal("0.6"), Decimal("0.7")) == 0


def test_without_a_stretch_there_is_no_share() -> None:
    with pytest.raises(ValueError, match="differ"):
        stretch(Decimal(1), Decimal(2), Decimal(2))


def test_the_published_expectations_come_to_about_nine_million() -> None:
    table = rows("oxfordshire/reward_grant_estimate_2008-09_q2.csv")
    entries = [
        GrantEntry(
            row["target_ref"],
            int(row["potential_grant_gbp"]),
            GrantExpectation(row["expectation"]),
        )
        for row in table
        if row["target_ref"] != "TOTAL"
    ]
    found = total(entries)
    assert found.total_gbp == 8_988_000
    assert found.left_out == ("LAA1-01", "LAA1-07", "LAA1-15")
    assert str(in_the_region_of(found.total_gbp)) == "9.0"
    for row, entry in zip(table, entries, strict=False):
        assert estimate(entry.potential, entry.expectation) == (
            int(row["estimate_gbp"]) if row["estimate_gbp"] else None
        )


def test_known_figures_count_before_an_expectation() -> None:
    entry = GrantEntry(
        "LAA1-03", 1000, GrantExpectation.FULL, Decimal(170), Decimal(100), Decimal(200)
    )
    assert forecast(entry) == 700


@pytest.mark.parametrize(
    "entry",
    [
        GrantEntry("LAA1-03", 1000, GrantExpectation.FULL, Decimal(170), Decimal(100)),
        GrantEntry("LAA1-03", 1000, GrantExpectation.FULL, Decimal(170), None, Decimal(200)),
        GrantEntry("LAA1-03", 1000, GrantExpectation.FULL, None, Decimal(100), Decimal(200)),
    ],
)
def test_where_a_figure_is_missing_the_expectation_counts(entry: GrantEntry) -> None:
    assert forecast(entry) == 1000


def test_no_expectation_at_all_is_left_out() -> None:
    assert total([GrantEntry("LAA1-03", 1000)]).left_out == ("LAA1-03",)


@pytest.mark.parametrize(
    ("status", "expectation"),
    [
        (Status.GREEN, GrantExpectation.FULL),
        (Status.AMBER, GrantExpectation.PARTIAL),
        (Status.RED, GrantExpectation.NONE),
        (Status.UNCERTAIN, None),
        (Status.NO_DATA, None),
    ],
)
def test_a_form_offers_an_expectation_by_colour(
    status: Status, expectation: GrantExpectation | None
) -> None:
    assert offered(status) is expectation


@given(POUNDS)
def test_no_pound_is_lost_in_the_halves(pounds: int) -> None:
    parts = split(pounds)
    assert parts.capital + parts.revenue == pounds
    assert parts.psb_retained + parts.remaining == pounds
    assert parts.psb_retained_capital + parts.psb_retained_revenue == parts.psb_retained
    assert 0 <= parts.capital - parts.revenue <= 1


@given(POUNDS, st.decimals(-1, 3, places=4), st.decimals(-1, 3, places=4))
def test_a_greater_share_never_earns_less(pounds: int, one: Decimal, other: Decimal) -> None:
    less, more = sorted([one, other])
    assert 0 <= payable(pounds, less) <= payable(pounds, more) <= pounds
