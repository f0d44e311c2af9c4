"""Tables of words as files: CSV files in a folder, or one workbook with a sheet for each.

It owns the two formats. Everything is written as text, so that no digit is lost on the way.
"""

import csv
import tempfile
from collections.abc import Iterable
from io import BytesIO, StringIO
from pathlib import Path
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter

from store.exporting.sheets import Sheet

MARK = "\ufeff"
"""A byte order mark, so that spreadsheet programs read UTF-8."""
AS_TEXT = "@"
WIDEST = 60


def csv_of(sheet: Sheet) -> bytes:
    """A table as a CSV file."""
    written = StringIO(newline="")
    writer = csv.writer(written)
    writer.writerow(sheet.header)
    writer.writerows(sheet.rows)
    return (MARK + written.getvalue()).encode()


def workbook_of(sheets: Iterable[Sheet]) -> bytes:
    """Tables as one workbook."""
    book = Workbook(write_only=True)
    for sheet in sheets:
        page = book.create_sheet(sheet.name)
        page.freeze_panes = "A2"
        for place, heading in enumerate(sheet.header, 1):
            page.column_dimensions[get_column_letter(place)].width = _width(sheet, place, heading)
        page.append([_cell(page, heading, bold=True) for heading in sheet.header])
        for row in sheet.rows:
            page.append([_cell(page, words) if words else None for words in row])
    if not book.sheetnames:
        book.create_sheet("nothing yet")
    packed = BytesIO()
    book.save(packed)
    return packed.getvalue()


def write_folder(folder: Path, sheets: Iterable[Sheet]) -> tuple[Path, ...]:
    """Write each table to a file of its own, each whole or not at all; the files."""
    folder.mkdir(parents=True, exist_ok=True)
    paths = []
    for sheet in sheets:
        path = folder / f"{sheet.name}.csv"
        write_whole(path, csv_of(sheet))
        paths.append(path)
    return tuple(paths)


def write_whole(path: Path, content: bytes) -> None:
    """Write a file so that it is there whole, or as it was before."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile(dir=path.parent, delete=False) as beside:
        beside.write(content)
    Path(beside.name).replace(path)


def _cell(page: Any, words: str, *, bold: bool = False) -> Any:  # noqa: ANN401  # openpyxl's own cells have no type
    cell = WriteOnlyCell(page, words)
    cell.data_type = "s"
    cell.number_format = AS_TEXT
    if bold:
        cell.font = Font(bold=True)
    return cell


def _width(sheet: Sheet, place: int, heading: str) -> int:
    longest = max((len(row[place - 1]) for row in sheet.rows), default=0)
    return min(max(longest, len(heading)) + 2, WIDEST)
