"""Rows of tables as lines of forms: each cell read, and each that cannot be noted.

It owns which columns must stand, and what an empty cell or a missing column says. A column
that is left out leaves what stands; an empty cell empties it.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from store.importing.faults import Faults
from store.importing.registers.columns import Column, Facts, Value
from store.importing.registers.form import Form
from store.importing.registers.forms import FORMS, form_called
from store.importing.registers.tables import Table
from store.importing.sheets import Row


@dataclass(frozen=True, slots=True)
class Line:
    """One row of a form. `given` holds the columns that stand in its file."""

    form: Form
    row: Row
    given: Facts


@dataclass(frozen=True, slots=True)
class Lines:
    """The lines of all tables; `unread` are headings no form has, and tables of no form."""

    lines: tuple[Line, ...]
    forms: tuple[Form, ...]
    unread: tuple[str, ...] = ()


def read_lines(tables: Iterable[Table], faults: Faults) -> Lines:
    """Every line of every table whose name says a form."""
    found: list[Line] = []
    forms: set[str] = set()
    unread: list[str] = []
    for table in tables:
        form = form_called(table.title)
        if form is None:
            unread.append(table.title)
        elif _header_stands(table, form, faults):
            forms.add(form.name)
            unread += [f"{table.title}: {name}" for name in _strange(table, form)]
            found += [_line(form, row) for row in table.rows(faults)]
    return Lines(tuple(found), tuple(form for form in FORMS if form.name in forms), tuple(unread))


def _line(form: Form, row: Row) -> Line:
    given = {
        column.name: _value(column, row) for column in form.columns if column.name in row.cells
    }
    return Line(form, row, given)


def _value(column: Column, row: Row) -> Value:
    if row.cells[column.name]:
        return column.read(row, column.name)
    if column.needed:
        row.fault(column.name, "This cell is empty. Fill it in.")
        return None
    return column.empty


def _header_stands(table: Table, form: Form, faults: Faults) -> bool:
    names = table.names
    must = [name for name in form.key if form.by_name[name].needed]
    missing = [name for name in must if name not in names]
    twice = sorted({name for name in names if name and names.count(name) > 1})
    for name in missing:
        faults.add(table.file, 1, name, f"The column “{name}” is missing. Add it.")
    for name in twice:
        faults.add(table.file, 1, name, f"The column “{name}” stands twice. Remove one of them.")
    return not (missing or twice)


def _strange(table: Table, form: Form) -> list[str]:
    known = form.by_name
    return [
        heading
        for heading, name in zip(table.headings, table.names, strict=True)
        if heading and name not in known
    ]
