"""Columns of a form: how a cell's words become a value, and the value words again.

It owns the kinds of values and both ways between them, so that what is written out is read
back the same. It must not know which form has which column.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, time
from decimal import Decimal
from enum import StrEnum

from rules.figures import Unit
from rules.quarters import Quarter
from store.importing.registers.cells import tidy
from store.importing.registers.days import read_day
from store.importing.sheets import Row

LONG_TEXT = 30_000
Value = str | Decimal | int | date | time | StrEnum | Quarter | tuple[str, ...] | None
Read = Callable[[Row, str], Value]
Facts = dict[str, Value]
"""What a row says, by column. Whatever it refers to stands by its name, never by a number."""


@dataclass(frozen=True, slots=True)
class Column:
    """One column. `empty` is what an empty cell says, and what a new row has without it.

    `attribute` is the table's, where it is called otherwise. `refers` names what the cell
    refers to; a figure `in_unit` is read once the unit of what it measures is known. Several
    values are kept as one text, `joined_by` a comma.
    """

    name: str
    read: Read
    empty: Value = None
    needed: bool = False
    attribute: str = ""
    refers: str = ""
    several: bool = False
    in_unit: bool = False
    joined_by: str = ""
    choices: tuple[str, ...] = field(default=(), compare=False)

    @property
    def kept_as(self) -> str:
        """The table's own name for it."""
        return self.attribute or self.name

    @property
    def waits(self) -> bool:
        """Whether its words can only be judged beside other rows and the records."""
        return bool(self.refers) or self.in_unit


def as_words(value: Value) -> str:
    """A value as the words of a cell."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Decimal):
        return format(value, "f")
    if isinstance(value, tuple):
        return "; ".join(value)
    return _plain_words(value)


def _plain_words(value: str | int | date | time | Quarter) -> str:
    if isinstance(value, StrEnum):
        return value.value
    if isinstance(value, time):
        return value.strftime("%H:%M")
    return value.isoformat() if isinstance(value, date) else str(value)


def text(name: str, most: int = LONG_TEXT, *, needed: bool = False, empty: str = "") -> Column:
    """Words."""
    return Column(name, lambda row, column: tidy(row.text(column, most)), empty, needed)


def word(
    name: str, words: type[StrEnum], *, needed: bool = False, empty: StrEnum | None = None
) -> Column:
    """One of a closed list."""
    listed = tuple(one.value for one in words)
    return Column(name, lambda row, column: row.word(column, words), empty, needed, choices=listed)


def figure(
    name: str, *, empty: Decimal | None = None, needed: bool = False, unit: str = ""
) -> Column:
    """A number without a unit, or in a fixed one."""
    fixed = Unit(unit)
    return Column(name, lambda row, column: row.figure(column, fixed), empty, needed)


def measured(name: str) -> Column:
    """A figure in the unit of what the row is about."""
    return Column(name, lambda row, column: row.text(column), None, in_unit=True)


def whole(
    name: str, most: int, *, needed: bool = False, empty: int | None = None, least: int = 0
) -> Column:
    """A whole number."""

    def read(row: Row, column: str) -> int | None:
        found = row.whole(column, most)
        if found is not None and found < least:
            row.fault(column, f"{found} is less than {least}. Enter a number from {least} on.")
            return None
        return found

    return Column(name, read, empty, needed)


def yes(name: str, *, empty: bool = False) -> Column:
    """True or false."""
    return Column(name, lambda row, column: row.yes(column), empty, choices=("true", "false"))


def day(name: str, *, needed: bool = False, attribute: str = "") -> Column:
    """A day."""
    return Column(name, _read_day, None, needed, attribute)


def quarter(name: str, *, needed: bool = False, attribute: str = "") -> Column:
    """A quarter."""
    return Column(name, lambda row, column: row.quarter(column), None, needed, attribute)


def clock(name: str) -> Column:
    """A time of day."""
    return Column(name, _read_time)


def reference(
    name: str, to: str, attribute: str = "", *, needed: bool = False, most: int = 300
) -> Column:
    """What another form or the records hold, by its name there."""
    return Column(
        name, lambda row, column: row.text(column, most), None, needed, attribute, refers=to
    )


def _read_day(row: Row, column: str) -> date | None:
    written = row.text(column)
    try:
        return read_day(written) if written else None
    except ValueError as error:
        row.fault(column, str(error))
        return None


def _read_time(row: Row, column: str) -> time | None:
    written = row.text(column)
    try:
        return time.fromisoformat(written.zfill(5)).replace(second=0) if written else None
    except ValueError:
        row.fault(column, f"“{written}” is no time of day. Write it like 09:00.")
        return None
