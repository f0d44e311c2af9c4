"""Sending a return in: judged once more, kept for good, and answered for.

It owns the second step of a return. One transaction keeps the return, its risks and actions,
the colour proposed in place of the computed one, its audit entry and what must be said about
it, or nothing but the draft.
"""

from dataclasses import dataclass, replace
from datetime import datetime

from sqlmodel import Session

from flows import closed_message, coaching, propose, receipt, typed, versions
from flows.judging import Judged, judge_all
from flows.keep_registers import keep_actions, keep_risks
from flows.reconsider import reconsider
from flows.report_target import FigureTaken, Problems, second_step
from flows.sitting_down import Desk, NotTaken, sit_down
from messages.notices.sheets import Sitting
from rules.answers import CommentaryAnswer, FigureAnswer
from rules.commentary import Problem, ProblemCode
from rules.lifecycle import Phase
from rules.quarters import Quarter
from rules.vocabulary import ReturnState, Status
from store import audit, drafts, inbox, registers, returns
from store.returns import ReturnRecord


@dataclass(frozen=True, slots=True)
class Submitted:
    """A return that is kept. `again` when this very form had been taken before."""

    target: int
    quarter: Quarter
    status: Status | None
    again: bool = False


@dataclass(frozen=True, slots=True)
class Advised:
    """A return that could be kept, shown once more with what the coach says of it."""

    step: FigureTaken


def submit(
    session: Session,
    slack_id: str,
    number: int,
    quarter: Quarter,
    answer: CommentaryAnswer,
    form: str,
    now: datetime,
    *,
    shown: frozenset[str] = typed.EVERYTHING,
    advised: bool = True,
) -> Submitted | Advised | Problems | NotTaken:
    """Keep a return. `form` names the opened form, so that sending it twice has one effect.

    Unless the person has been `advised`, a return of which the coach has something to say is
    shown once more instead, as a draft; it stops no form a second time.
    """
    if inbox.seen(session, typed.sent_key(form)):
        return Submitted(number, quarter, None, again=True)
    desk = sit_down(session, slack_id, number, quarter, now)
    if not isinstance(desk, Desk):
        return desk
    author = desk.who.number
    whole = typed.save_commentary(session, number, quarter, author, answer, now, shown=shown)
    figure = typed.of(session, number, quarter, author).figure
    if figure is None:
        missing = Problem(ProblemCode.NOT_A_NUMBER, "figure")
        return Problems((missing,), versions.shown(desk))
    judged = versions.reason_problems(desk, whole.why) or judge_all(desk.one, figure, whole, now)
    if isinstance(judged, tuple):
        step = second_step(desk, figure, whole, Sitting(advised=advised), now)
        taken = step if isinstance(step, FigureTaken) else None
        return Problems(judged, versions.shown(desk), taken)
    if not advised and coaching.said(desk.one, judged.override, whole):
        return _advised(session, desk, figure, whole, form, now)
    return _take(session, desk, figure, whole, judged, form, now)


def _take(
    session: Session,
    desk: Desk,
    figure: FigureAnswer,
    answer: CommentaryAnswer,
    judged: Judged,
    form: str,
    now: datetime,
) -> Submitted:
    number, quarter = desk.one.target.number, desk.one.planned.quarter
    if not inbox.first_time(session, typed.sent_key(form), now):
        return Submitted(number, quarter, None, again=True)
    _keep(session, desk, figure, answer, judged, now)
    drafts.drop(session, number, quarter, desk.who.number)
    return Submitted(number, quarter, judged.stands.status)


def _advised(
    session: Session,
    desk: Desk,
    figure: FigureAnswer,
    answer: CommentaryAnswer,
    form: str,
    now: datetime,
) -> Advised | Problems:
    # Which view was sent says whether advice was seen in it, so a delivery that comes twice
    # sends nothing unseen. The key is for the form as a whole: Back and Next bring no new stop.
    inbox.first_time(session, coaching.advised_key(form), now)
    step = second_step(desk, figure, answer, Sitting(advised=True), now)
    return Advised(step) if isinstance(step, FigureTaken) else step


def _keep(
    session: Session,
    desk: Desk,
    figure: FigureAnswer,
    answer: CommentaryAnswer,
    judged: Judged,
    now: datetime,
) -> None:
    one = desk.one
    keep_risks(session, desk, answer, judged.stands.status, now)
    keep_actions(session, desk, answer, judged.stands.status)
    record = _record(session, desk, figure, answer, judged, now)
    before = [old for old in one.history if old.quarter == record.quarter]
    version = returns.keep(session, record)
    audit.record(
        session,
        at=now,
        actor=desk.who.number,
        action="submit return",
        subject=f"{one.target.ref}:{record.quarter.label}:v{version}",
        before=before[-1] if before else None,
        after=record,
    )
    receipt.give(session, desk, record, version, now, waiting=judged.override.waiting)
    propose.with_return(
        session, desk, replace(record, version=version), judged.proposed, answer, now
    )
    if one.planned.phase(now) is Phase.CLOSED:
        closed_message.show_come(session, record.quarter, one.target.ref, now)
        reconsider(session, one.planned, one.target.number, now)


def _record(
    session: Session,
    desk: Desk,
    figure: FigureAnswer,
    answer: CommentaryAnswer,
    judged: Judged,
    now: datetime,
) -> ReturnRecord:
    one, decision = desk.one, judged.stands
    in_doubt = answer.proposed_reason if judged.proposed is decision.status else answer.reason_text
    poor, coloured = decision.status.is_poor, decision.status.is_colour
    value = one.read(figure.figure)
    risks = registers.open_risks(session, one.target.number)
    tolerance = one.criteria.tolerance
    return ReturnRecord(
        target=one.target.number,
        quarter=one.planned.quarter,
        state=ReturnState.SUBMITTED,
        status=decision.status,
        submitted_at=now,
        computed_status=judged.computed.status,
        basis=decision.basis,
        reason=None if coloured else decision.reason,
        reason_text="" if coloured else in_doubt,
        expected_on=None if coloured else answer.expected_on,
        actual=value,
        profile=one.criteria.profile,
        green_tolerance=tolerance.green,
        amber_tolerance=tolerance.amber,
        tolerance_mode=tolerance.mode,
        disputed=figure.disputed,
        cause=answer.cause if poor else "",
        significant_concern=answer.significant_concern and coloured,
        highest_risk=max((risk.likelihood * risk.impact for risk in risks), default=None),
        direction=one.travel(replace(decision, basis=judged.computed.basis), value),
        data_source=figure.source,
        data_as_at=figure.as_at,
        quality_confirmed=figure.quality_confirmed,
        grant_expectation=answer.grant if one.target.kind.carries_grant else None,
        submitted_by=desk.who.number,
        on_behalf_of=one.target.lead if one.target.lead != desk.who.number else None,
        late=desk.late,
        why=versions.why(desk, answer.why),
        evidence=answer.evidence,
    )
