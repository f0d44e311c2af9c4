"""A file's bytes as tables: one for a CSV file, one a sheet for a workbook.

It owns telling kinds of file apart, and what is said of one that cannot be read.
"""

import csv
from collections.abc import Iterator
from io import StringIO
from pathlib import Path, PurePath

from store.importing.faults import Faults
from store.importing.registers.tables import MOST_ROWS, Table, table_of
from store.importing.registers.workbook import read_workbook
from store.importing.sheets import decoded

MOST_BYTES = 5_000_000
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
WIDE = (b"\xff\xfe", b"\xfe\xff")
CSV, WORKBOOK = ".csv", ".xlsx"
HOW_TO_SAVE = "Save it in your spreadsheet program as a workbook (.xlsx) or as “CSV UTF-8”."


def read_tables(name: str, content: bytes, faults: Faults) -> tuple[Table, ...]:
    """The tables of a file; none, and a fault, where it cannot be read."""
    reason = _unreadable(name, content)
    if reason:
        faults.add(name, 0, "", reason)
        return ()
    if content.startswith(b"PK"):
        return read_workbook(name, content, faults)
    return _of_csv(name, content, faults)


def read_path(path: Path, faults: Faults) -> tuple[Table, ...]:
    """The tables of a file on this machine."""
    try:
        too_large = path.stat().st_size > MOST_BYTES
        content = b"" if too_large else path.read_bytes()
    except OSError as error:
        faults.add(path.name, 0, "", f"This file cannot be opened ({error.strerror}).")
        return ()
    if too_large:
        faults.add(path.name, 0, "", _TOO_LARGE)
        return ()
    return read_tables(path.name, content, faults)


_TOO_LARGE = (
    f"This file is larger than {MOST_BYTES // 1_000_000} MB. Take pictures and other sheets out, "
    "or divide it."
)


def _unreadable(name: str, content: bytes) -> str:
    if len(content) > MOST_BYTES:
        return _TOO_LARGE
    if not content.strip():
        return "This file is empty. Fill it in, or take it away."
    if content.startswith(OLE) and ENCRYPTED in content:
        return "This workbook is protected by a password. Save it without one."
    if content.startswith(WIDE):
        return f"This is not UTF-8 text. {HOW_TO_SAVE}"
    return _wrong_kind(PurePath(name).suffix.casefold(), content)


def _wrong_kind(ending: str, content: bytes) -> str:
    if content.startswith(OLE) or ending == ".xls":
        return f"This is an old kind of file (.xls). {HOW_TO_SAVE}"
    if ending == WORKBOOK and not content.startswith(b"PK"):
        return f"This is no workbook, though its name says so. {HOW_TO_SAVE}"
    if ending not in {CSV, WORKBOOK}:
        return f"This is neither a CSV file nor a workbook. {HOW_TO_SAVE}"
    return ""


def _of_csv(name: str, content: bytes, faults: Faults) -> tuple[Table, ...]:
    text = decoded(name, content, faults)
    if text is None:
        return ()
    head = text.lstrip().split("\n", 1)[0]
    if "," not in head and (";" in head or "\t" in head):
        mark = "semicolons" if ";" in head else "tabs"
        reason = f"The columns are separated by {mark}. Separate them by commas. {HOW_TO_SAVE}"
        faults.add(name, 1, "", reason)
        return ()
    found = table_of(name, PurePath(name).stem, _lines(name, text, faults), faults)
    return (found,) if found else ()


def _lines(name: str, text: str, faults: Faults) -> Iterator[tuple[int, list[str]]]:
    number = 0
    try:
        for number, cells in enumerate(csv.reader(StringIO(text, newline=""), strict=True), 1):
            if number > MOST_ROWS + 1:
                faults.add(name, 0, "", f"This has more than {MOST_ROWS:,} rows. Divide it.")
                return
            yield number, [cell.strip() for cell in cells]
    except csv.Error:
        reason = "A quotation mark in this row is not closed. Close or remove it."
        faults.add(name, number + 1, "", reason)
