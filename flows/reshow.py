"""Showing the second step of a return again, with everything typed so far kept as a draft.

It owns these use cases: another row for an action, another colour that asks other fields, and
last time's words to start from.
"""

from dataclasses import replace
from datetime import datetime

from sqlmodel import Session

from flows import typed
from flows.report_target import FigureTaken, Problems, second_step
from flows.sheet import Reporting
from flows.sitting_down import Desk, NotTaken, sit_down
from messages.notices.sheets import Sitting
from rules.answers import CommentaryAnswer, FigureAnswer, RiskAnswer
from rules.quarters import Quarter


def reshow(
    session: Session,
    slack_id: str,
    number: int,
    quarter: Quarter,
    answer: CommentaryAnswer,
    now: datetime,
    *,
    shown: frozenset[str] = typed.EVERYTHING,
    from_last_time: bool = False,
    at: datetime | None = None,
) -> FigureTaken | Problems | NotTaken:
    """Keep what was typed, `at` by Slack's clock, and give the second step anew."""
    desk = sit_down(session, slack_id, number, quarter, now)
    if not isinstance(desk, Desk):
        return desk
    author = desk.who.number
    words = with_last_words(desk.one, answer, shown) if from_last_time else answer
    whole = typed.save_commentary(session, number, quarter, author, words, now, at, shown)
    figure = typed.of(session, number, quarter, author).figure or FigureAnswer()
    return second_step(desk, figure, whole, Sitting(), now)


def with_last_words(
    one: Reporting, answer: CommentaryAnswer, shown: frozenset[str]
) -> CommentaryAnswer:
    """The answer with last time's words first, and whatever was typed already after them."""
    last = one.last_words()
    register = {risk.number: risk.mitigation for risk in one.risks}
    filled = replace(
        answer,
        cause=_first(last.cause, answer.cause),
        reason_text=_first(last.reason_text, answer.reason_text),
        risks=tuple(_mitigated(risk, register) for risk in answer.risks),
    )
    away = {name: getattr(answer, name) for name in ("cause", "reason_text") if name not in shown}
    return replace(filled, **away)


def _first(last: str, typed_now: str) -> str:
    if not last or last in typed_now:
        return typed_now
    return f"{last}\n{typed_now}" if typed_now else last


def _mitigated(risk: RiskAnswer, register: dict[int, str]) -> RiskAnswer:
    """A risk of the register whose mitigation was cleared gets back what it was."""
    if risk.mitigation or risk.number is None:
        return risk
    return replace(risk, mitigation=register.get(risk.number, ""))
