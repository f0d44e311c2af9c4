"""Who may do what, tried: every role and every right of the matrix, and whoever is nobody here."""

import ast
import importlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime

import pytest
from sqlalchemy import event
from sqlmodel import Session, col, select

from bot.rehearsal.parts import Part
from messages.notices.refusals import OutOfDate, PersonUnknown, Refused
from messages.notices.setup_sheets import Suggested
from rules.permissions import COLUMNS, MATRIX, Capability, Reach, reach
from rules.vocabulary import ProposalState, Role, Status
from store import escalations, people, proposals, registers, returns, targets
from store.proposals import ProposalRecord
from store.tables import ActionRow, AuditEntry, Leave, Person, RoleAssignment
from tests.engines import Cabinet
from tests.flows.office import SECOND_DAY, Office
from tests.flows.surfaces import (
    ATTEMPTS,
    NO_SURFACE,
    NOW,
    OPEN_TO_ALL,
    OTHER,
    OTHER_OWED,
    OWN,
    OWN_SENT,
    SAYS_NOTHING,
    SURFACES,
    WITH_A_RETURN,
    Ground,
    Surface,
    flow_of,
)
from tests.house.files import modules
from tests.sample import QUARTER

UNSPONSORED = "LAA1-11"
PLACES = (OWN, OWN_SENT, OTHER, OTHER_OWED)
HOLDERS = {
    Role.TARGET_LEAD: "target-lead-19",
    Role.TARGET_SPONSOR: "sponsor-09",
    Role.BLOCK_PERFORMANCE_LEAD: "performance-lead-ede",
    Role.DELIVERY_GROUP: "delivery-group-01",
    Role.LIAISON_OFFICER: "liaison-officer-spatial",
    Role.LAA_MANAGER: "laa-manager-01",
    Role.CENTRAL_TEAM: "central-team-01",
    Role.DISTRICT_COORDINATOR: "district-coordinator-01",
    Role.PSB_MEMBER: "psb-member-01",
    Role.GO_CONTACT: "go-contact-01",
}
CELLS = [(role, capability) for role in Role for capability in Capability]


class UndoneError(Exception):
    """Raised to take back what a flow did, so that every attempt finds the same records."""


@dataclass(frozen=True, slots=True)
class Tried:
    """What became of an attempt: the answer, and every change it made, as statements."""

    found: object
    changes: tuple[str, ...]
    audited: tuple[AuditEntry, ...]


@dataclass(frozen=True, slots=True)
class Grounds:
    """An office at a moment, with targets of every kind of belonging."""

    office: Office
    now: datetime
    places: Mapping[str, Ground]

    def over(self, role: Role, capability: Capability, surface: Surface, *, own: bool) -> Ground:
        """What a role tries a right over: what is its own, or what is somebody else's."""
        if own and reach(role, capability) is Reach.SPONSORLESS:
            return self.places[UNSPONSORED]
        return self.places[surface.own if own else surface.other]

    def tried(self, flow: str, slack_id: str, on: Ground, away: str | None = None) -> Tried:
        """Let somebody try a flow, and take back what it did; in place of whoever is `away`."""
        kept: list[Tried] = []
        with suppress(UndoneError), self.office.database.writing() as session:
            if away is not None:
                self._hand_over(session, away, slack_id)
            last = max(session.exec(select(AuditEntry.id)).all(), key=lambda one: one or 0) or 0
            with changes(session) as made:
                found = ATTEMPTS[flow](session, slack_id, on, self.now)
                session.flush()
            new = session.exec(select(AuditEntry).where(col(AuditEntry.id) > last))
            kept.append(Tried(found, tuple(made), tuple(new)))
            session.expunge_all()
            raise UndoneError
        return kept[0]

    def _hand_over(self, session: Session, away: str, slack_id: str) -> None:
        delegate = people.by_slack_id(session, slack_id)
        assert delegate is not None
        day, number = self.now.date(), self.office.people[away]
        session.add(Leave(person_id=number, starts=day, ends=day, delegate_id=delegate.number))
        session.flush()


@pytest.fixture(scope="module")
def grounds(cabinet: Cabinet, escalated_url: str, by_ref: Mapping[str, Part]) -> Iterator[Grounds]:
    with Office(cabinet.copy(escalated_url, "rights"), by_ref) as office:
        office.do(leave_without_sponsor, office.numbers[UNSPONSORED])
        office.do(lies_with_a_district, office.numbers[OWN])
        refs = (*PLACES, UNSPONSORED)
        yield Grounds(office, NOW, {ref: office.do(ground, office, ref) for ref in refs})


@pytest.fixture(scope="module")
def while_open(
    cabinet: Cabinet, almost_in_url: str, by_ref: Mapping[str, Part]
) -> Iterator[Grounds]:
    """The same people while the window is open."""
    with Office(cabinet.copy(almost_in_url, "rights_open"), by_ref) as office:
        places = {ref: office.do(ground, office, ref) for ref in PLACES}
        yield Grounds(office, SECOND_DAY, places)


