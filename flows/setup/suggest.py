"""What a menu of the set-up offers for the words typed into it.

It owns the looking up. Whoever may not change the set-up is offered nothing.
"""

from datetime import datetime
from typing import Final

from sqlmodel import Session

from flows import standing
from flows.setup.change_beside import named
from flows.standing import Asker
from messages.notices.setup_sheets import Suggested
from rules.permissions import Capability
from store.setup import plans

MOST: Final = 100
"""As many options as Slack shows in one menu."""


def suggest_targets(session: Session, slack_id: str, words: str, now: datetime) -> Suggested:
    """Targets whose reference or title holds the words."""
    if not _may(session, slack_id, now):
        return Suggested()
    found, count = plans.search(session, words, MOST)
    return Suggested(tuple((str(one.number), named(one)) for one in found), count)


def suggest_offered(
    session: Session, slack_id: str, field: str, words: str, now: datetime
) -> Suggested:
    """Kinds, blocks or partnerships whose name holds the words."""
    if not _may(session, slack_id, now):
        return Suggested()
    offered = plans.offer(session).of(field)
    found = [
        (value, name)
        for value, name in offered.items()
        if all(word in name.casefold() for word in words.casefold().split())
    ]
    return Suggested(tuple(found[:MOST]), len(found))


def _may(session: Session, slack_id: str, now: datetime) -> bool:
    who = standing.asker(session, slack_id, now)
    return isinstance(who, Asker) and standing.allowed_anywhere(who, Capability.SET_UP)
