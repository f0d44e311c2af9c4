"""What stands in the records as tables of words, form by form.

It owns the order of rows and that no cell can be run as a formula. It must not write a file.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from sqlmodel import Session

from store.importing.registers.cells import harmless
from store.importing.registers.columns import Column, Facts, Value, as_words
from store.importing.registers.form import Form
from store.importing.registers.forms import FORMS
from store.importing.registers.names import read_names, spoken
from store.importing.registers.quarter_forms import CALENDAR, SPEND
from store.importing.registers.special import EVERY_QUARTER, NEVER, year_words
from store.importing.registers.standing import standing

_DIGITS = re.compile(r"(\d+)")


@dataclass(frozen=True, slots=True)
class Sheet:
    """A form with everything that stands of it, in words."""

    name: str
    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


def sheets_of(session: Session) -> tuple[Sheet, ...]:
    """Every form that something stands of; two or three statements a form."""
    names = read_names(session)
    called = spoken(names.labels)
    return tuple(
        sheet
        for form in FORMS
        if (sheet := _sheet(form, list(standing(session, form, names).facts.values()), called)).rows
    )


def _sheet(form: Form, facts: list[Facts], called: Mapping[str, str]) -> Sheet:
    if form is CALENDAR:
        facts = [one for one in facts if any(one[name] for name in ("opens", "due", "board"))]
    order = (*form.key, *(("again",) if form.again else ()))
    rows = sorted(
        ([_words(column, one[column.name], called) for column in form.columns] for one in facts),
        key=lambda words: [_natural(words[_place(form, name)]) for name in order],
    )
    header = tuple(column.name for column in form.columns)
    return Sheet(form.name, header, tuple(tuple(map(harmless, row)) for row in rows))


def _words(column: Column, value: Value, called: Mapping[str, str]) -> str:
    if column.refers == "person" and isinstance(value, str):
        return called[value]
    if column is SPEND.by_name["year"] and isinstance(value, int):
        return year_words(value)
    if column.joined_by and column.empty == EVERY_QUARTER and not value:
        return NEVER
    return as_words(value)


def _place(form: Form, name: str) -> int:
    return next(place for place, column in enumerate(form.columns) if column.name == name)


def _natural(words: str) -> tuple[tuple[int, int, str], ...]:
    """NI 8 before NI 39."""
    return tuple(
        (0, int(part), "") if part.isdecimal() and part.isascii() else (1, 0, part)
        for part in _DIGITS.split(words)
        if part
    )
