"""Target files: a target's facts, and its status in the quarter the file speaks of.

It owns the form's columns, and the agreement of several files on one target. What may change
from quarter to quarter (state, action plan) is taken from the latest file instead.
"""

from collections.abc import Collection
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from rules.quarters import Quarter
from rules.vocabulary import Frequency, GrantExpectation, Polarity, Status, TargetState
from store.importing.faults import Faults
from store.importing.organisation import Organisation
from store.importing.programme import StatusLine, TargetLine
from store.importing.sheets import Row, read_sheet
from store.importing.statuses import basis_of

KEY_COLUMNS = (
    "ref",
    "kind",
    "short_title",
    "block_id",
    "partnership_id",
    "target_lead",
    "target_sponsor",
)
FACTS = (
    *KEY_COLUMNS[1:],
    "ni_number",
    "polarity",
    "frequency",
    "performance_lead",
)
OPTIONAL_FACTS = {
    "lead": "target_lead",
    "sponsor": "target_sponsor",
    "performance_lead": "performance_lead",
    "polarity": "polarity",
    "frequency": "frequency",
    "ni_number": "ni_number",
    "state": "target_state",
    "action_plan_in_place": "action_plan_in_place",
}
REF_LENGTH = 40
TITLE_LENGTH = 1_000
MOST_NI_NUMBER = 9_999
RISK_SCORES = frozenset(one * other for one in range(1, 6) for other in range(1, 6))
_BEFORE_ALL = Quarter(1, 1)


@dataclass(frozen=True, slots=True)
class TargetFile:
    """A target file. `refs` holds those of unreadable rows too; `whole` as of a sheet."""

    readings: list["Reading"]
    refs: frozenset[str]
    whole: bool


@dataclass(frozen=True, slots=True)
class Reading:
    """One row of a target file, read."""

    row: Row
    target: TargetLine
    quarter: Quarter | None
    status: StatusLine | None


def read_targets(
    path: Path, organisation: Organisation | None, kinds: Collection[str], faults: Faults
) -> TargetFile:
    """Every row of a target file. A target stands in a file once."""
    readings = []
    first: dict[str, int] = {}
    sheet = read_sheet(path, KEY_COLUMNS, faults)
    for row in sheet.rows:
        ref, quarter = row.needed("ref", REF_LENGTH), row.quarter("quarter")
        target, status = _target(row, ref, organisation, kinds), _status(row, ref, quarter)
        if first.setdefault(ref, row.number) == row.number:
            readings.append(Reading(row, target, quarter, status))
        elif ref:
            row.fault("ref", f"{ref} stands in row {first[ref]} already. Remove one of them.")
    broken = (row.cells.get("ref", "") for row in sheet.broken)
    return TargetFile(readings, frozenset((*first, *broken)), sheet.whole)


def merged(readings: list[Reading]) -> list[TargetLine]:
    """One line for each target, with faults where files tell different facts."""
    earlier: dict[str, Reading] = {}
    for reading in readings:
        ref = reading.target.ref
        before = earlier.get(ref)
        if before is not None:
            _agree(before, reading)
            reading = _later_of(before, reading)  # noqa: PLW2901  # the one that counts so far
        earlier[ref] = reading
    return [reading.target for reading in earlier.values()]


def _target(
    row: Row, ref: str, organisation: Organisation | None, kinds: Collection[str]
) -> TargetLine:
    people = organisation.labels if organisation else None
    blocks = organisation.block_codes if organisation else None
    partnerships = organisation.partnership_codes if organisation else None
    for column in ("kind", "block_id", "partnership_id"):
        row.needed(column)
    kind = row.text("kind")
    if kind and kind not in kinds:
        row.fault("kind", f"“{kind}” is not one of these: {', '.join(kinds)}.")
    return TargetLine(
        ref=ref,
        kind=kind,
        title=row.needed("short_title", TITLE_LENGTH),
        block=row.known("block_id", blocks, "block") or "",
        partnership=row.known("partnership_id", partnerships, "partnership") or "",
        lead=row.known("target_lead", people, "user"),
        sponsor=row.known("target_sponsor", people, "user"),
        performance_lead=row.known("performance_lead", people, "user"),
        polarity=row.word("polarity", Polarity) or Polarity.HIGHER,
        frequency=row.word("frequency", Frequency) or Frequency.QUARTERLY,
        ni_number=row.whole("ni_number", MOST_NI_NUMBER),
        state=row.word("target_state", TargetState),
        action_plan_in_place=bool(row.yes("action_plan_in_place")),
    )


def _status(row: Row, ref: str, quarter: Quarter | None) -> StatusLine | None:
    status = row.word("status", Status)
    line = StatusLine(
        ref=ref,
        quarter=quarter or _BEFORE_ALL,
        status=status or Status.NOT_REQUIRED,
        basis=basis_of(row, status),
        grant_expectation=row.word("grant_expectation", GrantExpectation),
        wording=row.text("published_wording", TITLE_LENGTH),
        significant_concern=bool(row.yes("significant_concern")),
        highest_risk=_risk(row),
    )
    if status and not row.text("quarter"):
        row.fault("quarter", "The status is that of a quarter. Write which, like 2008/09 Q2.")
    return line if status and quarter else None


def _risk(row: Row) -> int | None:
    score = row.whole("highest_risk_score", max(RISK_SCORES))
    if score is not None and score not in RISK_SCORES:
        row.fault(
            "highest_risk_score",
            f"{score} is no product of two numbers from 1 to 5 (likelihood times impact).",
        )
        return None
    return score


def _agree(before: Reading, reading: Reading) -> None:
    for column in FACTS:
        told, tells = before.row.cells.get(column, ""), reading.row.cells.get(column, "")
        if told and tells and told.casefold() != tells.casefold():
            reading.row.fault(
                column,
                f"Here it is “{tells}”, in {before.row.file} row {before.row.number} “{told}”. "
                "Write the same in both.",
            )


def _later_of(one: Reading, other: Reading) -> Reading:
    """The later reading, with the facts its own row leaves out."""
    early, late = sorted((one, other), key=lambda reading: reading.quarter or _BEFORE_ALL)
    cells = {**early.row.cells, **{key: cell for key, cell in late.row.cells.items() if cell}}
    left_out: dict[str, Any] = {
        name: getattr(early.target, name)
        for name, column in OPTIONAL_FACTS.items()
        if not late.row.cells.get(column)
    }
    target = replace(late.target, **left_out)
    return Reading(replace(late.row, cells=cells), target, late.quarter, late.status)
