"""Reminders, only for what is still missing: by the calendar and by hand.

It owns these use cases. Whom a stage tells is decided by `rules/cadence.py`.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from flows import cycle, lines, owing, posting
from flows.cycle import Cycle
from flows.open_window import next_reminder
from flows.owing import Owing
from flows.places import CENTRAL
from messages.notices import Notice
from messages.notices.answers import Reminded
from messages.notices.refusals import NothingToRemind
from messages.notices.returns import Audience as Reader
from messages.notices.returns import LeadsOverdue, NextStep, ReturnsOverdue, ReturnsStillMissing
from rules.cadence import (
    OVERDUE_AUDIENCES,
    Audience,
    Owed,
    Stage,
    StageKind,
    audiences,
    owed_by_lead,
    owed_by_performance_lead,
    owed_by_sponsor,
)
from rules.quarters import Quarter

EVERYONE = "all"
READERS: dict[Audience, Reader] = {
    Audience.PERFORMANCE_LEAD: "performance_lead",
    Audience.CENTRAL_TEAM: "central_team",
    Audience.SPONSOR: "sponsor",
}


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
    planned = cycle.of(session, stage.quarter)
    picture = owing.in_quarter(session, stage.quarter, planned.local_day(now))
    if stage.kind is StageKind.REMIND:
        return _before_due(session, planned, picture, stage, now)
    told = audiences(stage)
    kept = _leads_overdue(session, planned, picture, stage, now)
    if Audience.PERFORMANCE_LEAD in told:
        kept += _others(
            session,
            planned,
            picture,
            stage,
            now,
            Audience.PERFORMANCE_LEAD,
            owed_by_performance_lead(picture.owed),
        )
    if Audience.SPONSOR in told:
        kept += _others(
            session,
            planned,
            picture,
            stage,
            now,
            Audience.SPONSOR,
            owed_by_sponsor(picture.owed),
        )
    if Audience.CENTRAL_TEAM in told:
        kept += _central(session, planned, picture, stage, now)
    return kept


def remind_by_hand(
    session: Session, quarter: Quarter, wanted: Wanted, now: datetime, occasion: str
) -> Reminded | NothingToRemind:
    """Remind everybody who owes, one person of all they owe, or whoever owes one target of it.

    `occasion` names this command once and for all, so that a repeated delivery reminds nobody
    twice.
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
        notice = _missing(planned, picture, owed, now, by_hand=True)
        key = posting.person_key("remind", quarter, person, f"by hand {occasion}")
        posting.to_person(session, key, notice, person, due_at=now, now=now)
    count = sum(len(owed) for owed in grouped.values())
    return Reminded(quarter, tuple(grouped), count, skipped=())


def _before_due(
    session: Session, planned: Cycle, picture: Owing, stage: Stage, now: datetime
) -> int:
    kept = 0
    for person, owed in owed_by_lead(picture.owed).items():
        notice = _missing(planned, picture, owed, now)
        kept += _keep(session, stage, notice, person, now)
    return kept


def _missing(
    planned: Cycle, picture: Owing, owed: tuple[Owed, ...], now: datetime, *, by_hand: bool = False
) -> ReturnsStillMissing:
    return ReturnsStillMissing(
        planned.quarter,
        planned.calendar.due,
        picture.to_report(owed),
        next_reminder(planned, now),
        by_hand,
    )


def _leads_overdue(
    session: Session, planned: Cycle, picture: Owing, stage: Stage, now: datetime
) -> int:
    calendar = planned.calendar
    kept = 0
    for person, owed in owed_by_lead(picture.owed).items():
        notice = ReturnsOverdue(
            stage.quarter,
            calendar.due,
            calendar.closes_at,
            picture.to_report(owed),
            _next_step(planned, stage),
        )
        kept += _keep(session, stage, notice, person, now)
    return kept


def _next_step(planned: Cycle, stage: Stage) -> NextStep:
    later = stage.step + 1
    if later >= len(planned.calendar.overdue):
        return "close"
    added = OVERDUE_AUDIENCES[min(later, len(OVERDUE_AUDIENCES) - 1)]
    return "central_team" if Audience.CENTRAL_TEAM in added else "performance_lead"


def _others(
    session: Session,
    planned: Cycle,
    picture: Owing,
    stage: Stage,
    now: datetime,
    audience: Audience,
    grouped: Mapping[int, tuple[Owed, ...]],
) -> int:
    kept = 0
    for person, owed in grouped.items():
        notice = _overdue_lines(planned, picture, owed, audience)
        key = posting.person_key("remind", stage.quarter, person, f"{stage.name} {audience}")
        kept += posting.to_person(session, key, notice, person, due_at=stage.at, now=now)
    return kept


def _central(session: Session, planned: Cycle, picture: Owing, stage: Stage, now: datetime) -> int:
    owed = tuple(item for item in picture.owed if not item.reported)
    if not owed:
        return 0
    notice = _overdue_lines(planned, picture, owed, Audience.CENTRAL_TEAM)
    key = posting.key("remind", stage.quarter, stage.name, "central team")
    return posting.to_channel(session, key, notice, CENTRAL, due_at=stage.at, now=now)


def _overdue_lines(
    planned: Cycle, picture: Owing, owed: tuple[Owed, ...], audience: Audience
) -> LeadsOverdue:
    missing = [picture.targets[item.target] for item in owed]
    scope = {
        Audience.PERFORMANCE_LEAD: lines.one_name(one.block_name for one in missing),
        Audience.SPONSOR: lines.one_name(one.partnership_name for one in missing),
    }
    return LeadsOverdue(
        planned.quarter,
        planned.calendar.due,
        planned.calendar.closes_at,
        READERS[audience],
        scope.get(audience, ""),
        lines.owed_lines(owed, picture.targets),
    )


def _keep(session: Session, stage: Stage, notice: Notice, person: int, now: datetime) -> bool:
    key = posting.person_key("remind", stage.quarter, person, stage.name)
    return posting.to_person(session, key, notice, person, due_at=stage.at, now=now)
