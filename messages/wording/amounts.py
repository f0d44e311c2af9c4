"""Figures with their unit, money and numbers of things."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Final

from messages.notices.common import Figure
from rules.figures import Unit, round_half_up
from rules.grant import in_the_region_of

_MINUS: Final = "\N{MINUS SIGN}"
_UNITLESS: Final = frozenset({"", "number"})
_MILLION: Final = 1_000_000
_MOST_DECIMALS: Final = 6
_TOO_LARGE: Final = Decimal("1E20")


def number(value: Decimal, decimals: int = 0) -> str:
    """`1,200`, `−5.0`: rounded half up, thousands parted, a true minus."""  # noqa: RUF002
    if not _is_ordinary(value):
        return str(value)
    rounded = round_half_up(value, min(decimals, _MOST_DECIMALS))
    return f"{_MINUS if rounded < 0 else ''}{abs(rounded):,}"


def figure(value: Figure) -> str:
    """`1,000 homes`, `24.1%`, `£850,000`, `£1.07m` where nothing is lost by it."""
    unit = Unit(value.unit)
    if unit.is_money:
        return _pounds(value)
    amount = number(value.value, value.decimals)
    if value.unit in _UNITLESS:
        return amount
    return f"{amount}%" if unit.is_percent else f"{amount} {value.unit}"


def against(actual: Figure | None, expected: Figure | None) -> str:
    """`280 homes, expected 300`: a figure beside what was expected; empty without either."""
    if expected is None:
        return figure(actual) if actual else ""
    if actual is None:
        return f"no figure, expected {figure(expected)}"
    unit = Unit(expected.unit)
    spoken = unit.is_percent or unit.is_money or expected.unit != actual.unit
    wanted = figure(expected) if spoken else number(expected.value, expected.decimals)
    return f"{figure(actual)}, expected {wanted}"


def brief(text: str, longest: int) -> str:
    """Text on one line, of `longest` characters at most; what was left out shows as `…`."""
    line = " ".join(text.split())
    if len(line) <= longest:
        return line
    head = line[: longest - 1]
    return (head.rpartition(" ")[0] or head).rstrip(" ,;.:") + "…"


def signed(value: Decimal) -> str:
    """A per cent with its sign and one decimal: `−10.7%`, `+6.0%`, `0.0%`."""  # noqa: RUF002
    words = f"{number(value, 1)}%"
    return f"+{words}" if value > 0 else words


def pounds(value: int) -> str:
    """`£4,494,000`."""
    return f"£{value:,}"


def millions(value: int) -> str:
    """`£9.0m`, one decimal, half up."""
    return f"£{number(in_the_region_of(value), 1)}m"


def counted(noun: str, how_many: int) -> str:
    """`1 target`, `2 targets`, `2 people`."""
    plural = {"person": "people"}.get(noun, f"{noun}s")
    return f"{how_many:,} {noun if how_many == 1 else plural}"


def joined(words: Sequence[str], last_word: str = "and") -> str:
    """`a`, `a and b`, `a, b and c`; or with another last word."""
    *first, last = words or ("",)
    return f"{', '.join(first)} {last_word} {last}" if first else last


def some(words: Sequence[str], most: int) -> str:
    """All of a few words joined; of many the first, and how many more."""
    if len(words) <= most:
        return joined(words)
    return f"{', '.join(words[:most])} and {len(words) - most:,} more"


def _pounds(value: Figure) -> str:
    if not _is_ordinary(value.value):
        return f"£{value.value}"
    sign = _MINUS if value.value < 0 else ""
    size = abs(value.value)
    if size >= _MILLION and size % (_MILLION // 100) == 0:
        return f"{sign}£{number(size / _MILLION, 2)}m"
    return f"{sign}£{number(size, value.decimals)}"


def _is_ordinary(value: Decimal) -> bool:
    """Whether a value can be rounded and parted: no figure the rules take is outside."""
    return value.is_finite() and abs(value) < _TOO_LARGE
