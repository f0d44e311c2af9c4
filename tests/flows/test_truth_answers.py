"""Answers before their time say so, and a list of one's own leaves no open quarter out."""

from datetime import timedelta

from flows import answers
from flows.digest import compose
from flows.home.gather import home
from flows.run_quarter import Opening, open_by_hand
from messages.notices.answers import CalendarAnswer, EscalationsAnswer, StatusAnswer
from messages.notices.digest import DigestEscalations
from messages.notices.home import Home
from messages.notices.refusals import PartnershipUnknown
from rules.quarters import Quarter
from rules.vocabulary import Role
from tests.flows.office import SECOND_DAY, Office
from tests.flows.test_truth_windows import UNLED, nobody_holds
from tests.sample import QUARTER, RUN, london

CENTRAL = "central-team-01"


def escalations(office: Office, quarter: Quarter = QUARTER) -> EscalationsAnswer:
    slack_id = office.slack_ids[CENTRAL]
    found = office.do(answers.escalations, slack_id, quarter, SECOND_DAY)
    assert isinstance(found, EscalationsAnswer)
    return found


def status(office: Office, quarter: Quarter, words: str = "") -> StatusAnswer:
    found = office.do(answers.status, office.slack_ids[CENTRAL], quarter, words, SECOND_DAY)
    assert isinstance(found, StatusAnswer)
    return found


def mine(office: Office, label: str) -> Home:
    found = office.do(home, office.slack_ids[label], RUN)
    assert isinstance(found, Home)
    return found


def test_before_the_run_escalations_are_not_said_to_be_none(
    opened: Office, escalated: Office
) -> None:
    found = escalations(opened)
    assert (found.worked_out, found.run_on, found.targets) == (False, RUN.date(), ())
    assert escalations(escalated).worked_out


def test_of_a_quarter_from_before_the_bot_no_run_is_promised(opened: Office) -> None:
    found = escalations(opened, QUARTER.previous)
    assert (found.worked_out, found.run_on) == (False, None)


def test_a_preview_before_the_run_says_when_escalations_are_worked_out(
    opened: Office, escalated: Office
) -> None:
    for office, day in ((opened, RUN.date()), (escalated, None)):
        digest = office.do(compose, QUARTER, RUN, preview=True)
        (listed,) = (part for _, part in digest.thread if isinstance(part, DigestEscalations))
        assert digest.parent.run_on == listed.run_on == day


def test_before_a_window_opens_nobody_is_said_to_owe_anything(opened: Office) -> None:
    found = status(opened, QUARTER.next)
    assert (found.opened, found.outstanding) == (False, ())
    assert dict(found.counts) == {"reported": 0, "missing": 0}
    assert found.opens == london(1, 2, year=2009).date()


def test_a_window_that_never_was_is_not_said_to_come(opened: Office) -> None:
    found = status(opened, QUARTER.previous)
    assert (found.opened, found.opens, found.outstanding) == (False, None, ())
    dates = opened.do(answers.calendar, QUARTER.previous, SECOND_DAY)
    assert isinstance(dates, CalendarAnswer)
    assert dates.gone_by
    assert not opened.do(answers.calendar, QUARTER.next, SECOND_DAY).gone_by


def test_a_partnership_that_does_not_exist_is_not_said_to_owe_nothing(almost_in: Office) -> None:
    slack_id = almost_in.slack_ids[CENTRAL]
    found = almost_in.do(answers.status, slack_id, QUARTER, "Childrens trusst", SECOND_DAY)
    assert isinstance(found, PartnershipUnknown)
    assert found.near[0] == "Oxfordshire Children's Trust"


def test_a_partnerships_code_narrows_the_colours_as_its_name_does(almost_in: Office) -> None:
    by_name = status(almost_in, QUARTER, "Health and Wellbeing")
    by_code = status(almost_in, QUARTER, "health-wellbeing")
    assert by_code == by_name
    assert len(by_name.partnerships) == 1
    assert 0 < _coloured(by_name) < _coloured(status(almost_in, QUARTER))


def _coloured(found: StatusAnswer) -> int:
    return sum(number for count in found.colours for _, number in count.counts)


def test_a_lead_with_two_windows_open_is_shown_both(opened: Office) -> None:
    later = london(1, 5, year=2009)
    opened.do(open_by_hand, opened.slack_ids[CENTRAL], Opening(QUARTER.next), later)
    found = mine(opened, "target-lead-19")
    assert found.quarter == QUARTER.next
    (_, before) = found.todos
    assert before.quarter == QUARTER
    assert [target.ref for target in before.targets] == [UNLED, "LAA2-NI155"]


def test_an_earlier_quarter_that_asks_nothing_more_is_left_out(almost_in: Office) -> None:
    later = london(1, 5, year=2009)
    almost_in.do(open_by_hand, almost_in.slack_ids[CENTRAL], Opening(QUARTER.next), later)
    assert len(mine(almost_in, "target-lead-06").todos) == 1
    quarters = [one.quarter for one in mine(almost_in, "target-lead-19").todos]
    assert quarters == [QUARTER.next, QUARTER]


def test_without_a_sponsor_the_escalation_waits_in_the_managers_own_list(escalated: Office) -> None:
    assert mine(escalated, "laa-manager-01").waiting == 0
    escalated.do(nobody_holds, Role.TARGET_SPONSOR, escalated.numbers[UNLED])
    (now,) = mine(escalated, "laa-manager-01").todos
    assert [one.ref for one in now.escalations] == [UNLED]


def test_a_suggestion_is_found_for_a_partnership_only_where_it_is_like_one(
    almost_in: Office,
) -> None:
    slack_id = almost_in.slack_ids[CENTRAL]
    now = SECOND_DAY + timedelta(hours=1)
    found = almost_in.do(answers.status, slack_id, QUARTER, "zzzz", now)
    assert found == PartnershipUnknown("zzzz")


def test_the_manager_is_not_offered_what_only_the_central_team_may(opened: Office) -> None:
    for label, opens in ((CENTRAL, True), ("laa-manager-01", False), ("target-lead-03", False)):
        found = opened.do(answers.help_, opened.slack_ids[label], "/laa", "", SECOND_DAY)
        assert found.can_open is opens
