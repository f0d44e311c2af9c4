"""Roles change hands on a day, in one step, and what is asked goes with them."""

from datetime import date, timedelta

import pytest

from flows import tick
from flows.pause import pause, resume
from flows.setup.roles import Done, end_role, ending, give_role, giving
from flows.setup.roles_over import roles_over
from messages.notices.organising import RolesOver
from messages.notices.organising_sheets import EndAnswer, Ending, Giving, RoleAnswer
from messages.notices.refusals import OutOfDate, Refused
from messages.notices.returns import ReturnsRequested
from messages.notices.roles import RequestPassedOn, RoleEnded, RoleGiven
from messages.notices.window import WindowOpened
from rules.organising import Amiss, Faults
from rules.people import Known, Unfit
from rules.roles import Place
from rules.vocabulary import Role, RoleScope
from store import people, roles
from tests.flows.office import Office
from tests.sample import OVERDUE, QUARTER, REMINDERS, london

CENTRAL, ONE, ANOTHER = "central-team-01", "target-lead-19", "target-lead-03"
REF, OTHER_REF = "LAA2-NI154", "LAA2-NI155"
NEW = Known("UNEWCOMER01", "Waste lead", "Europe/Dublin")
TEN = london(10, 10, 10)
TODAY = TEN.date()


def place(office: Office, ref: str = REF, role: Role = Role.TARGET_LEAD) -> Place:
    return Place(role, RoleScope.TARGET, office.numbers[ref])


def known(office: Office, label: str) -> Known:
    return Known(office.slack_ids[label], label, "Europe/London")


def replaced(
    office: Office,
    who: Known,
    at: Place | None = None,
    starts: date | None = TODAY,
    by: str = CENTRAL,
) -> object:
    at = at or place(office)
    now = TEN
    sheet = office.do(giving, office.slack_ids[CENTRAL], at, now)
    assert isinstance(sheet, Giving)
    answer = RoleAnswer(at, who.slack_id, starts, sheet.tenure, who)
    return office.do(give_role, office.slack_ids[by], answer, now)


def faults(found: object) -> list[tuple[str, Amiss]]:
    assert isinstance(found, Faults), found
    return [(one.field, one.code) for one in found.faults]


def asked(office: Office, label: str) -> tuple[str, ...]:
    said = office.said(f"request:{QUARTER}:person {office.people[label]}")
    return tuple(one.ref for one in said.targets) if isinstance(said, ReturnsRequested) else ()


def number_of(office: Office, who: Known) -> int:
    found = office.do(people.by_slack_id, who.slack_id)
    assert found is not None
    return found.number


def test_a_lead_replaced_in_an_open_window_is_asked_no_longer_and_the_new_one_is(
    opened: Office,
) -> None:
    assert asked(opened, ONE) == (REF, OTHER_REF)
    assert replaced(opened, NEW) == Done(RoleScope.TARGET, opened.numbers[REF])
    assert asked(opened, ONE) == (OTHER_REF,)
    new = number_of(opened, NEW)
    said = opened.said(f"request:{QUARTER}:person {new}")
    assert isinstance(said, ReturnsRequested)
    assert [one.ref for one in said.targets] == [REF]
    assert said.person == new
    given = [opened.said(key) for key in opened.keys("role_given")]
    assert [one.before for one in given if isinstance(one, RoleGiven)] == [opened.people[ONE]]
    ended = [opened.said(key) for key in opened.keys("role_ended")]
    assert [one.after for one in ended if isinstance(one, RoleEnded)] == [new]


def test_from_that_day_reminders_go_to_the_new_lead(opened: Office) -> None:
    replaced(opened, NEW)
    opened.tick(REMINDERS[0])
    new = number_of(opened, NEW)
    reminded = [line for line in opened.ledger("returns_still_missing") if line.to_person == new]
    assert len(reminded) == 1
    old = opened.said(f"remind:{QUARTER}:due-5:person {opened.people[ONE]}")
    assert [one.ref for one in old.targets] == [OTHER_REF]  # type: ignore[attr-defined]


