"""The parts of a Home: lines and rows of what is somebody's, each under its own shape.

It owns their shapes and nothing of their wording.
"""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from messages.notices.common import KindCount, Stead, TargetToReport
from messages.notices.escalations import EscalatedTarget
from rules.quarters import Quarter
from rules.vocabulary import EscalationEvent, RiskRating, Status


class HomePart(StrEnum):
    """The parts of a Home that can be longer than a view, and are turned over page by page."""

    REPORT = "report"
    DRAFTS = "drafts"
    WAITING = "waiting"
    CARDS = "cards"
    ACTIONS = "actions"
    TARGETS = "targets"
    WATCHED = "watched"
    OWING = "owing"


@dataclass(frozen=True, slots=True)
class Page:
    """What is shown of a part: from `first` to `last`, counted from 1, of all.

    `before` and `after` are the numbers of the pages before and after this one, from 0.
    """

    part: HomePart
    first: int
    last: int
    of: int
    before: int | None = None
    after: int | None = None


@dataclass(frozen=True, slots=True)
class ToDo:
    """What one quarter asks of a person: targets to report, escalations to acknowledge.

    `stead` says in whose place they are asked, where it is not their own list. `paused_at` is
    since when the quarter is paused, if it is.
    """

    quarter: Quarter
    due: date
    targets: tuple[TargetToReport, ...]
    escalations: tuple[EscalatedTarget, ...]
    stead: Stead | None = None
    paused_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class DraftLine:
    """A return that was begun and not sent. `open` while it can still be."""

    number: int
    quarter: Quarter
    ref: str
    title: str
    saved_at: datetime
    open: bool = True


@dataclass(frozen=True, slots=True)
class CardDue:
    """A report card asked of a lead."""

    quarter: Quarter
    target: EscalatedTarget
    due: date


@dataclass(frozen=True, slots=True)
class TargetRow:
    """A target with its last four quarters, oldest first; none where nothing was reported."""

    ref: str
    title: str
    statuses: tuple[Status | None, ...]


@dataclass(frozen=True, slots=True)
class PersonOwing:
    """Somebody who still owes, by number, or nobody where no one is asked; and for which refs.

    `nudged_at` is when they were reminded by a press today, if they were. While they are away
    it is until a day, and somebody may answer meanwhile.
    """

    person: int | None
    refs: tuple[str, ...]
    nudged_at: datetime | None = None
    away_until: date | None = None
    stand_in: int | None = None


@dataclass(frozen=True, slots=True)
class Overview:
    """How a block or a partnership stands in the quarter. `open` while returns can come in.

    `owing` are people who still owe; `more` count others beside them.
    """

    name: str
    open: bool
    reported: int
    missing: int
    colours: tuple[KindCount, ...]
    owing: tuple[PersonOwing, ...]
    more: int = 0
    is_partnership: bool = False


@dataclass(frozen=True, slots=True)
class Watched:
    """A target with a high risk or an escalation, and who supports it (A10)."""

    ref: str
    title: str
    status: Status | None
    risk: RiskRating | None
    event: EscalationEvent | None
    lead: int | None
    sponsor: int | None
    liaison: int | None
    performance_lead: int | None


@dataclass(frozen=True, slots=True)
class Coming:
    """One kind of notice that goes out on a coming day: of which quarter, when, and to whom.

    It goes to `told` people, `people` among them by number and `more` beside these, or to
    `channel` by name. `at` is the earliest; when `spread`, some get it later that day, in their
    own hours. `waits` counts those beside them who get it on a later day.
    """

    quarter: Quarter | None
    kind: str
    at: datetime
    told: int = 0
    people: tuple[int, ...] = ()
    more: int = 0
    channel: str | None = None
    spread: bool = False
    waits: int = 0


@dataclass(frozen=True, slots=True)
class Tomorrow:
    """What goes out on the next working day, as things stand."""

    day: date
    coming: tuple[Coming, ...]


@dataclass(frozen=True, slots=True)
class NextDate:
    """A date that concerns somebody, under its name in `rules.calendar.QuarterCalendar`."""

    quarter: Quarter
    name: str
    day: date


@dataclass(frozen=True, slots=True)
class BoardView:
    """What a board member looks for: the latest digest, and when the board meets next."""

    published: Quarter | None
    published_at: datetime | None
    quarter: Quarter
    meets: date
    confirmed: bool
