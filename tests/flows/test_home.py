"""The Home of each role holds what is theirs, and nothing that is not."""

from datetime import date, datetime, timedelta

import pytest
from sqlmodel import Session, select

from flows.extend import extend
from flows.home.gather import home
from flows.moving import Named, move_on
from flows.pause import pause
from flows.report_target import take_figure
from messages.notices.checking import ExtensionKept
from messages.notices.common import Stead
from messages.notices.home import Home
from messages.notices.refusals import PersonUnknown
from rules.answers import FigureAnswer
from rules.leave import Leave
from rules.lifecycle import Move
from rules.vocabulary import ActionState, EscalationEvent, ProposalState, Role, RoleScope, Status
from store import leave, proposals, registers
from store.proposals import ProposalRecord
from store.tables import RoleAssignment
from tests.flows.office import SECOND_DAY, SILENT, Office
from tests.sample import BOARD, CLOSES, PACK, QUARTER, RUN, figure_step

REF, LEAD, SPONSOR = "LAA2-NI154", "target-lead-19", "sponsor-09"
CENTRAL = "central-team-01"
AFTER_RUN = RUN + timedelta(hours=1)


def of(office: Office, label: str, now: datetime = SECOND_DAY) -> Home:
    found = office.do(home, office.slack_ids[label], now)
    assert isinstance(found, Home)
    return found


def give(
    session: Session, person: int, role: Role, target: int | None = None, *, ends: bool = False
) -> None:
    scope = RoleScope.TARGET if target else RoleScope.NONE
    if ends:
        held = session.exec(
            select(RoleAssignment).where(
                RoleAssignment.role == role, RoleAssignment.target_id == target
            )
        )
        for row in held:
            session.delete(row)
        session.flush()
    session.add(
        RoleAssignment(
            person_id=person, role=role, scope=scope, target_id=target, starts=date(2008, 1, 1)
        )
    )


def test_a_leads_list_holds_what_is_asked_for_what_is_left_first(almost_in: Office) -> None:
    found = of(almost_in, LEAD)
    (now,) = found.todos
    assert [(target.ref, target.done) for target in now.targets] == [
        (REF, None),
        ("LAA2-NI155", Status.AMBER),
    ]
    assert (found.left, found.waiting, found.roles_known) == (1, 0, True)


def test_the_list_of_whoever_is_away_stands_there_as_theirs(almost_in: Office) -> None:
    other = "target-lead-06"
    days = Leave(almost_in.people[LEAD], SECOND_DAY.date(), RUN.date(), almost_in.people[other])
    almost_in.do(leave.keep, days.person, days, SECOND_DAY.date())
    own, theirs = of(almost_in, other).todos
    assert own.stead is None
    assert theirs.stead == Stead(days.person, days.ends)
    assert [target.ref for target in theirs.targets] == [REF, "LAA2-NI155"]
    owing = {one.person: one for one in of(almost_in, CENTRAL).owing}[days.person]
    assert (owing.away_until, owing.stand_in) == (days.ends, almost_in.people[other])


def test_more_time_moves_the_day_and_keeps_a_draft_open(almost_in: Office) -> None:
    almost_in.figure(LEAD, REF, SECOND_DAY, figure_step(almost_in.parts[REF]))
    day = date(2008, 10, 31)
    give = (almost_in.slack_ids[CENTRAL], almost_in.people[LEAD], QUARTER, day, "A late survey.")
    assert isinstance(almost_in.do(extend, *give, SECOND_DAY), ExtensionKept)
    assert of(almost_in, LEAD).due == day
    almost_in.tick(CLOSES)
    found = of(almost_in, LEAD, RUN)
    assert (found.left, found.due, found.drafts[0].open) == (1, day, True)
    after = CLOSES + timedelta(days=4)
    assert not of(almost_in, LEAD, after).drafts[0].open


def test_a_return_that_came_back_says_why_and_its_lead_can_open_it(opened: Office) -> None:
    opened.report(REF, SECOND_DAY)
    assert of(opened, CENTRAL).to_accept == 1
    number, version = opened.numbers[REF], opened.record(REF).version
    why = "Which sites are these?"
    central = opened.slack_ids[CENTRAL]
    named = Named(number, QUARTER, version)
    opened.do(move_on, central, Move.SEND_BACK, named, why, SECOND_DAY)
    (now,) = of(opened, LEAD).todos
    assert {target.ref: target.back for target in now.targets}[REF] == why
    assert of(opened, CENTRAL).to_accept == 0


