"""People and what they are responsible for, read as frozen values.

It owns the queries about persons and roles. It must not decide who may do what: holdings go
to `rules/permissions.py`.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from datetime import date, time

from sqlalchemy import ColumnElement, or_
from sqlmodel import Session, col, select

from rules.permissions import Holding
from rules.vocabulary import Role, RoleScope
from store import leave
from store.once import insert_once
from store.tables import Block, Partnership, Person, RoleAssignment, Target


@dataclass(frozen=True, slots=True)
class PersonRecord:
    """A person by number. `direct_channel` is the Slack channel of their direct messages.

    An empty `zone` is the programme's own; working hours that are none are as the settings say.
    """

    number: int
    slack_id: str
    label: str
    zone: str
    active: bool
    direct_channel: str | None
    day_starts: time | None = None
    day_ends: time | None = None


def by_slack_id(session: Session, slack_id: str) -> PersonRecord | None:
    """The person with a Slack id, or none."""
    row = session.exec(select(Person).where(Person.slack_user_id == slack_id)).first()
    return None if row is None else _record(row)


def by_number(session: Session, number: int) -> PersonRecord | None:
    """The person with a number, or none."""
    row = session.get(Person, number)
    return None if row is None else _record(row)


def everyone(session: Session) -> tuple[PersonRecord, ...]:
    """Every person, the inactive too."""
    return tuple(_record(row) for row in session.exec(select(Person).order_by(col(Person.id))))


def holdings(session: Session, number: int, on: date) -> tuple[Holding, ...]:
    """The roles a person holds on a day, each with the code of what it is held over.

    Among them are those of the people in whose place they answer, marked as delegated; what
    these hold for somebody else is not handed on.
    """
    away = (one.person for one in leave.handed_to(session, number, on))
    handed = (held for person in away for held in _own_holdings(session, person, on))
    delegated = (replace(held, delegated=True) for held in handed)
    return (*_own_holdings(session, number, on), *delegated)


def _own_holdings(session: Session, number: int, on: date) -> tuple[Holding, ...]:
    rows = session.exec(
        select(RoleAssignment, Block.code, Partnership.code, Target.ref)
        .outerjoin(Block, col(RoleAssignment.block_id) == col(Block.id))
        .outerjoin(Partnership, col(RoleAssignment.partnership_id) == col(Partnership.id))
        .outerjoin(Target, col(RoleAssignment.target_id) == col(Target.id))
        .where(RoleAssignment.person_id == number, *current(on))
    ).all()
    return tuple(
        Holding(role.role, role.scope, block or partnership or target)
        for role, block, partnership, target in rows
    )


def holders(session: Session, role: Role, on: date) -> tuple[int, ...]:
    """The numbers of the active people who hold a role on a day, over anything."""
    rows = session.exec(
        select(RoleAssignment.person_id)
        .join(Person, col(Person.id) == col(RoleAssignment.person_id))
        .where(RoleAssignment.role == role, Person.active, *current(on))
        .order_by(col(RoleAssignment.person_id))
        .distinct()
    ).all()
    return tuple(rows)


@dataclass(frozen=True, slots=True)
class Responsible:
    """Who is responsible for targets and blocks on a day: numbers by target or block id."""

    leads: dict[int, int]
    sponsors: dict[int, int]
    performance_leads: dict[int, int]


def responsible(session: Session, on: date, only: Collection[int] | None = None) -> Responsible:
    """Leads and sponsors by target id, performance leads by block id, active people only.

    `only` narrows leads and sponsors to these targets.
    """
    query = (
        select(RoleAssignment)
        .join(Person, col(Person.id) == col(RoleAssignment.person_id))
        .where(Person.active, *current(on))
    )
    if only is not None:
        target = col(RoleAssignment.target_id)
        query = query.where(or_(target.is_(None), target.in_(only)))
    rows = session.exec(query).all()
    return Responsible(
        _by_target(rows, Role.TARGET_LEAD),
        _by_target(rows, Role.TARGET_SPONSOR),
        {
            row.block_id: row.person_id
            for row in rows
            if row.role is Role.BLOCK_PERFORMANCE_LEAD and row.block_id is not None
        },
    )


def concerned_with(session: Session, number: int, on: date) -> tuple[int, ...]:
    """The ids of the targets a person leads, sponsors, or speaks for as performance lead."""
    held = session.exec(
        select(RoleAssignment).where(RoleAssignment.person_id == number, *current(on))
    ).all()
    named = {row.target_id for row in held if row.target_id is not None}
    blocks = [row.block_id for row in held if row.block_id is not None]
    in_blocks = session.exec(select(Target.id).where(col(Target.block_id).in_(blocks)))
    return tuple(sorted(named.union(one for one in in_blocks if one is not None)))


def liaison_officers(session: Session, on: date) -> dict[str, int]:
    """The number of each partnership's liaison officer on a day, active ones, by its code."""
    rows = session.exec(
        select(Partnership.code, RoleAssignment.person_id)
        .join(RoleAssignment, col(RoleAssignment.partnership_id) == col(Partnership.id))
        .join(Person, col(Person.id) == col(RoleAssignment.person_id))
        .where(RoleAssignment.role == Role.LIAISON_OFFICER, Person.active, *current(on))
    )
    return dict(rows.all())


