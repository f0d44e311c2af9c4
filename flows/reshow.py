"""Showing the second step of a return again, with everything typed so far kept as a draft.

It owns this one use case: another row for an action.
"""

from datetime import datetime

from sqlmodel import Session

from flows.report_target import (
    COMMENTARIES,
    FigureTaken,
    Problems,
    take_figure,
    typed_figure,
)
from flows.sitting_down import Desk, NotTaken, sit_down
from rules.answers import CommentaryAnswer, FigureAnswer
from rules.quarters import Quarter
from store import returns


def reshow(
    session: Session,
    slack_id: str,
    number: int,
    quarter: Quarter,
    answer: CommentaryAnswer,
    now: datetime,
) -> FigureTaken | Problems | NotTaken:
    """Keep what was typed and give the second step anew."""
    desk = sit_down(session, slack_id, number, quarter, now)
    if not isinstance(desk, Desk):
        return desk
    returns.save_draft(
        session,
        number,
        quarter,
        desk.who.number,
        now=now,
        commentary_step=COMMENTARIES.dump_json(answer).decode(),
    )
    figure = typed_figure(session, desk, quarter) or FigureAnswer()
    return take_figure(session, slack_id, number, quarter, figure, now)
