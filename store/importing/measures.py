"""Measure files: a target's figure and its profile in a quarter.

It owns the form's columns, and the agreement of polarity and accumulation with the target.
"""

from collections.abc import Collection
from dataclasses import replace
from pathlib import Path

from rules.quarters import Quarter
from rules.vocabulary import Accumulation, Polarity
from store.importing.faults import Faults
from store.importing.programme import MeasureLine, TargetLine
from store.importing.sheets import Row, read_sheet

KEY_COLUMNS = ("target_ref", "quarter", "profile", "actual")


def read_measures(
    path: Path, refs: Collection[str] | None, faults: Faults
) -> list[tuple[Row, MeasureLine]]:
    """Every row of a known target."""
    lines = []
    for row in read_sheet(path, KEY_COLUMNS, faults).rows:
        for column in KEY_COLUMNS[:2]:
            row.needed(column)
        ref, quarter = row.known("target_ref", refs, "target"), row.quarter("quarter")
        line = MeasureLine(
            ref or "",
            quarter or Quarter(1, 1),
            row.word("polarity", Polarity),
            row.word("accumulation", Accumulation),
            row.figure("profile"),
            row.figure("actual"),
        )
        if line.profile == 0:
            row.fault("profile", "No per cent of 0 can be worked out. Leave the profile empty.")
        if ref and quarter:
            lines.append((row, line))
    return lines


def fitted(
    lines: list[tuple[Row, MeasureLine]], targets: list[TargetLine], said: Collection[str]
) -> tuple[list[MeasureLine], list[TargetLine]]:
    """The measures of all files, and the targets with what only a measure says of them.

    `said` are the targets whose own file says a polarity. A fault stands where a target has
    two measures in a quarter, or two that count differently.
    """
    by_ref = {target.ref: target for target in targets}
    first: dict[tuple[str, Quarter], Row] = {}
    counted: dict[str, Accumulation] = {}
    polarities = {ref: by_ref[ref].polarity for ref in said if ref in by_ref}
    for row, line in lines:
        _once(first, row, line)
        if line.polarity and polarities.setdefault(line.ref, line.polarity) is not line.polarity:
            row.fault("polarity", f"The target says {polarities[line.ref]}. Write the same here.")
        if line.accumulation:
            kept = counted.setdefault(line.ref, line.accumulation)
            if kept is not line.accumulation:
                row.fault("accumulation", f"Another quarter says {kept}. Write the same here.")
    fitting = [
        replace(
            target,
            polarity=polarities.get(target.ref, target.polarity),
            accumulation=counted.get(target.ref, target.accumulation),
        )
        for target in targets
    ]
    return [line for _, line in lines], fitting


def _once(first: dict[tuple[str, Quarter], Row], row: Row, line: MeasureLine) -> None:
    there = first.setdefault((line.ref, line.quarter), row)
    if there is not row:
        row.fault(
            "quarter",
            f"{line.ref} has a measure for {line.quarter} in {there.file} row {there.number} "
            "already. Remove one of them.",
        )
