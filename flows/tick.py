"""A minute passes: whatever is due by now is done, once.

It owns walking the quarters and their stages. It must not decide what is due: that is
`rules/cadence.py`. A second tick, a restart or a second process changes nothing, as every
stage is marked done in the transaction that does it.
"""

from collections.abc import Callable, Collection, Iterator, Mapping
from datetime import datetime

from sqlmodel import Session

from flows import cycle
from flows.acknowledge import remind_sponsors
from flows.close_window import close_window, end_extra_time
from flows.cycle import Cycle
from flows.escalate import escalate
from flows.hand_over import hand_over
from flows.open_window import open_window, tell_missed
from flows.publish import preview_in_channel, publish
from flows.remind import remind
from messages.notices.digest import DigestHeld
from rules.cadence import Due, Stage, StageKind, due, missed, next_at
from rules.quarters import Quarter, reporting_quarter
from rules.vocabulary import QuarterState
from store import installation, quarters, targets

OF_A_QUARTER: Mapping[StageKind, Callable[..., object]] = {
    StageKind.OPEN: open_window,
    StageKind.MISSED: tell_missed,
    StageKind.HAND_OVER: hand_over,
    StageKind.CLOSE: close_window,
    StageKind.EXTENSION_OVER: end_extra_time,
    StageKind.ESCALATE: escalate,
    StageKind.PREVIEW: preview_in_channel,
}
OF_PEOPLE: Mapping[StageKind, Callable[[Session, Stage, datetime], int]] = {
    StageKind.REMIND: remind,
    StageKind.OVERDUE: remind,
    StageKind.REMIND_SPONSOR: remind_sponsors,
    StageKind.TELL_MANAGER: remind_sponsors,
}
AFTER_PUBLISHING = frozenset({StageKind.REMIND_SPONSOR, StageKind.TELL_MANAGER})
PUBLISHED_FOLLOWED = 2
"""Published quarters looked at: a sponsor's last day may come after the digest went out."""
LOOKED_BACK = 8
"""Quarters looked at for a window that nobody opened: two years away are made up for."""


def due_now(session: Session, now: datetime) -> tuple[Due, ...]:
    """The stages of every running quarter that are due, oldest quarter first."""
    found: list[Due] = []
    for quarter in _quarters(session, reporting_quarter(cycle.today(session, now))):
        planned = cycle.of(session, quarter)
        found.extend(due(_still_to_do(planned, now), planned.done, now))
    return tuple(found)


def next_due(session: Session, now: datetime) -> datetime | None:
    """The instant of the next stage of any running or coming quarter, or none."""
    instants = []
    for quarter in _with_the_next(session, now):
        planned = cycle.of(session, quarter)
        coming = next_at(_still_to_do(planned, now), planned.done, now)
        if coming is not None and targets.any_loaded(session):
            instants.append(coming)
    return min(instants, default=None)


def coming(session: Session, now: datetime, until: datetime) -> tuple[Stage, ...]:
    """The stages that fall due after `now` and before `until`, in order of time."""
    found: list[Stage] = []
    if not targets.any_loaded(session):
        return ()
    for quarter in _with_the_next(session, now):
        planned = cycle.of(session, quarter)
        listed = [stage for stage in _still_to_do(planned, now) if stage.at < until]
        possible = {*planned.done, *(stage.name for stage in listed)}
        found.extend(
            stage
            for stage in listed
            if stage.at > now
            and stage.name not in planned.done
            and (stage.after is None or stage.after in possible)
        )
    return tuple(sorted(found, key=lambda stage: (stage.at, stage.quarter, stage.name)))


def do(session: Session, stage: Due, now: datetime) -> bool:
    """Do one stage in one transaction. False when it was done before, or must still wait."""
    this = stage.stage
    if cycle.of(session, this.quarter).is_paused:
        return False  # paused since it was found due
    if this.kind is StageKind.PUBLISH:
        # Publishing marks its own stage: an unconfirmed board date leaves it waiting.
        outcome = publish(session, this.quarter, now, due_at=this.at)
        return outcome is not None and not isinstance(outcome, DigestHeld)
    first = quarters.begin_stage(
        session,
        this.quarter,
        this.name,
        due_at=this.at,
        now=now,
        passed_over=stage.passed_over,
    )
    if first and not stage.passed_over:
        _perform(session, this, now)
    return first


def _perform(session: Session, stage: Stage, now: datetime) -> None:
    of_the_quarter = OF_A_QUARTER.get(stage.kind)
    if of_the_quarter is not None:
        of_the_quarter(session, stage.quarter, now, due_at=stage.at)
    else:
        OF_PEOPLE[stage.kind](session, stage, now)


def _with_the_next(session: Session, now: datetime) -> set[Quarter]:
    reporting = reporting_quarter(cycle.today(session, now))
    return {*_quarters(session, reporting), reporting.next}


def _quarters(session: Session, reporting: Quarter) -> tuple[Quarter, ...]:
    opened = quarters.running(session)
    published = [one for one in opened if one.state is QuarterState.PUBLISHED]
    running = [one.quarter for one in opened if one.state is not QuarterState.PUBLISHED]
    running.extend(one.quarter for one in published[-PUBLISHED_FOLLOWED:])
    running.extend(_unopened(session, reporting, {one.quarter for one in opened}))
    return tuple(sorted(running))


def _unopened(
    session: Session, reporting: Quarter, opened: Collection[Quarter]
) -> Iterator[Quarter]:
    """The quarters whose window the calendar opens, or would have opened while the bot was away.

    They begin with the quarter that was reported when the programme was loaded: what is older
    was never asked for here. An earlier one that was told as missed is left to the central team.
    """
    loaded_at = installation.loaded_at(session)
    if loaded_at is None:
        return
    first = reporting_quarter(loaded_at.date())
    before = (reporting.shifted(-back) for back in range(1, LOOKED_BACK))
    gone_by = {one for one in before if one >= first}.difference(opened)
    if gone_by:
        gone_by.difference_update(quarters.that_did(session, StageKind.MISSED))
    for quarter in {reporting, *gone_by}.difference(opened):
        if _opens_by_itself(session, quarter, loaded_at):
            yield quarter


def _still_to_do(planned: Cycle, now: datetime) -> tuple[Stage, ...]:
    """A quarter's stages; of a published one only those that follow up its escalations.

    A quarter whose due day is over before it was opened has one alone: to say so. One that is
    paused has none.
    """
    if planned.is_paused:
        return ()
    gone_by = missed(planned.calendar, planned.days)
    if planned.record.state is QuarterState.FUTURE and gone_by.at <= now:
        return (gone_by,)
    if planned.record.state is not QuarterState.PUBLISHED:
        return planned.stages
    return tuple(stage for stage in planned.stages if stage.kind in AFTER_PUBLISHING)


def _opens_by_itself(session: Session, quarter: Quarter, loaded_at: datetime) -> bool:
    """Whether a quarter's window opens by the calendar.

    Only when the programme stood before the opening day came: a council that installs in
    mid-window decides itself when to ask (`/laa open`).
    """
    planned = cycle.of(session, quarter)
    opens = planned.calendar.at(planned.calendar.opens)
    return planned.record.state is QuarterState.FUTURE and loaded_at <= opens