def test_a_lead_whose_last_target_goes_reads_that_nothing_is_left(opened: Office) -> None:
    replaced(opened, NEW)
    replaced(opened, NEW, place(opened, OTHER_REF))
    said = opened.said(f"request:{QUARTER}:person {opened.people[ONE]}")
    assert said == RequestPassedOn(QUARTER, (OTHER_REF,))
    back = replaced(opened, known(opened, ONE), place(opened, OTHER_REF))
    assert isinstance(back, Done)
    assert asked(opened, ONE) == (OTHER_REF,)
    again = opened.said(f"request:{QUARTER}:person {opened.people[ONE]}")
    assert isinstance(again, ReturnsRequested)
    assert again.person == opened.people[ONE]


def test_a_lead_who_has_a_message_finds_the_target_added_there(opened: Office) -> None:
    before = asked(opened, ANOTHER)
    replaced(opened, known(opened, ANOTHER))
    assert asked(opened, ANOTHER) == (*before, REF)
    assert len([one for one in opened.keys("returns_requested") if "person" in one]) == len(
        opened.told("returns_requested")
    )


def test_what_was_reported_keeps_its_author_and_is_not_asked_again(opened: Office) -> None:
    opened.report(REF, london(10, 2, 10))
    replaced(opened, NEW)
    assert opened.record(REF).submitted_by == opened.people[ONE]
    assert asked(opened, ONE) == (REF, OTHER_REF)
    key = f"request:{QUARTER}:person {number_of(opened, NEW)}"
    assert key not in opened.keys("returns_requested")


def test_a_lead_to_come_is_asked_on_the_day_and_not_before(opened: Office) -> None:
    replaced(opened, NEW, starts=date(2008, 10, 16))
    assert asked(opened, ONE) == (REF, OTHER_REF)
    assert opened.tick(REMINDERS[0]) == ["due-5"]
    assert opened.tick(london(10, 16)) == ["hand-over 2008-10-16"]
    assert asked(opened, ONE) == (OTHER_REF,)
    key = f"request:{QUARTER}:person {number_of(opened, NEW)}"
    assert key in opened.keys("returns_requested")
    assert opened.tick(london(10, 16, 12)) == []
    assert opened.do(tick.next_due, london(10, 16, 12)) == REMINDERS[1]


def test_a_hand_over_in_a_pause_waits_until_the_quarter_goes_on(opened: Office) -> None:
    central = opened.slack_ids[CENTRAL]
    opened.do(pause, central, None, london(10, 9, 10))
    replaced(opened, NEW)
    key = f"request:{QUARTER}:person {number_of(opened, NEW)}"
    assert key not in opened.keys("returns_requested")
    opened.do(resume, central, None, None, london(10, 20, 8))
    assert key in opened.keys("returns_requested")
    assert asked(opened, ONE) == (OTHER_REF,)


def test_a_target_that_gets_a_lead_is_no_longer_named_without_one(opened: Office) -> None:
    at = place(opened)
    sheet = opened.do(giving, opened.slack_ids[CENTRAL], at, TEN)
    assert isinstance(sheet, Giving)
    answer = EndAnswer(sheet.tenure or 0, TODAY)
    assert isinstance(opened.do(end_role, opened.slack_ids[CENTRAL], answer, TEN), Done)
    told = opened.said(f"opened:{QUARTER}")
    assert isinstance(told, WindowOpened)
    assert REF in [one.ref for one in told.without_lead]
    replaced(opened, NEW)
    told = opened.said(f"opened:{QUARTER}")
    assert isinstance(told, WindowOpened)
    assert REF not in [one.ref for one in told.without_lead]


def test_somebody_new_is_entered_with_label_and_zone_and_somebody_who_left_is_back(
    prepared: Office,
) -> None:
    replaced(prepared, NEW)
    found = prepared.do(people.by_slack_id, NEW.slack_id)
    assert found is not None
    assert (found.label, found.zone, found.active) == ("Waste lead", "Europe/Dublin", True)
    (entry,) = prepared.audited("add person")
    assert "Waste" not in entry.subject + entry.after


