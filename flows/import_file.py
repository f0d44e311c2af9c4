"""Files in forms of their own: looked at first, then kept whole or not at all.

It owns this use case for the command line and for Slack, and the dates of quarters among the
forms, of which people must hear. It must not know how a file is read.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlmodel import Session

from flows import cycle
from flows.board_date import keep_dates
from flows.change_dates import show_due
from flows.cycle import Cycle
from messages.notices.files import Differs, FormCount
from rules.calendar import CalendarRefusedError
from rules.quarters import Quarter, reporting_quarter
from rules.vocabulary import QuarterState
from store import installation, quarters
from store.importing.faults import Faults
from store.importing.registers.forms import FORMS
from store.importing.registers.keeping import Keeper
from store.importing.registers.plan import Change, Plan, planned
from store.importing.registers.quarter_forms import CALENDAR
from store.importing.registers.reading import read_lines
from store.importing.registers.tables import Table
from store.quarters import QuarterRecord

DATES = ("opens", "due", "board", "board_confirmed")


@dataclass(frozen=True, slots=True)
class Looked:
    """What a file would do, or did. `left` are actions only the register has."""

    counts: tuple[FormCount, ...]
    differs: tuple[Differs, ...]
    left: tuple[str, ...]
    unread: tuple[str, ...]

    @property
    def changes_anything(self) -> bool:
        """Whether anything is new or differs."""
        return any(count.new or count.changed for count in self.counts)


def look(session: Session, tables: Iterable[Table], faults: Faults, now: datetime) -> Looked:
    """What the tables would do. Changes nothing.

    Raises `FaultyFilesError` with every fault, those noted before among them.
    """
    plan, _ = _planned(session, tables, faults, now)
    return _looked(plan)


def bring_in(
    session: Session, tables: Iterable[Table], faults: Faults, by: int | None, now: datetime
) -> Looked:
    """Keep everything the tables say, each difference with its audit entry.

    Raises `FaultyFilesError` with every fault, and nothing is kept.
    """
    plan, dates = _planned(session, tables, faults, now)
    reporting = reporting_quarter(cycle.today(session, now))
    Keeper(session, plan, by, now, reporting).keep()
    for before, after in dates:
        _keep_dates(session, before, after, by, now)
    if plan.changes:
        installation.mark_loaded(session, now)
    return _looked(plan)


def _planned(
    session: Session, tables: Iterable[Table], faults: Faults, now: datetime
) -> tuple[Plan, list[tuple[Cycle, Cycle]]]:
    lines = read_lines(tables, faults)
    if not lines.forms and not faults:
        names = ", ".join(form.name for form in FORMS)
        where = lines.unread[0] if lines.unread else "the file"
        faults.add(where, 0, "", f"This name says no form. Name it after one of these: {names}.")
    today = cycle.today(session, now)
    plan = planned(session, lines, faults, reporting_quarter(today), today)
    moved = [_dated(session, change) for change in plan.of(CALENDAR)]
    faults.refuse_any()
    return plan, [one for one in moved if one is not None]


def _dated(session: Session, change: Change) -> tuple[Cycle, Cycle] | None:
    """A quarter's cycle as it is and as it would be, or none and a fault."""
    facts: dict[str, Any] = dict(change.after)
    quarter: Quarter = facts["quarter"]
    record = quarters.find(session, quarter) or QuarterRecord(quarter, QuarterState.FUTURE)
    if record.state is QuarterState.PUBLISHED and change.before is not None:
        change.line.row.fault("quarter", f"{quarter} is published. Its dates stand.")
        return None
    before = cycle.planned(session, record)
    try:
        wanted = replace(record, **{name: facts[name] for name in DATES})
        after = cycle.planned(session, wanted)
    except CalendarRefusedError as refused:
        change.line.row.fault("quarter", " ".join(fault.words for fault in refused.faults))
        return None
    moved = record.opened_at is not None and (
        after.calendar.due != before.calendar.due or after.calendar.board != before.calendar.board
    )
    version = record.dates_version + moved
    return before, cycle.planned(session, replace(wanted, dates_version=version))


def _keep_dates(
    session: Session, before: Cycle, after: Cycle, by: int | None, now: datetime
) -> None:
    keep_dates(session, before, after, by, now)
    if after.is_open and after.calendar.due != before.calendar.due:
        show_due(session, after, now)


def _looked(plan: Plan) -> Looked:
    counts = []
    for form in plan.forms:
        changes = plan.of(form)
        new = sum(change.before is None for change in changes)
        same = plan.same.get(form.name, 0)
        counts.append(FormCount(form.one, form.many, new, len(changes) - new, same))
    differs = tuple(
        Differs(one.form, one.name, one.column, one.before, one.after) for one in plan.differences()
    )
    return Looked(tuple(counts), differs, plan.left, plan.unread)
