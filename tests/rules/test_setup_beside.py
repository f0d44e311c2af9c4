from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.quarters import Quarter
from rules.setup_beside import NotePlan, ProxyPlan, note_problems, proxy_problems
from rules.setup_fields import SetupProblemCode
from rules.setup_milestones import (
    ROWS,
    Measured,
    as_typed,
    fits,
    has_zero,
    quarters_shown,
    read_rows,
)
from rules.status import Profile
from rules.vocabulary import Polarity, ToleranceMode

Q1 = Quarter(2008, 1)
HOMES = Measured(Polarity.HIGHER, ToleranceMode.PERCENT, "homes")
SHARE = Measured(Polarity.RANGE, ToleranceMode.ABSOLUTE, "%")
figures = st.decimals(min_value=1, max_value=10_000, places=2)


@given(values=st.lists(st.none() | figures, min_size=ROWS, max_size=ROWS))
def test_milestones_come_back_from_their_form(values: list[Decimal | None]) -> None:
    quarters = quarters_shown(Q1, ())
    rows = {q: Profile(v) for q, v in zip(quarters, values, strict=True) if v is not None}
    found, problems = read_rows(as_typed(rows, quarters, HOMES), quarters, HOMES)
    assert problems == ()
    assert {q: profile for q, profile in found.items() if profile} == rows


@given(low=figures, more=figures)
def test_ranges_come_back_from_their_form(low: Decimal, more: Decimal) -> None:
    rows = {Q1: Profile(low=low, high=low + more)}
    found, problems = read_rows(as_typed(rows, [Q1], SHARE), [Q1], SHARE)
    assert (found, problems) == (rows, ())


@pytest.mark.parametrize(
    ("measured", "typed", "code", "field"),
    [
        (HOMES, {"2008q1": "many"}, SetupProblemCode.NOT_A_NUMBER, "2008q1"),
        (HOMES, {"2008q1": "47%"}, SetupProblemCode.NOT_A_NUMBER, "2008q1"),
        (HOMES, {"2008q1": "0"}, SetupProblemCode.TOLERANCE_UNDEFINED, "2008q1"),
        (SHARE, {"2008q1.low": "4"}, SetupProblemCode.RANGE_HALF_GIVEN, "2008q1.high"),
        (SHARE, {"2008q1.high": "4"}, SetupProblemCode.RANGE_HALF_GIVEN, "2008q1.low"),
        (
            SHARE,
            {"2008q1.low": "5", "2008q1.high": "4"},
            SetupProblemCode.RANGE_CROSSES,
            "2008q1.high",
        ),
    ],
)
def test_a_milestone_that_cannot_be_is_refused_at_its_box(
    measured: Measured, typed: dict[str, str], code: SetupProblemCode, field: str
) -> None:
    found, (problem,) = read_rows(typed, [Q1], measured)
    assert (problem.code, problem.field, found) == (code, field, {})


def test_nought_is_a_milestone_where_tolerances_are_in_the_unit() -> None:
    absolute = Measured(Polarity.LOWER, ToleranceMode.ABSOLUTE, "deaths")
    assert read_rows({"2008q1": "0"}, [Q1], absolute) == ({Q1: Profile(Decimal(0))}, ())


def test_an_empty_box_takes_the_milestone_away() -> None:
    assert read_rows({}, [Q1], HOMES) == ({Q1: None}, ())


def test_a_form_begins_after_what_is_done() -> None:
    assert quarters_shown(Q1, {Q1, Q1.next})[0] == Q1.shifted(2)
    assert len(quarters_shown(Q1, ())) == ROWS


def test_what_a_milestone_is_compared_with_must_fit_how_the_measure_counts() -> None:
    share, value = Profile(low=Decimal(1), high=Decimal(2)), Profile(Decimal(1))
    assert not fits(Polarity.HIGHER, share)
    assert fits(Polarity.RANGE, share)
    assert fits(Polarity.RANGE, value)
    assert not fits(Polarity.LOWER, Profile())
    assert has_zero(Profile(low=Decimal(0), high=Decimal(2)))
    assert not has_zero(share)


def test_a_measure_that_stands_in_has_a_title_and_tolerances_in_order() -> None:
    codes = [p.code for p in proxy_problems(ProxyPlan(green=Decimal(5), amber=Decimal(1)))]
    assert codes == [SetupProblemCode.REQUIRED, SetupProblemCode.TOLERANCES_CROSS]
    assert list(proxy_problems(ProxyPlan(retired=True, amber=None))) == []
    zero = proxy_problems(ProxyPlan("Starts on site"), zero_milestone=True)
    assert [p.code for p in zero] == [SetupProblemCode.TOLERANCE_UNDEFINED]


@pytest.mark.parametrize(
    ("note", "codes"),
    [
        (NotePlan(on_day=date(2008, 6, 1), text="Joint area review"), []),
        (NotePlan(), [SetupProblemCode.REQUIRED, SetupProblemCode.REQUIRED]),
        (
            NotePlan(on_day=date(2008, 6, 1), text="x", link="javascript:alert(1)"),
            [SetupProblemCode.NOT_A_LINK],
        ),
        (NotePlan(on_day=date(2008, 6, 1), text="x", link="https://example.org/report"), []),
    ],
)
def test_a_note_has_a_day_words_and_a_link_that_is_one(
    note: NotePlan, codes: list[SetupProblemCode]
) -> None:
    assert [p.code for p in note_problems(note)] == codes
