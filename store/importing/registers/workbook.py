"""A workbook's sheets as tables of plain words.

It owns what a spreadsheet's cell says as words: a true date, a per cent, a formula's result.
Nothing is run, and no more is unpacked than a limit allows.
"""

import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from io import BytesIO
from typing import Any

from openpyxl import load_workbook
from openpyxl.utils import get_column_letter

from store.importing.faults import Faults
from store.importing.registers.tables import MOST_COLUMNS, MOST_ROWS, Table, table_of

MOST_UNPACKED = 40_000_000
MOST_SHEETS = 50
_MERGED = re.compile(rb'<(?:\w+:)?mergeCell\s[^>]*?ref="([A-Z]+)([0-9]+)(:[A-Z]+[0-9]+)?"')
_FORMULA = re.compile(rb"<(?:\w+:)?f[\s>/]")
_BROKEN = "This workbook cannot be opened. Open it in your spreadsheet program and save it again."
_MIDNIGHT = time(0)


@dataclass(frozen=True, slots=True)
class _Book:
    """A workbook with its results and, where any cell holds one, its formulas."""

    file: str
    results: Any
    formulas: Any
    merged: dict[str, list[tuple[str, int, str]]]
    faults: Faults

    def tables(self) -> Iterator[Table]:
        sheets = [sheet for sheet in self.results.worksheets if sheet.sheet_state == "visible"]
        for sheet in sheets:
            where = f"{self.file}, sheet {sheet.title}"
            lines = list(self._lines(sheet, where))
            if len(sheets) > 1 and not any(any(cells) for _, cells in lines):
                continue
            path = sheet._worksheet_path  # noqa: SLF001  # nothing else ties a sheet to its file
            for letter, row, cells in self.merged.get(path, []):
                reason = f"The cells {cells} are merged. Split them, and fill each one in."
                self.faults.add(where, row, "", reason, letter)
            found = table_of(where, sheet.title, lines, self.faults)
            if found:
                yield found

    def _lines(self, sheet: Any, where: str) -> Iterator[tuple[int, list[str]]]:  # noqa: ANN401  # openpyxl has no one type for a sheet
        sheet.reset_dimensions()
        pairs = zip(_rows(sheet), self._formulas_of(sheet), strict=False)
        for number, (cells, formulas) in enumerate(pairs, 1):
            if number > MOST_ROWS + 1:
                reason = f"This has more than {MOST_ROWS:,} rows. Divide it into several."
                self.faults.add(where, 0, "", reason)
                return
            self._check_results(where, number, cells, formulas)
            yield number, [written(cell) for cell in cells]

    def _formulas_of(self, sheet: Any) -> Iterator[tuple[Any, ...]]:  # noqa: ANN401  # as above
        if self.formulas is None:
            while True:
                yield ()
        beside = self.formulas[sheet.title]
        beside.reset_dimensions()
        yield from _rows(beside)

    def _check_results(
        self, where: str, number: int, cells: tuple[Any, ...], formulas: tuple[Any, ...]
    ) -> None:
        for place, cell in enumerate(cells, 1):
            if cell.value is not None and cell.data_type == "e":
                reason = f"This formula gives an error ({cell.value}). Mend it, or type a value."
                self.faults.add(where, number, "", reason, get_column_letter(place))
        for place, (cell, formula) in enumerate(zip(cells, formulas, strict=False), 1):
            if formula.data_type == "f" and cell.value is None:
                reason = (
                    "This cell holds a formula whose result was not saved. Open and save the file "
                    "in your spreadsheet program, or type the value."
                )
                self.faults.add(where, number, "", reason, get_column_letter(place))


def read_workbook(file: str, content: bytes, faults: Faults) -> tuple[Table, ...]:
    """The tables of a workbook's visible sheets; those with nothing in them are left out."""
    try:
        merged, has_formulas = _looked_into(content)
        results = load_workbook(BytesIO(content), read_only=True, data_only=True)
        formulas = load_workbook(BytesIO(content), read_only=True) if has_formulas else None
        return tuple(_Book(file, results, formulas, merged, faults).tables())
    except _TooMuchError as much:
        faults.add(file, 0, "", str(much))
    except Exception:  # noqa: BLE001  # whatever is wrong inside a workbook, it cannot be read
        faults.add(file, 0, "", _BROKEN)
    return ()


class _TooMuchError(ValueError):
    """More in it than is read; the message says what to do."""


def _looked_into(content: bytes) -> tuple[dict[str, list[tuple[str, int, str]]], bool]:
    """Merged cells by the path of their sheet, and whether a formula stands anywhere."""
    with zipfile.ZipFile(BytesIO(content)) as packed:
        if sum(member.file_size for member in packed.infolist()) > MOST_UNPACKED:
            raise _TooMuchError(
                f"This workbook holds more than {MOST_UNPACKED // 1_000_000} MB once it is "
                "unpacked. Take out what is not needed."
            )
        names = [name for name in packed.namelist() if name.startswith("xl/worksheets/sheet")]
        if len(names) > MOST_SHEETS:
            raise _TooMuchError(f"This workbook has more than {MOST_SHEETS} sheets. Divide it.")
        sheets = {name: packed.read(name) for name in names}
    merged = {name: _merged(sheet) for name, sheet in sheets.items()}
    return merged, any(map(_FORMULA.search, sheets.values()))


def _merged(sheet: bytes) -> list[tuple[str, int, str]]:
    return [
        (found[1].decode(), int(found[2]), (found[1] + found[2] + (found[3] or b"")).decode())
        for found in _MERGED.finditer(sheet)
    ]


def _rows(sheet: Any) -> Iterator[tuple[Any, ...]]:  # noqa: ANN401  # openpyxl has no one type for a sheet
    yield from sheet.iter_rows(max_col=MOST_COLUMNS, max_row=MOST_ROWS + 2)


def written(cell: Any) -> str:  # noqa: ANN401  # openpyxl has a type for each kind of cell
    """What a cell says, as a person would type it into a CSV file."""
    value = cell.value
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        return _number(value, cell.number_format or "")
    if isinstance(value, datetime | date | time):
        return _moment(value)
    return str(value).strip()


def _number(value: float, shown_as: str) -> str:
    exact = Decimal(repr(value))
    if "%" in shown_as:
        return f"{_plain(exact * 100)}%"
    return f"£{_plain(exact)}" if "£" in shown_as and exact >= 0 else _plain(exact)


def _plain(exact: Decimal) -> str:
    text = format(exact, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def _moment(value: date | time) -> str:
    if isinstance(value, datetime):
        whole_day = value.time() == _MIDNIGHT
        return value.date().isoformat() if whole_day else value.isoformat(sep=" ")
    return value.strftime("%H:%M") if isinstance(value, time) else value.isoformat()
