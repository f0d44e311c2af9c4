from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.quarters import Quarter, QuarterNotUnderstoodError, reporting_quarter
from tests.rules.vectors import Vector, vectors

QUARTERS = st.builds(Quarter, st.integers(1990, 2098), st.integers(1, 4))


@pytest.mark.parametrize("vector", vectors("quarter"), ids=str)
def test_the_worked_quarters_come_out(vector: Vector) -> None:
    if "date" in vector.given:
        found = Quarter.containing(date.fromisoformat(vector.given["date"]))
    else:
        found = Quarter.parse(vector.given["quarter"]).previous
    assert str(found) == vector.expect["quarter"]


@given(QUARTERS)
def test_a_printed_quarter_reads_back_as_itself(quarter: Quarter) -> None:
    assert Quarter.parse(quarter.label) == quarter


@given(QUARTERS)
def test_every_day_of_a_quarter_lies_in_it(quarter: Quarter) -> None:
    assert Quarter.containing(quarter.start) == quarter
    assert Quarter.containing(quarter.end) == quarter
    assert quarter.next.start.toordinal() == quarter.end.toordinal() + 1


@given(QUARTERS, st.integers(-40, 40))
def test_going_on_and_back_ends_where_it_began(quarter: Quarter, by: int) -> None:
    assert quarter.shifted(by).shifted(-by) == quarter


@pytest.mark.parametrize(
    "words", ["2009/10 Q2", "2009-10 Q2", "Q2 2009/10", "q2 2009/2010", " 2009/10  q 2 "]
)
def test_the_usual_ways_to_write_a_quarter_are_understood(words: str) -> None:
    assert Quarter.parse(words) == Quarter(2009, 2)


@pytest.mark.parametrize(
    ("today", "words", "expected"),
    [
        (date(2008, 10, 1), "q2", "2008/09 Q2"),
        (date(2008, 9, 30), "q2", "2007/08 Q2"),
        (date(2009, 1, 15), "Q4", "2007/08 Q4"),
        (date(2009, 4, 1), "q4", "2008/09 Q4"),
    ],
)
def test_a_number_alone_means_the_latest_such_quarter_that_has_ended(
    today: date, words: str, expected: str
) -> None:
    assert str(Quarter.parse(words, today)) == expected


@pytest.mark.parametrize(
    "words",
    [
        "",
        "q5",
        "q0",
        "2009/11 Q2",
        "2009/10",
        "2009/10 Q2 please",
        "Q2 2009",
        "q2 q3",
        "9999/00 Q1",
        "0000/01 Q1",
    ],
)
def test_words_that_name_no_quarter_are_refused(words: str) -> None:
    with pytest.raises(QuarterNotUnderstoodError):
        Quarter.parse(words, date(2009, 11, 1))


def test_a_wrong_second_year_is_refused_with_the_right_one() -> None:
    with pytest.raises(QuarterNotUnderstoodError, match="2009/10"):
        Quarter.parse("2009/11 Q2")


def test_a_number_alone_without_a_day_names_no_quarter() -> None:
    with pytest.raises(QuarterNotUnderstoodError, match="names no quarter"):
        Quarter.parse("q2")


def test_a_fifth_quarter_does_not_exist() -> None:
    with pytest.raises(ValueError, match="four quarters"):
        Quarter(2008, 5)


def test_the_quarter_reported_on_a_day_is_the_last_one_ended() -> None:
    assert reporting_quarter(date(2008, 11, 19)) == Quarter(2008, 2)


def test_the_century_turns_in_the_label() -> None:
    assert Quarter(1999, 4).label == "1999/00 Q4"
