"""What the Home tab holds, and `mine` says: everything that is somebody's, whatever they are."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Self

from messages.ids import Action
from messages.notices import samples
from messages.notices.actions import OpenAction, samples_in_time, samples_overdue
from messages.notices.escalations import EscalatedTarget
from messages.notices.home_parts import (
    BoardView,
    CardDue,
    Coming,
    DraftLine,
    HomePart,
    NextDate,
    Overview,
    Page,
    PersonOwing,
    TargetRow,
    ToDo,
    Tomorrow,
    Watched,
)
from rules.quarters import Quarter
from rules.vocabulary import EscalationEvent, RiskRating, Status


@dataclass(frozen=True, slots=True)
class Home:
    """Everything that is a person's, the most pressing first.

    `left` returns and `waiting` acknowledgements are theirs, and `late` actions are overdue;
    `todos` begin with `quarter`.
    `targets` show the quarters of `columns`. `owing` and `tomorrow` are for whoever follows the
    quarter; of `owed` returns. `to_accept` returns wait to be accepted, and the colours proposed
    for `proposals`, by reference, to be agreed to. `areas` of the set-up have buttons where
    somebody `sets_up`. `pages` tell what is shown of parts that are too long; without
    `turns` there are no buttons to see the others.
    """

    quarter: Quarter
    due: date
    left: int = 0
    waiting: int = 0
    late: int = 0
    roles_known: bool = True
    todos: tuple[ToDo, ...] = ()
    drafts: tuple[DraftLine, ...] = ()
    cards: tuple[CardDue, ...] = ()
    actions: tuple[OpenAction, ...] = ()
    columns: tuple[Quarter, ...] = ()
    targets: tuple[TargetRow, ...] = ()
    overviews: tuple[Overview, ...] = ()
    watched: tuple[Watched, ...] = ()
    follows: bool = False
    owed: int = 0
    owing: tuple[PersonOwing, ...] = ()
    to_accept: int = 0
    proposals: tuple[str, ...] = ()
    sets_up: bool = False
    areas: tuple[Action, ...] = ()
    tomorrow: Tomorrow | None = None
    board: BoardView | None = None
    dates: tuple[NextDate, ...] = ()
    pages: tuple[Page, ...] = ()
    turns: bool = True

    @classmethod
    def example(cls) -> Self:
        """Somebody who is everything at once."""
        quarter = samples.QUARTER
        targets = (samples.exams(), samples.housing(Status.AMBER))
        return cls(
            quarter,
            samples.DUE,
            left=1,
            waiting=1,
            late=1,
            todos=(ToDo(quarter, samples.DUE, targets, (EscalatedTarget.example(),)),),
            drafts=(
                DraftLine(4, quarter, samples.exams().ref, samples.exams().title, _SAVED),
                DraftLine(9, quarter.previous, "LAA1-09", "Fewer fires", _SAVED, open=False),
            ),
            cards=(CardDue(quarter, EscalatedTarget.second_example(), samples.CARD_DUE),),
            actions=(samples_overdue(), samples_in_time()),
            columns=tuple(quarter.shifted(back) for back in (-3, -2, -1, 0)),
            targets=(
                TargetRow("LAA1-03", "More affordable housing", _FOUR),
                TargetRow("LAA1-04", samples.exams().title, (None, Status.RED, None, None)),
            ),
            overviews=(_overview(), _partnership()),
            watched=(_watched(),),
            follows=True,
            owed=3,
            owing=(
                PersonOwing(17, ("LAA1-03", "LAA1-04"), _SAVED),
                PersonOwing(5, ("LAA2-NI154",), away_until=samples.DUE, stand_in=6),
                PersonOwing(None, ("LAA2-NI155",)),
            ),
            to_accept=4,
            proposals=("LAA1-03",),
            sets_up=True,
            areas=(Action.SETUP_TARGETS, Action.SETUP_ROLES),
            tomorrow=Tomorrow(date(2008, 10, 14), _coming()),
            board=BoardView(
                quarter.previous, samples.AS_OF, quarter, samples.BOARD, confirmed=False
            ),
            dates=(
                NextDate(quarter, "due", samples.DUE),
                NextDate(quarter, "board", samples.BOARD),
            ),
            pages=(Page(HomePart.OWING, 4, 6, 12, 0, 2),),
        )


_SAVED = datetime.combine(samples.DUE, samples.CLOSES.time(), samples.CLOSES.tzinfo)
_FOUR = (Status.RED, Status.AMBER, Status.NOT_REQUIRED, Status.GREEN)


def _overview() -> Overview:
    owing = (PersonOwing(17, ("LAA1-03", "LAA1-04")),)
    colours = (samples.stretch_counts(),)
    return Overview("Economic Development and Enterprise", True, 6, 2, colours, owing)  # open


def _partnership() -> Overview:
    return Overview(
        "Children's Trust",
        open=False,
        reported=9,
        missing=0,
        colours=(samples.second_counts(),),
        owing=(),
        is_partnership=True,
    )


def _watched() -> Watched:
    return Watched(
        "LAA1-06",
        "In care achieving 5 GCSE A-G",
        Status.RED,
        RiskRating.HIGH,
        EscalationEvent.NEW,
        17,
        21,
        8,
        5,
    )


def _coming() -> tuple[Coming, ...]:
    return (
        Coming(
            samples.QUARTER,
            "returns_still_missing",
            samples.AS_OF,
            12,
            (17, 18),
            10,
            spread=True,
            waits=1,
        ),
        Coming(samples.QUARTER, "window_closed", samples.CLOSES, channel="CENTRAL_CHANNEL"),
    )


@dataclass(frozen=True, slots=True)
class Nudged:
    """Somebody was reminded by a press. `again` when that was done before today.

    `reader` is who got it in their place; `rests` when it waits for somebody's working hours.
    """

    person: int
    at: datetime
    again: bool = False
    reader: int | None = None
    rests: bool = False

    @classmethod
    def example(cls) -> Self:
        """A second press."""
        return cls(17, _SAVED, again=True)


@dataclass(frozen=True, slots=True)
class NoteSent:
    """A note to all who owe is on its way.

    `stand_ins` are those who get it in somebody's place.
    """

    quarter: Quarter
    people: int
    returns: int
    stand_ins: tuple[int, ...] = ()

    @classmethod
    def example(cls) -> Self:
        """To twelve people."""
        return cls(samples.QUARTER, 12, 31, (17,))
