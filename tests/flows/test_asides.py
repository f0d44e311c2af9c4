"""Later, not mine, help: what a lead says beside reporting, and what comes of it."""

from datetime import date, datetime, timedelta

import pytest
from sqlmodel import Session, select

from flows.asked_list import AskedList, left_of
from flows.need_help import need_help
from flows.not_mine import not_mine
from flows.run_quarter import remind_now
from flows.snooze import DayImpossible, PutOffSheet, put_off, sheet_of
from messages.notices.asides import HelpWanted, NotMine
from messages.notices.refusals import OutOfDate, QuarterNotOpen, Refused
from messages.notices.replies import (
    AlreadyPutOff,
    HelpAsked,
    NothingLeft,
    NotMineSaid,
    PutOff,
    TooLateToPutOff,
)
from messages.notices.returns import ReturnsOverdue, ReturnsStillMissing
from rules.vocabulary import Role, RoleScope
from store import settings
from store.tables import Extension, Partnership, RoleAssignment
from tests.flows.office import SECOND_DAY, Office
from tests.sample import CLOSES, OPENS, OVERDUE, QUARTER, REMINDERS

LEAD, REF, OTHER_REF = "target-lead-19", "LAA2-NI154", "LAA2-NI155"
UNTIL = REMINDERS[1].date()


def later(
    office: Office,
    until: date | None = UNTIL,
    ref: str = REF,
    by: str = LEAD,
    at: datetime = SECOND_DAY,
) -> object:
    number = office.numbers[ref]
    return office.do(put_off, office.slack_ids[by], number, QUARTER, until, at)


def said(office: Office, stage: str) -> list[str]:
    found = office.said(f"remind:2008/09 Q2:{stage}:person {office.people[LEAD]}")
    assert isinstance(found, ReturnsStillMissing | ReturnsOverdue)
    return [target.ref for target in found.targets]


def test_a_target_put_off_is_named_again_on_its_day(opened: Office) -> None:
    assert isinstance(later(opened), PutOff)
    opened.tick(REMINDERS[0])
    assert said(opened, "due-5") == [OTHER_REF]
    opened.tick(REMINDERS[1])
    assert said(opened, "due-2") == [REF, OTHER_REF]


def test_on_the_due_day_and_after_it_everything_is_named(opened: Office) -> None:
    later(opened, REMINDERS[2].date())
    for instant in (*REMINDERS, OVERDUE[0]):
        opened.tick(instant)
    assert said(opened, "due-2") == [OTHER_REF]
    assert said(opened, "due") == [REF, OTHER_REF]
    assert said(opened, "overdue+1") == [REF, OTHER_REF]


def test_with_everything_put_off_no_reminder_comes(opened: Office) -> None:
    later(opened)
    later(opened, ref=OTHER_REF)
    opened.tick(REMINDERS[0])
    lead = opened.people[LEAD]
    assert lead not in [line.to_person for line in opened.ledger("returns_still_missing")]


def test_a_second_time_it_is_said_by_whom_and_until_when(opened: Office) -> None:
    later(opened)
    again = later(opened, date(2008, 10, 20), by="performance-lead-ede")
    assert isinstance(again, AlreadyPutOff)
    assert (again.by, again.until) == (opened.people[LEAD], UNTIL)
    assert len(opened.audited("put target off")) == 1


@pytest.mark.parametrize("day", [None, SECOND_DAY.date(), date(2008, 10, 22), date(1, 1, 1)])
def test_a_day_that_cannot_be_is_told_and_nothing_is_kept(opened: Office, day: date | None) -> None:
    assert later(opened, day) == DayImpossible(REMINDERS[2].date())
    assert opened.audited("put target off") == []


def test_on_the_due_day_it_is_too_late(opened: Office) -> None:
    found = opened.do(sheet_of, opened.slack_ids[LEAD], opened.people[LEAD], QUARTER, REMINDERS[2])
    assert isinstance(found, TooLateToPutOff)
    assert isinstance(later(opened, UNTIL, at=REMINDERS[2]), TooLateToPutOff)


