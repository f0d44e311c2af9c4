"""Actions: who may say how one stands, what is kept of it, and the list of those still open."""

from datetime import date

from sqlmodel import Session, select

from flows.actions import Faulty, Updated, Updating, listed, may_update, update
from flows.digest import compose
from messages.notices.actions import ActionsAnswer, OpenAction
from messages.notices.digest import DigestFollowUp
from messages.notices.refusals import OutOfDate, PersonUnknown, Refused
from rules.actions import UpdateFault, Which
from rules.vocabulary import ActionState, Role, RoleScope
from store import registers
from store.tables import ActionRow, RoleAssignment
from tests.flows.office import SECOND_DAY, Office
from tests.sample import PACK, QUARTER

REF, LEAD, SPONSOR = "LAA2-NI154", "target-lead-19", "sponsor-09"
LATE, IN_TIME = date(2008, 9, 30), date(2009, 1, 30)


def add(office: Office, ref: str = REF, due_on: date = LATE, owner: str = "housing lead") -> int:
    return office.do(
        registers.add_action,
        office.numbers[ref],
        QUARTER.previous,
        text="Bring two sites forward",
        owner=owner,
        due_on=due_on,
    )


def say(
    office: Office,
    label: str,
    number: int,
    state: ActionState | None,
    note: str = "",
    form: str = "V1",
) -> object:
    return office.do(update, office.slack_ids[label], number, state, note, form, SECOND_DAY)


def give(session: Session, person: int, role: Role, target: int | None = None) -> None:
    scope = RoleScope.TARGET if target else RoleScope.NONE
    session.add(
        RoleAssignment(
            person_id=person, role=role, scope=scope, target_id=target, starts=SECOND_DAY.date()
        )
    )


def seen(office: Office, label: str, which: Which = Which.OPEN) -> tuple[OpenAction, ...]:
    found = office.do(listed, office.slack_ids[label], which, SECOND_DAY)
    assert isinstance(found, ActionsAnswer)
    return found.actions


def test_the_lead_says_how_an_action_stands_and_it_is_kept_and_audited(opened: Office) -> None:
    number = add(opened)
    said = say(opened, LEAD, number, ActionState.IN_PROGRESS, "One site has begun.")
    assert isinstance(said, Updated)
    kept = opened.do(registers.action, number)
    assert kept is not None
    assert (kept.state, kept.update_note, kept.updated_in) == (
        ActionState.IN_PROGRESS,
        "One site has begun.",
        QUARTER,
    )
    (entry,) = opened.audited("update action")
    assert entry.actor == opened.people[LEAD]
    assert '"state":"OPEN"' in entry.before
    assert '"state":"IN_PROGRESS"' in entry.after


def test_every_update_stays_with_who_and_when(opened: Office) -> None:
    number = add(opened)
    say(opened, LEAD, number, ActionState.IN_PROGRESS, "One site has begun.", "V1")
    say(opened, SPONSOR, number, ActionState.DONE, form="V2")
    kept = opened.do(registers.updates, number)
    assert [(one.state, one.text, one.author, one.at) for one in kept] == [
        (ActionState.IN_PROGRESS, "One site has begun.", opened.people[LEAD], SECOND_DAY),
        (ActionState.DONE, "", opened.people[SPONSOR], SECOND_DAY),
    ]


def test_the_same_form_sent_twice_has_one_effect(opened: Office) -> None:
    number = add(opened)
    for _ in range(2):
        assert isinstance(say(opened, LEAD, number, ActionState.DONE), Updated)
    assert len(opened.do(registers.updates, number)) == 1
    assert len(opened.audited("update action")) == 1


def test_an_action_is_not_dropped_without_a_reason(opened: Office) -> None:
    number = add(opened)
    assert say(opened, LEAD, number, ActionState.DROPPED) == Faulty((UpdateFault.REASON_REQUIRED,))
    assert opened.do(registers.updates, number) == ()


def test_somebody_elses_action_is_refused_and_the_refusal_audited(opened: Office) -> None:
    number = add(opened)
    refused = say(opened, "target-lead-02", number, ActionState.DONE)
    assert isinstance(refused, Refused)
    assert Role.TARGET_LEAD.value in refused.who_can
    assert opened.audit()[-1] == ("refused", f"CHANGE_ACTION:{REF}")
    assert isinstance(opened.do(may_update, "UNOBODY", number, SECOND_DAY), PersonUnknown)
    assert isinstance(say(opened, LEAD, number + 1_000, ActionState.DONE), OutOfDate)


def test_a_delivery_group_updates_the_actions_of_its_own_target(opened: Office) -> None:
    number, other = add(opened), add(opened, "LAA1-02")
    group = opened.people["delivery-group-01"]
    opened.do(give, group, Role.DELIVERY_GROUP, opened.numbers[REF])
    assert isinstance(say(opened, "delivery-group-01", number, ActionState.DONE), Updated), (
        "its own"
    )
    assert isinstance(say(opened, "delivery-group-01", other, ActionState.DONE, form="V2"), Refused)


def _with_a_district(session: Session, number: int) -> None:
    row = session.exec(select(ActionRow).where(ActionRow.id == number)).one()
    row.districts = "Cherwell, Oxford"


def test_a_district_coordinator_updates_and_sees_district_actions_alone(opened: Office) -> None:
    number, other = add(opened), add(opened)
    opened.do(_with_a_district, number)
    label = "district-coordinator-01"
    assert [one.number for one in seen(opened, label)] == [number]
    assert isinstance(say(opened, label, number, ActionState.DONE), Updated)
    assert isinstance(say(opened, label, other, ActionState.DONE, form="V2"), Refused)


def test_the_list_holds_what_is_open_and_the_longest_overdue_first(opened: Office) -> None:
    in_time, late = add(opened, due_on=IN_TIME), add(opened, due_on=LATE)
    done = add(opened)
    say(opened, LEAD, done, ActionState.DONE)
    assert [one.number for one in seen(opened, LEAD)] == [late, in_time]
    assert [(one.number, one.days_overdue) for one in seen(opened, LEAD, Which.OVERDUE)] == [
        (late, 2)
    ]


def test_a_person_sees_their_own_actions_and_those_that_name_them(opened: Office) -> None:
    own, named = add(opened), add(opened, "LAA1-02", owner="Target-Lead-19")
    add(opened, "LAA1-02")
    assert {one.number: one.can_update for one in seen(opened, LEAD)} == {own: True, named: False}
    assert len(seen(opened, "central-team-01")) == 3


def test_whoever_has_no_list_is_refused(opened: Office) -> None:
    found = opened.do(listed, opened.slack_ids["psb-member-01"], Which.OPEN, SECOND_DAY)
    assert isinstance(found, Refused)


def test_the_digests_follow_up_holds_what_was_said(escalated: Office) -> None:
    number = add(escalated)
    say(escalated, LEAD, number, ActionState.DROPPED, "The site was sold.")
    thread = escalated.do(compose, QUARTER, PACK).thread
    (follow_up,) = (one for _, one in thread if isinstance(one, DigestFollowUp))
    told = [line.update for line in follow_up.actions if line.text.startswith("Bring two")]
    assert told == ["The site was sold."]


def test_the_form_shows_what_was_last_said(opened: Office) -> None:
    number = add(opened)
    say(opened, LEAD, number, ActionState.IN_PROGRESS, "One site has begun.")
    found = opened.do(may_update, opened.slack_ids[LEAD], number, SECOND_DAY)
    assert isinstance(found, Updating)
    assert found.sheet.action.update == "One site has begun."
    assert found.sheet.state is ActionState.IN_PROGRESS
