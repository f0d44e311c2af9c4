"""Sending is held until a person looks, and released.

It owns these use cases (reliability paper 5 and 6). Whether a clock has jumped is for
`rules/holding.py` to say.
"""

from dataclasses import replace
from datetime import datetime, timedelta

from sqlmodel import Session

from flows import posting, standing
from flows.deliveries import HELD_KIND, Done, NotSeenTo
from flows.places import CENTRAL
from messages.notices.refusals import AlreadySeenTo, OutOfDate, PersonUnknown
from messages.notices.trouble import SeenTo, SendingHeld
from rules.holding import LOOK_FIRST_FOR, HoldReason, in_days
from rules.permissions import Capability
from store import audit, hold, outbox
from store.hold import Hold

BY_COMMAND = "quarterlight release"


def hold_after_jump(session: Session, apart: timedelta, now: datetime) -> bool:
    """Hold sending because the clock has jumped by so much. False when it is held already."""
    if hold.standing(session) is not None:
        return False
    before = hold.latest(session)
    held = Hold(
        number=_number(before, now),
        why=HoldReason.CLOCK_JUMPED,
        since=now,
        restored_from=before.restored_from if before else None,
        look_first_until=before.look_first_until if before else None,
    )
    _begin(session, held, SendingHeld(held.number, held.why, now, in_days(apart)), now)
    return True


def hold_after_restore(session: Session, restored_from: datetime, now: datetime) -> int:
    """Hold sending because the records are those of `restored_from`.

    From now on every message is looked for before it is first sent; how many of the records'
    own were still to be sent.
    """
    held = Hold(
        number=_number(hold.latest(session), now),
        why=HoldReason.RESTORED,
        since=now,
        restored_from=restored_from,
        look_first_until=now + LOOK_FIRST_FOR,
    )
    doubted = outbox.doubt(session, since=restored_from, now=now)
    told = SendingHeld(held.number, held.why, now, restored_from=restored_from)
    _begin(session, held, told, now)
    return doubted


def release(session: Session, slack_id: str, number: int, now: datetime) -> Done | NotSeenTo:
    """Let sending go on. A second press is told when and by whom it was released."""
    who = standing.asker(session, slack_id, now)
    if isinstance(who, PersonUnknown):
        return who
    if not standing.allowed_anywhere(who, Capability.SEE_TO_SENDING):
        return standing.refused(session, who, Capability.SEE_TO_SENDING, now)
    found = hold.latest(session)
    if found is None or found.number != number:
        return _of_an_earlier_one(session, number)
    if found.released_at is not None:
        return AlreadySeenTo(SeenTo.RELEASED, found.released_at, found.released_by)
    _release(session, found, who.number, now)
    return Done(SeenTo.RELEASED)


def release_by_command(session: Session, now: datetime) -> Hold | None:
    """Let sending go on, where Slack is out of reach. What was held, or none if nothing was."""
    found = hold.standing(session)
    if found is not None:
        _release(session, found, None, now)
    return found


def _number(before: Hold | None, now: datetime) -> int:
    """The second since when it is held: a number that no forgotten hold has had either."""
    second = int(now.timestamp())
    return second if before is None else max(second, before.number + 1)


def _begin(session: Session, held: Hold, told: SendingHeld, now: datetime) -> None:
    before = hold.standing(session)
    hold.keep(session, held, now)
    audit.record(
        session,
        at=now,
        rule="sending",
        action="hold sending",
        subject=held.why.value,
        before=before,
        after=held,
    )
    posting.to_channel(session, held.key, told, CENTRAL, due_at=now, now=now)


def _release(session: Session, held: Hold, by: int | None, now: datetime) -> None:
    released = replace(held, released_at=now, released_by=by)
    hold.keep(session, released, now)
    audit.record(
        session,
        at=now,
        actor=by,
        rule="" if by else BY_COMMAND,
        action="release sending",
        subject=held.why.value,
        before=held,
        after=released,
    )
    # Where the central channel could not be told, each administrator has a copy.
    for key in (held.key, *outbox.kept_under(session, HELD_KIND, f":{held.key}")):
        told = posting.said(session, key)
        if isinstance(told, SendingHeld):
            anew = replace(told, released_at=now, released_by=by)
            posting.anew(session, key, anew, now=now)


def _of_an_earlier_one(session: Session, number: int) -> AlreadySeenTo | OutOfDate:
    told = posting.said(session, hold.key_of(number))
    if isinstance(told, SendingHeld) and told.released_at is not None:
        return AlreadySeenTo(SeenTo.RELEASED, told.released_at, told.released_by)
    return OutOfDate()
