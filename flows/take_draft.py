"""Taking over what somebody else has typed for the same return and not sent.

It owns this use case. The other's draft stays theirs as well: nothing typed is lost by it.
"""

from dataclasses import replace
from datetime import datetime

from sqlmodel import Session

from flows import standing
from flows.report_target import Opened, opened
from flows.sitting_down import Desk, NotTaken, sit_down
from messages.notices.refusals import OutOfDate
from rules.permissions import Capability
from rules.quarters import Quarter
from store import audit, drafts


def take_over(
    session: Session, slack_id: str, number: int, quarter: Quarter, author: int, now: datetime
) -> Opened | NotTaken:
    """Make another person's draft one's own, and open the sheet with it."""
    desk = sit_down(session, slack_id, number, quarter, now)
    if not isinstance(desk, Desk):
        return desk
    if not standing.allowed(desk.who, Capability.SEE_DRAFTS, desk.one.target):
        return standing.refused(session, desk.who, Capability.SEE_DRAFTS, now, desk.one.target)
    found = drafts.of_author(session, number, quarter, author)
    if found is None:
        return OutOfDate()
    own = desk.who.number
    drafts.save(
        session,
        number,
        quarter,
        own,
        now=now,
        figure_step=found.figure_step or None,
        commentary_step=found.commentary_step or None,
    )
    audit.record(
        session,
        at=now,
        actor=own,
        action="take over draft",
        subject=f"{desk.one.target.ref}:{quarter.label}",
        after={"author": author, "saved_at": found.saved_at},
    )
    shown = opened(session, desk)
    return replace(shown, sitting=replace(shown.sitting, others=None))
