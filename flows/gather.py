"""Figures of a block's own sheet are kept for the open quarter, for leads to confirm (C17).

It owns this use case, and saying so in the messages that asked for the returns. A gathered
figure is no return: only a person makes it one.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from sqlmodel import Session

from flows import cycle, posting
from flows.open_window import request_key
from messages.notices.common import Figure, TargetToReport
from messages.notices.returns import ReturnsRequested
from rules.quarters import Quarter
from rules.vocabulary import QuarterState, ReturnState, TargetState
from store import audit, column_mappings, gathered, quarters, returns, targets
from store.column_mappings import Mapping as Columns
from store.gathered import GatheredRecord, Kept
from store.importing.block_sheet import Measured, SheetFigure, read_figures
from store.importing.faults import Fault, Faults
from store.importing.registers.tables import Table
from store.targets import TargetRecord

NOT_YET = frozenset({ReturnState.LAPSED, ReturnState.SENT_BACK})


@dataclass(frozen=True, slots=True)
class Gathering:
    """What a sheet gives the open quarter: figures, and why each other row gives none."""

    quarter: Quarter
    figures: tuple[SheetFigure, ...]
    rejected: tuple[Fault, ...]
    targets: Mapping[int, TargetRecord]


def open_quarter(session: Session) -> Quarter | None:
    """The latest quarter whose window is open, or none."""
    found = [one.quarter for one in quarters.running(session) if one.state is QuarterState.OPEN]
    return max(found, default=None)


def look(
    session: Session, table: Table, columns: Columns, quarter: Quarter, now: datetime
) -> Gathering:
    """What a sheet would give. Changes nothing."""
    if doubled := columns.doubled(table.names):
        faults = Faults()
        for name in doubled:
            reason = f"The column “{name}” stands twice. Give one of them another heading."
            faults.add(table.file, 1, name, reason)
        return Gathering(quarter, (), tuple(faults), {})
    on = cycle.of(session, quarter).local_day(now)
    programme = {one.number: one for one in targets.programme(session, quarter, on)}
    there = returns.in_quarter(session, quarter)
    reported = {number for number, one in there.items() if one.state not in NOT_YET}
    measured = [_measured(one, quarter, reported) for one in programme.values()]
    figures, rejected = read_figures(table, columns, measured, quarter)
    return Gathering(quarter, figures, rejected, programme)


def keep(session: Session, found: Gathering, by: int | None, now: datetime) -> int:
    """Keep the figures and ask their leads to confirm them; how many are new or differ."""
    records = [
        GatheredRecord(one.target.number, found.quarter, one.figure, one.source, one.as_at, by, now)
        for one in found.figures
    ]
    done = [one for one in gathered.keep(session, records) if one.kept is not Kept.SAME]
    for one in done:
        audit.record(
            session,
            at=now,
            actor=by,
            rule="" if by else "import",
            action="figure gathered",
            subject=f"{found.targets[one.record.target].ref} {found.quarter}",
            before=one.before,
            after=one.record,
        )
    _ask_to_confirm(session, found, [one.record for one in done], now)
    return len(done)


def save_columns(session: Session, columns: Columns, by: int | None, now: datetime) -> None:
    """Save how a sheet is read, to be offered the next time."""
    before = column_mappings.keep(session, columns, by, now)
    if before != columns:
        audit.record(
            session,
            at=now,
            actor=by,
            rule="" if by else "import",
            action="column mapping saved",
            subject=columns.name,
            before=before,
            after=columns,
        )


def _measured(target: TargetRecord, quarter: Quarter, reported: set[int]) -> Measured:
    by_proxy = target.proxy is not None and quarter.number not in target.due_quarters
    unit = target.proxy.unit if by_proxy and target.proxy else target.unit
    why = ""
    if target.number in reported:
        why = f"{target.ref} is reported already. What its lead said stands."
    elif target.state is not TargetState.AGREED:
        why = f"{target.ref} is not agreed, so it takes no figure."
    return Measured(target.number, target.ref, target.title, unit, why)


def _ask_to_confirm(
    session: Session, found: Gathering, records: Iterable[GatheredRecord], now: datetime
) -> None:
    """Say the figures in the one message of each lead who was asked already."""
    by_lead: dict[int, dict[int, GatheredRecord]] = defaultdict(dict)
    for record in records:
        target = found.targets[record.target]
        lead = target.lead or target.performance_lead
        if lead is not None:
            by_lead[lead][record.target] = record
    for lead, theirs in by_lead.items():
        key = request_key(found.quarter, lead)
        asked = posting.said(session, key)
        if isinstance(asked, ReturnsRequested):
            shown = tuple(_confirming(one, theirs, found) for one in asked.targets)
            posting.anew(session, key, replace(asked, targets=shown), now=now)


def _confirming(
    shown: TargetToReport, theirs: Mapping[int, GatheredRecord], found: Gathering
) -> TargetToReport:
    record = theirs.get(shown.number)
    if record is None:
        return shown
    target = found.targets[shown.number]
    figure = Figure(record.figure, target.unit, target.decimals)
    return replace(shown, gathered=figure, gathered_source=record.source)
