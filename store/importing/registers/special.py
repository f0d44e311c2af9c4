"""Columns that hold several values, or a year: numbers of due quarters, lists, financial years.

It owns these few readings.
"""

import re

from rules.quarters import QUARTERS_A_YEAR
from store.importing.registers.cells import tidy
from store.importing.registers.columns import LONG_TEXT, Column
from store.importing.sheets import Row

EVERY_QUARTER = ("1", "2", "3", "4")
NEVER = "0"
_YEAR = re.compile(r"(\d{4})\s*[/-]\s*(\d{2}|\d{4})")
FULL_YEAR = 4


def numbers(name: str) -> Column:
    """Which quarters of a year, by number: `2; 4`, or 0 for none."""
    return Column(name, _read_numbers, EVERY_QUARTER, several=True, joined_by=",")


def lists(name: str, refers: str = "") -> Column:
    """Several words with semicolons between."""
    return Column(
        name, _read_list, (), refers=refers, several=True, joined_by="," if not refers else ""
    )


def financial_year(name: str) -> Column:
    """A financial year, as the calendar year it begins in."""
    return Column(name, _read_year, None, needed=True)


def year_words(year: int) -> str:
    """A financial year as the board prints it: `2008/09`."""
    return f"{year}/{(year + 1) % 100:02d}"


def _read_numbers(row: Row, column: str) -> tuple[str, ...] | None:
    words = tuple(sorted(set(re.split(r"[;,\s]+", row.text(column).strip(" ;,")))))
    if words == (NEVER,):
        return ()
    if not words or any(word not in EVERY_QUARTER for word in words):
        row.fault(
            column,
            f"“{row.cells[column]}” does not say quarters of a year. Write numbers from 1 to "
            f"{QUARTERS_A_YEAR} with semicolons between, or 0 for none.",
        )
        return None
    return words


def _read_list(row: Row, column: str) -> tuple[str, ...]:
    parts = (tidy(part) for part in row.text(column, LONG_TEXT).split(";"))
    return tuple(dict.fromkeys(part for part in parts if part))


def _read_year(row: Row, column: str) -> int | None:
    written = row.text(column)
    found = _YEAR.fullmatch(written)
    if found:
        year, second = int(found[1]), found[2]
        fits = int(second) == (year + 1 if len(second) == FULL_YEAR else (year + 1) % 100)
        if fits and year:
            return year
    row.fault(column, f"“{written}” is no financial year. Write it like 2008/09.")
    return None
