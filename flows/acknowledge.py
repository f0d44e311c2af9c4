"""A sponsor acknowledges an escalation, and those who have not are reminded.

It owns these use cases. Who may acknowledge is decided by `rules/permissions.py`.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime

from sqlmodel import Session

from flows import cycle, histories, posting, resting, standing
from flows.histories import Histories, Walked
from flows.places import CENTRAL
from messages.notices import kind_of
from messages.notices.escalations import (
    AcknowledgementMissing,
    EscalatedTarget,
    SponsorAcknowledged,
    SponsorReminded,
    SponsorToldOfEscalation,
)
from messages.notices.refusals import (
    AlreadyAcknowledged,
    OutOfDate,
    PersonUnknown,
    Refused,
)
from rules.cadence import Stage, StageKind
from rules.permissions import Capability
from rules.quarters import Quarter
from store import audit, escalations, outbox

REMINDERS = (kind_of(SponsorReminded.example()),)
Pair = tuple[Walked, EscalatedTarget]
NotAcknowledged = PersonUnknown | Refused | OutOfDate | AlreadyAcknowledged


@dataclass(frozen=True, slots=True)
class Acknowledging:
    """An escalation that this person may acknowledge now."""

    quarter: Quarter
    shown: EscalatedTarget
    lead: int | None
    by: int


@dataclass(frozen=True, slots=True)
class Acknowledged:
    """An acknowledgement that is kept."""

    escalation: int
    quarter: Quarter
    ref: str
    title: str


def acknowledge(
    session: Session, slack_id: str, escalation: int, quarter: Quarter, note: str, now: datetime
) -> Acknowledged | NotAcknowledged:
    """Keep a sponsor's acknowledgement. A second press is told when and by whom it was done."""
    found = may_acknowledge(session, slack_id, escalation, quarter, now)
    if not isinstance(found, Acknowledging):
        return found
    if not escalations.acknowledge(session, escalation, quarter, by=found.by, at=now, note=note):
        session.expire_all()
        again = may_acknowledge(session, slack_id, escalation, quarter, now)
        return OutOfDate() if isinstance(again, Acknowledging) else again
    audit.record(
        session,
        at=now,
        actor=found.by,
        action="acknowledge escalation",
        subject=f"{found.shown.ref}:{quarter.label}",
        after={"note": note},
    )
    _show_acknowledged(session, found, note, now)
    resting.acknowledged(session, quarter, escalation, now)
    _show_in_reminders(session, found, note, now)
    _tell_lead(session, found, note, now)
    return Acknowledged(escalation, quarter, found.shown.ref, found.shown.title)


def may_acknowledge(
    session: Session, slack_id: str, escalation: int, quarter: Quarter, now: datetime
) -> Acknowledging | NotAcknowledged:
    """Whether a person may acknowledge now, with nothing changed but the audit of a refusal."""
    who = standing.asker(session, slack_id, now)
    if isinstance(who, PersonUnknown):
        return who
    pair = _named(session, escalation, quarter, now)
    if pair is None:
        return OutOfDate()
    one, shown = pair
    if shown.acknowledged_by is not None and shown.acknowledged_at is not None:
        return AlreadyAcknowledged(
            quarter, shown.ref, shown.title, shown.acknowledged_by, shown.acknowledged_at
        )
    if not standing.allowed(who, Capability.ACKNOWLEDGE, one.target):
        return standing.refused(session, who, Capability.ACKNOWLEDGE, now, one.target)
    return Acknowledging(quarter, shown, one.target.lead, who.number)


def _named(
    session: Session, escalation: int, quarter: Quarter, now: datetime
) -> tuple[Walked, EscalatedTarget] | None:
    """An escalation that asks its sponsor in the quarter, or none."""
    said = escalations.find(session, escalation, quarter)
    if said is None or not said.event.asks_sponsor:
        return None
    planned = cycle.of(session, quarter)
    found = histories.up_to(session, planned, planned.local_day(now), (said.target,))
    return next(iter(found.all_escalated()), None)


