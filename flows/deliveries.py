"""A message is set aside and administrators are told; one of them sees to it.

It owns these use cases (reliability paper 2). What is told names a message by its kind and by
whom it is for, never by what people wrote in it. A message about sending is not told of: one that
the central channel cannot take goes to each administrator directly, and there it ends.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TypeGuard

from sqlmodel import Session

from flows import cycle, posting, standing
from flows.places import CENTRAL
from flows.standing import Asker
from messages.notices import Notice
from messages.notices.refusals import AlreadySeenTo, OutOfDate, PersonUnknown, Refused
from messages.notices.trouble import MessageNotSent, SeenTo, SendingHeld
from rules.permissions import Capability
from rules.vocabulary import Role
from store import audit, outbox, people
from store.outbox import Aside, Delivery
from store.tables import OutboxState

KIND = "message_not_sent"
HELD_KIND = "sending_held"
ABOUT_SENDING = frozenset({KIND, HELD_KIND})
_COPY = re.compile(r"parked (?P<round>\d+)(?: to (?P<person>\d+))?:(?P<key>.+)", re.DOTALL)

NotSeenTo = AlreadySeenTo | OutOfDate | PersonUnknown | Refused


@dataclass(frozen=True, slots=True)
class Done:
    """What was done, and kept."""

    what: SeenTo


def set_aside(session: Session, delivery: Delivery, why: str, error: str, now: datetime) -> bool:
    """Park a row and tell the administrators, both or neither. `why` is a code with words.

    Only of what could not be said to an administrator about sending is nobody told: the log has it.

    False, with nothing changed, when the row is no longer this taker's.
    """
    if not outbox.park(session, delivery, error=error):
        return False
    found = outbox.aside(session, delivery.id)
    if found is not None and delivery.kind in ABOUT_SENDING:
        _pass_on(session, found, now)
    elif found is not None:
        unclear = delivery.state is OutboxState.UNKNOWN
        _tell(
            session, found, _notice(session, found, delivery.kind, why, now, unclear=unclear), now
        )
    return True


def send_again(session: Session, slack_id: str, number: int, now: datetime) -> Done | NotSeenTo:
    """Put a message that is set aside back in the queue, with what waits behind it."""
    return _see_to(session, slack_id, number, SeenTo.SENT_AGAIN, now)


def deal_with(session: Session, slack_id: str, number: int, now: datetime) -> Done | NotSeenTo:
    """Leave a message that is set aside where it is: somebody has dealt with it."""
    return _see_to(session, slack_id, number, SeenTo.DEALT_WITH, now)


def _see_to(
    session: Session, slack_id: str, number: int, what: SeenTo, now: datetime
) -> Done | NotSeenTo:
    who = standing.asker(session, slack_id, now)
    if isinstance(who, PersonUnknown):
        return who
    if not standing.allowed_anywhere(who, Capability.SEE_TO_SENDING):
        return standing.refused(session, who, Capability.SEE_TO_SENDING, now)
    key = outbox.key_of(session, number)
    told = None if key is None else _newest(session, key)
    if key is None or told is None:
        return OutOfDate()
    if told.done is not None and told.done_at is not None:
        return AlreadySeenTo(told.done, told.done_at, told.done_by)
    _keep(session, who, key, told, what, now)
    return Done(what)


def _keep(
    session: Session, who: Asker, key: str, told: MessageNotSent, what: SeenTo, now: datetime
) -> None:
    if what is SeenTo.SENT_AGAIN:
        outbox.put_back(session, told.number, look_first=told.unclear, now=now)
    audit.record(
        session,
        at=now,
        actor=who.number,
        action="send message again" if what is SeenTo.SENT_AGAIN else "deal with message",
        subject=key,
        before={"why": told.why},
    )
    done = replace(told, done=what, done_by=who.number, done_at=now)
    for copy in _copies(session, key).get(told.round, ()):
        posting.anew(session, copy, done, now=now)


def _notice(
    session: Session, found: Aside, kind: str, why: str, now: datetime, *, unclear: bool
) -> MessageNotSent:
    """What is told: of a message told of and not seen to yet, the same with what came to it."""
    before = _newest(session, found.key)
    is_open = before is not None and before.done is None
    return MessageNotSent(
        number=found.number,
        round=before.round + (not is_open) if before else 1,
        subject=kind,
        to_person=found.to_person,
        to_channel=found.to_channel,
        is_edit=found.is_edit,
        parts=found.parts,
        of=found.of,
        behind=found.behind,
        why=why,
        unclear=unclear or (is_open and before is not None and before.unclear),
        told=_administrators(session, now) if found.to_channel == CENTRAL else (),
    )


def _tell(session: Session, found: Aside, notice: MessageNotSent, now: datetime) -> None:
    copies = _copies(session, found.key).get(notice.round, ())
    for copy in copies:
        before = posting.said(session, copy)
        told = before.told if isinstance(before, MessageNotSent) else notice.told
        posting.anew(session, copy, replace(notice, told=told), now=now)
    if copies:
        return
    if found.to_channel != CENTRAL:
        key = f"parked {notice.round}:{found.key}"
        posting.to_channel(session, key, notice, CENTRAL, due_at=now, now=now)
    for person in notice.told:
        key = f"parked {notice.round} to {person}:{found.key}"
        posting.to_person(session, key, notice, person, due_at=now, now=now, at_once=True)


def _pass_on(session: Session, found: Aside, now: datetime) -> None:
    """Say to each administrator, once, what the central channel could not be told of sending.

    What has been seen to meanwhile needs nobody any more.
    """
    notice = posting.said(session, found.key)
    if found.to_channel != CENTRAL or not _is_open(notice):
        return
    told = _administrators(session, now)
    for person in told:
        key, words = _directly(found.key, person), replace(notice, told=told)
        posting.to_person(session, key, words, person, due_at=now, now=now, at_once=True)


def _is_open(notice: Notice | None) -> TypeGuard[MessageNotSent | SendingHeld]:
    if isinstance(notice, SendingHeld):
        return notice.released_at is None
    return isinstance(notice, MessageNotSent) and notice.done is None


def _directly(key: str, person: int) -> str:
    """The key of an administrator's own copy of what the central channel could not be told."""
    match = _COPY.fullmatch(key)
    if match is None:
        return f"to {person}:{key}"
    return f"parked {match['round']} to {person}:{match['key']}"


def _newest(session: Session, key: str) -> MessageNotSent | None:
    """What was last told of a message, or none."""
    copies = _copies(session, key)
    said = posting.said(session, copies[max(copies)][0]) if copies else None
    return said if isinstance(said, MessageNotSent) else None


def _copies(session: Session, key: str) -> Mapping[int, tuple[str, ...]]:
    """The keys under which a message was told of, by how often it had been set aside."""
    found: dict[int, tuple[str, ...]] = {}
    for copy in outbox.kept_under(session, KIND, f":{key}"):
        match = _COPY.fullmatch(copy)
        if match is not None and match["key"] == key:
            number = int(match["round"])
            found[number] = (*found.get(number, ()), copy)
    return found


def _administrators(session: Session, now: datetime) -> tuple[int, ...]:
    return people.holders(session, Role.CENTRAL_TEAM, cycle.today(session, now))
