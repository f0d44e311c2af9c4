"""Dated roles: who held, holds and will hold what.

It owns these rows, read as `rules/roles.py` sees them. It must not decide who may hold one.
"""

from datetime import date

from sqlalchemy import ColumnElement, and_, or_
from sqlmodel import Session, col, select

from rules.roles import Place, Tenure
from rules.vocabulary import Role, RoleScope
from store.tables import RoleAssignment, Target

ASKED_FOR_RETURNS = (Role.TARGET_LEAD, Role.BLOCK_PERFORMANCE_LEAD)
"""Whose change moves a request from one person to another (A5)."""


def find(session: Session, number: int) -> Tenure | None:
    """One tenure by its number, or none."""
    row = session.get(RoleAssignment, number)
    return None if row is None else _tenure(row)


def of_place(session: Session, place: Place) -> tuple[Tenure, ...]:
    """Every tenure of a place, the earliest first."""
    return _all(session, RoleAssignment.role == place.role, *_over(place.scope, place.over))


def over(session: Session, scope: RoleScope, number: int | None) -> tuple[Tenure, ...]:
    """Every tenure of every role over something, the earliest first."""
    return _all(session, *_over(scope, number))


def of_person(session: Session, person: int) -> tuple[Tenure, ...]:
    """Every tenure of a person, the earliest first."""
    return _all(session, RoleAssignment.person_id == person)


def give(session: Session, place: Place, person: int, starts: date) -> int:
    """Keep a new tenure; its number."""
    row = RoleAssignment(
        person_id=person,
        role=place.role,
        scope=place.scope,
        block_id=place.over if place.scope is RoleScope.BLOCK else None,
        partnership_id=place.over if place.scope is RoleScope.PARTNERSHIP else None,
        target_id=place.over if place.scope is RoleScope.TARGET else None,
        starts=starts,
    )
    session.add(row)
    session.flush()
    return row.id or 0


def end(session: Session, number: int, ends: date | None) -> None:
    """Keep the day a tenure ends, or that it goes on.

    The unique index wants the end of one before the next one comes.
    """
    session.get_one(RoleAssignment, number).ends = ends
    session.flush()


def hand_overs(session: Session, after: date, until: date) -> tuple[date, ...]:
    """The days on which requests move to somebody else, after a day and until another."""
    starts, ends = col(RoleAssignment.starts), col(RoleAssignment.ends)
    found = session.exec(
        select(starts, ends)
        .where(
            col(RoleAssignment.role).in_(ASKED_FOR_RETURNS),
            or_(ends.is_(None), ends != starts),
            or_(
                and_(starts > after, starts <= until),
                and_(ends.is_not(None), ends > after, ends <= until),
            ),
        )
        .distinct()
    ).all()
    days = {day for pair in found for day in pair if day is not None}
    return tuple(sorted(day for day in days if after < day <= until))


def asked_since(session: Session, day: date) -> frozenset[int]:
    """Everybody who answered for a return on a day or later, whether they still do or not."""
    ends = col(RoleAssignment.ends)
    rows = _all(
        session,
        col(RoleAssignment.role).in_(ASKED_FOR_RETURNS),
        or_(ends.is_(None), ends >= day),
    )
    return frozenset(one.person for one in rows)


def is_member(session: Session, person: int, partnership: int, on: date) -> bool:
    """Whether a person belongs to a partnership: by a role over it or over one of its targets."""
    of_it = select(Target.id).where(Target.partnership_id == partnership)
    rows = _all(
        session,
        RoleAssignment.person_id == person,
        or_(
            col(RoleAssignment.partnership_id) == partnership,
            col(RoleAssignment.target_id).in_(of_it),
        ),
    )
    return any(one.holds_on(on) or one.begins_after(on) for one in rows)


def _over(scope: RoleScope, number: int | None) -> tuple[ColumnElement[bool], ...]:
    columns = {
        RoleScope.BLOCK: RoleAssignment.block_id,
        RoleScope.PARTNERSHIP: RoleAssignment.partnership_id,
        RoleScope.TARGET: RoleAssignment.target_id,
    }
    same = col(RoleAssignment.scope) == scope
    return (same,) if scope is RoleScope.NONE else (same, col(columns[scope]) == number)


def _all(session: Session, *conditions: ColumnElement[bool] | bool) -> tuple[Tenure, ...]:
    rows = session.exec(
        select(RoleAssignment)
        .where(*conditions)
        .order_by(col(RoleAssignment.starts), col(RoleAssignment.id))
    )
    return tuple(_tenure(row) for row in rows)


def _tenure(row: RoleAssignment) -> Tenure:
    number = row.block_id or row.partnership_id or row.target_id
    place = Place(row.role, row.scope, number)
    return Tenure(row.id or 0, place, row.person_id, row.starts, row.ends)