def test_the_form_offers_the_reminder_after_the_next_and_what_is_left(opened: Office) -> None:
    later(opened)
    found = opened.do(sheet_of, opened.slack_ids[LEAD], opened.people[LEAD], QUARTER, SECOND_DAY)
    assert isinstance(found, PutOffSheet)
    assert [target.ref for target in found.targets] == [OTHER_REF]
    assert (found.usual, found.due) == (UNTIL, REMINDERS[2].date())


def test_only_whoever_may_report_it_can_say_anything_about_it(opened: Office) -> None:
    assert isinstance(later(opened, by="target-lead-03"), Refused)
    stranger = opened.slack_ids["target-lead-03"]
    asked = opened.do(left_of, stranger, opened.people[LEAD], QUARTER, SECOND_DAY)
    assert isinstance(asked, Refused)
    number = opened.numbers[REF]
    assert isinstance(opened.do(not_mine, stranger, number, QUARTER, "", SECOND_DAY), Refused)
    helped = opened.do(need_help, stranger, number, QUARTER, "Help", "V1", SECOND_DAY)
    assert isinstance(helped, Refused)
    assert len(opened.audited("refused")) == 4
    assert opened.keys("not_mine") == opened.keys("help_wanted") == []


def test_made_up_targets_people_and_quarters_are_out_of_date(opened: Office) -> None:
    lead = opened.slack_ids[LEAD]
    assert isinstance(opened.do(put_off, lead, 10**9, QUARTER, UNTIL, SECOND_DAY), OutOfDate)
    assert isinstance(opened.do(put_off, lead, "NONE", QUARTER, UNTIL, SECOND_DAY), OutOfDate)
    gone = opened.do(left_of, lead, 10**9, QUARTER, SECOND_DAY)
    assert isinstance(gone, NothingLeft)
    coming = opened.do(left_of, lead, opened.people[LEAD], QUARTER.next, SECOND_DAY)
    assert isinstance(coming, QuarterNotOpen)


def test_a_list_holds_what_is_left(opened: Office) -> None:
    opened.report(REF, SECOND_DAY)
    found = opened.do(left_of, opened.slack_ids[LEAD], opened.people[LEAD], QUARTER, SECOND_DAY)
    assert isinstance(found, AskedList)
    assert [target.ref for target in found.targets] == [OTHER_REF]


def deny(office: Office, by: str = LEAD, ref: str = REF, at: datetime = SECOND_DAY) -> object:
    return office.do(not_mine, office.slack_ids[by], office.numbers[ref], QUARTER, "Housing", at)


def test_not_mine_goes_to_the_performance_lead_once(opened: Office) -> None:
    first = deny(opened)
    assert isinstance(first, NotMineSaid)
    assert first.told == opened.people["performance-lead-ede"]
    again = deny(opened, at=SECOND_DAY + timedelta(days=9))
    assert isinstance(again, NotMineSaid)
    assert (again.again, again.at) == (True, first.at)
    (key,) = opened.keys("not_mine")
    found = opened.said(key)
    assert isinstance(found, NotMine)
    assert (found.target.ref, found.by, found.whose) == (REF, opened.people[LEAD], "Housing")
    assert len(opened.audited("say not mine")) == 1


def test_a_performance_lead_who_says_so_themselves_is_heard_by_the_central_team(
    opened: Office,
) -> None:
    found = deny(opened, by="performance-lead-ede")
    assert isinstance(found, NotMineSaid)
    assert found.told is None
    assert [line.to_channel for line in opened.ledger("not_mine")] == ["CENTRAL_CHANNEL"]


def appoint(session: Session, office: Office) -> None:
    """Every partnership has the same liaison officer."""
    for partnership in session.exec(select(Partnership)).all():
        session.add(
            RoleAssignment(
                person_id=office.people["target-lead-06"],
                role=Role.LIAISON_OFFICER,
                scope=RoleScope.PARTNERSHIP,
                partnership_id=partnership.id,
                starts=SECOND_DAY.date(),
            )
        )


