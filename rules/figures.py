"""Figures as people write them, and their rounding (specification §6).

It owns reading a number typed by a person. It must not know what the number is compared
with, nor word anything but the one error at the field.
"""

import re
import unicodedata
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Context, Decimal

MOST_DIGITS = 15
_WORDS_OF_PERCENT = frozenset({"%", "per cent", "percent", "percentage", "pct"})
_WORDS_OF_MONEY = frozenset({"£", "pounds", "gbp"})
_UNSAID = frozenset({"", "number"})
_LONGEST_SAID = 60
_MULTIPLES = {"": 1, "k": 1_000, "m": 1_000_000, "bn": 1_000_000_000}
_MINUS_SIGNS = str.maketrans({"−": "-", "‒": "-", "–": "-"})  # noqa: RUF001  # as people type them
_FIGURE = re.compile(
    r"(?P<sign>[+-]?)\s*(?P<pound>£?)\s*"
    r"(?P<number>(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?:\.[0-9]+)?|\.[0-9]+)\s*"
    r"(?P<multiple>k|m|bn|)\s*(?P<percent>%?)",
    re.IGNORECASE,
)
# Superscripts and circled numbers would be read as plain digits: 10 to the sixth as 106.
_NOT_DIGITS = frozenset({"No", "Nl"})
_EXACT = Context(prec=60, rounding=ROUND_HALF_UP)


class FigureNotUnderstoodError(ValueError):
    """The text is no figure in this unit; the message says what to enter."""

    code = "NOT_A_NUMBER"

    @property
    def words(self) -> str:
        """What to say at the field."""
        return str(self)


@dataclass(frozen=True, slots=True)
class Unit:
    """What a measure counts in, as the target's owner wrote it: `%`, `£`, `homes`, `number`."""

    symbol: str

    @property
    def is_percent(self) -> bool:
        """Whether figures are per cent."""
        return self.symbol.strip().casefold() in _WORDS_OF_PERCENT

    @property
    def is_money(self) -> bool:
        """Whether figures are pounds."""
        return self.symbol.strip().casefold() in _WORDS_OF_MONEY


def parse_figure(text: str, unit: Unit) -> Decimal:
    """Read `1,200`, `1200.5`, a true minus, `47%` in per cent, `£3.5m` in pounds.

    Money comes back in pounds. At most fifteen digits, so that no store rounds it. Raises
    `FigureNotUnderstoodError` for anything else.
    """
    if any(unicodedata.category(sign) in _NOT_DIGITS for sign in text):
        raise FigureNotUnderstoodError(what_to_enter(unit))
    plain = unicodedata.normalize("NFKC", text).translate(_MINUS_SIGNS).strip()
    match = _FIGURE.fullmatch(plain)
    if match is None or _wrong_unit(match, unit):
        raise FigureNotUnderstoodError(what_to_enter(unit))
    number = match["sign"] + match["number"].replace(",", "")
    figure = Decimal(number) * _MULTIPLES[match["multiple"].lower()]
    if _digits(figure) > MOST_DIGITS:
        raise FigureNotUnderstoodError(f"Enter a number of at most {MOST_DIGITS} digits.")
    return figure


def as_typed(value: Decimal) -> str:
    """A figure as a person would type it: its digits without noughts at the end."""
    return format(value.normalize(_EXACT), "f")


def round_half_up(value: Decimal, decimals: int) -> Decimal:
    """The value to that many decimals; a half goes away from nought, and nought has no sign."""
    rounded_value = value.quantize(Decimal(1).scaleb(-decimals), context=_EXACT)
    return abs(rounded_value) if rounded_value.is_zero() else rounded_value


def rounded(value: Decimal | None, decimals: int) -> Decimal | None:
    """The value rounded half up, or none where there is none."""
    return None if value is None else round_half_up(value, decimals)


def _wrong_unit(match: "re.Match[str]", unit: Unit) -> bool:
    if match["percent"] and not unit.is_percent:
        return True
    return bool(match["pound"] or match["multiple"]) and not unit.is_money


def what_to_enter(unit: Unit) -> str:
    """What a figure in this unit looks like, in a sentence."""
    if unit.is_percent:
        return "Enter a number in per cent, such as 47 or 47%."
    if unit.is_money:
        return "Enter an amount in pounds, such as 1,200 or £3.5m."
    return f"Enter a number{_in_words(unit)}, such as 1200 or 1,200, without a % or £ sign."


def _in_words(unit: Unit) -> str:
    symbol = " ".join(unit.symbol.split())
    return f" in {symbol}" if symbol not in _UNSAID and len(symbol) <= _LONGEST_SAID else ""


def _digits(figure: Decimal) -> int:
    _, digits, exponent = figure.as_tuple()
    places = -exponent if isinstance(exponent, int) and exponent < 0 else 0
    return max(len(digits), places)