def test_there_is_one_holder_for_each_role_and_they_hold_nothing_else(grounds: Grounds) -> None:
    assert set(HOLDERS) == set(Role) == set(COLUMNS)
    for role, label in HOLDERS.items():
        number = grounds.office.people[label]
        held = grounds.office.do(people.holdings, number, NOW.date())
        assert {one.role for one in held} == {role}, label


def test_no_cell_of_the_matrix_is_untested() -> None:
    assert len(CELLS) == len(set(CELLS)) == len(Role) * len(Capability) == 260
    assert set(MATRIX) == set(Capability)
    named = [*SURFACES, *WITH_A_RETURN, *NO_SURFACE]
    assert sorted(named) == sorted(Capability)
    assert {surface.flow for listed in SURFACES.values() for surface in listed} <= set(ATTEMPTS)


def test_a_right_without_a_surface_is_used_nowhere() -> None:
    """As soon as a flow asks for it, it needs a row of its own."""
    used = {
        node.attr
        for _, module in modules("flows")
        for node in ast.walk(module)
        if isinstance(node, ast.Attribute) and ast.unparse(node.value) == "Capability"
    }
    assert used == {one.name for one in SURFACES}


@pytest.mark.parametrize(("role", "capability"), CELLS)
def test_every_role_may_do_what_the_matrix_says_and_no_more(
    grounds: Grounds, while_open: Grounds, role: Role, capability: Capability
) -> None:
    far = reach(role, capability)
    if capability in WITH_A_RETURN:
        assert reach(role, Capability.SUBMIT_RETURN) in {Reach.NOTHING, far}
    for surface in SURFACES.get(capability, ()):
        for own in (True, False):
            wanted = far is Reach.ALL or (far is not Reach.NOTHING and (own or not surface.over))
            there = while_open if surface.open else grounds
            on = there.over(role, capability, surface, own=own)
            tried = there.tried(surface.flow, there.office.slack_ids[HOLDERS[role]], on)
            judge(tried, surface, on, capability, wanted=wanted)


@pytest.mark.parametrize(("role", "capability"), CELLS)
def test_a_delegate_may_do_what_the_person_away_may_and_no_more(
    grounds: Grounds, while_open: Grounds, role: Role, capability: Capability
) -> None:
    """The delegate holds nothing of their own that gives a right."""
    assert all(MATRIX[one][-1] is Reach.NOTHING for one in Capability)
    by, far = grounds.office.slack_ids[HOLDERS[Role.GO_CONTACT]], reach(role, capability)
    for surface in SURFACES.get(capability, ()):
        for own in (True, False):
            wanted = far is Reach.ALL or (far is not Reach.NOTHING and (own or not surface.over))
            there = while_open if surface.open else grounds
            on = there.over(role, capability, surface, own=own)
            away = HOLDERS[role] if role is not Role.GO_CONTACT else None
            judge(there.tried(surface.flow, by, on, away), surface, on, capability, wanted=wanted)


def test_nobody_acknowledges_what_they_lead_not_even_for_the_sponsor(grounds: Grounds) -> None:
    lead, sponsor = HOLDERS[Role.TARGET_LEAD], HOLDERS[Role.TARGET_SPONSOR]
    by = grounds.office.slack_ids[lead]
    for flow in ("flows.acknowledge.acknowledge", "flows.acknowledge.may_acknowledge"):
        tried = grounds.tried(flow, by, grounds.places[OWN], away=sponsor)
        assert isinstance(tried.found, Refused)
        assert tried.found.people == (grounds.office.people[sponsor],)


def test_a_delegate_does_not_hand_on_what_was_handed_to_them(grounds: Grounds) -> None:
    by = grounds.office.slack_ids[HOLDERS[Role.GO_CONTACT]]
    for flow in ("flows.leave.set_away", "flows.leave.sheet_of"):
        tried = grounds.tried(flow, by, grounds.places[OWN], away=HOLDERS[Role.CENTRAL_TEAM])
        assert isinstance(tried.found, Refused)
        assert [entry.action for entry in tried.audited] == ["refused"]


def judge(
    tried: Tried, surface: Surface, on: Ground, capability: Capability, *, wanted: bool
) -> None:
    """Granted or not as wanted; a refusal names who can, is kept once, and changes nothing."""
    about = f"{surface.flow} over {on.ref}: {tried.found}"
    assert not isinstance(tried.found, PersonUnknown), about
    assert surface.granted(tried.found, on) is wanted, about
    if not isinstance(tried.found, Refused):
        return
    assert tried.found.words_for in {capability, Capability.SEE_STATUS}, about
    assert tried.found.who_can, about
    assert tried.found.people, about
    assert [entry.action for entry in tried.audited] == ["refused"], about
    assert tried.audited[0].subject.startswith(tried.found.words_for), about
    assert len(tried.changes) == 1, about


