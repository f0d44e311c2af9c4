"""Whether somebody may change the set-up.

It owns this one question for the flows of set-up. A refusal is kept in the audit.
"""

from datetime import datetime

from sqlmodel import Session

from flows import standing
from flows.standing import Asker
from messages.notices.refusals import PersonUnknown, Refused
from rules.permissions import Capability


def admitted(session: Session, slack_id: str, now: datetime) -> Asker | Refused | PersonUnknown:
    """Who asks, where they may change the set-up; else the refusal that says who can."""
    who = standing.asker(session, slack_id, now)
    if isinstance(who, PersonUnknown):
        return who
    if not standing.allowed_anywhere(who, Capability.SET_UP):
        return standing.refused(session, who, Capability.SET_UP, now)
    return who
