from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.figures import (
    FigureNotUnderstoodError,
    Unit,
    as_typed,
    parse_figure,
    round_half_up,
    rounded,
)

NUMBER, PERCENT, POUNDS = Unit("homes"), Unit("%"), Unit("£")
PLACES = st.decimals(-(10**9), 10**9, places=3, allow_nan=False, allow_infinity=False)


@pytest.mark.parametrize(
    ("typed", "unit", "figure"),
    [
        ("1200", NUMBER, "1200"),
        ("1,200", NUMBER, "1200"),
        (" 1,234,567.5 ", NUMBER, "1234567.5"),
        ("−5", NUMBER, "-5"),  # noqa: RUF001  # a true minus
        ("-5", NUMBER, "-5"),
        ("– 5", NUMBER, "-5"),  # noqa: RUF001  # a dash
        ("+5", NUMBER, "5"),
        (".5", NUMBER, "0.5"),
        ("0", NUMBER, "0"),
        ("47%", PERCENT, "47"),
        ("47 %", Unit("per cent"), "47"),
        ("47", PERCENT, "47"),
        ("£3.5m", POUNDS, "3500000"),
        ("£2k", POUNDS, "2000"),
        ("-£2,500.50", POUNDS, "-2500.50"),
        ("3.5M", Unit("pounds"), "3500000"),
        ("£1bn", Unit("GBP"), "1000000000"),
        ("\uff11\uff12", NUMBER, "12"),
        ("\uff14\uff17\uff05", PERCENT, "47"),
        ("999999999999999", NUMBER, "999999999999999"),
        ("0.123456789012345", NUMBER, "0.123456789012345"),
    ],
)
def test_figures_are_read_as_people_type_them(typed: str, unit: Unit, figure: str) -> None:
    assert parse_figure(typed, unit) == Decimal(figure)


@pytest.mark.parametrize(
    "typed",
    [
        "",
        " ",
        "n/a",
        "NaN",
        "Infinity",
        "-inf",
        "1e5",
        "1,20",
        "12,00",
        "1,2345",
        ",200",
        "1200,",
        "1 200",
        "12 13",
        "12-13",
        "1.2.3",
        "5.",
        "--5",
        "0x10",
        "1_000",
        "47%",
        "£3",
        "3k",
        "½",
        "٣",
        "1\n2",
        "=1+1",
        "1000000000000000",
        "0.1234567890123456",
    ],
)
def test_anything_else_is_no_figure(typed: str) -> None:
    with pytest.raises(FigureNotUnderstoodError, match="Enter a"):
        parse_figure(typed, NUMBER)


@pytest.mark.parametrize(
    ("typed", "unit"), [("£5", PERCENT), ("5k", PERCENT), ("5%", POUNDS), ("£5%", POUNDS)]
)
def test_a_sign_that_does_not_fit_the_unit_is_refused(typed: str, unit: Unit) -> None:
    with pytest.raises(FigureNotUnderstoodError) as refused:
        parse_figure(typed, unit)
    assert refused.value.code == "NOT_A_NUMBER"


@pytest.mark.parametrize(
    ("unit", "words"),
    [
        (NUMBER, "Enter a number in homes, such as 1200 or 1,200, without a % or £ sign."),
        (PERCENT, "Enter a number in per cent, such as 47 or 47%."),
        (POUNDS, "Enter an amount in pounds, such as 1,200 or £3.5m."),
    ],
)
def test_the_error_says_what_to_enter_in_this_unit(unit: Unit, words: str) -> None:
    with pytest.raises(FigureNotUnderstoodError) as refused:
        parse_figure("about ten", unit)
    assert refused.value.words == words


@given(PLACES)
def test_a_printed_figure_reads_back_as_itself(figure: Decimal) -> None:
    assert parse_figure(f"{figure:,}", NUMBER) == figure


@given(st.text(max_size=12))
def test_any_text_is_a_figure_or_is_refused(text: str) -> None:
    try:
        found = parse_figure(text, POUNDS)
    except FigureNotUnderstoodError:
        return
    assert found.is_finite()


@pytest.mark.parametrize(
    ("value", "decimals", "printed"),
    [
        ("0.05", 1, "0.1"),
        ("-0.05", 1, "-0.1"),
        ("-0.04", 1, "0.0"),
        ("2.5", 0, "3"),
        ("58.8235", 1, "58.8"),
        ("100", 1, "100.0"),
    ],
)
def test_a_half_is_rounded_up_and_nought_has_no_sign(
    value: str, decimals: int, printed: str
) -> None:
    assert str(round_half_up(Decimal(value), decimals)) == printed


def test_nothing_rounded_is_nothing() -> None:
    assert rounded(None, 1) is None
    assert rounded(Decimal("1.25"), 1) == Decimal("1.3")


@pytest.mark.parametrize(
    ("kept", "typed"),
    [("1000.000000", "1000"), ("24.10", "24.1"), ("0.000", "0"), ("-1E+3", "-1000"), ("7", "7")],
)
def test_a_kept_figure_is_shown_as_a_person_would_type_it(kept: str, typed: str) -> None:
    assert as_typed(Decimal(kept)) == typed


@given(PLACES)
def test_a_figure_shown_to_be_changed_reads_back_as_itself(value: Decimal) -> None:
    assert parse_figure(as_typed(value), NUMBER) == value