def remind_sponsors(session: Session, stage: Stage, now: datetime) -> int:
    """Remind sponsors of what they have not acknowledged, or tell those above them."""
    planned = cycle.of(session, stage.quarter)
    found = histories.up_to(session, planned, planned.local_day(now))
    waiting = unacknowledged(found)
    if not waiting:
        return 0
    asked_on = planned.local_day(planned.done.get("escalate", now))
    if stage.kind is StageKind.TELL_MANAGER:
        return _tell_managers(session, stage, found, waiting, asked_on, now)
    last = next(one.at for one in planned.stages if one.kind is StageKind.TELL_MANAGER)
    kept = 0
    for sponsor, shown in _by_asked(found, waiting).items():
        in_place = sponsor in found.managers
        notice = SponsorReminded(stage.quarter, shown, asked_on, planned.local_day(last), in_place)
        key = posting.person_key("acknowledge", stage.quarter, sponsor, stage.name)
        kept += posting.to_person(session, key, notice, sponsor, due_at=stage.at, now=now)
    return kept


def unacknowledged(found: Histories) -> tuple[Pair, ...]:
    """The escalations that wait for their sponsors."""
    return tuple(
        (one, shown)
        for one, shown in found.all_escalated()
        if shown.event.asks_sponsor and shown.acknowledged_by is None
    )


def _tell_managers(
    session: Session,
    stage: Stage,
    found: Histories,
    waiting: tuple[Pair, ...],
    asked_on: date,
    now: datetime,
) -> int:
    notice = AcknowledgementMissing(
        stage.quarter,
        tuple(shown for _, shown in waiting),
        tuple(sorted(_by_asked(found, waiting))),
        asked_on,
    )
    central = posting.key("acknowledge", stage.quarter, stage.name, "central team")
    kept = int(posting.to_channel(session, central, notice, CENTRAL, due_at=stage.at, now=now))
    for manager in found.managers:
        key = posting.person_key("acknowledge", stage.quarter, manager, stage.name)
        kept += posting.to_person(session, key, notice, manager, due_at=stage.at, now=now)
    return kept


def _by_asked(found: Histories, waiting: Iterable[Pair]) -> dict[int, tuple[EscalatedTarget, ...]]:
    grouped: dict[int, tuple[EscalatedTarget, ...]] = {}
    for one, shown in waiting:
        asked = found.asked(one)
        if asked is not None:
            grouped[asked] = (*grouped.get(asked, ()), shown)
    return grouped


def _show_acknowledged(session: Session, found: Acknowledging, note: str, now: datetime) -> None:
    """Show it in the sponsor's own message, which has no button for it any more."""
    said = escalations.find(session, found.shown.escalation, found.quarter)
    told = posting.said(session, said.told_under) if said and said.told_under else None
    if said is None or not isinstance(told, SponsorToldOfEscalation):
        return
    shown = _with_it(told.targets, found, note, now)
    posting.anew(session, said.told_under, replace(told, targets=shown), now=now)


def _show_in_reminders(session: Session, found: Acknowledging, note: str, now: datetime) -> None:
    """Show it in the reminders that asked for it, so that none reads as still open."""
    reminders = posting.key("acknowledge", found.quarter, "")
    for key in outbox.keys_of(session, REMINDERS, reminders):
        told = posting.said(session, key)
        if isinstance(told, SponsorReminded):
            shown = _with_it(told.targets, found, note, now)
            if shown != told.targets:
                posting.anew(session, key, replace(told, targets=shown), now=now)


def _with_it(
    targets: tuple[EscalatedTarget, ...], found: Acknowledging, note: str, now: datetime
) -> tuple[EscalatedTarget, ...]:
    return tuple(
        replace(one, acknowledged_by=found.by, acknowledged_at=now, note=note)
        if one.escalation == found.shown.escalation
        else one
        for one in targets
    )


def _tell_lead(session: Session, found: Acknowledging, note: str, now: datetime) -> None:
    if found.lead is None:
        return
    ref = found.shown.ref
    notice = SponsorAcknowledged(found.quarter, ref, found.shown.title, found.by, now, note)
    key = posting.person_key("acknowledged", found.quarter, found.lead, ref)
    posting.to_person(session, key, notice, found.lead, due_at=now, now=now)
