"""How values read to people."""

from datetime import UTC, date, datetime, time
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from messages.cleaning import cleaned
from messages.notices.common import Figure, KindCount
from messages.notices.sheets import ReturnSheet
from messages.wording import amounts, colours, criteria, days, roles
from rules.permissions import Capability
from rules.quarters import Quarter
from rules.vocabulary import (
    ActionState,
    Direction,
    GrantExpectation,
    Polarity,
    QuarterState,
    Role,
    Status,
    StatusBasis,
    StatusReason,
)
from tests.messages.nasty import NASTY

LONDON = ZoneInfo("Europe/London")
MINUS = "\N{MINUS SIGN}"


def test_a_day_carries_its_year_where_another_could_be_meant() -> None:
    assert days.day(date(2008, 10, 21), near=2008) == "Tuesday 21 October"
    assert days.day(date(2009, 1, 2), near=2008) == "Friday 2 January 2009"
    assert days.day(date(2008, 10, 21)) == "Tuesday 21 October 2008"


def test_a_quarter_reads_as_months_and_in_short() -> None:
    assert days.months(Quarter(2008, 2)) == "July to September 2008"
    assert days.months(Quarter(2008, 4)) == "January to March 2009"
    assert days.short(Quarter(2008, 2)) == "Q2 2008/09"


@pytest.mark.parametrize(
    ("clock", "words"),
    [
        (time(9), "9am"),
        (time(17), "5pm"),
        (time(14, 30), "2.30pm"),
        (time(12), "noon"),
        (time(0), "midnight"),
        (time(12, 5), "12.05pm"),
        (time(0, 5), "12.05am"),
    ],
)
def test_an_hour_reads_as_people_say_it(clock: time, words: str) -> None:
    assert days.clock(clock) == words


def test_an_instant_is_told_in_local_time_in_summer_and_winter() -> None:
    summer = datetime(2008, 10, 21, 8, tzinfo=UTC)
    winter = datetime(2008, 10, 28, 17, tzinfo=UTC)
    assert days.moment(summer, LONDON, 2008) == "Tuesday 21 October at 9am"
    assert days.moment(winter, LONDON, 2008) == "Tuesday 28 October at 5pm"


@pytest.mark.parametrize(
    ("value", "unit", "decimals", "words"),
    [
        ("1000", "homes", 0, "1,000 homes"),
        ("24.05", "%", 1, "24.1%"),
        ("47", "per cent", 0, "47%"),
        ("-5", "", 0, f"{MINUS}5"),
        ("12", "number", 0, "12"),
        ("1070000", "£", 0, "£1.07m"),
        ("1070001", "£", 0, "£1,070,001"),
        ("850000", "£", 0, "£850,000"),
        ("-0.2", "homes", 0, "0 homes"),
        ("1E+30", "homes", 2, "1E+30 homes"),
        ("NaN", "homes", 2, "NaN homes"),
    ],
)
def test_a_figure_reads_with_its_unit(value: str, unit: str, decimals: int, words: str) -> None:
    assert amounts.figure(Figure(Decimal(value), unit, decimals)) == words


@given(st.decimals(), st.integers(-3, 300))
def test_any_figure_at_all_can_be_said(value: Decimal, decimals: int) -> None:
    for unit in ("", "homes", "%", "£"):
        assert amounts.figure(Figure(value, unit, decimals))


def test_a_figure_stands_beside_what_was_expected() -> None:
    homes, per_cent = Figure(Decimal(280), "homes"), Figure(Decimal(31), "%")
    assert amounts.against(homes, Figure(Decimal(300), "homes")) == "280 homes, expected 300"
    assert amounts.against(per_cent, Figure(Decimal(38), "%")) == "31%, expected 38%"
    assert amounts.against(None, per_cent) == "no figure, expected 31%"
    assert amounts.against(homes, None) == "280 homes"
    assert not amounts.against(None, None)