def partnerships_of(session: Session, number: int, on: date) -> frozenset[str]:
    """The codes of the partnerships a person belongs to on a day.

    Those they are liaison officer of, and those of the targets they hold a role over.
    """
    rows = session.exec(
        select(Partnership.code)
        .join(RoleAssignment, col(RoleAssignment.person_id) == number)
        .outerjoin(Target, col(Target.id) == col(RoleAssignment.target_id))
        .where(
            or_(
                col(Partnership.id) == col(RoleAssignment.partnership_id),
                col(Partnership.id) == col(Target.partnership_id),
            ),
            *current(on),
        )
    )
    return frozenset(rows)


def over_partnerships(session: Session, role: Role, on: date) -> dict[int, int]:
    """Who holds a role over each partnership on a day, active people only."""
    rows = session.exec(
        select(RoleAssignment)
        .join(Person, col(Person.id) == col(RoleAssignment.person_id))
        .where(Person.active, RoleAssignment.role == role, *current(on))
    ).all()
    return {row.partnership_id: row.person_id for row in rows if row.partnership_id is not None}


def keep_direct_channel(session: Session, number: int, channel: str) -> None:
    """Remember the channel of a person's direct messages: it is opened once and kept."""
    session.get_one(Person, number).direct_channel = channel


def keep_hours(
    session: Session, number: int, zone: str, starts: time | None, ends: time | None
) -> None:
    """Keep a person's time zone and working hours; none of them follows the settings."""
    row = session.get_one(Person, number)
    row.zone, row.day_starts, row.day_ends = zone, starts, ends
    session.flush()


def liaison_officer(session: Session, partnership: str, on: date) -> int | None:
    """The number of a partnership's liaison officer on a day, by the partnership's code."""
    return session.exec(
        select(RoleAssignment.person_id)
        .join(Partnership, col(Partnership.id) == col(RoleAssignment.partnership_id))
        .join(Person, col(Person.id) == col(RoleAssignment.person_id))
        .where(
            RoleAssignment.role == Role.LIAISON_OFFICER,
            Partnership.code == partnership,
            Person.active,
            *current(on),
        )
        .order_by(col(RoleAssignment.id).desc())
    ).first()


def _by_target(rows: Iterable[RoleAssignment], role: Role) -> dict[int, int]:
    return {
        row.target_id: row.person_id
        for row in rows
        if row.role is role and row.target_id is not None
    }


def current(on: date) -> tuple[ColumnElement[bool], ...]:
    """What a role must fulfil to be held on a day."""
    ends = col(RoleAssignment.ends)
    return (col(RoleAssignment.starts) <= on, or_(ends.is_(None), ends > on))


def _record(row: Person) -> PersonRecord:
    return PersonRecord(
        row.id or 0,
        row.slack_user_id,
        row.label,
        row.zone,
        row.active,
        row.direct_channel,
        row.day_starts,
        row.day_ends,
    )


def ensure(session: Session, slack_id: str, label: str) -> int:
    """The number of the person with a Slack id, entered under a label if nobody has it yet."""
    insert_once(session, Person, slack_user_id=slack_id, label=label)
    return session.exec(select(Person.id).where(Person.slack_user_id == slack_id)).one() or 0


def give_role(session: Session, number: int, role: Role, starts: date) -> None:
    """Give a person a role over the whole programme from a day on."""
    session.add(RoleAssignment(person_id=number, role=role, scope=RoleScope.NONE, starts=starts))
    session.flush()


def admit(session: Session, slack_id: str, label: str, zone: str) -> int:
    """The number of somebody with a Slack id, entered where nobody has it yet, and active."""
    number = ensure(session, slack_id, label)
    row = session.get_one(Person, number)
    row.active, row.zone = True, zone or row.zone
    session.flush()
    return number
