"""Earlier quarters into the records: locked returns of published quarters.

It owns how a status of the past becomes a return. What a person reported is never replaced by
a file; what came from a file and was corrected there becomes a further version.
"""

from collections.abc import Mapping
from typing import Any

from sqlmodel import col, select

from rules.quarters import Quarter
from rules.vocabulary import QuarterState, ReturnState, Status, StatusBasis, StatusReason
from store.importing.ledger import Ledger
from store.importing.programme import Programme, StatusLine
from store.tables import QuarterRow, ReturnRow, Target

NEEDS_REASON = frozenset({Status.UNCERTAIN, Status.NO_DATA})
NO_REASON_GIVEN = "No reason was given in the records of that quarter."


def load_history(
    ledger: Ledger,
    programme: Programme,
    targets: Mapping[str, Target],
    before: Quarter | None,
) -> None:
    """Every status of a quarter before `before`, or of all quarters when it is none."""
    past = [quarter for quarter in programme.quarters if before is None or quarter < before]
    there = {row.label for row in ledger.session.exec(select(QuarterRow))}
    latest = _latest(ledger, past)
    for quarter in past:
        if quarter not in there:
            row = QuarterRow(label=quarter, state=QuarterState.PUBLISHED)
            ledger.add("quarter", quarter.label, row, {"state": row.state})
        lines = programme.statuses_in(quarter)
        for line in lines:
            target = targets[line.ref]
            kept = latest.get((target.id or 0, quarter))
            _keep(ledger, line, kept, _said(programme, line, target))
        ledger.step(len(lines), f"history of {quarter}")
    ledger.step(ledger.total - ledger.done, "history")


def _keep(
    ledger: Ledger, line: StatusLine, kept: ReturnRow | None, said: Mapping[str, Any]
) -> None:
    if kept is not None and (
        kept.submitted_by is not None
        or all(getattr(kept, key) == value for key, value in said.items())
    ):
        ledger.same("return")
        return
    version = kept.version + 1 if kept else 1
    row = ReturnRow(**said, version=version, state=ReturnState.LOCKED, submitted_at=ledger.now)
    ledger.session.add(row)
    facts = {"version": version, "status": line.status, "basis": row.basis, "actual": row.actual}
    what = "added" if kept is None else "changed"
    ledger.note(what, "return", f"{line.ref} {line.quarter}", after=facts)


def _latest(ledger: Ledger, past: list[Quarter]) -> dict[tuple[int, Quarter], ReturnRow]:
    rows = ledger.session.exec(
        select(ReturnRow).where(col(ReturnRow.quarter).in_(past)).order_by(col(ReturnRow.version))
    )
    return {(row.target_id, row.quarter): row for row in rows}


def _said(programme: Programme, line: StatusLine, target: Target) -> dict[str, Any]:
    measure = programme.measure_of(line.ref, line.quarter)
    profile = measure.profile if measure else None
    reason = StatusReason.OTHER if line.status in NEEDS_REASON else None
    return {
        "target_id": target.id,
        "quarter": line.quarter,
        "status": line.status,
        "basis": line.basis or (StatusBasis.IMPORT if line.status.is_colour else None),
        "reason": reason,
        "reason_text": (line.wording or NO_REASON_GIVEN) if reason else "",
        "actual": measure.actual if measure else None,
        "profile": profile,
        "green_tolerance": None if profile is None else target.green_tolerance,
        "amber_tolerance": None if profile is None else target.amber_tolerance,
        "tolerance_mode": None if profile is None else target.tolerance_mode,
        "significant_concern": line.significant_concern,
        "highest_risk": line.highest_risk,
        "grant_expectation": line.grant_expectation,
    }
