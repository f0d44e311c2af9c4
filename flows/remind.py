"""Reminders, only for what is still missing: by the calendar and by hand.

It owns these use cases. What follows the due day stands in `flows/overdue.py`.
"""

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from flows import chasing, cycle, owing, posting, reaching, resting, uncovered
from flows.chasing import BY_HAND, Round, next_reminder
from flows.overdue import nudge
from messages.notices.answers import Reminded
from messages.notices.refusals import NothingToRemind
from messages.notices.returns import ReturnsStillMissing
from rules.cadence import Stage, StageKind
from rules.owed import Owed, owed_by_lead
from rules.quarters import Quarter
from store import outbox

EVERYONE = "all"


@dataclass(frozen=True, slots=True)
class Wanted:
    """Whom a reminder by hand is for: a person by number, a target by number, or everybody."""

    words: str = EVERYONE
    person: int | None = None
    target: int | None = None

    def includes(self, person: int, owed: Owed) -> bool:
        """Whether it is for this person and what they owe."""
        if self.person is not None:
            return self.person == person
        return self.target is None or self.target == owed.target


def remind(session: Session, stage: Stage, now: datetime) -> int:
    """Say a stage's reminders to whoever still owes; how many were kept to be said."""
    this = chasing.begin(session, stage, now)
    if stage.kind is StageKind.REMIND:
        uncovered.tell(session, this.planned, this.picture, due_at=stage.at, now=now)
        return _before_due(this)
    return nudge(this)


def remind_by_hand(
    session: Session, quarter: Quarter, wanted: Wanted, now: datetime, occasion: str
) -> Reminded | NothingToRemind:
    """Remind everybody who owes, one person of all they owe, or whoever owes one target of it.

    `occasion` names this command once and for all, so that a repeated delivery reminds nobody
    twice. What was put off is named too, and it does not count among a lead's messages.
    """
    planned = cycle.of(session, quarter)
    picture = owing.in_quarter(session, quarter, planned.local_day(now))
    grouped = {
        person: matching
        for person, owed in owed_by_lead(picture.owed).items()
        if (matching := tuple(item for item in owed if wanted.includes(person, item)))
    }
    if not planned.is_open or not grouped:
        return NothingToRemind(quarter, wanted.words)
    for person, owed in grouped.items():
        notice = ReturnsStillMissing(
            quarter,
            planned.calendar.due,
            picture.to_report(owed),
            next_reminder(planned, now),
            by_hand=True,
            person=person,
        )
        key = posting.person_key(resting.REMIND, quarter, person, f"{BY_HAND} {occasion}")
        posting.to_person(session, key, notice, person, due_at=now, now=now)
    count = sum(len(owed) for owed in grouped.values())
    start = posting.key(resting.REMIND, quarter, f"{BY_HAND} {occasion}", "")
    rests = len(outbox.resting(session, now, start=start))
    stand_ins = reaching.stand_ins_for(session, grouped, ReturnsStillMissing, now)
    return Reminded(quarter, tuple(grouped), count, (), rests, stand_ins)


def _before_due(this: Round) -> int:
    kept = 0
    for person, owed in this.leads.items():
        notice = ReturnsStillMissing(
            this.stage.quarter,
            this.planned.calendar.due,
            this.picture.to_report(owed),
            this.next_reminder(person),
            person=person,
        )
        kept += this.keep(notice, person)
    return kept
