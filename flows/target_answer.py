"""The answer about one target: whose it is, its quarters, and what is being done.

It owns gathering this answer. A return that is not accepted yet is seen by those involved
only. It must not change anything but the audit of a refusal.
"""

import difflib
from dataclasses import replace
from datetime import datetime

from sqlmodel import Session

from flows import choices, cycle, histories, lines, standing, withholding
from flows.answers import current_quarter
from flows.beside import what_hangs_on
from flows.cycle import Cycle
from flows.histories import Walked
from flows.standing import Asker
from messages.notices.answers import QuarterLine, RiskLine, TargetAnswer
from messages.notices.refusals import OutOfDate, PersonUnknown, Refused, TargetUnknown
from rules.permissions import Capability
from rules.quarters import Quarter
from rules.risk import rating
from rules.vocabulary import ReturnState, Status
from store import registers, targets
from store.returns import ReturnRecord
from store.targets import TargetRecord

NEAREST = 3
ACCEPTED = frozenset({ReturnState.ACCEPTED, ReturnState.LOCKED, ReturnState.LAPSED})


def target(
    session: Session, slack_id: str, ref: str, quarter: Quarter | None, now: datetime
) -> TargetAnswer | TargetUnknown | Refused | PersonUnknown:
    """One target: whose it is, its quarters, and what is being done."""
    who = standing.asker(session, slack_id, now)
    if isinstance(who, PersonUnknown):
        return who
    number = targets.number_of(session, ref)
    if number is None:
        return unknown(session, ref)
    planned = cycle.of(session, quarter or current_quarter(session, now))
    found = histories.up_to(session, planned, planned.local_day(now), (number,))
    if not found.walked:
        return TargetUnknown(ref)
    one = found.walked[0]
    if not standing.allowed(who, Capability.SEE_STATUS, one.target):
        return standing.refused(session, who, Capability.SEE_STATUS, now, one.target)
    shown = _target_answer(session, who, planned, found, one)
    if withholding.eyes(session, who, now).withholds(one.target):
        shown = _without_figures(shown)
    may = choices.of(session, who, planned, one.target, one.record(planned.quarter), now)
    return replace(
        shown,
        can_report=may.can_report,
        version=may.version,
        moves=may.moves,
        state=may.state,
        back_because=may.back_because,
        extend=may.extend,
    )


def unknown(session: Session, ref: str) -> TargetUnknown:
    """No target has this reference; with those that look like it."""
    near = difflib.get_close_matches(ref.upper(), targets.refs(session), NEAREST)
    return TargetUnknown(ref, tuple(near))


def target_numbered(
    session: Session, slack_id: str, number: int, quarter: Quarter, now: datetime
) -> TargetAnswer | TargetUnknown | Refused | PersonUnknown | OutOfDate:
    """One target by its number, as a button names it."""
    found = targets.in_quarter(session, number, quarter, cycle.today(session, now))
    return target(session, slack_id, found.ref, quarter, now) if found else OutOfDate()


def _target_answer(
    session: Session, who: Asker, planned: Cycle, found: histories.Histories, one: Walked
) -> TargetAnswer:
    shown = one.target
    sees_all = standing.allowed(who, Capability.SEE_DRAFTS, shown)
    listed = tuple(record for record in one.history if sees_all or record.state in ACCEPTED)
    whole = len(listed) == len(one.history)
    said = found.escalated(one)
    return TargetAnswer(
        ref=shown.ref,
        title=shown.title,
        kind_label=shown.kind.label,
        outcome=shown.outcome,
        partnership=shown.partnership_name,
        block=shown.block_name,
        lead=shown.lead,
        sponsor=shown.sponsor,
        quarters=tuple(_quarter_line(shown, record) for record in reversed(listed)),
        cause=listed[-1].cause if listed else "",
        # What a return that is not accepted brought with it is not shown before it is.
        actions=lines.open_actions(found.actions.get(shown.number, ())) if whole else (),
        risks=_risks(session, shown) if whole else (),
        escalation=said.event if said else None,
        can_report=False,
        number=shown.number,
        quarter=planned.quarter,
        beside=what_hangs_on(session, shown, planned.quarter),
    )


def _without_figures(shown: TargetAnswer) -> TargetAnswer:
    """The answer with its colours only, where figures stay in their partnership."""
    return replace(
        shown,
        quarters=tuple(replace(one, actual=None, expected=None) for one in shown.quarters),
        cause="",
        actions=(),
        risks=(),
        beside=withholding.beside_without(shown.beside),
        withheld=True,
    )


def _risks(session: Session, shown: TargetRecord) -> tuple[RiskLine, ...]:
    scored = (
        (risk, risk.likelihood * risk.impact)
        for risk in registers.open_risks(session, shown.number)
    )
    return tuple(
        RiskLine(risk.text, rating(score), score, risk.mitigation) for risk, score in scored
    )


def _quarter_line(shown: TargetRecord, record: ReturnRecord) -> QuarterLine:
    if record.status is Status.NOT_SUBMITTED:
        return QuarterLine(record.quarter, record.status)
    return QuarterLine(
        record.quarter,
        record.status,
        record.basis,
        lines.actual(shown, record),
        lines.expected(shown, record),
        record.direction,
        record.late,
    )
