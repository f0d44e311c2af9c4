"""What is said of a window is true: who was asked in a lead's place, and which dates moved."""

from sqlmodel import Session, col, select

from messages.notices.returns import ReturnsRequested
from messages.notices.window import WindowOpened
from rules.vocabulary import Role
from store.tables import RoleAssignment
from tests.flows.office import Office
from tests.sample import OPENS, QUARTER

UNLED = "LAA2-NI154"
SPEAKS_FOR_THE_BLOCK = "performance-lead-ede"


def nobody_holds(session: Session, role: Role, number: int | None = None) -> None:
    """As if nobody had been given a role: over one target by number, or at all."""
    query = select(RoleAssignment).where(RoleAssignment.role == role)
    if number is not None:
        query = query.where(col(RoleAssignment.target_id) == number)
    for row in session.exec(query):
        session.delete(row)


def opening_without_a_lead(office: Office) -> WindowOpened:
    office.do(nobody_holds, Role.TARGET_LEAD, office.numbers[UNLED])
    office.tick(OPENS)
    told = office.said(f"opened:{QUARTER}")
    assert isinstance(told, WindowOpened)
    return told


def test_the_central_team_reads_who_was_asked_for_a_target_without_a_lead(prepared: Office) -> None:
    told = opening_without_a_lead(prepared)
    asked = prepared.people[SPEAKS_FOR_THE_BLOCK]
    assert [(line.ref, line.lead, line.in_place) for line in told.without_lead] == [
        (UNLED, None, asked)
    ]


def test_without_a_performance_lead_either_nobody_is_said_to_be_asked(prepared: Office) -> None:
    prepared.do(nobody_holds, Role.BLOCK_PERFORMANCE_LEAD)
    told = opening_without_a_lead(prepared)
    assert [(line.ref, line.in_place) for line in told.without_lead] == [(UNLED, None)]


def test_the_performance_lead_reads_that_they_are_asked_in_the_leads_place(
    prepared: Office,
) -> None:
    opening_without_a_lead(prepared)
    for label, ref, in_place in (
        (SPEAKS_FOR_THE_BLOCK, UNLED, True),
        ("target-lead-19", "LAA2-NI155", False),
    ):
        asked = prepared.said(f"request:{QUARTER}:person {prepared.people[label]}")
        assert isinstance(asked, ReturnsRequested)
        assert [(one.ref, one.in_place) for one in asked.targets] == [(ref, in_place)]