def test_a_proposed_colour_waits_for_the_central_team(opened: Office) -> None:
    assert of(opened, CENTRAL).proposals == ()
    opened.do(_propose, opened.numbers[REF], opened.people[LEAD])
    assert of(opened, CENTRAL).proposals == (REF,)
    assert of(opened, LEAD).proposals == ()


def _propose(session: Session, target: int, by: int) -> None:
    made = ProposalRecord(
        target,
        QUARTER,
        1,
        Status.AMBER,
        Status.RED,
        "Late data",
        by,
        SECOND_DAY,
        ProposalState.WAITING,
    )
    proposals.make(session, made)


def test_a_pause_is_known_to_everybody_it_concerns(opened: Office) -> None:
    opened.do(pause, opened.slack_ids[CENTRAL], QUARTER, SECOND_DAY)
    for label in (LEAD, CENTRAL):
        assert of(opened, label).todos[0].paused_at == SECOND_DAY


def test_only_the_central_team_sets_up(opened: Office) -> None:
    assert of(opened, CENTRAL).sets_up
    assert not of(opened, LEAD).sets_up


def test_outside_a_window_nothing_is_asked_of_a_lead(escalated: Office) -> None:
    found = of(escalated, LEAD, AFTER_RUN)
    assert found.left == 0
    assert found.todos[0].targets == ()


def test_a_stranger_is_told_whom_to_ask(opened: Office) -> None:
    assert isinstance(opened.do(home, "UNOBODY", SECOND_DAY), PersonUnknown)


def test_a_draft_waits_with_the_time_it_was_saved(opened: Office) -> None:
    part = opened.parts[REF]
    opened.figure(LEAD, REF, SECOND_DAY, figure_step(part))
    (draft,) = of(opened, LEAD).drafts
    assert (draft.ref, draft.quarter, draft.saved_at) == (REF, QUARTER, SECOND_DAY)
    assert draft.open
    assert of(opened, SPONSOR).drafts == (), "a draft is its author's alone"
    opened.report(REF, SECOND_DAY)
    assert of(opened, LEAD).drafts == ()


def test_a_draft_of_a_target_that_is_no_longer_theirs_is_not_shown(opened: Office) -> None:
    answer = FigureAnswer("1000", source="Planning", as_at=QUARTER.end, quality_confirmed=True)
    number = opened.numbers[REF]
    opened.do(take_figure, opened.slack_ids[LEAD], number, QUARTER, answer, SECOND_DAY)
    opened.do(give, opened.people["target-lead-02"], Role.TARGET_LEAD, number, ends=True)
    assert of(opened, LEAD).drafts == ()


def test_targets_show_their_last_four_quarters_oldest_first(almost_in: Office) -> None:
    found = of(almost_in, LEAD)
    assert found.columns == tuple(QUARTER.shifted(back) for back in (-3, -2, -1, 0))
    rows = {row.ref: row.statuses for row in found.targets}
    before = almost_in.record("LAA2-NI155", QUARTER.previous).status
    assert rows == {
        REF: (None, None, almost_in.record(REF, QUARTER.previous).status, None),
        "LAA2-NI155": (None, None, before, Status.AMBER),
    }
    assert {row.ref for row in of(almost_in, SPONSOR).targets} > {REF}


def test_a_sponsors_list_holds_what_waits_for_them(escalated: Office) -> None:
    found = of(escalated, SPONSOR, AFTER_RUN)
    (now,) = found.todos
    assert [one.ref for one in now.escalations] == [REF]
    assert found.waiting == 1
    assert found.cards == ()


def test_a_lead_sees_the_card_that_is_due(escalated: Office) -> None:
    (card,) = of(escalated, LEAD, AFTER_RUN).cards
    assert (card.target.ref, card.due) == (REF, date(2008, 11, 7))


