"""A target's criteria in words: what is expected, and where green and amber end."""

from messages.notices.common import Figure
from messages.notices.sheets import ReturnSheet
from messages.wording.amounts import figure
from rules.vocabulary import Polarity


def expectation(sheet: ReturnSheet) -> str:
    """`300 homes`, `45% to 55%`, or nothing where no milestone is set."""
    if sheet.expected:
        return figure(sheet.expected)
    return _span(sheet.expected_low, sheet.expected_high)


def criteria(sheet: ReturnSheet) -> str:
    """`Green from 300 homes, amber from 270 homes.`, or nothing where there are none."""
    if sheet.polarity is Polarity.RANGE:
        ends = (_span(sheet.green_from, sheet.green_to), _span(sheet.amber_from, sheet.amber_to))
        return _pair("from", *ends)
    ends = (_shown(sheet.green_from), _shown(sheet.amber_from))
    return _pair("up to" if sheet.polarity is Polarity.LOWER else "from", *ends)


def _pair(word: str, green: str, amber: str) -> str:
    named = (
        f"{colour} {word} {end}" for colour, end in (("green", green), ("amber", amber)) if end
    )
    words = ", ".join(named)
    return f"{words[0].upper()}{words[1:]}." if words else ""


def _shown(value: Figure | None) -> str:
    return figure(value) if value else ""


def _span(low: Figure | None, high: Figure | None) -> str:
    return f"{figure(low)} to {figure(high)}" if low and high else ""
