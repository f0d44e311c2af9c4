"""Why a message came: asked by whoever got it, of the message itself.

It owns this answer. A direct message is explained to its reader alone, one in a channel to
whoever reads there. It must not change anything but the audit of a refusal.
"""

from collections.abc import Iterator
from datetime import datetime

from sqlmodel import Session

from flows import cycle, posting, standing
from flows.cycle import Cycle
from flows.standing import Asker
from flows.why_targets import shown
from messages.notices import Notice, loads
from messages.notices.escalations import EscalatedTarget
from messages.notices.refusals import OutOfDate, PersonUnknown, Refused
from messages.notices.returns import ReturnsStillMissing
from messages.notices.why import SaidBefore, Why, WhyTarget
from rules.cadence import LEAD_CHASERS, SPONSOR_CHASERS, StageKind, distance_of, next_at
from rules.permissions import Capability
from rules.quarters import Quarter
from store import outbox
from store.outbox import StandingMessage

MOST_TARGETS = 40
MOST_BEFORE = 12
BY_HAND = "reminded_by_hand"
FOLLOWED_BY = {
    "returns_requested": LEAD_CHASERS | {StageKind.CLOSE},
    "returns_still_missing": LEAD_CHASERS | {StageKind.CLOSE},
    "returns_overdue": LEAD_CHASERS | {StageKind.CLOSE},
    "sponsor_told_of_escalation": SPONSOR_CHASERS | {StageKind.TELL_MANAGER},
    "sponsor_reminded": SPONSOR_CHASERS | {StageKind.TELL_MANAGER},
}


def why(
    session: Session, slack_id: str, channel: str, ts: str, now: datetime
) -> Why | OutOfDate | Refused | PersonUnknown:
    """Explain the message that stands at a place to whoever asks there."""
    message = outbox.standing_at(session, channel, ts)
    who = standing.asker(session, slack_id, now)
    if message is None:
        return OutOfDate()
    if message.to_person is not None:
        if isinstance(who, PersonUnknown):
            return who
        if message.to_person != who.number:
            return standing.refused(session, who, Capability.SEE_TODO, now)
    asker = who if isinstance(who, Asker) else None
    return _explained(session, message, asker, now)


def _explained(session: Session, message: StandingMessage, who: Asker | None, now: datetime) -> Why:
    notice = loads(message.kind, message.body)
    quarter = getattr(notice, "quarter", None)
    planned = cycle.of(session, quarter) if quarter is not None else None
    refs = tuple(dict.fromkeys(_refs(notice)))
    targets = shown(session, who, refs[:MOST_TARGETS], planned, now) if planned else ()
    return Why(
        kind=message.kind,
        rule=_rule(message.kind, notice),
        distance=_distance(message.key),
        quarter=quarter,
        due_at=message.due_at,
        sent_at=message.sent_at,
        returns_due=planned.calendar.due if planned and planned.is_open else None,
        next_at=_next(message.kind, notice, planned, targets, now),
        targets=targets,
        more=max(0, len(refs) - MOST_TARGETS),
        before=_before(session, message, quarter),
        stead=getattr(notice, "stead", None),
    )


def _refs(notice: Notice) -> Iterator[str]:
    """The references of the targets a notice is about."""
    for one in (*_listed(notice), getattr(notice, "target", None), notice):
        ref = getattr(one, "ref", None)
        if isinstance(ref, str) and ref:
            yield ref


def _listed(notice: Notice) -> tuple[object, ...]:
    """The targets a notice lists; of some kinds it only holds their number."""
    found = getattr(notice, "targets", ())
    return found if isinstance(found, tuple) else ()


def _rule(kind: str, notice: Notice) -> str:
    return BY_HAND if isinstance(notice, ReturnsStillMissing) and notice.by_hand else kind


def _distance(key: str) -> int | None:
    """The distance of the stage a key names, in working days, or none."""
    names = (part.split(" ")[0] for part in key.split(":")[2:3])
    return next((distance_of(name) for name in names), None)


def _next(
    kind: str,
    notice: Notice,
    planned: Cycle | None,
    targets: tuple[WhyTarget, ...],
    now: datetime,
) -> datetime | None:
    """When the next message about the same comes, where something is still open."""
    followers = FOLLOWED_BY.get(kind)
    if planned is None or followers is None or not _is_open(notice, targets):
        return None
    listed = [stage for stage in planned.stages if stage.kind in followers]
    return next_at(listed, planned.done, now)


def _is_open(notice: Notice, targets: tuple[WhyTarget, ...]) -> bool:
    escalated = [one for one in _listed(notice) if isinstance(one, EscalatedTarget)]
    if escalated:
        return any(one.acknowledged_at is None for one in escalated)
    return any(one.now is None for one in targets)


def _before(
    session: Session, message: StandingMessage, quarter: Quarter | None
) -> tuple[SaidBefore, ...]:
    if quarter is None:
        return ()
    about = posting.key("", quarter)
    found = outbox.sent_before(session, message, about, MOST_BEFORE)
    return tuple(SaidBefore(one.kind, one.sent_at) for one in found)
