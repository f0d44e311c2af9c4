"""Who holds what, as the central team looks at it: from the programme down to a target.

It owns this picture. It must not change anything but the audit of a refusal.
"""

from datetime import date, datetime

from sqlmodel import Session

from flows import cycle
from flows.setup.admission import admitted
from flows.setup.pages import page_of
from flows.standing import Asker
from messages.notices.organising import EndingLine, Holder, RoleLine, RolesOver, Under
from messages.notices.refusals import OutOfDate, PersonUnknown, Refused
from rules.roles import HELD_OVER, Place, Tenure
from rules.vocabulary import Role, RoleScope
from store import organisation, people, roles

PROGRAMME = (RoleScope.NONE, 0)


def roles_over(
    session: Session, slack_id: str, scope: RoleScope, at: int, page: int, now: datetime
) -> RolesOver | OutOfDate | Refused | PersonUnknown:
    """Who holds what over something, and what lies under it; a page at a time."""
    who = admitted(session, slack_id, now)
    if not isinstance(who, Asker):
        return who
    name = "" if scope is RoleScope.NONE else organisation.name_of(session, scope, at)
    if name is None:
        return OutOfDate()
    today = cycle.today(session, now)
    lines = _lines(session, scope, at, today)
    below: list[EndingLine | Under] = [*_endings(lines), *_under(session, scope, at, today)]
    shown = page_of(below, page)
    return RolesOver(
        scope,
        at,
        name,
        lines,
        tuple(one for one in shown.rows if isinstance(one, EndingLine)),
        tuple(one for one in shown.rows if isinstance(one, Under)),
        _above(session, scope, at),
        shown.number,
        shown.of,
    )


def _lines(session: Session, scope: RoleScope, at: int, today: date) -> tuple[RoleLine, ...]:
    found = roles.over(session, scope, at or None)
    return tuple(
        RoleLine(
            role,
            scope,
            at,
            Place(role, scope, at or None).holds_one,
            tuple(_holder(one, today) for one in found if _is_of(one, role, today)),
        )
        for role in HELD_OVER[scope]
    )


def _endings(lines: tuple[RoleLine, ...]) -> list[EndingLine]:
    return [
        EndingLine(line.role, line.scope, line.holds_one, one.tenure, one.person, one.to_come)
        for line in lines
        for one in line.holders
        if one.ends is None
    ]


def _is_of(tenure: Tenure, role: Role, today: date) -> bool:
    return tenure.place.role is role and (tenure.holds_on(today) or tenure.begins_after(today))


def _holder(tenure: Tenure, today: date) -> Holder:
    return Holder(
        tenure.number, tenure.person, tenure.starts, tenure.ends, tenure.begins_after(today)
    )


def _under(session: Session, scope: RoleScope, at: int, today: date) -> tuple[Under, ...]:
    if scope is RoleScope.NONE:
        blocks = (
            Under(RoleScope.BLOCK, one.number, one.name) for one in organisation.blocks(session)
        )
        partnerships = (
            Under(RoleScope.PARTNERSHIP, one.number, one.name)
            for one in organisation.partnerships(session)
        )
        return (*blocks, *partnerships)
    if scope is not RoleScope.PARTNERSHIP:
        return ()
    owners = people.responsible(session, today)
    return tuple(
        Under(RoleScope.TARGET, number, name, owners.leads.get(number), owners.sponsors.get(number))
        for number, name in organisation.targets_of(session, at)
    )


def _above(session: Session, scope: RoleScope, at: int) -> tuple[RoleScope, int] | None:
    if scope is RoleScope.NONE:
        return None
    if scope is not RoleScope.TARGET:
        return PROGRAMME
    return RoleScope.PARTNERSHIP, organisation.partnership_of(session, at) or 0
