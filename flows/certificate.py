"""The nothing-lost certificate: what was due is compared with what stands in Slack.

It owns these use cases: what there is to check now, and keeping what a check found. Every
stage that was performed gets one certificate, under a key of its own; a stage that was passed
over has nothing to certify. Reading Slack is done by whoever calls, between the two.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from zoneinfo import ZoneInfo

from sqlmodel import Session

from flows import cycle, posting
from flows.cycle import Cycle
from flows.places import CENTRAL
from messages.notices import loads
from messages.notices.deliveries import (
    AmissLine,
    CheckedAgain,
    DeliveriesAmiss,
    DeliveriesCertified,
)
from rules.cadence import StageKind
from rules.certificate import AMISS, Fate, Progress, Tally, fate, last_night, tally
from rules.quarters import Quarter
from store import hold, ledger, quarters, settings
from store.ledger import DueMessage, StageDone

CERTIFICATE = "certificate"
FOLLOWED = 2
"""Quarters looked at: a sponsor's last day may come after the next window has opened."""


@dataclass(frozen=True, slots=True)
class Check:
    """A check to make: of which messages, and for which stages; `night` for a night's check.

    The messages are those due from `since`, when the window opened, to now.
    """

    quarter: Quarter
    since: datetime
    messages: tuple[DueMessage, ...]
    stages: tuple[StageDone, ...] = ()
    night: datetime | None = None


@dataclass(frozen=True, slots=True)
class Seen:
    """What was read in Slack, ended at `at`.

    `stands` tells how often each message stands, by its key; none is never. `unread` are the
    keys of messages whose place could not be read. `strangers` counts messages of the bot's
    own under keys that no record holds.
    """

    at: datetime
    stands: Mapping[str, int]
    unread: frozenset[str] = frozenset()
    strangers: int = 0


@dataclass(frozen=True, slots=True)
class Comparison:
    """What became of messages: all together, and each of those that do not stand once."""

    found: Tally
    apart: tuple[AmissLine, ...]

    @property
    def amiss(self) -> tuple[AmissLine, ...]:
        """What is missing or stands twice."""
        return tuple(line for line in self.apart if line.fate in AMISS)


def wanted(session: Session, now: datetime) -> Check | None:
    """The check to make now, or none.

    A stage is certified once everything it made due is sent or parked. The night's check
    waits while a certificate is still to come: that one looks at the same. While sending is
    held nothing is checked, as the clock may be wrong or the records incomplete.
    """
    if hold.standing(session) is not None:
        return None
    followed = [
        stages
        for record in quarters.running(session)[-FOLLOWED:]
        if (stages := _stages(session, record.quarter)) is not None
    ]
    for stages in followed:
        check = _of_stages(session, stages)
        if check is not None:
            return check
    latest = followed[-1] if followed else None
    return _of_night(session, latest, now) if latest and not latest.todo else None


def by_hand(session: Session, quarter: Quarter) -> Check | None:
    """The check of one quarter, up to the next one's window; none where it never opened."""
    opened = {
        stages.quarter: stages.opened_at
        for record in quarters.running(session)
        if (stages := _stages(session, record.quarter)) is not None
    }
    if quarter not in opened:
        return None
    since = opened[quarter]
    before = min((at for other, at in opened.items() if other > quarter), default=None)
    return Check(quarter, since, ledger.due_messages(session, since, before))


def compare(messages: Iterable[DueMessage], seen: Seen) -> Comparison:
    """What became of each message."""
    fates = [(one, _fate(one, seen)) for one in messages]
    apart = tuple(
        AmissLine(one.key, one.kind, one.to_person, one.to_channel, one.due_at, found)
        for one, found in fates
        if found is not Fate.POSTED
    )
    return Comparison(tally(found for _, found in fates), apart)


def certify(session: Session, check: Check, seen: Seen, now: datetime) -> None:
    """Keep what a check found. Keeping it twice, or by two processes, changes nothing more.

    While sending is held nothing is kept: the check was begun by a clock that jumped since.
    """
    if hold.standing(session) is not None:
        return
    planned = cycle.of(session, check.quarter)
    for stage in check.stages:
        notice = _certificate(planned, check, stage, seen)
        key = _key(check.quarter, stage)
        posting.to_channel(session, key, notice, CENTRAL, due_at=stage.due_at, now=now)
    if check.night is not None:
        _check_again(session, check, check.night, seen, now)


