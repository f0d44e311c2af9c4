"""A CSV file as rows of named cells, each read as what it should be or noted as a fault.

It owns decoding, the header and the reading of single cells. It must not know which columns a
form has, nor what a target is.
"""

import csv
import unicodedata
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from io import StringIO
from pathlib import Path
from typing import TypeVar

from rules.figures import FigureNotUnderstoodError, Unit, parse_figure
from rules.quarters import Quarter, QuarterNotUnderstoodError
from store.importing.faults import Faults

Word = TypeVar("Word", bound=StrEnum)

MOST_CHARACTERS = 300
_YES = frozenset({"true", "yes", "y", "1"})
_NO = frozenset({"false", "no", "n", "0"})
_NO_UNIT = Unit("")


@dataclass(frozen=True, slots=True)
class Row:
    """One row. A cell that cannot be read gives nothing and leaves a fault."""

    file: str
    number: int
    cells: dict[str, str]
    faults: Faults
    lines: Mapping[str, int] = field(default_factory=dict)
    letters: Mapping[str, str] = field(default_factory=dict)

    def fault(self, column: str, reason: str) -> None:
        """Note a fault at a cell of this row, on the cell's own line where it has one."""
        line, letter = self.lines.get(column, self.number), self.letters.get(column, "")
        self.faults.add(self.file, line, column, reason, letter)

    def text(self, column: str, most: int = MOST_CHARACTERS) -> str:
        """The cell's words, trimmed; empty where the column is not there."""
        words = self.cells.get(column, "")
        if any(unicodedata.category(mark) == "Cc" and mark not in "\n\t" for mark in words):
            self.fault(column, "This cell holds an invisible character. Type it again.")
        if len(words) > most:
            self.fault(column, f"This has {len(words)} characters. Shorten it to {most}.")
        return words

    def needed(self, column: str, most: int = MOST_CHARACTERS) -> str:
        """The cell's words, which must be there."""
        words = self.text(column, most)
        if not words:
            self.fault(column, "This cell is empty. Fill it in.")
        return words

    def known(self, column: str, names: Collection[str] | None, what: str) -> str | None:
        """A name that stands elsewhere. `names` is none where that place could not be read."""
        words = self.text(column)
        if words and names is not None and words not in names:
            self.fault(column, f"There is no {what} “{words}”. Correct it, or add the {what}.")
        return words or None

    def word(self, column: str, words: type[Word]) -> Word | None:
        """One of a closed list, in capitals or not."""
        written = self.text(column)
        if not written:
            return None
        try:
            return words(written.upper().replace(" ", "_"))
        except ValueError:
            allowed = ", ".join(word.value for word in words)
            self.fault(column, f"“{written}” is not one of these: {allowed}.")
            return None

    def quarter(self, column: str) -> Quarter | None:
        """A quarter with its year."""
        written = self.text(column)
        if not written:
            return None
        try:
            return Quarter.parse(written)
        except QuarterNotUnderstoodError:
            self.fault(column, f"“{written}” names no quarter. Write it like 2008/09 Q2.")
            return None

    def figure(self, column: str, unit: Unit = _NO_UNIT) -> Decimal | None:
        """A number, such as 1200 or 1,200; `47%` or `£3.5m` where the unit is such."""
        written = self.text(column)
        if not written:
            return None
        try:
            return parse_figure(written, unit)
        except FigureNotUnderstoodError as error:
            self.fault(column, f"“{written}” is no number. {error.words}")
            return None

    def whole(self, column: str, most: int) -> int | None:
        """A whole number from 0 to `most`."""
        figure = self.figure(column)
        if figure is None:
            return None
        if figure != figure.to_integral_value() or not 0 <= figure <= most:
            self.fault(
                column,
                f"“{self.cells[column]}” is no whole number from 0 to {most:,}. Enter one.",
            )
            return None
        return int(figure)

    def yes(self, column: str) -> bool | None:
        """True or false; nothing where the cell is empty."""
        written = self.text(column).casefold()
        if written in _YES or written in _NO:
            return written in _YES
        if written:
            self.fault(column, f"“{self.cells[column]}” is neither true nor false. Write one.")
        return None


@dataclass(slots=True)
class Sheet:
    """A file's rows; those of a wrong length apart. `whole` is false where it broke off."""

    rows: list[Row] = field(default_factory=list)
    broken: list[Row] = field(default_factory=list)
    whole: bool = True


def read_text(path: Path, faults: Faults) -> str | None:
    """A file's text, which must be UTF-8 (with a byte order mark or without) and not empty."""
    try:
        written = path.read_bytes()
    except OSError as error:
        faults.add(path.name, 0, "", f"This file cannot be opened ({error.strerror}).")
        return None
    return decoded(path.name, written, faults)


def decoded(file: str, written: bytes, faults: Faults) -> str | None:
    """The text of a file's bytes, or nothing and a fault."""
    try:
        text = written.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        row = written.count(b"\n", 0, error.start) + 1
        faults.add(file, row, "", "This is not UTF-8 text. Save the file as UTF-8 again.")
        return None
    if not text.strip("\0 \t\r\n"):
        faults.add(file, 0, "", "This file is empty. Fill it in, or take it away.")
        return None
    return text


def read_sheet(path: Path, key_columns: tuple[str, ...], faults: Faults) -> Sheet:
    """The rows below the header. Blank rows are left out but counted."""
    sheet = Sheet()
    text = read_text(path, faults)
    records = _records(path.name, text or "", sheet, faults)
    _, header = next(records, (0, [""]))
    names = [name.casefold() for name in header]
    if text is None or not _header_stands(path.name, names, key_columns, faults):
        return Sheet(whole=False)
    for number, cells in records:
        row = Row(path.name, number, dict(zip(names, cells, strict=False)), faults)
        if len(cells) == len(names):
            sheet.rows.append(row)
        else:
            sheet.broken.append(row)
            row.fault("", _wrong_length(len(cells), len(names)))
    if sheet.whole and not (sheet.rows or sheet.broken):
        faults.add(path.name, 1, "", "There is no row below the header. Add one.")
    return sheet


def _records(file: str, text: str, sheet: Sheet, faults: Faults) -> Iterator[tuple[int, list[str]]]:
    reader = csv.reader(StringIO(text, newline=""), strict=True)
    number = 0
    try:
        for number, cells in enumerate(reader, 1):
            if any(cell.strip() for cell in cells):
                yield number, [cell.strip() for cell in cells]
    except csv.Error:
        sheet.whole = False
        faults.add(
            file, number + 1, "", "A quotation mark in this row is not closed. Close or remove it."
        )


def _header_stands(
    file: str, names: list[str], key_columns: tuple[str, ...], faults: Faults
) -> bool:
    missing = [column for column in key_columns if column not in names]
    twice = sorted({name for name in names if name and names.count(name) > 1})
    hint = " Separate the columns by commas, not semicolons." if ";" in names[0] else ""
    for column in missing:
        faults.add(file, 1, column, f"The column “{column}” is missing. Add it.{hint}")
    for column in twice:
        faults.add(file, 1, column, f"The column “{column}” stands twice. Remove one of them.")
    return not (missing or twice)


def _wrong_length(cells: int, columns: int) -> str:
    return (
        f"This row has {cells} {'cell' if cells == 1 else 'cells'} and the header {columns}. "
        "Put a text with commas in quotation marks, and leave no cell out."
    )