@pytest.mark.parametrize("unfit", list(Unfit))
def test_an_account_that_cannot_hold_a_role_is_refused_at_the_person(
    opened: Office, unfit: Unfit
) -> None:
    found = replaced(opened, Known("UGUEST", "guest", "", unfit))
    assert faults(found) == [("person", Amiss.PERSON_UNFIT)]
    assert opened.do(people.by_slack_id, "UGUEST") is None


def test_nobody_and_no_day_and_somebody_not_looked_up_yet_are_said_at_their_fields(
    opened: Office,
) -> None:
    at = place(opened)
    sheet = opened.do(giving, opened.slack_ids[CENTRAL], at, TEN)
    assert isinstance(sheet, Giving)
    central = opened.slack_ids[CENTRAL]
    nothing = RoleAnswer(at, "", None, sheet.tenure, None)
    assert faults(opened.do(give_role, central, nothing, TEN)) == [
        ("starts", Amiss.DAY_MISSING),
        ("person", Amiss.PERSON_MISSING),
    ]
    other = RoleAnswer(at, "UELSE", TODAY, sheet.tenure, NEW)
    assert faults(opened.do(give_role, central, other, TEN)) == [("person", Amiss.PERSON_LOOKED_UP)]


def test_a_form_opened_before_somebody_else_replaced_the_lead_is_refused(opened: Office) -> None:
    at = place(opened)
    sheet = opened.do(giving, opened.slack_ids[CENTRAL], at, TEN)
    assert isinstance(sheet, Giving)
    replaced(opened, NEW)
    late = RoleAnswer(at, opened.slack_ids[ANOTHER], TODAY, sheet.tenure, known(opened, ANOTHER))
    found = opened.do(give_role, opened.slack_ids[CENTRAL], late, TEN + timedelta(minutes=1))
    assert faults(found) == [("person", Amiss.CHANGED_MEANWHILE)]


def test_a_sponsor_is_a_member_of_the_targets_partnership(opened: Office) -> None:
    at = place(opened, role=Role.TARGET_SPONSOR)
    assert faults(replaced(opened, NEW, at)) == [("person", Amiss.NOT_A_MEMBER)]
    of_another = known(opened, "sponsor-04")
    assert faults(replaced(opened, of_another, at)) == [("person", Amiss.NOT_A_MEMBER)]
    assert isinstance(replaced(opened, known(opened, ONE), at), Done)


def test_the_last_of_the_central_team_cannot_be_ended(opened: Office) -> None:
    team = opened.do(roles.of_place, Place(Role.CENTRAL_TEAM, RoleScope.NONE))
    central = opened.slack_ids[CENTRAL]
    *others, last = sorted(team, key=lambda one: one.person == opened.people[CENTRAL])
    for one in others:
        assert isinstance(opened.do(end_role, central, EndAnswer(one.number, TODAY), TEN), Done)
    found = opened.do(end_role, central, EndAnswer(last.number, TODAY), TEN)
    assert faults(found) == [("ends", Amiss.LAST_ADMINISTRATOR)]


def test_what_is_pressed_for_something_that_is_not_there_is_out_of_date(opened: Office) -> None:
    central = opened.slack_ids[CENTRAL]
    nowhere = Place(Role.TARGET_LEAD, RoleScope.TARGET, 99_999)
    assert opened.do(giving, central, nowhere, TEN) == OutOfDate()
    odd = Place(Role.TARGET_LEAD, RoleScope.BLOCK, 1)
    assert opened.do(giving, central, odd, TEN) == OutOfDate()
    assert opened.do(ending, central, 99_999, TEN) == OutOfDate()
    gone = opened.do(roles_over, central, RoleScope.PARTNERSHIP, 99_999, 1, TEN)
    assert gone == OutOfDate()


@pytest.mark.parametrize("label", [ONE, "laa-manager-01", "performance-lead-ede"])
def test_only_the_central_team_changes_roles_and_a_refusal_is_audited(
    opened: Office, label: str
) -> None:
    assert isinstance(replaced(opened, NEW, by=label), Refused)
    seen = opened.do(roles_over, opened.slack_ids[label], RoleScope.NONE, 0, 1, TEN)
    assert isinstance(seen, Refused)
    assert opened.audit()[-1] == ("refused", "SET_UP:programme")
    assert opened.audited("give role") == []


