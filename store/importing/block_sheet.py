"""A block's own sheet, read through a mapping of its columns: figures, and rows that are none.

It owns finding each row's target and reading its figure in that target's unit. A row that
cannot be read keeps no other out.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from rules.figures import Unit
from rules.quarters import Quarter
from store.column_mappings import Mapping
from store.importing.faults import Fault, Faults
from store.importing.registers.days import read_day
from store.importing.registers.tables import Table
from store.importing.sheets import Row


@dataclass(frozen=True, slots=True)
class Measured:
    """A target as a sheet may speak of it. `closed` says why it takes no figure, if so."""

    number: int
    ref: str
    title: str
    unit: str
    closed: str = ""


@dataclass(frozen=True, slots=True)
class SheetFigure:
    """One figure of a sheet."""

    target: Measured
    figure: Decimal
    source: str
    as_at: date | None


@dataclass(slots=True)
class _Reader:
    """One reading of one sheet."""

    mapping: Mapping
    quarter: Quarter
    by_name: dict[str, list[Measured]]
    seen: dict[int, int] = field(default_factory=dict)

    def figure(self, row: Row) -> SheetFigure | None:
        target = self._target(row)
        in_quarter = self._in_quarter(row)
        if target is None or not in_quarter:
            return None
        figure = row.figure(self.mapping.figure, Unit(target.unit))
        if figure is None and not row.cells.get(self.mapping.figure):
            row.fault(self.mapping.figure, "There is no figure here.")
        if figure is None or not self._first(row, target):
            return None
        source = row.text(self.mapping.source) if self.mapping.source else ""
        return SheetFigure(
            target, figure, source or f"the {self.mapping.name} sheet", self._as_at(row)
        )

    def _target(self, row: Row) -> Measured | None:
        column = self.mapping.target
        written = row.needed(column, 1_000)
        found = self.by_name.get(_plain(written), []) if written else []
        if written and len(found) != 1:
            reason = (
                f"There is no target “{written}”. Write its reference or its whole title."
                if not found
                else f"{len(found)} targets are called “{written}”. Write the reference."
            )
            row.fault(column, reason)
            return None
        if found and found[0].closed:
            row.fault(column, found[0].closed)
            return None
        return found[0] if found else None

    def _in_quarter(self, row: Row) -> bool:
        column = self.mapping.quarter
        if not column:
            return True
        row.needed(column)
        found = row.quarter(column)
        if found is not None and found != self.quarter:
            row.fault(column, f"This is {found}, and {self.quarter} is open.")
        return found == self.quarter

    def _first(self, row: Row, target: Measured) -> bool:
        first = self.seen.setdefault(target.number, row.number)
        if first != row.number:
            reason = f"{target.ref} stands in row {first} already. That figure is taken."
            row.fault(self.mapping.target, reason)
        return first == row.number

    def _as_at(self, row: Row) -> date | None:
        column = self.mapping.as_at
        written = row.text(column) if column else ""
        try:
            return read_day(written) if written else None
        except ValueError as error:
            row.fault(column, f"{error} The figure is taken without its day.")
            return None


def read_figures(
    table: Table, mapping: Mapping, targets: Iterable[Measured], quarter: Quarter
) -> tuple[tuple[SheetFigure, ...], tuple[Fault, ...]]:
    """The figures of a sheet for a quarter, and why each other row gives none."""
    by_name: dict[str, list[Measured]] = defaultdict(list)
    for target in targets:
        for name in {_plain(target.ref), _plain(target.title)}:
            by_name[name].append(target)
    faults = Faults()
    reader = _Reader(mapping, quarter, by_name)
    found = [reader.figure(row) for row in table.rows(faults)]
    return tuple(one for one in found if one), tuple(faults)


def _plain(name: str) -> str:
    return " ".join(name.casefold().split())
