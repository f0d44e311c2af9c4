"""Who gets what on the next working day, by the rules the tick goes by.

It owns this look ahead; it must not keep or send anything. Which stages come is said by
`flows/tick.py`, whom each one tells by `rules/cadence.py` and the escalation rules.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from sqlmodel import Session

from flows import cycle, histories, owing, tick
from flows.cycle import Cycle
from flows.histories import Histories, Walked
from flows.owing import Owing
from flows.places import BOARD, CENTRAL
from messages.notices import Notice, digest, escalations, name_of, returns, window
from messages.notices.home_parts import Coming, Tomorrow
from rules.cadence import (
    Audience,
    Stage,
    StageKind,
    audiences,
    owed_by_lead,
    owed_by_performance_lead,
    owed_by_sponsor,
)
from rules.escalation import data_chase
from rules.vocabulary import EscalationEvent

MOST_NAMED = 10
"""The people named of those a notice goes to; the others are counted."""
ENDED = frozenset({EscalationEvent.RESOLVED, EscalationEvent.WITHDRAWN})

Told = tuple[type[Notice], Iterable[int | None] | str]
"""A class of notices, and the numbers of people or the name of a channel."""


@dataclass(frozen=True, slots=True)
class Sight:
    """A quarter as it stands, with the owners of the day that comes."""

    planned: Cycle
    picture: Owing
    found: Histories


def tomorrow(session: Session, planned: Cycle, now: datetime) -> Tomorrow:
    """What goes out on the next working day, as things stand."""
    day = planned.days.add(planned.local_day(now), 1)
    zone = ZoneInfo(planned.calendar.zone)
    begins = datetime.combine(day, time(), zone)
    stages = tick.coming(session, now, begins + timedelta(days=1))
    wanted = [stage for stage in stages if stage.at >= begins]
    sights = {
        quarter: _sight(session, cycle.of(session, quarter), day)
        for quarter in {stage.quarter for stage in wanted}
    }
    told = (one for stage in wanted for one in _coming(stage, sights[stage.quarter]))
    return Tomorrow(day, tuple(told))


def _sight(session: Session, planned: Cycle, day: date) -> Sight:
    picture = owing.in_quarter(session, planned.quarter, day)
    return Sight(planned, picture, histories.up_to(session, planned, day))


def _coming(stage: Stage, sight: Sight) -> Iterator[Coming]:
    for shape, told in TELLS[stage.kind](stage, sight):
        kind = name_of(shape)
        if isinstance(told, str):
            yield Coming(stage.quarter, kind, stage.at, channel=told)
        elif people := sorted({number for number in told if number is not None}):
            named, more = tuple(people[:MOST_NAMED]), max(0, len(people) - MOST_NAMED)
            yield Coming(stage.quarter, kind, stage.at, len(people), named, more)


def _opening(_stage: Stage, sight: Sight) -> Iterator[Told]:
    yield returns.ReturnsRequested, owed_by_lead(sight.picture.owed)
    yield window.WindowOpened, CENTRAL


def _missed(_stage: Stage, _sight: Sight) -> Iterator[Told]:
    yield window.WindowMissed, CENTRAL


def _reminder(_stage: Stage, sight: Sight) -> Iterator[Told]:
    yield returns.ReturnsStillMissing, owed_by_lead(sight.picture.owed)


def _overdue(stage: Stage, sight: Sight) -> Iterator[Told]:
    owed = sight.picture.owed
    yield returns.ReturnsOverdue, owed_by_lead(owed)
    told = audiences(stage)
    others: set[int] = set()
    if Audience.PERFORMANCE_LEAD in told:
        others.update(owed_by_performance_lead(owed))
    if Audience.SPONSOR in told:
        others.update(owed_by_sponsor(owed))
    yield returns.LeadsOverdue, others
    if Audience.CENTRAL_TEAM in told and any(not item.reported for item in owed):
        yield returns.LeadsOverdue, CENTRAL


def _close(_stage: Stage, _sight: Sight) -> Iterator[Told]:
    yield window.WindowClosed, CENTRAL


def _run(_stage: Stage, sight: Sight) -> Iterator[Told]:
    found, quarter = sight.found, sight.planned.quarter
    asking = [one for one in found.walked if _asks(one, sight)]
    ended = [one for one in found.walked if (step := one.step(quarter)) and step.event in ENDED]
    silent = [
        one
        for one in found.walked
        if one.step(quarter)
        and data_chase((record.quarter, record.status) for record in one.history)
    ]
    yield escalations.SponsorToldOfEscalation, (found.asked(one) for one in asking)
    yield escalations.LeadToldOfEscalation, (one.target.lead for one in asking)
    yield escalations.EscalationsListed, (one.target.performance_lead for one in asking)
    yield escalations.EscalationsListed, CENTRAL
    yield (
        escalations.EscalationEnded,
        (who for one in ended for who in (one.target.lead, one.target.sponsor)),
    )
    managers = found.managers if silent else ()
    yield (
        escalations.DataChase,
        (*(one.target.performance_lead for one in silent), *managers),
    )


def _asks(one: Walked, sight: Sight) -> bool:
    step = one.step(sight.planned.quarter)
    return step is not None and step.event.asks_sponsor


def _sponsors(_stage: Stage, sight: Sight) -> Iterator[Told]:
    yield escalations.SponsorReminded, _unacknowledged(sight)


def _manager(_stage: Stage, sight: Sight) -> Iterator[Told]:
    if _unacknowledged(sight):
        yield escalations.AcknowledgementMissing, sight.found.managers
        yield escalations.AcknowledgementMissing, CENTRAL


def _unacknowledged(sight: Sight) -> list[int | None]:
    return [
        sight.found.asked(one)
        for one, shown in sight.found.all_escalated()
        if shown.event.asks_sponsor and shown.acknowledged_by is None
    ]


def _preview(_stage: Stage, _sight: Sight) -> Iterator[Told]:
    yield digest.DigestParent, CENTRAL


def _publish(_stage: Stage, sight: Sight) -> Iterator[Told]:
    if sight.planned.calendar.board_confirmed:
        yield digest.DigestParent, BOARD
        yield digest.DigestPublished, CENTRAL
    else:
        yield digest.DigestHeld, CENTRAL


TELLS: Mapping[StageKind, Callable[[Stage, Sight], Iterator[Told]]] = {
    StageKind.OPEN: _opening,
    StageKind.MISSED: _missed,
    StageKind.REMIND: _reminder,
    StageKind.OVERDUE: _overdue,
    StageKind.CLOSE: _close,
    StageKind.ESCALATE: _run,
    StageKind.REMIND_SPONSOR: _sponsors,
    StageKind.TELL_MANAGER: _manager,
    StageKind.PREVIEW: _preview,
    StageKind.PUBLISH: _publish,
}