def dismiss(session: Session) -> None:
    """No partnership has a liaison officer."""
    officer = RoleAssignment.role == Role.LIAISON_OFFICER
    for held in session.exec(select(RoleAssignment).where(officer)).all():
        session.delete(held)


def ask(office: Office, form: str = "V1") -> object:
    lead, number = office.slack_ids[LEAD], office.numbers[REF]
    return office.do(need_help, lead, number, QUARTER, "Figures are late.", form, SECOND_DAY)


def test_help_is_asked_of_the_liaison_officer_and_the_central_team(opened: Office) -> None:
    opened.do(dismiss)
    opened.do(appoint, opened)
    found = ask(opened)
    assert isinstance(found, HelpAsked)
    assert found.liaison == opened.people["target-lead-06"]
    assert ask(opened) == found
    assert len(opened.audited("ask for help")) == 1
    said_to = {(line.to_person, line.to_channel) for line in opened.ledger("help_wanted")}
    assert said_to == {(None, "CENTRAL_CHANNEL"), (found.liaison, None)}
    for key in opened.keys("help_wanted"):
        notice = opened.said(key)
        assert isinstance(notice, HelpWanted)
        assert notice.trouble == "Figures are late."


def test_without_a_liaison_officer_the_central_team_alone_is_asked(opened: Office) -> None:
    opened.do(dismiss)
    found = ask(opened)
    assert isinstance(found, HelpAsked)
    assert found.liaison is None
    assert [line.to_channel for line in opened.ledger("help_wanted")] == ["CENTRAL_CHANNEL"]


def test_after_the_close_nothing_more_can_be_said(opened: Office) -> None:
    opened.tick(CLOSES)
    found = opened.do(put_off, opened.slack_ids[LEAD], REF, QUARTER, UNTIL, CLOSES)
    assert isinstance(found, QuarterNotOpen)


def test_a_lead_is_asked_so_often_at_the_most(opened: Office) -> None:
    opened.do(settings.change, "most_messages", "3", None, OPENS)
    for instant in (*REMINDERS, *OVERDUE):
        opened.tick(instant)
    mine = [line.key for line in opened.ledger() if line.to_person == opened.people[LEAD]]
    assert [key.split(":")[2] for key in mine] == [
        f"person {opened.people[LEAD]}",
        "due-5",
        "due-2",
    ]
    last = opened.said(mine[-1])
    assert isinstance(last, ReturnsStillMissing)
    assert last.next_reminder is None


def test_in_an_ordinary_quarter_seven_come_and_by_hand_one_more(opened: Office) -> None:
    for instant in REMINDERS:
        opened.tick(instant)
    central = opened.slack_ids["central-team-01"]
    for occasion in ("a", "b", "c"):
        opened.do(remind_now, central, REF, occasion, REMINDERS[2] + timedelta(hours=1))
    for instant in OVERDUE:
        opened.tick(instant)
    mine = [line.key for line in opened.ledger() if line.to_person == opened.people[LEAD]]
    assert len(mine) == 7 + 3


def test_whoever_has_a_later_day_is_left_alone_until_it_is_over(opened: Office) -> None:
    def extend(session: Session) -> None:
        session.add(
            Extension(
                quarter=QUARTER,
                person_id=opened.people[LEAD],
                until=OVERDUE[1].date(),
                given_by=opened.people["central-team-01"],
                given_at=SECOND_DAY,
            )
        )

    opened.do(extend)
    for instant in (*REMINDERS, *OVERDUE):
        opened.tick(instant)
    mine = [line.key for line in opened.ledger() if line.to_person == opened.people[LEAD]]
    assert [key.split(":")[2] for key in mine][1:] == ["overdue+5"]
    found = opened.said(mine[-1])
    assert isinstance(found, ReturnsOverdue)
    assert found.due == OVERDUE[1].date()
