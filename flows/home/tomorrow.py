"""Who gets what on the next working day, by the rules the tick goes by.

It owns this look ahead: what already rests until then, and what that day's stages add. It must
not keep or send anything. Which stages come is said by `flows/tick.py`, whom each one tells by
`flows/home/telling.py`, and who reads it when by `flows/reaching.py`.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from sqlmodel import Session

from flows import posting, reaching, resting, tick
from flows.cycle import Cycle
from flows.home.telling import Sight, told_at
from flows.reaching import Readers
from messages.notices import Notice, loads, name_of
from messages.notices.home_parts import Coming, Tomorrow
from rules.cadence import Stage, StageKind, too_early
from rules.quarters import Quarter
from store import outbox

MOST_NAMED = 10
"""The people named of those a notice goes to; the others are counted."""


@dataclass(frozen=True, slots=True)
class Expected:
    """One message: of which quarter and shape, meant for whom, and who reads it when."""

    quarter: Quarter | None
    shape: type[Notice]
    at: datetime
    meant_for: int | None = None
    reader: int | None = None
    channel: str | None = None


@dataclass(frozen=True, slots=True)
class Day:
    """The next working day, where the partnership is."""

    on: date
    begins: datetime
    ends: datetime


def tomorrow(session: Session, planned: Cycle, now: datetime) -> Tomorrow:
    """What goes out on the next working day, as things stand."""
    day = _next(planned, now)
    return Tomorrow(day.on, tuple(_condensed(expected(session, day, now), day)))


def expected(session: Session, day: Day, now: datetime) -> tuple[Expected, ...]:
    """Every message of the day, and those of its stages that their readers get later."""
    found = list(_resting(session, day, now))
    stages = _stages(session, day, now)
    readers = reaching.everybody(session, now) if stages else Readers({}, {})
    sights: dict[Quarter, Sight] = {}
    for stage in stages:
        sight = sights.setdefault(stage.quarter, Sight(session, stage.quarter, day.on))
        new = tuple(_of(stage, sight, readers))
        found = [one for one in found if not _is_overtaken(one, stage, new)]
        found.extend(new)
    return tuple(found)


def _next(planned: Cycle, now: datetime) -> Day:
    on = planned.days.add(planned.local_day(now), 1)
    begins = datetime.combine(on, time(), ZoneInfo(planned.calendar.zone))
    return Day(on, begins, begins + timedelta(days=1))


def _stages(session: Session, day: Day, now: datetime) -> tuple[Stage, ...]:
    """The stages of the day, without those that will be passed over."""
    listed = [one for one in tick.coming(session, now, day.ends) if one.at >= day.begins]
    opens = {one.quarter: one.at for one in listed if one.kind is StageKind.OPEN}
    return tuple(
        one
        for one in listed
        if one.quarter not in opens
        or not too_early(one, {StageKind.OPEN.value: opens[one.quarter]})
    )


def _resting(session: Session, day: Day, now: datetime) -> Iterator[Expected]:
    """What is kept already and rests until its reader's hours of that day."""
    for one in outbox.ready_between(session, max(now, day.begins), day.ends):
        notice = loads(one.kind, one.body)
        quarter = getattr(notice, "quarter", None)
        meant_for = posting.person_of(one.key)
        yield Expected(quarter, type(notice), one.ready_at, meant_for, one.to_person)


def _of(stage: Stage, sight: Sight, readers: Readers) -> Iterator[Expected]:
    for shape, told in told_at(stage, sight):
        if isinstance(told, str):
            yield Expected(stage.quarter, shape, stage.at, channel=told)
            continue
        for person in sorted({number for number in told if number is not None}):
            found = readers.reached(person, shape, stage.at)
            yield Expected(stage.quarter, shape, found.at, person, found.person)


def _is_overtaken(one: Expected, stage: Stage, new: tuple[Expected, ...]) -> bool:
    """Whether what rests at a stage's instant is never sent: the stage says it, or ends it."""
    if one.quarter != stage.quarter or one.at <= stage.at or not resting.is_chaser(one.shape):
        return False
    return stage.kind is StageKind.CLOSE or any(
        other.meant_for == one.meant_for
        and resting.is_chaser(other.shape)
        and resting.same_subject(one.shape, other.shape)
        for other in new
    )


def _condensed(found: Iterable[Expected], day: Day) -> Iterator[Coming]:
    grouped: dict[tuple[object, ...], list[Expected]] = {}
    for one in sorted(found, key=lambda one: one.at):
        grouped.setdefault((one.quarter, one.shape, one.channel), []).append(one)
    for alike in grouped.values():
        yield _one(alike, day)


def _one(alike: list[Expected], day: Day) -> Coming:
    """Messages of one kind, the earliest first."""
    first = alike[0]
    same_day = [one for one in alike if one.at < day.ends]
    people = sorted({one.reader for one in same_day if one.reader is not None})
    return Coming(
        first.quarter,
        name_of(first.shape),
        first.at,
        len(people),
        tuple(people[:MOST_NAMED]),
        max(0, len(people) - MOST_NAMED),
        first.channel,
        spread=bool(same_day) and same_day[-1].at > first.at,
        waits=len({one.reader for one in alike if one.at >= day.ends}),
    )
