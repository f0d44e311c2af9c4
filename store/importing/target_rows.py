"""Targets into the records, with their milestones, grants and the rota of blocks.

It owns how a line becomes a row. What no form carries (unit, tolerances, outcome) is left as
it stands, so that loading again never wipes what was set by hand.
"""

from collections.abc import Mapping

from sqlmodel import col, select

from rules.quarters import Quarter
from rules.vocabulary import QuarterState
from store.importing.ledger import Ledger
from store.importing.programme import Programme, TargetLine
from store.tables import (
    Block,
    BlockFocusRow,
    GrantPotential,
    Milestone,
    Partnership,
    QuarterRow,
    Target,
)

DONE = (QuarterState.FROZEN, QuarterState.PUBLISHED)


def load_targets(
    ledger: Ledger,
    programme: Programme,
    blocks: Mapping[str, Block],
    partnerships: Mapping[str, Partnership],
    by: Quarter | None,
) -> dict[str, Target]:
    """Every target of the files, by ref, as it stands in quarter `by`."""
    found = {row.ref: row for row in ledger.session.exec(select(Target))}
    rows: dict[str, Target] = {}
    for line in programme.targets:
        facts = _facts(programme, line, by) | {
            "block_id": blocks[line.block].id,
            "partnership_id": partnerships[line.partnership].id,
        }
        rows[line.ref] = ledger.keep("target", line.ref, found.get(line.ref), Target, facts)
    ledger.step(len(rows), "targets")
    return rows


def load_milestones(ledger: Ledger, programme: Programme, targets: Mapping[str, Target]) -> None:
    """The profile of every measure. A milestone of a quarter that is done is not edited."""
    found = {(row.target_id, row.quarter): row for row in ledger.session.exec(select(Milestone))}
    quarters = ledger.session.exec(select(QuarterRow).where(col(QuarterRow.state).in_(DONE)))
    done = {row.label for row in quarters}
    for line in programme.measures:
        number = targets[line.ref].id or 0
        there = found.get((number, line.quarter))
        if line.profile is None or (there and line.quarter in done):
            continue
        ledger.keep(
            "milestone",
            f"{line.ref} {line.quarter}",
            there,
            Milestone,
            {"target_id": number, "quarter": line.quarter, "profile": line.profile},
        )
    ledger.step(len(programme.measures), "milestones")


def load_grants(ledger: Ledger, programme: Programme, targets: Mapping[str, Target]) -> None:
    """What each target can earn."""
    found = {row.target_id: row for row in ledger.session.exec(select(GrantPotential))}
    for line in programme.grants:
        number = targets[line.ref].id or 0
        ledger.keep(
            "grant",
            line.ref,
            found.get(number),
            GrantPotential,
            {"target_id": number, "potential_gbp": line.potential_gbp},
        )
    ledger.step(len(programme.grants), "grants")


def load_focus(ledger: Ledger, programme: Programme, blocks: Mapping[str, Block]) -> None:
    """The block in focus, quarter by quarter."""
    found = {row.quarter: row for row in ledger.session.exec(select(BlockFocusRow))}
    for line in programme.rota:
        ledger.keep(
            "block focus",
            line.quarter.label,
            found.get(line.quarter),
            BlockFocusRow,
            {"quarter": line.quarter, "block_id": blocks[line.block].id},
        )
    ledger.step(len(programme.rota), "rota")


def _facts(programme: Programme, line: TargetLine, by: Quarter | None) -> dict[str, object]:
    return {
        "ref": line.ref,
        "kind": line.kind,
        "title": line.title,
        "ni_number": line.ni_number,
        "state": programme.state_of(line, by),
        "polarity": line.polarity,
        "accumulation": line.accumulation,
        "frequency": line.frequency,
        "due_quarters": _listed(programme.due_quarters(line, by)),
        "action_plan_in_place": line.action_plan_in_place,
        **_decimals(programme, line),
    }


def _decimals(programme: Programme, line: TargetLine) -> dict[str, object]:
    """As many decimals as the target's figures are given with; no form states them."""
    figures = [
        figure
        for measure in programme.measures
        if measure.ref == line.ref
        for figure in (measure.profile, measure.actual)
        if figure is not None
    ]
    exponents = [figure.as_tuple().exponent for figure in figures]
    given = [-exponent for exponent in exponents if isinstance(exponent, int)]
    return {"decimals": max(0, *given)} if given else {}


def _listed(due: tuple[int, ...]) -> str:
    """The due quarters as a column holds them; 0 where a target is due in none."""
    return ",".join(str(number) for number in due) or "0"
