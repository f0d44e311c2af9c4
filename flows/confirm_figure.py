"""A lead confirms the figure that came in a block's own sheet.

It owns this use case: the figure becomes the first step of the return, as if it were typed. A
draft, or a return that stands, is never written over.
"""

from dataclasses import replace
from datetime import datetime

from sqlmodel import Session

from flows import typed
from flows.report_target import FigureTaken, Opened, opened, take_figure
from flows.sitting_down import Desk, NotTaken, sit_down
from messages.notices.refusals import OutOfDate
from rules.answers import FigureAnswer
from rules.figures import as_typed
from rules.quarters import Quarter
from store import gathered


def confirm(
    session: Session, slack_id: str, number: int, quarter: Quarter, now: datetime
) -> FigureTaken | Opened | OutOfDate | NotTaken:
    """The second step, with the figure taken; or the first, where something is still to say."""
    desk = sit_down(session, slack_id, number, quarter, now)
    if not isinstance(desk, Desk):
        return desk
    found = gathered.of_target(session, number, quarter)
    if found is None:
        return OutOfDate()
    shown = opened(session, desk)
    own = typed.of(session, number, quarter, desk.who.number).figure
    if desk.one.standing is not None or own is not None:
        return shown
    answer = FigureAnswer(
        figure=as_typed(found.figure),
        source=found.source,
        as_at=found.as_at,
        quality_confirmed=True,
    )
    if found.as_at is None:
        return replace(shown, typed=answer)
    taken = take_figure(session, slack_id, number, quarter, answer, now)
    return taken if isinstance(taken, FigureTaken) else replace(shown, typed=answer)
