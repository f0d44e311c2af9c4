"""A lead confirms the figure that came in a block's own sheet.

It owns this use case: the figure becomes the first step of the return, as if it were typed. A
draft, or a return that stands, is never written over.
"""

from datetime import datetime

from sqlmodel import Session

from flows.report_target import (
    FigureTaken,
    NotTaken,
    Opened,
    open_sheet,
    sit_down,
    take_figure,
    typed_figure,
)
from messages.notices.refusals import OutOfDate
from rules.answers import FigureAnswer
from rules.quarters import Quarter
from store import gathered


def confirm(
    session: Session, slack_id: str, number: int, quarter: Quarter, now: datetime
) -> FigureTaken | Opened | OutOfDate | NotTaken:
    """The second step, with the figure taken; or the first, where something is still to say."""
    desk = sit_down(session, slack_id, number, quarter, now)
    found = gathered.of_target(session, number, quarter)
    if found is None:
        return OutOfDate()
    opened = open_sheet(session, slack_id, number, quarter, now)
    if not isinstance(opened, Opened) or isinstance(desk, NotTaken):
        return opened
    if desk.one.standing is not None or typed_figure(session, desk, quarter) is not None:
        return opened
    answer = FigureAnswer(
        figure=format(found.figure, "f"),
        source=found.source,
        as_at=found.as_at,
        quality_confirmed=True,
    )
    if found.as_at is None:
        return Opened(opened.sheet, answer)
    taken = take_figure(session, slack_id, number, quarter, answer, now)
    return taken if isinstance(taken, FigureTaken) else Opened(opened.sheet, answer)
