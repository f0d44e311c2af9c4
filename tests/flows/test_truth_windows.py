"""What is said of a window is true: who was asked in a lead's place, and which dates moved."""

from datetime import date

from sqlmodel import Session, col, select

from flows.board_date import set_board
from flows.run_quarter import Opening, open_by_hand
from messages.notices.returns import ReturnsRequested
from messages.notices.window import DatesChanged, WindowOpened
from rules.vocabulary import Role
from store.tables import RoleAssignment
from tests.flows.office import SECOND_DAY, Office
from tests.sample import MANAGER_TOLD, OPENS, QUARTER, london

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


def dates_told(office: Office) -> dict[str, DatesChanged]:
    """What each person was told of new dates, by label."""
    labels = {number: label for label, number in office.people.items()}
    told = {}
    for line in office.ledger("dates_changed"):
        notice = office.said(line.key)
        assert isinstance(notice, DatesChanged)
        told[labels[line.to_person or 0]] = notice
    return told


def test_of_a_board_that_moves_in_the_window_leads_read_that_alone(opened: Office) -> None:
    by = opened.slack_ids["central-team-01"]
    opened.do(set_board, by, QUARTER, date(2008, 11, 26), SECOND_DAY)
    told = dates_told(opened)["target-lead-19"]
    assert (told.board_moved, told.due_moved, told.escalated) == (True, False, ())


def test_of_a_due_day_that_moves_leads_read_that_alone(opened: Office) -> None:
    by = opened.slack_ids["central-team-01"]
    opened.do(open_by_hand, by, Opening(QUARTER, date(2008, 10, 23)), SECOND_DAY)
    told = dates_told(opened)["target-lead-19"]
    assert (told.board_moved, told.due_moved, told.due) == (False, True, date(2008, 10, 23))
    central = opened.said(f"opened:{QUARTER}")
    assert isinstance(central, WindowOpened)
    assert (central.due, central.closes) == (date(2008, 10, 23), london(10, 30, 17))
    assert not central.board_confirmed


def test_after_the_close_only_those_with_an_escalation_are_told(escalated: Office) -> None:
    by = escalated.slack_ids["central-team-01"]
    escalated.do(set_board, by, QUARTER, date(2008, 11, 26), MANAGER_TOLD)
    told = dates_told(escalated)
    assert told["sponsor-09"].escalated == told["target-lead-19"].escalated == (UNLED,)
    assert UNLED in told[SPEAKS_FOR_THE_BLOCK].escalated
    assert "target-lead-08" not in told
    assert not any(one.due_moved for one in told.values())
