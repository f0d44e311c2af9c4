"""Chasing the people who are asked for returns: what a stage names, to whom, and how often.

It owns what the reminders before the due day and the nudges after it have in common. Whom a
stage tells is decided by `rules/cadence.py`.
"""

from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property

from sqlmodel import Session

from flows import cycle, owing, posting, resting
from flows.cycle import Cycle
from flows.owing import Owing
from flows.resting import Chaser
from messages.notices import kind_of
from messages.notices.returns import ReturnsOverdue, ReturnsRequested, ReturnsStillMissing
from rules.cadence import Stage, next_reminder_at
from rules.owed import Owed, may_ask_again, named, owed_by_lead
from rules.quarters import Quarter
from store import outbox, snoozes

BY_HAND = "by hand"
ASKING = tuple(
    kind_of(shape.example()) for shape in (ReturnsRequested, ReturnsStillMissing, ReturnsOverdue)
)
"""What counts as asking a lead. A receipt does not, nor what they hear in another role."""


@dataclass(frozen=True)
class Round:
    """One stage's chasing: the quarter's cycle, what is owed, and what the stage names of it."""

    session: Session
    stage: Stage
    planned: Cycle
    picture: Owing
    now: datetime
    owed: tuple[Owed, ...]
    extended: dict[int, date]

    @cached_property
    def asked(self) -> dict[str, int]:
        """How often each person was asked in this quarter, by the end of a message's key."""
        return asked_so_far(self.session, self.stage.quarter)

    def due(self, person: int) -> date:
        """The day somebody's returns were due: the quarter's, or a later one of their own."""
        return max(self.planned.calendar.due, self.extended.get(person, date.min))

    @cached_property
    def leads(self) -> dict[int, tuple[Owed, ...]]:
        """Whom the stage chases for what they owe, who have not been asked often enough yet."""
        most = self.planned.settings.most_messages
        return {
            person: owed
            for person, owed in owed_by_lead(self.owed).items()
            if may_ask_again(self.asked.get(posting.person_mark(person), 0), most)
        }

    def next_reminder(self, person: int) -> date | None:
        """The day of the next reminder before the due day is over, unless it would be too many."""
        once_more = self.asked.get(posting.person_mark(person), 0) + 1
        if not may_ask_again(once_more, self.planned.settings.most_messages):
            return None
        return next_reminder(self.planned, self.now)

    def keep(self, notice: Chaser, person: int) -> bool:
        """Keep a chaser of what one of the stage's leads owes."""
        resting.overtaken(self.session, self.stage, person, type(notice), self.now)
        key = posting.person_key(resting.REMIND, self.stage.quarter, person, self.stage.name)
        return posting.to_person(
            self.session, key, notice, person, due_at=self.stage.at, now=self.now
        )


def begin(session: Session, stage: Stage, now: datetime) -> Round:
    """A stage's chasing, with nothing said yet."""
    planned = cycle.of(session, stage.quarter)
    on = planned.local_day(now)
    picture = owing.in_quarter(session, stage.quarter, on)
    put_off = {one.target: one.until for one in snoozes.in_quarter(session, stage.quarter).values()}
    extended = snoozes.extended(session, stage.quarter)
    owed = named(picture.owed, stage, on, put_off, extended)
    return Round(session, stage, planned, picture, now, owed, extended)


def asked_so_far(session: Session, quarter: Quarter) -> dict[str, int]:
    """How often each person was asked in a quarter unbidden, by the end of a message's key."""
    found: dict[str, int] = {}
    for key in outbox.keys_of(session, ASKING, f":{quarter.label}:"):
        mark = key.rpartition(":")[2]
        if f":{BY_HAND} " not in key:
            found[mark] = found.get(mark, 0) + 1
    return found


def next_reminder(planned: Cycle, now: datetime) -> date | None:
    """The day of the next reminder before the due day is over, or none."""
    at = next_reminder_at(planned.stages, planned.done, now)
    return planned.local_day(at) if at else None
