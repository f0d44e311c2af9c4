"""Sending a return in: judged once more, kept for good, and answered for.

It owns the second step of a return. One transaction keeps the return, its risks and actions,
its audit entry and what must be said about it, or nothing but the draft.
"""

from dataclasses import dataclass, replace
from datetime import datetime

from sqlmodel import Session

from flows import closed_message, lines, receipt
from flows.reconsider import reconsider
from flows.report_target import COMMENTARIES, Problems, judge, typed_figure
from flows.sheet import Reporting
from flows.sitting_down import Desk, NotTaken, sit_down
from flows.versions import reason_problems, shown, why
from rules.answers import ActionAnswer, CommentaryAnswer, FigureAnswer, RiskAnswer
from rules.commentary import Commentary, Problem, ProblemCode, problems
from rules.lifecycle import Phase
from rules.quarters import Quarter
from rules.status import Decision
from rules.vocabulary import ReturnState, Status, StatusReason
from store import audit, inbox, registers, returns
from store.returns import ReturnRecord


@dataclass(frozen=True, slots=True)
class Submitted:
    """A return that is kept. `again` when this very form had been taken before."""

    target: int
    quarter: Quarter
    status: Status | None
    again: bool = False


def submit(
    session: Session,
    slack_id: str,
    number: int,
    quarter: Quarter,
    answer: CommentaryAnswer,
    form: str,
    now: datetime,
) -> Submitted | Problems | NotTaken:
    """Keep a return. `form` names the opened form, so that sending it twice has one effect."""
    key = f"return:{form}"
    if inbox.seen(session, key):
        return Submitted(number, quarter, None, again=True)
    desk = sit_down(session, slack_id, number, quarter, now)
    if not isinstance(desk, Desk):
        return desk
    author = desk.who.number
    returns.save_draft(
        session,
        number,
        quarter,
        author,
        now=now,
        commentary_step=COMMENTARIES.dump_json(answer).decode(),
    )
    figure = typed_figure(session, desk, quarter)
    if figure is None:
        missing = Problem(ProblemCode.NOT_A_NUMBER, "figure")
        return Problems((missing,), shown(desk))
    judged = reason_problems(desk, answer.why) or _judge_all(desk.one, figure, answer, now)
    if isinstance(judged, tuple):
        return Problems(judged, shown(desk))
    if not inbox.first_time(session, key, now):
        return Submitted(number, quarter, None, again=True)
    _keep(session, desk, figure, answer, judged, now)
    returns.drop_draft(session, number, quarter, author)
    return Submitted(number, quarter, judged.status)


def _judge_all(
    one: Reporting, figure: FigureAnswer, answer: CommentaryAnswer, now: datetime
) -> Decision | tuple[Problem, ...]:
    decision = judge(one, figure, now)
    if isinstance(decision, tuple):
        return decision
    standing = tuple(
        ActionAnswer(action.text, action.owner, action.due_on)
        for action in lines.open_actions(one.actions)
    )
    typed = tuple(action for action in answer.actions if not action.is_empty)
    found = problems(
        Commentary(
            decision.status,
            cause=answer.cause,
            # An action already under way answers for a poor figure as a new one does.
            actions=(*answer.actions, *standing) if not typed else answer.actions,
            risks=_with_register(one, answer.risks),
            risks_reviewed=answer.risks_reviewed,
            reason=answer.reason,
            reason_text=answer.reason_text,
            expected_on=answer.expected_on,
            source=figure.source,
            as_at=figure.as_at,
        ),
        significant_from=one.planned.settings.significant_risk,
    )
    return found or replace(decision, reason=_reason(answer, decision))


def _reason(answer: CommentaryAnswer, decision: Decision) -> StatusReason | None:
    """The rule's own reason for a missing milestone stands, whatever else was chosen (§4)."""
    if decision.reason in {StatusReason.NO_MILESTONE, StatusReason.NO_DATA_AND_NO_MILESTONE}:
        return decision.reason
    return answer.reason or decision.reason


def _with_register(one: Reporting, risks: tuple[RiskAnswer, ...]) -> tuple[RiskAnswer, ...]:
    """Risks as typed, those in the register with the register's own words."""
    texts = {risk.number: risk.text for risk in one.risks}
    return tuple(
        replace(risk, text=texts.get(risk.number, "")) if risk.number is not None else risk
        for risk in risks
    )


def _keep(
    session: Session,
    desk: Desk,
    figure: FigureAnswer,
    answer: CommentaryAnswer,
    decision: Decision,
    now: datetime,
) -> None:
    one = desk.one
    _keep_risks(session, one, answer, decision, now)
    _keep_actions(session, one, answer, decision)
    record = _record(session, desk, figure, answer, decision, now)
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
    receipt.give(session, desk, record, version, now)
    if one.planned.phase(now) is Phase.CLOSED:
        closed_message.show_come(session, record.quarter, one.target.ref, now)
        reconsider(session, one.planned, one.target.number, now)


def _keep_risks(
    session: Session,
    one: Reporting,
    answer: CommentaryAnswer,
    decision: Decision,
    now: datetime,
) -> None:
    if not decision.status.is_colour:
        return
    for risk in answer.risks:
        if risk.is_empty or risk.likelihood is None or risk.impact is None:
            continue
        if risk.number is None and risk.text in {old.text for old in one.risks}:
            continue
        if risk.number is None:
            registers.add_risk(
                session,
                one.target.number,
                text=risk.text,
                likelihood=risk.likelihood,
                impact=risk.impact,
                mitigation=risk.mitigation,
                now=now,
            )
        else:
            registers.review_risk(
                session,
                one.target.number,
                risk.number,
                likelihood=risk.likelihood,
                impact=risk.impact,
                mitigation=risk.mitigation,
                now=now,
            )


def _keep_actions(
    session: Session, one: Reporting, answer: CommentaryAnswer, decision: Decision
) -> None:
    if not decision.status.is_poor:
        return
    there = {(old.text, old.owner, old.due_on) for old in one.actions}
    for action in answer.actions:
        typed_again = (action.text, action.owner, action.due_on) in there
        if not action.is_empty and action.due_on is not None and not typed_again:
            registers.add_action(
                session,
                one.target.number,
                one.planned.quarter,
                text=action.text,
                owner=action.owner,
                due_on=action.due_on,
            )


def _record(
    session: Session,
    desk: Desk,
    figure: FigureAnswer,
    answer: CommentaryAnswer,
    decision: Decision,
    now: datetime,
) -> ReturnRecord:
    one = desk.one
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
        computed_status=decision.status,
        basis=decision.basis,
        reason=None if coloured else decision.reason,
        reason_text="" if coloured else answer.reason_text,
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
        direction=one.travel(decision, value),
        data_source=figure.source,
        data_as_at=figure.as_at,
        quality_confirmed=figure.quality_confirmed,
        grant_expectation=answer.grant if one.target.kind.carries_grant else None,
        submitted_by=desk.who.number,
        on_behalf_of=one.target.lead if one.target.lead != desk.who.number else None,
        late=desk.late,
        why=why(desk, answer.why),
    )
