"""Roles into the records: who leads, sponsors and looks after what, and since when.

It owns which roles follow from the files, and the handing over of a place from one holder to
the next. Roles over nothing (the central team, the board) are added and never taken away: a
file that forgets an administrator must not lock everyone out.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from zoneinfo import ZoneInfo

from sqlmodel import col, select

from rules.calendar import CalendarSettings
from rules.vocabulary import Role, RoleScope
from store.importing.ledger import Ledger
from store.importing.programme import PersonLine, Programme
from store.tables import Block, Partnership, Person, RoleAssignment, Target

NAMED_ELSEWHERE = frozenset({Role.TARGET_LEAD, Role.BLOCK_PERFORMANCE_LEAD})
OVER_A_PARTNERSHIP = frozenset({Role.TARGET_SPONSOR, Role.LIAISON_OFFICER})

Place = tuple[Role, RoleScope, int | None]


@dataclass(frozen=True, slots=True)
class Wish:
    """A role the files give a person. `over` is a code, or none over nothing."""

    label: str
    role: Role
    scope: RoleScope = RoleScope.NONE
    over: str | None = None


def wishes(programme: Programme) -> Iterator[Wish]:
    """Every role that follows from the files; some may come twice."""
    for target in programme.targets:
        scope = RoleScope.TARGET
        yield from _wish(target.lead, Role.TARGET_LEAD, scope, target.ref)
        yield from _wish(target.sponsor, Role.TARGET_SPONSOR, scope, target.ref)
    for one in programme.partnerships:
        scope = RoleScope.PARTNERSHIP
        yield from _wish(one.sponsor, Role.TARGET_SPONSOR, scope, one.code)
        yield from _wish(one.liaison_officer, Role.LIAISON_OFFICER, scope, one.code)
    for code, label in _performance_leads(programme).items():
        yield from _wish(label, Role.BLOCK_PERFORMANCE_LEAD, RoleScope.BLOCK, code)
    for person in programme.people:
        yield from _own(person)


def load_roles(
    ledger: Ledger,
    programme: Programme,
    people: Mapping[str, Person],
    blocks: Mapping[str, Block],
    partnerships: Mapping[str, Partnership],
    targets: Mapping[str, Target],
) -> None:
    """Every place the files speak of is held by those they name, from today on.

    A place that nobody held before is held since the first day of the earliest loaded quarter.
    """
    numbers = {
        RoleScope.BLOCK: {code: row.id for code, row in blocks.items()},
        RoleScope.PARTNERSHIP: {code: row.id for code, row in partnerships.items()},
        RoleScope.TARGET: {ref: row.id for ref, row in targets.items()},
    }
    wanted: dict[Place, dict[int, Wish]] = {}
    for wish in wishes(programme):
        number = numbers[wish.scope][wish.over] if wish.over else None
        holders = wanted.setdefault((wish.role, wish.scope, number), {})
        holders.setdefault(people[wish.label].id or 0, wish)
    rows = ledger.session.exec(select(RoleAssignment).order_by(col(RoleAssignment.id))).all()
    held: dict[Place, list[RoleAssignment]] = {}
    for row in rows:
        held.setdefault(_place(row), []).append(row)
    first_day = programme.quarters[0].start if programme.quarters else None
    for place, holders in wanted.items():
        _hand_over(ledger, place, holders, held.get(place, []), first_day)
    ledger.step(0, "roles")


def _hand_over(
    ledger: Ledger,
    place: Place,
    holders: Mapping[int, Wish],
    before: list[RoleAssignment],
    first_day: date | None,
) -> None:
    today = ledger.now.astimezone(ZoneInfo(CalendarSettings().zone)).date()
    role, scope, number = place
    current = {row.person_id: row for row in before if row.ends is None}
    if scope is not RoleScope.NONE:
        for person_id in sorted(current.keys() - holders.keys()):
            _end(ledger, current[person_id], today, _name(next(iter(holders.values()))))
    for person_id, wish in holders.items():
        if person_id in current:
            ledger.same("role")
            continue
        row = RoleAssignment(
            person_id=person_id,
            role=role,
            scope=scope,
            block_id=number if scope is RoleScope.BLOCK else None,
            partnership_id=number if scope is RoleScope.PARTNERSHIP else None,
            target_id=number if scope is RoleScope.TARGET else None,
            starts=today if before or first_day is None else min(first_day, today),
        )
        facts = {"person": person_id, "starts": row.starts}
        ledger.add("role", _name(wish), row, facts)


def _end(ledger: Ledger, row: RoleAssignment, today: date, name: str) -> None:
    row.ends = max(today, row.starts)
    ledger.session.add(row)
    # The unique index allows one holder at a time: the old one goes before the new one comes.
    ledger.session.flush()
    ledger.note("changed", "role", name, after={"person": row.person_id, "ends": row.ends})


def _wish(label: str | None, role: Role, scope: RoleScope, over: str) -> Iterator[Wish]:
    if label:
        yield Wish(label, role, scope, over)


def _performance_leads(programme: Programme) -> dict[str, str | None]:
    leads = {block.code: block.performance_lead for block in programme.blocks}
    for person in programme.people:
        if Role.BLOCK_PERFORMANCE_LEAD in person.roles and person.block:
            leads[person.block] = leads[person.block] or person.label
    for target in programme.targets:
        leads[target.block] = leads[target.block] or target.performance_lead
    return leads


def _own(person: PersonLine) -> Iterator[Wish]:
    for role in person.roles:
        for scope, over in _places_of(person, role):
            yield Wish(person.label, role, scope, over)


def _places_of(person: PersonLine, role: Role) -> list[tuple[RoleScope, str | None]]:
    if role in NAMED_ELSEWHERE:
        return []
    if role is Role.DELIVERY_GROUP:
        return [(RoleScope.TARGET, ref) for ref in person.targets]
    if role in OVER_A_PARTNERSHIP:
        return [(RoleScope.PARTNERSHIP, person.partnership)] if person.partnership else []
    return [(RoleScope.NONE, None)]


def _place(row: RoleAssignment) -> Place:
    return row.role, row.scope, row.block_id or row.partnership_id or row.target_id


def _name(wish: Wish) -> str:
    return f"{wish.role.value} {wish.over or ''}".strip()
