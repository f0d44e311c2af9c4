"""The risks and actions that come with a return, kept in their registers.

It owns these changes and their audit. What a return must hold is judged before.
"""

from datetime import datetime

from sqlmodel import Session

from flows.sitting_down import Desk
from rules.answers import CommentaryAnswer, RiskAnswer
from rules.vocabulary import Status
from store import audit, registers
from store.registers import RiskRecord


def keep_risks(
    session: Session, desk: Desk, answer: CommentaryAnswer, status: Status, now: datetime
) -> None:
    """Enter new risks, score those of the register anew, and close those that are over."""
    if not status.is_colour:
        return
    before = {risk.number: risk for risk in desk.one.risks}
    for risk in answer.risks:
        if risk.number is not None:
            _keep_known(session, desk, before.get(risk.number), risk, now)
        elif risk.text and risk.text not in {old.text for old in before.values()}:
            _add(session, desk, risk, now)
    after = {risk.number: risk for risk in registers.open_risks(session, desk.one.target.number)}
    for number in sorted(before.keys() | after.keys()):
        _audit(session, desk, before.get(number), after.get(number), now)


def _keep_known(
    session: Session, desk: Desk, old: RiskRecord | None, risk: RiskAnswer, now: datetime
) -> None:
    number = desk.one.target.number
    if old is None:
        return
    if risk.closed:
        registers.close_risk(session, number, old.number, now)
    elif risk.likelihood is not None and risk.impact is not None:
        registers.review_risk(
            session,
            number,
            old.number,
            text=risk.text or old.text,
            likelihood=risk.likelihood,
            impact=risk.impact,
            mitigation=risk.mitigation,
            owner=risk.owner,
            review_on=risk.review_on,
            now=now,
        )


def _add(session: Session, desk: Desk, risk: RiskAnswer, now: datetime) -> None:
    if risk.likelihood is None or risk.impact is None:
        return
    registers.add_risk(
        session,
        desk.one.target.number,
        text=risk.text,
        likelihood=risk.likelihood,
        impact=risk.impact,
        mitigation=risk.mitigation,
        owner=risk.owner,
        review_on=risk.review_on,
        now=now,
    )


def _audit(
    session: Session, desk: Desk, before: RiskRecord | None, after: RiskRecord | None, now: datetime
) -> None:
    if before == after:
        return
    done = "add risk" if before is None else "close risk" if after is None else "change risk"
    known = before or after
    audit.record(
        session,
        at=now,
        actor=desk.who.number,
        action=done,
        subject=f"{desk.one.target.ref}:risk {known.number if known else 0}",
        before=before,
        after=after,
    )


def keep_actions(session: Session, desk: Desk, answer: CommentaryAnswer, status: Status) -> None:
    """Enter the actions that a poor figure brings, each once."""
    if not status.is_poor:
        return
    there = {(old.text, old.owner, old.due_on) for old in desk.one.actions}
    for action in answer.actions:
        typed_again = (action.text, action.owner, action.due_on) in there
        if not action.is_empty and action.due_on is not None and not typed_again:
            registers.add_action(
                session,
                desk.one.target.number,
                desk.one.planned.quarter,
                text=action.text,
                owner=action.owner,
                due_on=action.due_on,
            )
