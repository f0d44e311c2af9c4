"""The Oxfordshire sample as the report sees it, put together by the rules alone."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import yaml

from rules.annex import Record
from rules.escalation import Step, walk
from rules.kinds import LAA_KINDS
from rules.quarters import Quarter
from rules.vocabulary import Status, StatusBasis
from tests.rules.vectors import DATA, rows

Q1, Q2 = Quarter(2008, 1), Quarter(2008, 2)
FOLDER = "oxfordshire"
_KINDS = {kind.code: kind for kind in LAA_KINDS}


def expected() -> dict[str, Any]:
    path = Path(DATA, FOLDER, "expected_summary_2008-09_q2.yaml")
    found: dict[str, Any] = yaml.safe_load(path.read_text(encoding="utf-8"))
    return found


def last_quarter() -> dict[str, Status]:
    table = rows(f"{FOLDER}/statuses_2008-09_q1.csv")
    return {row["target_ref"]: Status(row["status"]) for row in table}


def records(*, with_optional: bool = False) -> list[Record]:
    table = [
        *rows(f"{FOLDER}/laa1_stretch_targets_2008-09_q2.csv"),
        *rows(f"{FOLDER}/laa2_indicators_2008-09_q2.csv"),
    ]
    if with_optional:
        table += rows(f"{FOLDER}/laa2_not_required_2008-09_q2_optional.csv")
    before = last_quarter()
    return [_record(row, before.get(row["ref"])) for row in table]


def step_of(record: Record) -> Step:
    history = [(Q2, record.status)]
    if record.previous is not None:
        history.append((Q1, record.previous))
    return walk(history, escalates=record.kind.escalates, effective_from=Q2)[-1]


def _record(row: dict[str, str], previous: Status | None) -> Record:
    made = Record(
        ref=row["ref"],
        title=row["short_title"],
        kind=_KINDS[row["kind"]],
        block=row["block_id"],
        partnership=row["partnership_id"],
        status=Status(row["status"]),
        basis=StatusBasis(row["basis"]) if row.get("basis") else None,
        highest_risk=int(row["highest_risk_score"]) if row.get("highest_risk_score") else None,
        significant_concern=row.get("significant_concern") == "true",
        plan_in_place=row.get("action_plan_in_place") == "true",
        previous=previous,
    )
    step = step_of(made)
    return replace(made, streak=step.streak, event=step.event)