def test_actions_are_those_of_own_targets_and_those_that_name_a_person(opened: Office) -> None:
    number = opened.numbers
    for ref, owner, state in (
        (REF, "housing", ActionState.OPEN),
        (REF, "housing", ActionState.DONE),
        ("LAA1-02", LEAD, ActionState.OPEN),
        ("LAA1-02", "somebody", ActionState.OPEN),
    ):
        opened.do(
            registers.add_action,
            number[ref],
            QUARTER.previous,
            text="Do it",
            owner=owner,
            due_on=date(2008, 9, 30),
            state=state,
        )
    shown = {(one.ref, one.owner): one.can_update for one in of(opened, LEAD).actions}
    assert shown == {(REF, "housing"): True, ("LAA1-02", LEAD): False}
    assert len(of(opened, "target-lead-02").actions) == 2
    assert of(opened, "central-team-01").actions == ()


def test_a_performance_lead_sees_their_block_and_who_still_owes_in_it(almost_in: Office) -> None:
    (block,) = of(almost_in, "performance-lead-hcop").overviews
    owed = {ref for one in block.owing for ref in one.refs}
    assert "LAA1-02" in owed
    assert block.missing == len(owed)
    assert not block.is_partnership
    assert block.colours


def test_a_liaison_officer_sees_their_partnership(almost_in: Office) -> None:
    label = next(name for name in almost_in.people if name.startswith("liaison-officer"))
    (partnership,) = of(almost_in, label).overviews
    assert partnership.is_partnership
    assert partnership.reported + partnership.missing > 0


def test_the_manager_sees_what_is_escalated_or_risky_and_who_supports_it(
    escalated: Office,
) -> None:
    found = of(escalated, "laa-manager-01", AFTER_RUN)
    by_ref = {one.ref: one for one in found.watched}
    one = by_ref[REF]
    assert one.event is EscalationEvent.NEW
    assert one.lead == escalated.people[LEAD]
    assert one.sponsor == escalated.people[SPONSOR]
    assert len(by_ref) >= 12
    assert of(escalated, "central-team-01", AFTER_RUN).watched == ()


def test_a_board_member_sees_the_latest_digest_and_when_the_board_meets(escalated: Office) -> None:
    before = of(escalated, "psb-member-01", AFTER_RUN).board
    assert before is not None
    assert (before.published, before.meets, before.confirmed) == (None, BOARD, True)
    escalated.tick(PACK)
    after = of(escalated, "psb-member-01", PACK).board
    assert after is not None
    assert (after.published, after.published_at) == (QUARTER, PACK)
    assert of(escalated, LEAD, PACK).board is None


def test_the_central_team_sees_who_owes_what(almost_in: Office) -> None:
    found = of(almost_in, "central-team-01")
    owed = {one.person: one.refs for one in found.owing}
    wanted = {almost_in.people[almost_in.parts[ref].lead or ""]: (ref,) for ref in SILENT}
    assert owed == wanted
    assert found.owed == len(SILENT)
    assert of(almost_in, LEAD).owing == ()
    assert of(almost_in, LEAD).tomorrow is None


def test_the_dates_are_those_to_come_that_concern_a_person(opened: Office) -> None:
    lead = [one.name for one in of(opened, LEAD).dates]
    assert lead == ["due", "close", "escalation_run", "card_due", "pack", "board"]
    member = [one.name for one in of(opened, "psb-member-01").dates]
    assert member == ["pack", "board"]
    assert of(opened, LEAD, CLOSES).dates[0].name == "escalation_run"


def test_once_a_quarter_is_published_the_next_window_is_named(escalated: Office) -> None:
    escalated.tick(PACK)
    found = of(escalated, LEAD, PACK + timedelta(days=10))
    assert [(one.quarter, one.name) for one in found.dates] == [
        (QUARTER.next, "opens"),
        (QUARTER.next, "due"),
    ]


@pytest.mark.parametrize("role", list(Role))
def test_whatever_somebody_is_their_home_can_be_gathered(opened: Office, role: Role) -> None:
    person = opened.people["target-lead-02"]
    scoped = role in {Role.TARGET_SPONSOR, Role.DELIVERY_GROUP}
    if role in {Role.BLOCK_PERFORMANCE_LEAD, Role.LIAISON_OFFICER, Role.TARGET_LEAD}:
        return
    opened.do(give, person, role, opened.numbers[REF] if scoped else None, ends=scoped)
    found = of(opened, "target-lead-02")
    assert found.roles_known
    follows = role in {Role.CENTRAL_TEAM, Role.LAA_MANAGER}
    assert found.follows == follows
    assert any(row.ref == REF for row in found.targets) == scoped