def test_every_flow_a_listener_calls_is_tried_here() -> None:
    called = set(flows_called())
    assert len(called) > 70
    assert called - set(OPEN_TO_ALL) <= {flow_of(name) for name in ATTEMPTS}
    assert set(OPEN_TO_ALL) <= called


@pytest.mark.parametrize("name", ATTEMPTS)
def test_nobody_who_is_unknown_or_inactive_does_anything(grounds: Grounds, name: str) -> None:
    for slack_id in ("UNOBODY", "", "'; DROP TABLE person;--", "U" * 300):
        turned_away(grounds.tried(name, slack_id, grounds.places[OWN]), name)


@pytest.mark.parametrize("name", ATTEMPTS)
def test_whoever_is_deactivated_does_nothing_more(grounds: Grounds, name: str) -> None:
    """The central team's second member may do everything, until they are deactivated."""
    office = grounds.office
    number = office.people["central-team-02"]
    office.do(set_active, number, active=False)
    try:
        turned_away(
            grounds.tried(name, office.slack_ids["central-team-02"], grounds.places[OWN]), name
        )
    finally:
        office.do(set_active, number, active=True)


def turned_away(tried: Tried, name: str) -> None:
    """They hear whom to ask, or are offered nothing; nothing is changed, not even the audit."""
    found = tried.found
    if isinstance(found, PersonUnknown):
        assert found.central_team, name
    elif name in SAYS_NOTHING:
        assert found is None or isinstance(found, OutOfDate), name
    else:
        assert found in (False, Suggested()), f"{name}: {found}"
    assert not tried.changes, name


def flows_called() -> Iterator[str]:
    """Every flow a listener hands to the desk, by module and name."""
    for path, module in modules("handlers"):
        names = vars(importlib.import_module(path.removesuffix(".py").replace("/", ".")))
        for node in ast.walk(module):
            if not isinstance(node, ast.Name | ast.Attribute):
                continue
            found = resolved(ast.unparse(node), names)
            came_from = getattr(found, "__module__", None) or ""
            if came_from.startswith("flows") and handed_over(node, module):
                yield f"{came_from}.{getattr(found, '__name__', '')}"


def handed_over(node: ast.expr, module: ast.Module) -> bool:
    """Whether it is given to something, and not called there."""
    calls = [one for one in ast.walk(module) if isinstance(one, ast.Call)]
    return any(node in [*one.args, *(word.value for word in one.keywords)] for one in calls)


def resolved(words: str, names: Mapping[str, object]) -> object:
    """What a dotted name means in a module, where it is a function."""
    first, *others = words.split(".")
    found = names.get(first)
    for other in others:
        found = getattr(found, other, None)
    return found if callable(found) and not isinstance(found, type) else None


@contextmanager
def changes(session: Session) -> Iterator[list[str]]:
    """Every statement that changes something, while it lasts."""
    made: list[str] = []

    def note(*about: object) -> None:
        words = str(about[2]).lstrip().upper()
        if words.startswith(("INSERT", "UPDATE", "DELETE")):
            made.append(words)

    engine = session.get_bind().engine
    event.listen(engine, "before_cursor_execute", note)
    try:
        yield made
    finally:
        event.remove(engine, "before_cursor_execute", note)


def ground(session: Session, office: Office, ref: str) -> Ground:
    """A target with a proposal that waits, and the numbers of what hangs on it."""
    number = office.numbers[ref]
    found = targets.in_quarter(session, number, QUARTER, NOW.date())
    assert found is not None
    assert found.lead is not None
    record = returns.in_quarter(session, QUARTER).get(number)
    said = {one.target: one.number for one in escalations.in_quarter(session, QUARTER)}
    action = next(iter(registers.actions(session, [number])), None)
    labels = {one: label for label, one in office.people.items()}
    return Ground(
        ref,
        number,
        found.lead,
        record.version if record else 1,
        action.number if action else 1,
        said.get(number, 1),
        proposals.make(session, asked_for(number, found.lead)),
        found.partnership_name,
        office.slack_ids[labels[found.lead]],
    )


def asked_for(number: int, lead: int) -> ProposalRecord:
    """A better colour that waits for an answer."""
    return ProposalRecord(
        target=number,
        quarter=QUARTER,
        version=1,
        proposed=Status.GREEN,
        computed=Status.AMBER,
        reason="It counts next quarter",
        proposed_by=lead,
        proposed_at=SECOND_DAY,
        state=ProposalState.WAITING,
    )


def leave_without_sponsor(session: Session, number: int) -> None:
    held = session.exec(
        select(RoleAssignment).where(
            RoleAssignment.target_id == number, RoleAssignment.role == Role.TARGET_SPONSOR
        )
    ).one()
    session.delete(held)


def lies_with_a_district(session: Session, number: int) -> None:
    for action in session.exec(select(ActionRow).where(ActionRow.target_id == number)):
        action.districts = "Cherwell"


def set_active(session: Session, number: int, *, active: bool) -> None:
    session.get_one(Person, number).active = active
