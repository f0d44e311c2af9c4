"""Status files: a target's status in an earlier quarter; and statuses over all files.

It owns the form's columns, the basis of a status, and that a target has one status a quarter.
"""

from collections.abc import Collection
from pathlib import Path

from rules.vocabulary import Status, StatusBasis
from store.importing.faults import Faults
from store.importing.programme import StatusLine
from store.importing.sheets import Row, read_sheet

KEY_COLUMNS = ("target_ref", "quarter", "status")


def read_statuses(
    path: Path, refs: Collection[str] | None, faults: Faults
) -> list[tuple[Row, StatusLine]]:
    """Every row that says a status of a known target."""
    lines = []
    for row in read_sheet(path, KEY_COLUMNS, faults).rows:
        for column in KEY_COLUMNS:
            row.needed(column)
        ref = row.known("target_ref", refs, "target")
        quarter, status = row.quarter("quarter"), row.word("status", Status)
        basis = basis_of(row, status)
        if ref and quarter and status:
            lines.append((row, StatusLine(ref, quarter, status, basis)))
    return lines


def basis_of(row: Row, status: Status | None) -> StatusBasis | None:
    """What a status rests on. Only a colour rests on anything."""
    basis = row.word("basis", StatusBasis)
    if basis is StatusBasis.DATA_GAP and status not in {Status.RED, None}:
        row.fault("basis", "DATA_GAP is a red for want of data. Change the status or the basis.")
    return basis if status and status.is_colour else None


def once_a_quarter(lines: list[tuple[Row, StatusLine]]) -> list[StatusLine]:
    """The statuses of all files, with a fault where a target has two in a quarter."""
    first: dict[tuple[str, str], Row] = {}
    kept = []
    for row, line in lines:
        there = first.setdefault((line.ref, line.quarter.label), row)
        if there is row:
            kept.append(line)
        else:
            row.fault(
                "quarter",
                f"{line.ref} has a status for {line.quarter} in {there.file} row {there.number} "
                "already. Remove one of them.",
            )
    return kept
