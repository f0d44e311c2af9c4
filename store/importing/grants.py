"""Reward grant files: what each target can earn, with a total that must be the sum.

It owns the form's columns and the check of the TOTAL row. It must not estimate anything;
`rules/grant.py` does.
"""

from collections.abc import Collection
from decimal import Decimal
from pathlib import Path

from rules.vocabulary import GrantExpectation
from store.importing.faults import Faults
from store.importing.programme import GrantLine
from store.importing.sheets import Row, read_sheet

KEY_COLUMNS = ("target_ref", "potential_grant_gbp", "expectation")
SUMMED = ("potential_grant_gbp", "estimate_gbp")
TOTAL = "TOTAL"
MOST_POUNDS = 2_000_000_000


def read_grants(
    path: Path, refs: Collection[str] | None, faults: Faults
) -> list[tuple[Row, GrantLine]]:
    """Every row of a known target, after the total was compared with them."""
    rows = read_sheet(path, KEY_COLUMNS, faults).rows
    totals = [row for row in rows if row.cells["target_ref"].upper() == TOTAL]
    single = [row for row in rows if row not in totals]
    lines = [(row, line) for row in single if (line := _line(row, refs))]
    for total in totals:
        for column in SUMMED:
            _check(total, column, single)
    return lines


def once_a_target(lines: list[tuple[Row, GrantLine]]) -> list[GrantLine]:
    """The grants of all files, with a fault where a target has two."""
    first: dict[str, Row] = {}
    for row, line in lines:
        there = first.setdefault(line.ref, row)
        if there is not row:
            row.fault(
                "target_ref",
                f"{line.ref} stands in {there.file} row {there.number} already. Remove one.",
            )
    return [line for _, line in lines]


def _line(row: Row, refs: Collection[str] | None) -> GrantLine | None:
    row.needed("target_ref")
    row.needed("potential_grant_gbp")
    ref = row.known("target_ref", refs, "target")
    potential = row.whole("potential_grant_gbp", MOST_POUNDS)
    expectation = row.word("expectation", GrantExpectation)
    if ref is None or potential is None:
        return None
    return GrantLine(ref, potential, expectation)


def _check(total: Row, column: str, rows: list[Row]) -> None:
    stated = total.figure(column)
    figures = [row.figure(column) for row in rows]
    unread = any(
        figure is None and row.cells.get(column) for row, figure in zip(rows, figures, strict=True)
    )
    if stated is None or unread:
        return
    found = sum((figure for figure in figures if figure is not None), Decimal(0))
    if found != stated:
        total.fault(
            column, f"The total says {stated:,f} and the rows add up to {found:,f}. Correct one."
        )
