"""Starting a return: opening its sheet, and taking its figure.

It owns the first step of a return. What was typed is kept as a draft before it is judged, so
that nothing typed is lost. The second step is `flows/submit_return.py`.
"""

from dataclasses import dataclass, replace
from datetime import datetime

from sqlmodel import Session

from flows import coaching, typed, versions
from flows.reported import reported_commentary, reported_figure
from flows.sheet import Reporting
from flows.sitting_down import Desk, NotTaken, sit_down
from messages.notices.sheets import Outcome, ReturnSheet, Sitting
from rules.answers import CommentaryAnswer, FigureAnswer
from rules.commentary import Needs, Problem, ProblemCode, needs, source_problems
from rules.figures import FigureNotUnderstoodError, as_typed
from rules.override import standing as what_stands
from rules.quarters import Quarter
from rules.status import Decision, ToleranceUndefinedError
from store import inbox

NEW = Sitting()


@dataclass(frozen=True, slots=True)
class Opened:
    """A sheet to fill in, with what is known already: a draft, a return, a gathered figure."""

    sheet: ReturnSheet
    typed: FigureAnswer | None
    sitting: Sitting = NEW


@dataclass(frozen=True, slots=True)
class FigureTaken:
    """A figure that was read: the outcome, what it needs now, and what was typed before."""

    sheet: ReturnSheet
    outcome: Outcome
    needs: Needs
    typed: CommentaryAnswer | None
    sitting: Sitting = NEW


@dataclass(frozen=True, slots=True)
class Problems:
    """What keeps a step from being taken. Nothing was stored but the draft.

    `step` is the second step as it should be shown, where that is what was sent.
    """

    problems: tuple[Problem, ...]
    sheet: ReturnSheet
    step: FigureTaken | None = None


def open_sheet(
    session: Session, slack_id: str, number: int, quarter: Quarter, now: datetime
) -> Opened | NotTaken:
    """The sheet of a target for whoever wants to report it."""
    desk = sit_down(session, slack_id, number, quarter, now)
    return opened(session, desk) if isinstance(desk, Desk) else desk


def opened(session: Session, desk: Desk) -> Opened:
    """The first step, with the person's own draft before all else that is known."""
    one, quarter = desk.one, desk.one.planned.quarter
    own = typed.of(session, one.target.number, quarter, desk.who.number)
    said = one.standing.submitted_at if one.standing else None
    newer = max((at for at in (own.saved_at, said) if at), default=None)
    others = typed.of_others(session, desk.who, one.target, quarter, newer)
    shown = versions.shown(desk)
    sitting = Sitting(saved_at=own.saved_at, others=others)
    answer = own.figure or reported_figure(one)
    if answer is None and one.gathered is not None:
        return Opened(replace(shown, gathered_from=one.gathered.source), _gathered(one), sitting)
    return Opened(shown, answer, sitting)


def take_figure(
    session: Session,
    slack_id: str,
    number: int,
    quarter: Quarter,
    answer: FigureAnswer,
    now: datetime,
    form: str = "",
) -> FigureTaken | Problems | NotTaken:
    """Keep the first step as a draft and say what colour it gives and what that needs."""
    desk = sit_down(session, slack_id, number, quarter, now)
    if not isinstance(desk, Desk):
        return desk
    before = typed.of(session, number, quarter, desk.who.number)
    typed.save_figure(session, number, quarter, desk.who.number, answer, now)
    commentary = before.commentary or reported_commentary(session, desk.one)
    saved_at = before.saved_at if before.commentary else None
    advised = inbox.seen(session, coaching.advised_key(form))
    return second_step(desk, answer, commentary, Sitting(saved_at, advised=advised), now)


def second_step(
    desk: Desk,
    answer: FigureAnswer,
    commentary: CommentaryAnswer | None,
    sitting: Sitting,
    now: datetime,
) -> FigureTaken | Problems:
    """The colour of a figure, what stands in its place, and what that needs."""
    one = desk.one
    shown = versions.shown(desk)
    computed = judge(one, answer, now)
    if isinstance(computed, tuple):
        return Problems(computed, shown)
    override = what_stands(computed, commentary.proposed if commentary else None)
    outcome = one.outcome(computed, one.read(answer.figure), override)
    status = outcome.standing
    wanted = needs(
        status, carries_grant=one.target.kind.carries_grant, judged=outcome.stands is not None
    )
    found = coaching.shown(one, override, commentary) if commentary else ()
    return FigureTaken(shown, outcome, wanted, commentary, replace(sitting, advice=found))


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


def _gathered(one: Reporting) -> FigureAnswer | None:
    """A figure that came in a sheet, for its lead to check. The quality is theirs to confirm."""
    found = one.gathered
    if found is None:
        return None
    last = one.earlier[-1].data_source if one.earlier else ""
    return FigureAnswer(
        figure=as_typed(found.figure),
        source=last or found.source,
        as_at=found.as_at or one.planned.quarter.end,
    )
