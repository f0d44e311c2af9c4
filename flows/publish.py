"""Previewing and publishing a quarter's digest.

It owns these use cases. Nothing is published against a board date nobody has confirmed, and a
digest that was published is never posted again.
"""

from dataclasses import replace
from datetime import datetime

from sqlmodel import Session

from flows import accepting, closed_message, cycle, lapsing, owing, posting
from flows.digest import Digest, compose
from flows.places import BOARD, CENTRAL
from messages.notices import Notice, dumps, kind_of
from messages.notices.digest import DigestHeld, DigestPublished
from rules.cadence import StageKind
from rules.lifecycle import at_freeze
from rules.quarters import Quarter
from rules.vocabulary import QuarterState, ReturnState
from store import audit, digests, quarters, returns
from store.digests import IssueRecord

PUBLISH = StageKind.PUBLISH.value


def held_key(quarter: Quarter) -> str:
    """The key of the message that says why a digest is not published."""
    return posting.key("held", quarter)


def preview_in_channel(
    session: Session, quarter: Quarter, now: datetime, *, due_at: datetime
) -> Digest:
    """Show the central channel the digest as it would be published."""
    digest = compose(session, quarter, now, preview=True)
    parent = posting.key("preview", quarter, "central team")
    posting.to_channel(session, parent, digest.parent, CENTRAL, due_at=due_at, now=now)
    for name, notice in digest.thread:
        posting.to_channel(
            session,
            posting.key("preview", quarter, "central team", name),
            notice,
            CENTRAL,
            due_at=due_at,
            now=now,
            follows=parent,
        )
    return digest


def preview_for(
    session: Session, quarter: Quarter, person: int, occasion: str, now: datetime
) -> Digest:
    """Send one person the digest as it would be published, privately."""
    digest = compose(session, quarter, now, preview=True)
    parent = posting.person_key("preview", quarter, person, occasion)
    posting.to_person(session, parent, digest.parent, person, due_at=now, now=now, at_once=True)
    for name, notice in digest.thread:
        key = f"{parent}:{name}"
        posting.to_person(session, key, notice, person, due_at=now, now=now, follows=parent)
    return digest


def publish(
    session: Session, quarter: Quarter, now: datetime, *, due_at: datetime, by: int | None = None
) -> Digest | DigestHeld | None:
    """Freeze the quarter and post its digest, once; none when it was published before.

    `DigestHeld` when the board date is not confirmed: the central channel is told once.
    """
    planned = cycle.of(session, quarter)
    if planned.record.state is QuarterState.PUBLISHED:
        return None
    if not planned.calendar.board_confirmed:
        return _hold(session, planned, now, due_at=due_at)
    if not quarters.begin_stage(session, quarter, PUBLISH, due_at=due_at, now=now):
        return None
    _end_all_time(session, planned, now)
    digest = compose(session, quarter, now)
    _freeze(session, planned, digest, now, by=by)
    version = 1
    parent = posting.key("digest", quarter, f"v{version}", "parent")
    posting.to_channel(session, parent, digest.parent, BOARD, due_at=due_at, now=now)
    for name, notice in digest.thread:
        key = posting.key("digest", quarter, f"v{version}", name)
        posting.to_channel(session, key, notice, BOARD, due_at=due_at, now=now, follows=parent)
    told = DigestPublished(quarter, digest.parts, digest.parent.check)
    key = posting.key("published", quarter, f"v{version}")
    posting.to_channel(session, key, told, CENTRAL, due_at=due_at, now=now)
    return digest


def _end_all_time(session: Session, planned: cycle.Cycle, now: datetime) -> None:
    """Published before somebody's time was over, the digest counts what they owe as lapsed."""
    picture = owing.in_quarter(session, planned.quarter, planned.local_day(now))
    lapsing.lapse(session, planned, picture, lambda _: False, now)
    lapsing.mark_closed(session, picture, lambda _: False, now)


def _freeze(
    session: Session, planned: cycle.Cycle, digest: Digest, now: datetime, *, by: int | None
) -> None:
    returns.move(session, planned.quarter, {state: at_freeze(state) for state in ReturnState})
    quarters.keep(session, replace(planned.record, state=QuarterState.PUBLISHED))
    closed_message.end(session, planned.quarter, now)
    accepting.show(session, planned.quarter, now)
    body = "\n".join(_as_text(notice) for notice in (digest.parent, *_notices(digest)))
    issue = IssueRecord(planned.quarter, 1, now, digest.check_sum, digest.parts, body)
    digests.keep(session, issue)
    audit.record(
        session,
        at=now,
        actor=by,
        rule="" if by else "calendar",
        action="publish digest",
        subject=planned.quarter.label,
        after={"version": issue.version, "check": digest.check_sum, "parts": digest.parts},
    )


def _notices(digest: Digest) -> tuple[Notice, ...]:
    return tuple(notice for _, notice in digest.thread)


def _as_text(notice: Notice) -> str:
    return f"{kind_of(notice)} {dumps(notice)}"


def _hold(session: Session, planned: cycle.Cycle, now: datetime, *, due_at: datetime) -> DigestHeld:
    held = DigestHeld(planned.quarter, planned.calendar.board)
    posting.to_channel(session, held_key(planned.quarter), held, CENTRAL, due_at=due_at, now=now)
    return held
