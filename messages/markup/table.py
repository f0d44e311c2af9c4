"""Tables: Slack's own block where it fits, lines of text where it does not.

It owns the choice and the table's plain text: a line for each row, each figure with its heading.
"""

from collections.abc import Iterator

from slack_sdk.models.blocks import RawTextObject, TableBlock

from messages.markup import limits
from messages.markup.blocks import Piece, prose
from messages.markup.inline import Directory, Run, runs, said
from messages.markup.limits import weight
from messages.markup.tree import Element

Row = tuple[str, ...]
NOTHING = "–"  # noqa: RUF001  # the mark the key explains


def table(element: Element, directory: Directory, *, native: bool) -> Iterator[Piece]:
    """A table whose first row holds the headings; `native` uses Slack's table block."""
    headings, *rows = (_cells(row, directory) for row in element)
    if not native or not _fits(headings, rows):
        for row in rows:
            yield from prose((Run(_line(headings, row)),))
        return
    for group in _groups(headings, rows):
        cells = [[RawTextObject(text=cell) for cell in row] for row in (headings, *group)]
        text = "\n".join(_line(headings, row) for row in group)
        yield Piece(TableBlock(rows=cells), text, _weight([headings, *group]), table=True)


def _cells(row: Element, directory: Directory) -> Row:
    return tuple(said(runs(cell, directory)) or NOTHING for cell in row)


def _line(headings: Row, row: Row) -> str:
    """A row as a sentence. Its first cell names itself: the heading would only repeat it."""
    first, *others = row
    named = (f"{heading}: {cell}" for heading, cell in zip(headings[1:], others, strict=False))
    return f"{first}. {'; '.join(named)}."


def _weight(rows: list[Row]) -> int:
    return sum(weight(cell) + 1 for row in rows for cell in row)


def _room(headings: Row, rows: list[Row]) -> int:
    lines = sum(weight(_line(headings, row)) + 1 for row in rows)
    return max(lines, _weight([headings, *rows]))


def _fits(headings: Row, rows: list[Row]) -> bool:
    narrow = len(headings) <= limits.TABLE_COLUMNS
    return narrow and all(_room(headings, [row]) <= limits.SECTION for row in rows)


def _groups(headings: Row, rows: list[Row]) -> Iterator[list[Row]]:
    group: list[Row] = []
    for row in rows:
        full = len(group) == limits.TABLE_ROWS - 1
        if group and (full or _room(headings, [*group, row]) > limits.SECTION):
            yield group
            group = []
        group.append(row)
    if group:
        yield group