def test_a_variance_carries_its_sign() -> None:
    said = [amounts.signed(Decimal(value)) for value in ("-10.7", "6", "0")]
    assert said == [f"{MINUS}10.7%", "+6.0%", "0.0%"]


def test_numbers_agree_with_nouns_and_lists_of_one_are_plain() -> None:
    assert amounts.counted("target", 1) == "1 target"
    assert amounts.counted("target", 2) == "2 targets"
    assert amounts.counted("person", 2) == "2 people"
    assert amounts.joined(["a"]) == "a"
    assert amounts.joined(["a", "b", "c"]) == "a, b and c"
    assert not amounts.joined([])


def test_a_cause_too_long_for_its_line_shows_that_it_goes_on() -> None:
    assert amounts.brief("one\ntwo", 7) == "one two"
    assert amounts.brief("one two three", 10) == "one two…"
    assert amounts.brief("x" * 300, 200) == "x" * 199 + "…"


def test_a_tally_names_reds_that_only_lack_data_and_keeps_targets_to_be_set_apart() -> None:
    counts = ((Status.TARGET_TO_BE_SET, 16), (Status.RED, 8), (Status.AMBER, 0))
    words = colours.tally(KindCount("LAA2", counts, 3))
    assert words == "8 red (3 for want of data or milestones); 16 to be set"
    assert colours.tally(KindCount("LAA2", ())) == "none"


@pytest.mark.parametrize(
    ("members", "words"),
    [
        (Status, colours.STATUS),
        (Status, colours.COUNTED),
        (Direction, colours.DIRECTION),
        (StatusBasis, colours.BASIS),
        (ActionState, colours.ACTION),
        (GrantExpectation, colours.GRANT),
        (StatusReason, colours.REASON),
        (QuarterState, colours.QUARTER_STATE),
        (Role, colours.ROLE),
        (Role, roles.ASKS),
        (Capability, colours.MAY),
    ],
)
def test_every_word_of_the_field_has_words_for_people(members: object, words: object) -> None:
    assert set(words) == set(members)  # type: ignore[call-overload]  # an enumeration and a table


def test_streaks_read_as_ordinals() -> None:
    said = [colours.ordinal(streak) for streak in (2, 7, 11, 21, 22, 23)]
    assert said == ["second", "7th", "11th", "21st", "22nd", "23rd"]


def test_a_refusal_names_roles_and_passes_over_unknown_ones() -> None:
    roles = ("TARGET_LEAD", "CENTRAL_TEAM", "EMPEROR")
    assert colours.who(roles) == "the target's lead or the central team"


def test_criteria_read_in_the_sense_of_the_polarity() -> None:
    higher = ReturnSheet.example()
    assert criteria.criteria(higher) == "Green from 300 homes, amber from 270 homes."
    range_sheet = ReturnSheet.range_example()
    assert criteria.expectation(range_sheet) == "45% to 55%"
    assert criteria.criteria(range_sheet) == "Green from 45% to 55%, amber from 40.5% to 60.5%."
    empty = ReturnSheet(
        higher.quarter, higher.due, higher.closes, 1, "r", "t", polarity=Polarity.LOWER
    )
    assert not criteria.criteria(empty)
    assert not criteria.expectation(empty)


def test_cleaning_takes_out_what_nobody_typed_on_purpose() -> None:
    assert cleaned(" a\x00b\u202ec\u2066\ud83d\tend\n") == "abc\tend"
    assert cleaned("one\r\ntwo\rthree") == "one\ntwo\nthree"
    assert cleaned("e\u0301") == "\u00e9"
    assert not cleaned("\u200b \u2060\ufeff")


@given(st.one_of(st.sampled_from(NASTY), st.text(alphabet=st.characters())))
def test_cleaning_twice_changes_nothing_more(text: str) -> None:
    once = cleaned(text)
    assert cleaned(once) == once
