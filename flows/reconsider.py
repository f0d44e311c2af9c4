"""A return came in late or was corrected after the escalation run: its target is looked at anew.

It owns this use case (specification §7). It does for one target what `flows/escalate.py` does
for all; doing it again changes nothing, and nobody is told twice.
"""

from dataclasses import dataclass, replace
from datetime import date, datetime

from sqlmodel import Session

from flows import cycle, escalate, histories, posting
from flows.cycle import Cycle
from flows.histories import Histories, Walked
from flows.places import CENTRAL
from messages.notices.escalations import (
    EscalatedTarget,
    EscalationEnded,
    EscalationsListed,
    LeadToldOfEscalation,
    SponsorToldOfEscalation,
)
from rules.cadence import StageKind
from rules.escalation import corrected
from rules.lifecycle import Phase
from rules.quarters import Quarter
from rules.vocabulary import EscalationEvent
from store import audit, escalations
from store.escalations import EscalationRecord, Said

ENDED = frozenset({EscalationEvent.RESOLVED, EscalationEvent.WITHDRAWN})


@dataclass(frozen=True, slots=True)
class Again:
    """One target looked at anew: its walk, what the run had kept of it, and the version."""

    planned: Cycle
    found: Histories
    one: Walked
    kept: EscalationRecord | None
    now: datetime

    @property
    def quarter(self) -> Quarter:
        """The quarter."""
        return self.planned.quarter

    @property
    def mark(self) -> str:
        """What makes the keys of its messages its own: the target and the return's version."""
        record = self.one.record(self.quarter)
        return f"{self.one.target.ref}:v{record.version if record else 0}"


def reconsider(session: Session, planned: Cycle, target: int, now: datetime) -> None:
    """Look at one target anew, once the quarter's run was made and until it is frozen."""
    ran = StageKind.ESCALATE.value in planned.done
    if not ran or planned.phase(now) is not Phase.CLOSED:
        return
    planned = cycle.of(session, planned.quarter)
    found = histories.up_to(session, planned, planned.local_day(now), (target,))
    for one in found.walked:
        _one(session, Again(planned, found, one, found.kept.get(target), now))


def _one(session: Session, again: Again) -> None:
    step = again.one.step(again.quarter)
    derived = step.event if step else EscalationEvent.NONE
    event = corrected(again.kept.event, derived) if again.kept else derived
    said = _said(again, event)
    if said is None:
        return
    escalations.keep(session, again.quarter, (said,))
    after = _after(session, again)
    if again.kept is not None and again.kept.event is event:
        _show_anew(session, after)
        return
    audit.record(
        session,
        at=again.now,
        rule="escalation looked at anew",
        action=f"escalation {event.lower()}",
        subject=f"{again.one.target.ref}:{again.quarter.label}",
        before={"event": again.kept.event} if again.kept else None,
        after={"event": event, "streak": said.streak, "since": said.streak_start},
    )
    _tell(session, after, event)


def _said(again: Again, event: EscalationEvent) -> Said | None:
    kept, step = again.kept, again.one.step(again.quarter)
    if event is EscalationEvent.WITHDRAWN and kept is not None:
        streak = step.streak if step else 0
        return Said(kept.target, kept.streak_start, again.quarter, event, streak)
    return escalate.said(again.one, again.quarter)


def _after(session: Session, again: Again) -> Again:
    """The same with what is kept of it now."""
    kept = histories.kept(session, again.quarter)
    return replace(
        again,
        found=replace(again.found, kept=kept),
        kept=kept.get(again.one.target.number),
    )


def _tell(session: Session, again: Again, event: EscalationEvent) -> None:
    shown = again.found.escalated(again.one)
    if shown is None:
        return
    if event.asks_sponsor:
        _ask(session, again, shown)
    elif event in ENDED:
        _end(session, again, shown)
    else:
        _show_anew(session, again)


