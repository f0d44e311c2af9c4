"""Starting a return: opening its sheet, and taking its figure.

It owns the first step of a return. What was typed is kept as a draft before it is judged, so
that nothing typed is lost. The second step is `flows/submit_return.py`.
"""

from dataclasses import dataclass
from datetime import datetime

from pydantic import TypeAdapter
from sqlmodel import Session

from flows import versions
from flows.sheet import Reporting
from flows.sitting_down import Desk, NotTaken, sit_down
from messages.notices.sheets import Outcome, ReturnSheet
from rules.answers import CommentaryAnswer, FigureAnswer
from rules.commentary import Needs, Problem, ProblemCode, needs, source_problems
from rules.figures import FigureNotUnderstoodError
from rules.quarters import Quarter
from rules.status import Decision, ToleranceUndefinedError
from rules.vocabulary import Status
from store import returns

FIGURES = TypeAdapter(FigureAnswer)
COMMENTARIES = TypeAdapter(CommentaryAnswer)


@dataclass(frozen=True, slots=True)
class Opened:
    """A sheet to fill in, with what this person typed before, if anything."""

    sheet: ReturnSheet
    typed: FigureAnswer | None


@dataclass(frozen=True, slots=True)
class FigureTaken:
    """A figure that was read: the outcome, what it needs now, and what was typed before."""

    sheet: ReturnSheet
    outcome: Outcome
    needs: Needs
    typed: CommentaryAnswer | None


@dataclass(frozen=True, slots=True)
class Problems:
    """What keeps a step from being taken. Nothing was stored but the draft."""

    problems: tuple[Problem, ...]
    sheet: ReturnSheet


def open_sheet(
    session: Session, slack_id: str, number: int, quarter: Quarter, now: datetime
) -> Opened | NotTaken:
    """The sheet of a target for whoever wants to report it."""
    desk = sit_down(session, slack_id, number, quarter, now)
    if not isinstance(desk, Desk):
        return desk
    typed = typed_figure(session, desk, quarter) or reported_figure(desk.one)
    return Opened(versions.shown(desk), typed)


def take_figure(
    session: Session,
    slack_id: str,
    number: int,
    quarter: Quarter,
    answer: FigureAnswer,
    now: datetime,
) -> FigureTaken | Problems | NotTaken:
    """Keep the first step as a draft and say what colour it gives and what that needs."""
    desk = sit_down(session, slack_id, number, quarter, now)
    if not isinstance(desk, Desk):
        return desk
    returns.save_draft(
        session,
        number,
        quarter,
        desk.who.number,
        now=now,
        figure_step=FIGURES.dump_json(answer).decode(),
    )
    shown = versions.shown(desk)
    judged = judge(desk.one, answer, now)
    if isinstance(judged, tuple):
        return Problems(judged, shown)
    carries = desk.one.target.kind.carries_grant
    return FigureTaken(
        shown,
        desk.one.outcome(judged, desk.one.read(answer.figure)),
        needs(judged.status, carries_grant=carries),
        typed_commentary(session, desk, quarter) or reported_commentary(desk.one),
    )


def judge(one: Reporting, answer: FigureAnswer, now: datetime) -> Decision | tuple[Problem, ...]:
    """The status of a figure step, or its problems."""
    nothing = not answer.figure.strip()
    if nothing and not (answer.no_figure or answer.disputed or one.measured == "plan"):
        return (Problem(ProblemCode.NOT_A_NUMBER, "figure"),)
    try:
        decision, _ = one.decide(answer, None, one.planned.local_day(now))
    except (FigureNotUnderstoodError, ToleranceUndefinedError):
        return (Problem(ProblemCode.NOT_A_NUMBER, "figure"),)
    found = source_problems(decision.status, answer.source, answer.as_at)
    return found or decision


def typed_figure(session: Session, desk: Desk, quarter: Quarter) -> FigureAnswer | None:
    """What this person typed in the first step and has not sent."""
    kept = returns.draft(session, desk.one.target.number, quarter, desk.who.number)
    return FIGURES.validate_json(kept.figure_step) if kept and kept.figure_step else None


def typed_commentary(session: Session, desk: Desk, quarter: Quarter) -> CommentaryAnswer | None:
    """What this person typed in the second step and has not sent."""
    kept = returns.draft(session, desk.one.target.number, quarter, desk.who.number)
    if kept is None or not kept.commentary_step:
        return None
    return COMMENTARIES.validate_json(kept.commentary_step)


def reported_figure(one: Reporting) -> FigureAnswer | None:
    """The first step of the return as it stands, so that a change starts from what was said."""
    record = one.standing
    if record is None:
        return None
    return FigureAnswer(
        figure=format(record.actual, "f") if record.actual is not None else "",
        no_figure=record.actual is None and record.status is Status.NO_DATA,
        disputed=record.disputed,
        source=record.data_source,
        as_at=record.data_as_at,
        quality_confirmed=record.quality_confirmed,
    )


def reported_commentary(one: Reporting) -> CommentaryAnswer | None:
    """The second step of the return as it stands. Its actions and risks are in the registers."""
    record = one.standing
    if record is None:
        return None
    return CommentaryAnswer(
        cause=record.cause,
        reason=record.reason,
        reason_text=record.reason_text,
        expected_on=record.expected_on,
        significant_concern=record.significant_concern,
        grant=record.grant_expectation,
    )
