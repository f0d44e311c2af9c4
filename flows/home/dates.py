"""What happens next and when, and what a board member looks for.

It owns choosing the dates that concern a person. It must not change anything.
"""

from collections.abc import Iterator

from sqlmodel import Session

from flows import cycle
from flows.home.outlook import Outlook
from messages.notices.home_parts import BoardView, NextDate
from rules.calendar import QuarterCalendar
from rules.vocabulary import QuarterState, Role
from store import digests

EVERYBODY = frozenset(Role)
REPORTING = frozenset({Role.TARGET_LEAD, Role.BLOCK_PERFORMANCE_LEAD, Role.CENTRAL_TEAM})
OVERSEEING = REPORTING | {Role.TARGET_SPONSOR, Role.LAA_MANAGER, Role.LIAISON_OFFICER}
CONCERNS: dict[str, frozenset[Role]] = {
    "opens": OVERSEEING | {Role.DELIVERY_GROUP},
    "due": OVERSEEING | {Role.DELIVERY_GROUP},
    "close": REPORTING,
    "escalation_run": OVERSEEING,
    "card_due": OVERSEEING,
    "pack": EVERYBODY,
    "board": EVERYBODY,
}
"""Whom each date concerns, by its name in `rules.calendar.QuarterCalendar`."""


def next_dates(session: Session, seen: Outlook) -> tuple[NextDate, ...]:
    """The dates still to come that concern a person, the next first."""
    planned = seen.planned
    roles = {holding.role for holding in seen.who.holdings}
    coming = list(_to_come(planned.calendar, seen, roles))
    if planned.record.state is QuarterState.PUBLISHED:
        following = cycle.of(session, planned.quarter.next).calendar
        coming += [one for one in _to_come(following, seen, roles) if one.name in {"opens", "due"}]
    return tuple(sorted(coming, key=lambda one: one.day))


def board(session: Session, seen: Outlook) -> BoardView:
    """The latest digest, and when the board meets next."""
    newest = digests.newest(session)
    planned = seen.planned
    if planned.calendar.board < seen.today:
        planned = cycle.of(session, planned.quarter.next)
    return BoardView(
        newest[0] if newest else None,
        newest[1] if newest else None,
        planned.quarter,
        planned.calendar.board,
        planned.calendar.board_confirmed,
    )


def _to_come(calendar: QuarterCalendar, seen: Outlook, roles: set[Role]) -> Iterator[NextDate]:
    for name, concerned in CONCERNS.items():
        day = getattr(calendar, name)
        instant = calendar.closes_at if name == "close" else calendar.at(day)
        past = day < seen.today if name in {"due", "card_due", "board"} else instant <= seen.now
        if roles & concerned and not past:
            yield NextDate(calendar.quarter, name, day)
