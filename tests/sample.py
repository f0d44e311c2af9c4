"""The sample's quarter: its instants, and what its leads would type.

It owns no state. The dates are those the board's own paper gives or the rules lead to.
"""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from bot.rehearsal.parts import Part, Way
from rules.answers import ActionAnswer, CommentaryAnswer, FigureAnswer, RiskAnswer
from rules.quarters import Quarter
from rules.vocabulary import Status, StatusReason

QUARTER = Quarter(2008, 2)
LONDON = ZoneInfo("Europe/London")


def london(month: int, day: int, hour: int = 9, minute: int = 0, *, year: int = 2008) -> datetime:
    """An instant by the clocks of the partnership."""
    return datetime(year, month, day, hour, minute, tzinfo=LONDON)


OPENS = london(10, 1)
BEFORE_OPENING = OPENS - timedelta(minutes=5)
REMINDERS = (london(10, 14), london(10, 17), london(10, 21))
OVERDUE = (london(10, 22), london(10, 24), london(10, 28))
CLOSES = london(10, 28, 17)
RUN = london(10, 29)
SPONSORS_REMINDED = (london(10, 31), london(11, 4))
MANAGER_TOLD = london(11, 5)
PREVIEW = london(11, 12)
PACK = london(11, 13)
BOARD = date(2008, 11, 19)


def figure_step(part: Part) -> FigureAnswer:
    """What the lead types in the first step."""
    return FigureAnswer(
        figure=format(part.figure, "f") if part.figure is not None else "",
        no_figure=part.way is Way.NO_FIGURE,
        disputed=part.way is Way.DISPUTED,
        source="Illustrative",
        as_at=QUARTER.end,
        quality_confirmed=True,
    )


def commentary_step(part: Part) -> CommentaryAnswer:
    """What the lead types in the second step; what a status does not need is passed over."""
    undecided = part.wanted is Status.NO_DATA
    likelihood, impact = part.risk or (None, None)
    risk = RiskAnswer(
        text="Illustrative risk", likelihood=likelihood, impact=impact, mitigation="Reviewed"
    )
    return CommentaryAnswer(
        cause=f"Illustrative cause for {part.ref}",
        actions=(ActionAnswer("Illustrative action", "delivery group", date(2009, 1, 30)),),
        risks=(risk,) if part.risk else (),
        risks_reviewed=True,
        reason=StatusReason.AWAITING_RELEASE if undecided else StatusReason.BASE_DATA_DOUBT,
        reason_text="Illustrative reason",
        expected_on=date(2009, 1, 30),
        significant_concern=bool(part.line and part.line.significant_concern),
        grant=part.grant,
    )