def test_the_audit_holds_who_held_it_and_who_does_now(opened: Office) -> None:
    replaced(opened, NEW)
    (ended,), (given,) = opened.audited("end role"), opened.audited("give role")
    assert ended.actor == given.actor == opened.people[CENTRAL]
    assert '"ends":null' in ended.before
    assert '"ends":"2008-10-10"' in ended.after
    assert f'"person":{number_of(opened, NEW)}' in given.after


def test_one_looks_from_the_programme_down_to_a_target_and_back(opened: Office) -> None:
    central = opened.slack_ids[CENTRAL]
    top = opened.do(roles_over, central, RoleScope.NONE, 0, 1, TEN)
    assert isinstance(top, RolesOver)
    below = next(one for one in top.under if one.name.startswith("Spatial"))
    partnership = opened.do(roles_over, central, below.scope, below.at, 1, TEN)
    assert isinstance(partnership, RolesOver)
    target = next(one for one in partnership.under if one.name.startswith(REF))
    assert target.lead == opened.people[ONE]
    shown = opened.do(roles_over, central, target.scope, target.at, 1, TEN)
    assert isinstance(shown, RolesOver)
    assert shown.above == (below.scope, below.at)
    assert [line.role for line in shown.roles] == [
        Role.TARGET_LEAD,
        Role.TARGET_SPONSOR,
        Role.DELIVERY_GROUP,
    ]


def test_a_hand_over_that_is_called_off_leaves_the_role_where_it_was(opened: Office) -> None:
    central = opened.slack_ids[CENTRAL]
    replaced(opened, NEW, starts=date(2008, 10, 16))
    due = opened.do(roles.of_place, place(opened))[-1]
    sheet = opened.do(giving, central, place(opened), TEN)
    assert isinstance(sheet, Giving)
    assert (sheet.holder, sheet.tenure) == (ONE, due.number)
    assert isinstance(opened.do(end_role, central, EndAnswer(due.number, TODAY), TEN), Done)
    (stays,) = (one for one in opened.do(roles.of_place, place(opened)) if one.ends is None)
    assert stays.person == opened.people[ONE]
    assert "hand-over 2008-10-16" not in opened.tick(london(10, 16))
    assert asked(opened, ONE) == (REF, OTHER_REF)
    assert len(opened.audited("keep role")) == 1


def test_many_who_hold_one_role_are_shown_a_page_at_a_time(opened: Office) -> None:
    board = Place(Role.PSB_MEMBER, RoleScope.NONE)
    for count in range(60):
        replaced(opened, Known(f"UBOARD{count}", f"board member {count}", ""), board)
    central = opened.slack_ids[CENTRAL]
    first = opened.do(roles_over, central, RoleScope.NONE, 0, 1, TEN)
    assert isinstance(first, RolesOver)
    assert len(first.endings) + len(first.under) == 25
    last = opened.do(roles_over, central, RoleScope.NONE, 0, first.pages, TEN)
    assert isinstance(last, RolesOver)
    assert last.under


def test_a_role_is_ended_on_a_day_to_come(opened: Office) -> None:
    central = opened.slack_ids[CENTRAL]
    at = place(opened)
    sheet = opened.do(giving, central, at, TEN)
    assert isinstance(sheet, Giving)
    form = opened.do(ending, central, sheet.tenure or 0, TEN)
    assert isinstance(form, Ending)
    assert form.first == TODAY
    missing = opened.do(end_role, central, EndAnswer(form.tenure, None), TEN)
    assert faults(missing) == [("ends", Amiss.DAY_MISSING)]
    past = EndAnswer(form.tenure, TODAY - timedelta(days=1))
    assert faults(opened.do(end_role, central, past, TEN)) == [("ends", Amiss.PAST_DAY)]
    done = opened.do(end_role, central, EndAnswer(form.tenure, OVERDUE[0].date()), TEN)
    assert isinstance(done, Done)
    assert asked(opened, ONE) == (REF, OTHER_REF)
