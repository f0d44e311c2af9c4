"""Pieces the notices' examples share: one quarter of an invented county, roles and no names."""

from datetime import UTC, date, datetime
from decimal import Decimal

from messages.notices.common import ActionLine, Figure, KindCount, LastTime, TargetLine
from messages.notices.common import TargetToReport as ToReport
from rules.quarters import Quarter
from rules.vocabulary import Status

QUARTER = Quarter(2008, 2)
OPENS = date(2008, 10, 1)
DUE = date(2008, 10, 21)
CLOSES = datetime(2008, 10, 28, 17, tzinfo=UTC)
RUN = date(2008, 10, 29)
ACKNOWLEDGE_BY = date(2008, 11, 5)
CARD_DUE = date(2008, 11, 7)
PACK = date(2008, 11, 13)
BOARD = date(2008, 11, 19)
ACKNOWLEDGED = datetime(2008, 10, 29, 14, tzinfo=UTC)
PAUSED = datetime(2008, 10, 8, 10, tzinfo=UTC)
RESUMED = datetime(2008, 10, 13, 10, tzinfo=UTC)
AS_OF = datetime(2008, 11, 13, 9, tzinfo=UTC)
CHECK = "a1b2c3d4"


def homes(value: int) -> Figure:
    """A figure in homes."""
    return Figure(Decimal(value), "homes")


def per_cent(value: str) -> Figure:
    """A figure in per cent, one decimal."""
    return Figure(Decimal(value), "%", 1)


def housing(done: Status | None = None) -> ToReport:
    """A target that was amber last time."""
    last = LastTime(QUARTER.previous, Status.AMBER, homes(280), homes(300))
    return ToReport(3, "LAA1-03", "More affordable housing", last, "Homes completed", done)


def exams(done: Status | None = None) -> ToReport:
    """A target that was not required last time."""
    last = LastTime(QUARTER.previous, Status.NOT_REQUIRED)
    title = "GCSE 5 A-C with English and maths"
    return ToReport(4, "LAA1-04", title, last, done=done)


def owing() -> tuple[TargetLine, ...]:
    """Two targets their lead owes, and one that falls to the performance lead."""
    return (
        TargetLine("LAA1-03", "More affordable housing", 17),
        TargetLine("LAA1-04", "GCSE 5 A-C with English and maths", 17),
        unled(),
    )


def unled() -> TargetLine:
    """A target without a lead, asked of its performance lead."""
    return TargetLine("LAA2-NI154", "Net additional homes provided", None, 5)


def planned() -> tuple[ActionLine, ...]:
    """One action."""
    return (ActionLine("Tutor for every pupil in care", "Education lead", date(2009, 1, 30)),)


def stretch_counts() -> KindCount:
    """Counts of one kind."""
    counts = (
        (Status.RED, 3),
        (Status.AMBER, 4),
        (Status.GREEN, 5),
        (Status.UNCERTAIN, 2),
        (Status.NO_DATA, 1),
    )
    return KindCount("Stretch targets", counts)


def second_counts() -> KindCount:
    """Counts of another kind, with reds for want of data."""
    counts = (
        (Status.RED, 8),
        (Status.AMBER, 10),
        (Status.GREEN, 10),
        (Status.TARGET_TO_BE_SET, 16),
    )
    return KindCount("LAA2", counts, red_for_want_of_data=3)