def _ask(session: Session, again: Again, shown: EscalatedTarget) -> None:
    """Tell sponsor, lead, performance lead and central channel as the run does, of this one."""
    if again.kept is not None and again.kept.acknowledged_by is not None:
        escalations.ask_again(session, again.kept.number, again.quarter)
        shown = replace(shown, acknowledged_by=None, acknowledged_at=None, note="")
    sponsor, target = again.found.asked(again.one), again.one.target
    board, card_due = again.planned.calendar.board, _card_due(again)
    if sponsor is not None:
        key = posting.person_key("escalated", again.quarter, sponsor, again.mark)
        notice = SponsorToldOfEscalation(
            again.quarter,
            (shown,),
            _last_day(again),
            board,
            card_due,
            in_place=sponsor in again.found.managers,
            after_run=True,
        )
        _to(session, again, key, notice, sponsor)
        escalations.told(session, again.quarter, {shown.escalation: key})
    if target.lead is not None:
        asked = (sponsor,) if sponsor is not None else ()
        key = posting.person_key("escalated-lead", again.quarter, target.lead, again.mark)
        told = LeadToldOfEscalation(again.quarter, (shown,), card_due, board, asked)
        _to(session, again, key, told, target.lead)
    _list(session, again, shown, card_due)


def _list(session: Session, again: Again, shown: EscalatedTarget, card_due: date) -> None:
    target = again.one.target
    without = (target.ref,) if again.found.asked(again.one) != target.sponsor else ()
    listed = EscalationsListed(
        again.quarter,
        "central_team",
        "",
        (shown,),
        without,
        card_due,
        again.planned.calendar.board,
        after_run=True,
    )
    key = posting.key("escalated-central", again.quarter, again.mark)
    due = again.now
    posting.to_channel(session, key, listed, CENTRAL, due_at=due, now=due)
    if target.performance_lead is not None:
        person = target.performance_lead
        key = posting.person_key("escalated-block", again.quarter, person, again.mark)
        notice = replace(listed, audience="performance_lead", scope_name=target.block_name)
        _to(session, again, key, notice, person)


def _end(session: Session, again: Again, shown: EscalatedTarget) -> None:
    """Tell whoever was told of it that it is over, and take its buttons away."""
    _show_anew(session, again)
    target, since = again.one.target, again.kept.streak_start if again.kept else again.quarter
    notice = EscalationEnded(
        again.quarter, shown.ref, shown.title, shown.event, since, shown.status, after_run=True
    )
    people = {target.lead, again.found.asked(again.one), target.performance_lead}
    for person in sorted(one for one in people if one is not None):
        key = posting.person_key("ended", again.quarter, person, again.mark)
        _to(session, again, key, notice, person)
    key = posting.key("ended-central", again.quarter, again.mark)
    told = replace(notice, central=True)
    posting.to_channel(session, key, told, CENTRAL, due_at=again.now, now=again.now)


def _show_anew(session: Session, again: Again) -> None:
    """Say the figures as they stand now in the sponsor's own message."""
    shown, kept = again.found.escalated(again.one), again.kept
    told = posting.said(session, kept.told_under) if kept and kept.told_under else None
    if kept is None or shown is None or not isinstance(told, SponsorToldOfEscalation):
        return
    listed = tuple(shown if one.escalation == shown.escalation else one for one in told.targets)
    if listed != told.targets:
        posting.anew(session, kept.told_under, replace(told, targets=listed), now=again.now)


def _last_day(again: Again) -> date:
    """The day to acknowledge by: as of the run or, when that is over, before the board."""
    usual = again.planned.local_day(
        next(stage.at for stage in again.planned.stages if stage.kind is StageKind.TELL_MANAGER)
    )
    today = again.planned.local_day(again.now)
    return usual if usual > today else again.planned.days.add(again.planned.calendar.board, -1)


def _card_due(again: Again) -> date:
    usual, today = again.planned.calendar.card_due, again.planned.local_day(again.now)
    return usual if usual > today else again.planned.last_day_for_late


def _to(
    session: Session,
    again: Again,
    key: str,
    notice: SponsorToldOfEscalation | LeadToldOfEscalation | EscalationsListed | EscalationEnded,
    person: int,
) -> None:
    posting.to_person(session, key, notice, person, due_at=again.now, now=again.now)