@dataclass(frozen=True, slots=True)
class _Stages:
    """The stages of an opened quarter: those certified, and those still to be."""

    quarter: Quarter
    opened_at: datetime
    certified: tuple[StageDone, ...]
    todo: tuple[StageDone, ...]


def _stages(session: Session, quarter: Quarter) -> _Stages | None:
    done = ledger.stages_done(session, quarter)
    opened_at = next((one.due_at for one in done if one.name == StageKind.OPEN.value), None)
    if opened_at is None:
        return None
    # A missed window that was opened by hand after all has nothing due before that.
    since = [stage for stage in done if stage.due_at >= opened_at]
    there = ledger.kept(session, {_key(quarter, stage) for stage in since})
    certified = tuple(stage for stage in since if _key(quarter, stage) in there)
    todo = tuple(stage for stage in since if stage not in certified)
    return _Stages(quarter, opened_at, certified, todo)


def _key(quarter: Quarter, stage: StageDone) -> str:
    return posting.key(CERTIFICATE, quarter, stage.name)


def _of_stages(session: Session, stages: _Stages) -> Check | None:
    if not stages.todo:
        return None
    messages = ledger.due_messages(session, stages.opened_at)
    out = tuple(stage for stage in stages.todo if _is_out(stage, messages))
    return Check(stages.quarter, stages.opened_at, messages, out) if out else None


def _is_out(stage: StageDone, messages: tuple[DueMessage, ...]) -> bool:
    """Whether everything a stage made due is sent or parked; certificates are not waited for.

    Nor is what rests for its person's morning: it is on its way, and may be for days.
    """
    return not any(
        one.due_at == stage.due_at
        and one.progress is Progress.WAITING
        and one.rests_until is None
        and not one.key.startswith(f"{CERTIFICATE}:")
        for one in messages
    )


def _of_night(session: Session, stages: _Stages, now: datetime) -> Check | None:
    night = last_night(now, ZoneInfo(settings.read(session).calendar.zone))
    latest = _latest(session, stages)
    if latest is None or night <= latest[1].last_checked_at <= now:
        return None
    messages = ledger.due_messages(session, stages.opened_at)
    return Check(stages.quarter, stages.opened_at, messages, night=night)


def _latest(session: Session, stages: _Stages) -> tuple[str, DeliveriesCertified] | None:
    if not stages.certified:
        return None
    key = _key(stages.quarter, stages.certified[-1])
    notice = posting.said(session, key)
    return (key, notice) if isinstance(notice, DeliveriesCertified) else None


def _fate(message: DueMessage, seen: Seen) -> Fate:
    stands = seen.stands.get(message.key, 0)
    return fate(message.progress, stands, readable=message.key not in seen.unread)


def _certificate(planned: Cycle, check: Check, stage: StageDone, seen: Seen) -> DeliveriesCertified:
    kinds = {one.name: one.kind for one in planned.stages}
    compared = compare((one for one in check.messages if one.due_at <= stage.due_at), seen)
    return DeliveriesCertified(
        check.quarter,
        kinds.get(stage.name),
        planned.local_day(stage.due_at),
        stage.due_at,
        compared.found,
        compared.amiss,
        seen.strangers,
        seen.at,
    )


def _check_again(
    session: Session, check: Check, night: datetime, seen: Seen, now: datetime
) -> None:
    stages = _stages(session, check.quarter)
    latest = _latest(session, stages) if stages else None
    if latest is None or night <= latest[1].last_checked_at <= now:
        return
    key, notice = latest
    compared = compare(check.messages, seen)
    again = CheckedAgain(seen.at, compared.found)
    posting.anew(session, key, replace(notice, again=again), now=now)
    told = _told(session, check.quarter)
    if all((one.key, one.fate) in told for one in compared.amiss):
        return
    day = cycle.of(session, check.quarter).local_day(night)
    key = posting.key(CERTIFICATE, check.quarter, f"night {day}")
    amiss = DeliveriesAmiss(check.quarter, compared.found, compared.amiss, seen.strangers, seen.at)
    posting.to_channel(session, key, amiss, CENTRAL, due_at=night, now=now)


def _told(session: Session, quarter: Quarter) -> set[tuple[str, Fate]]:
    """What the central channel has been told is missing or stands twice."""
    under = posting.key(CERTIFICATE, quarter, "")
    notices = (loads(*one) for one in ledger.notices_under(session, under))
    return {
        (line.key, line.fate)
        for notice in notices
        if isinstance(notice, DeliveriesCertified | DeliveriesAmiss)
        for line in notice.amiss
    }
