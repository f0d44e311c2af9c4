"""A fresh database for a rehearsal or the demo: the data loaded, the quarter ready to open.

It owns what has to stand before the window opens. What people then say is their own part.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta

from sqlmodel import Session

from bot.rehearsal.parts import Part, Way
from rules.quarters import Quarter
from rules.vocabulary import (
    ActionState,
    ReturnState,
    Status,
    StatusBasis,
    StatusReason,
)
from store import illustration, installation, returns, settings, targets
from store.illustration import PlannedAction
from store.importing.ledger import Loaded, Progress
from store.importing.loading import load
from store.importing.programme import Programme
from store.returns import ReturnRecord


def prepare(
    session: Session,
    programme: Programme,
    parts: Iterable[Part],
    quarter: Quarter,
    now: datetime,
    *,
    effective_from: Quarter | None = None,
    on_step: Progress | None = None,
) -> Loaded:
    """Load the programme with its history and make every part playable."""
    loaded = load(session, programme, history_before=quarter, now=now, on_step=on_step)
    installation.mark_loaded(session, now)
    if effective_from is not None:
        settings.change(session, "effective_from", effective_from.label, None, now)
    for part in parts:
        _make_playable(session, part, quarter, now)
    return loaded


def _make_playable(session: Session, part: Part, quarter: Quarter, now: datetime) -> None:
    if part.way is Way.BY_IMPORT:
        _import(session, part, quarter, now)
    elif part.way is not Way.NOT_DUE:
        _give_criteria(session, part, quarter)
    if part.risk and not (part.answers and part.wanted.is_colour):
        # Nobody is asked for the risks of a target without a colour: it stands already.
        illustration.enter_risk(session, part.ref, *part.risk, now)


def _give_criteria(session: Session, part: Part, quarter: Quarter) -> None:
    if part.way is Way.PLAN:
        illustration.put_on_plan(session, part.ref, quarter, _plan(part.wanted, quarter))
    elif part.basis is StatusBasis.PROXY:
        illustration.put_on_proxy(session, part.ref, quarter, part.profile)
    elif not part.own_profile:
        illustration.set_index(session, part.ref, quarter, part.profile)


def _import(session: Session, part: Part, quarter: Quarter, now: datetime) -> None:
    """A status that comes in by import before the window: its lead is not asked for it."""
    number = targets.number_of(session, part.ref)
    line = part.line
    if number is None or line is None:
        return
    gap = line.basis is StatusBasis.DATA_GAP
    returns.keep(
        session,
        ReturnRecord(
            number,
            quarter,
            ReturnState.ACCEPTED,
            line.status,
            now,
            basis=line.basis,
            reason=StatusReason.NO_DATA_AND_NO_MILESTONE if gap else None,
            reason_text=line.wording,
            significant_concern=line.significant_concern,
            highest_risk=line.highest_risk,
            grant_expectation=line.grant_expectation,
        ),
    )


def _plan(wanted: Status, quarter: Quarter) -> tuple[PlannedAction, ...]:
    """Actions that give the colour: none undone, one of four overdue, or all."""
    due_on = quarter.end - timedelta(days=30)
    done = PlannedAction(due_on, ActionState.DONE)
    overdue = PlannedAction(due_on, ActionState.OPEN)
    return {
        Status.GREEN: (done, done),
        Status.AMBER: (done, done, done, overdue),
        Status.RED: (done, overdue),
    }[wanted]
