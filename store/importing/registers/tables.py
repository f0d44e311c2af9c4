"""A table as it stands in a file: a header, and rows of plain words below it.

It owns the shape, its limits and how headings are compared. It must not know what a column
means.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from openpyxl.utils import get_column_letter

from store.importing.faults import Faults
from store.importing.registers.cells import as_meant
from store.importing.sheets import Row

MOST_ROWS = 20_000
MOST_COLUMNS = 200
LONGEST_HEADING = 300

Records = tuple[tuple[int, tuple[str, ...]], ...]


@dataclass(frozen=True, slots=True)
class Table:
    """`title` is what says a table's form: the name of its sheet, or of its file.

    Rows are numbered as a spreadsheet numbers them; blank ones are left out but counted.
    """

    file: str
    title: str
    headings: tuple[str, ...]
    records: Records

    @property
    def names(self) -> tuple[str, ...]:
        """The headings as columns of a form are called."""
        return tuple(plain_name(heading) for heading in self.headings)

    def rows(self, faults: Faults) -> tuple[Row, ...]:
        """Every row as named cells that know their letters."""
        names = self.names
        letters = {name: get_column_letter(place) for place, name in enumerate(names, 1)}
        return tuple(
            Row(self.file, number, dict(zip(names, cells, strict=False)), faults, letters=letters)
            for number, cells in self.records
        )


def plain_name(heading: str) -> str:
    """A heading as columns of a form are called: `Due on` is `due_on`."""
    return "_".join(heading.casefold().split())


def table_of(
    file: str, title: str, lines: Iterable[tuple[int, list[str]]], faults: Faults
) -> Table | None:
    """The table whose first line that is not blank is the header; none where it cannot stand."""
    filled = [(number, cells) for number, cells in lines if any(cells)]
    if not filled:
        faults.add(file, 0, "", "This is empty. Fill it in, or take it away.")
        return None
    (top, header), *below = filled
    width = max(place for place, cell in enumerate(header, 1) if cell)
    too_much = _too_much(width, len(below))
    if too_much:
        faults.add(file, top, "", too_much)
        return None
    _check_headings(file, top, header[:width], faults)
    for number, cells in below:
        _check_width(file, number, cells, width, faults)
    if not below:
        faults.add(file, top, "", "There is no row below the header. Add one.")
    records = ((number, _fitted(cells, width)) for number, cells in below)
    return Table(file, title, tuple(header[:width]), tuple(records))


def _too_much(width: int, rows: int) -> str:
    if width > MOST_COLUMNS:
        return f"This has more than {MOST_COLUMNS} columns. Take some out."
    if rows > MOST_ROWS:
        return f"This has more than {MOST_ROWS:,} rows. Divide it into several."
    return ""


def _check_headings(file: str, top: int, header: list[str], faults: Faults) -> None:
    for place, heading in enumerate(header, 1):
        if len(heading) > LONGEST_HEADING:
            reason = f"This heading has {len(heading)} characters. Shorten it to {LONGEST_HEADING}."
            faults.add(file, top, "", reason, get_column_letter(place))


def _check_width(file: str, number: int, cells: list[str], width: int, faults: Faults) -> None:
    for place, cell in enumerate(cells[width:], width + 1):
        if cell:
            letter = get_column_letter(place)
            reason = (
                "This column has no heading. Give it one, or empty the cell. In a CSV file, put "
                "a text with commas in quotation marks."
            )
            faults.add(file, number, "", reason, letter)
            return


def _fitted(cells: list[str], width: int) -> tuple[str, ...]:
    padded = [*cells[:width], *[""] * (width - len(cells))]
    return tuple(as_meant(cell.replace("\r\n", "\n").replace("\r", "\n")) for cell in padded)
