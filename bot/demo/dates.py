"""The demo's dates: where one can jump to, when a run is over, and what is due, in words.

It owns reading the bot's own calendar for the clock bar. It must not move a clock.
"""

from collections.abc import Iterator
from datetime import datetime

from sqlmodel import Session

from flows import cycle, tick
from flows.cycle import Cycle
from messages.wording.days import months
from rules.cadence import Stage, StageKind
from rules.quarters import QUARTERS_A_YEAR, Quarter, reporting_quarter
from rules.vocabulary import QuarterState
from store import quarters
from workspace.clock_endpoints import Landmark
from workspace.runs import Length, News

LENGTHS = (
    Length("quarter", "This quarter, until its board meets"),
    Length("year", "A year, until four boards have met"),
)
QUARTERS_IN = {"quarter": 1, "year": QUARTERS_A_YEAR}

HAPPENS: dict[StageKind, str] = {
    StageKind.OPEN: "the window for {months} opens, and every lead is asked",
    StageKind.MISSED: "the window for {months} was missed",
    StageKind.HAND_OVER: "what is asked for {months} goes to whoever takes over",
    StageKind.REMIND: "leads who have not reported for {months} are reminded",
    StageKind.OVERDUE: "what is overdue for {months} is chased",
    StageKind.CLOSE: "the window for {months} closes",
    StageKind.EXTENSION_OVER: "the extra time somebody had for {months} is over",
    StageKind.ESCALATE: "the escalation run for {months}: sponsors and leads are told",
    StageKind.REMIND_SPONSOR: "sponsors who have not acknowledged for {months} are reminded",
    StageKind.TELL_MANAGER: "the LAA manager is told whose acknowledgement for {months} is missing",
    StageKind.PREVIEW: "the central team sees the digest for {months} before the board does",
    StageKind.PUBLISH: "the digest for {months} is published to the board",
}
HELD = "the digest for {months} is held: nobody has confirmed the board's date"
MAIN = frozenset({StageKind.OPEN, StageKind.CLOSE, StageKind.ESCALATE, StageKind.PUBLISH})
"""What a run has read out; the rest only stands in its line."""


def landmarks(session: Session, now: datetime) -> tuple[Landmark, ...]:
    """What is ahead, by name. What is past in this quarter is the next quarter's."""
    this = current(session, now)
    ahead: dict[str, Landmark] = {}
    for quarter in (this, this.next):
        for one in _of(cycle.of(session, quarter)):
            if one.at > now:
                ahead.setdefault(one.name, one)
    return (*_next(session, now), *sorted(ahead.values(), key=lambda one: one.at))


def current(session: Session, now: datetime) -> Quarter:
    """The quarter whose board meets next."""
    quarter = reporting_quarter(cycle.today(session, now))
    planned = cycle.of(session, quarter).calendar
    return quarter if now < planned.at(planned.board) else quarter.next


def ends(session: Session, length: str, now: datetime) -> datetime:
    """When a run of a length is over: as its last board meets. Raises `KeyError`."""
    last = current(session, now).shifted(QUARTERS_IN[length] - 1)
    planned = cycle.of(session, last).calendar
    return planned.at(planned.board)


def open_quarters(session: Session) -> tuple[Quarter, ...]:
    """The quarters whose window is open."""
    return tuple(one.quarter for one in quarters.running(session) if one.state is QuarterState.OPEN)


def unpublished(session: Session) -> tuple[Quarter, ...]:
    """The quarters in which people have something to do still: opened, and not published."""
    opened = quarters.running(session)
    return tuple(one.quarter for one in opened if one.state is not QuarterState.PUBLISHED)


def due(session: Session, now: datetime) -> tuple[News, ...]:
    """What the bot is about to do, in words; what a later message says better is left out."""
    return tuple(
        News(now, _capital(_words(session, one.stage)), is_main=one.stage.kind in MAIN)
        for one in tick.due_now(session, now)
        if not one.passed_over
    )


def _next(session: Session, now: datetime) -> Iterator[Landmark]:
    following = tick.next_due(session, now)
    if following is None:
        return
    this = current(session, now)
    stages = [
        stage
        for quarter in (this.previous, this, this.next)
        for stage in cycle.of(session, quarter).stages
        if stage.at == following
    ]
    for stage in stages[:1]:
        yield Landmark("Next", _words(session, stage), following)


def _of(planned: Cycle) -> Iterator[Landmark]:
    dates, about = planned.calendar, months(planned.quarter)
    for name, day in (
        ("The window opens", dates.opens),
        ("Returns are due", dates.due),
        ("The escalation run", dates.escalation_run),
        ("The digest is published", dates.pack),
        ("The board meets", dates.board),
    ):
        yield Landmark(name, about, dates.at(day))


def _words(session: Session, stage: Stage) -> str:
    words = HAPPENS[stage.kind]
    if stage.kind is StageKind.PUBLISH:
        confirmed = cycle.of(session, stage.quarter).calendar.board_confirmed
        words = words if confirmed else HELD
    return words.format(months=months(stage.quarter))


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]
