"""The first administrators of an installation join the central team.

It owns this use case. Whoever is in the central team already stays as they are.
"""

from collections.abc import Iterable
from datetime import datetime

from sqlmodel import Session

from flows import cycle
from rules.vocabulary import Role
from store import audit, people


def appoint(session: Session, slack_ids: Iterable[str], now: datetime) -> tuple[int, ...]:
    """Make people central-team members by Slack id; the numbers of those newly appointed."""
    today = cycle.today(session, now)
    there = set(people.holders(session, Role.CENTRAL_TEAM, today))
    appointed = []
    for slack_id in slack_ids:
        number = people.ensure(session, slack_id, "central team")
        if number in there:
            continue
        people.give_role(session, number, Role.CENTRAL_TEAM, today)
        audit.record(
            session,
            at=now,
            rule="installation",
            action="appoint central team",
            subject=f"person {number}",
        )
        appointed.append(number)
    return tuple(appointed)
