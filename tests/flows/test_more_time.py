"""More time for one person: before the close nothing of theirs lapses, after it it is leave."""

from datetime import date, datetime, timedelta

import pytest

from flows.board_date import set_board
from flows.extend import extend
from flows.home.gather import home
from flows.publish import publish
from flows.report_target import Opened, open_sheet
from flows.returns_list import listed
from flows.submit_return import Submitted
from flows.target_answer import target
from messages.notices.answers import TargetAnswer
from messages.notices.checking import (
    AlreadyExtended,
    ExtensionKept,
    ExtensionRefused,
    Owes,
    ReturnsListed,
)
from messages.notices.home import Home
from messages.notices.moves import ExtensionGiven
from messages.notices.refusals import QuarterNotOpen, Refused
from messages.notices.returns import ReturnReceived, ReturnsRequested
from messages.notices.window import ExtensionOver, StillToCome, WindowClosed
from rules.vocabulary import ReturnState, Status
from store import returns
from tests.flows.office import Office
from tests.sample import CLOSES, PACK, QUARTER, RUN, commentary_step, figure_step, london

REF, LEAD = "LAA2-NI154", "target-lead-19"
CENTRAL = "central-team-01"
UNTIL = date(2008, 11, 5)
ENDS = london(11, 5, 17)
DUE = london(10, 21, 10)
LATE = london(11, 3, 10)
WHY = "The survey is late."


def give(  # a press has this many sides
    office: Office,
    until: date | None = UNTIL,
    why: str = WHY,
    *,
    label: str = CENTRAL,
    person: str = LEAD,
    now: datetime = DUE,
) -> object:
    number = office.people[person]
    return office.do(extend, office.slack_ids[label], number, QUARTER, until, why, now)


def opens(office: Office, label: str, now: datetime, ref: str = REF) -> object:
    return office.do(open_sheet, office.slack_ids[label], office.numbers[ref], QUARTER, now)


def request(office: Office) -> ReturnsRequested:
    asked = office.said(f"request:2008/09 Q2:person {office.people[LEAD]}")
    assert isinstance(asked, ReturnsRequested)
    return asked


def test_whoever_is_given_more_time_is_told_with_the_day_and_the_reason(almost_in: Office) -> None:
    done = give(almost_in)
    assert done == ExtensionKept(QUARTER, almost_in.people[LEAD], UNTIL, (REF,))
    (key,) = almost_in.keys("extension_given")
    told = almost_in.said(key)
    assert isinstance(told, ExtensionGiven)
    assert (told.until, told.reason, told.late) == (ENDS, WHY, False)
    assert [target.ref for target in told.targets] == [REF]
    assert request(almost_in).due == UNTIL
    (entry,) = almost_in.audited("give more time")
    assert '"until":"2008-11-05"' in entry.after


def test_given_twice_it_says_who_gave_it_and_when(almost_in: Office) -> None:
    give(almost_in)
    twice = give(almost_in, label="central-team-02", now=DUE + timedelta(hours=1))
    people = almost_in.people
    assert twice == AlreadyExtended(QUARTER, people[LEAD], UNTIL, people[CENTRAL], DUE)
    assert len(almost_in.keys("extension_given")) == 1
    assert isinstance(give(almost_in, date(2008, 11, 6), now=LATE), ExtensionKept)
    assert len(almost_in.audited("give more time")) == 2


@pytest.mark.parametrize(
    "day", [None, date(2008, 10, 21), date(2008, 10, 20), date(2008, 11, 13), date(2009, 11, 5)]
)
def test_a_day_outside_what_is_possible_is_refused_with_what_is(
    almost_in: Office, day: date | None
) -> None:
    refused = give(almost_in, day)
    assert isinstance(refused, ExtensionRefused)
    assert (refused.why, refused.first, refused.last) == (
        "day",
        date(2008, 10, 22),
        date(2008, 11, 12),
    )
    assert almost_in.keys("extension_given") == []


def test_what_else_keeps_time_from_being_given(almost_in: Office) -> None:
    missing, done = give(almost_in, why=" "), give(almost_in, person="target-lead-06")
    assert isinstance(missing, ExtensionRefused)
    assert isinstance(done, ExtensionRefused)
    assert (missing.why, done.why) == ("reason", "owes_nothing")
    who = almost_in.slack_ids[CENTRAL]
    nobody = almost_in.do(extend, who, 999_999, QUARTER, UNTIL, WHY, DUE)
    assert isinstance(nobody, ExtensionRefused)
    assert nobody.why == "nobody"
    early = almost_in.do(extend, who, almost_in.people[LEAD], QUARTER.next, UNTIL, WHY, DUE)
    assert isinstance(early, QuarterNotOpen)


@pytest.mark.parametrize("label", [LEAD, "performance-lead-ede", "laa-manager-01", "sponsor-09"])
def test_only_the_central_team_gives_time(almost_in: Office, label: str) -> None:
    refused = give(almost_in, label=label)
    assert isinstance(refused, Refused)
    assert refused.who_can == ("CENTRAL_TEAM",)
    assert len(almost_in.audited("refused")) == 1


def test_at_the_close_what_has_time_does_not_lapse(almost_in: Office) -> None:
    give(almost_in)
    almost_in.tick(CLOSES)
    assert almost_in.numbers[REF] not in almost_in.do(returns.in_quarter, QUARTER)
    assert almost_in.record("LAA1-02").state is ReturnState.LAPSED
    told = almost_in.said("closed:2008/09 Q2")
    assert isinstance(told, WindowClosed)
    assert {line.ref for line in told.lapsed} == {"LAA1-02", "LAA1-03"}
    assert told.to_come == (StillToCome(almost_in.people[LEAD], (REF,), UNTIL),)
    assert not request(almost_in).closed


def test_what_comes_within_the_time_is_not_late_and_is_looked_at_after_the_run(
    almost_in: Office,
) -> None:
    give(almost_in)
    almost_in.tick(CLOSES)
    almost_in.tick(RUN)
    almost_in.report(REF, LATE)
    kept = almost_in.record(REF)
    assert (kept.version, kept.state, kept.late) == (1, ReturnState.SUBMITTED, False)
    assert "sponsor-09" in almost_in.told("sponsor_told_of_escalation")
    receipt = almost_in.said(f"received:2008/09 Q2:{REF}:v1:person {almost_in.people[LEAD]}")
    assert isinstance(receipt, ReturnReceived)
    assert receipt.can_change_until == ENDS
    again = opens(almost_in, LEAD, LATE + timedelta(hours=1))
    assert isinstance(again, Opened)


def test_their_own_list_and_the_target_have_the_button_while_there_is_time(
    almost_in: Office,
) -> None:
    give(almost_in)
    almost_in.tick(CLOSES)
    who = almost_in.slack_ids[LEAD]
    found = almost_in.do(home, who, LATE)
    assert isinstance(found, Home)
    left = [one.ref for one in found.todos[0].targets if one.done is None]
    assert (found.todos[0].due, left) == (UNTIL, [REF])
    assert can_report(almost_in, LEAD, LATE)
    almost_in.tick(ENDS)
    over = almost_in.do(home, who, ENDS)
    assert isinstance(over, Home)
    assert over.todos[0].targets == ()
    assert not can_report(almost_in, LEAD, ENDS)
    assert can_report(almost_in, CENTRAL, ENDS)


def can_report(office: Office, label: str, now: datetime) -> bool:
    found = office.do(target, office.slack_ids[label], REF, None, now)
    assert isinstance(found, TargetAnswer)
    return found.can_report


def test_the_time_is_that_persons_alone(almost_in: Office) -> None:
    give(almost_in)
    almost_in.tick(CLOSES)
    assert isinstance(opens(almost_in, "performance-lead-ede", LATE), QuarterNotOpen)
    lead = almost_in.parts["LAA1-02"].lead or ""
    assert isinstance(opens(almost_in, lead, LATE, "LAA1-02"), QuarterNotOpen)


def test_when_the_time_is_over_what_did_not_come_has_lapsed(almost_in: Office) -> None:
    give(almost_in)
    almost_in.tick(CLOSES)
    almost_in.tick(RUN)
    assert almost_in.tick(ENDS - timedelta(seconds=1))[-1] != "extension-over:2008-11-05"
    assert "extension-over:2008-11-05" in almost_in.tick(ENDS)
    kept = almost_in.record(REF)
    assert (kept.state, kept.status) == (ReturnState.LAPSED, Status.NOT_SUBMITTED)
    told = almost_in.said("extra-time-over:2008/09 Q2:2008-11-05")
    assert isinstance(told, ExtensionOver)
    assert [line.ref for line in told.lapsed] == [REF]
    assert request(almost_in).closed
    assert isinstance(opens(almost_in, LEAD, ENDS), QuarterNotOpen)
    assert almost_in.tick(ENDS + timedelta(hours=1)) == []


def test_after_an_outage_the_time_that_is_over_lapses_with_the_close(almost_in: Office) -> None:
    give(almost_in)
    done = almost_in.tick(london(11, 6))
    assert {"close", "escalate", "extension-over:2008-11-05"} <= set(done)
    assert almost_in.record(REF).state is ReturnState.LAPSED
    assert almost_in.keys("extension_over") == []


def test_published_early_the_digest_counts_what_has_time_as_lapsed(almost_in: Office) -> None:
    give(almost_in, date(2008, 11, 12))
    almost_in.do(set_board, almost_in.slack_ids[CENTRAL], QUARTER, None, DUE)
    almost_in.tick(CLOSES)
    almost_in.tick(RUN)
    almost_in.do(publish, QUARTER, LATE, due_at=LATE)
    assert almost_in.record(REF).state is ReturnState.LAPSED
    assert request(almost_in).closed
    states = {one.state for one in almost_in.do(returns.in_quarter, QUARTER).values()}
    assert states == {ReturnState.LOCKED, ReturnState.LAPSED}


def test_after_the_close_it_is_leave_to_report_late(almost_in: Office) -> None:
    almost_in.tick(CLOSES)
    assert isinstance(opens(almost_in, LEAD, LATE), QuarterNotOpen)
    give(almost_in, now=LATE)
    (key,) = almost_in.keys("extension_given")
    told = almost_in.said(key)
    assert isinstance(told, ExtensionGiven)
    assert told.late
    assert not request(almost_in).closed
    almost_in.report(REF, LATE)
    kept = almost_in.record(REF)
    assert (kept.version, kept.state, kept.late) == (2, ReturnState.SUBMITTED, True)
    assert kept.why == "Sent in late, with the central team's leave"
    closed = almost_in.said("closed:2008/09 Q2")
    assert isinstance(closed, WindowClosed)
    assert closed.came == (REF,)


def test_the_central_team_reports_late_in_the_leads_place(almost_in: Office) -> None:
    almost_in.tick(CLOSES)
    assert isinstance(almost_in.report(REF, LATE, CENTRAL), Submitted)
    kept = almost_in.record(REF)
    assert (kept.late, kept.on_behalf_of) == (True, almost_in.people[LEAD])
    assert almost_in.told("return_received") >= {CENTRAL, LEAD}


def test_a_late_return_stays_late_when_it_is_changed(almost_in: Office) -> None:
    almost_in.tick(CLOSES)
    give(almost_in, now=LATE)
    almost_in.report(REF, LATE)
    almost_in.report(REF, LATE + timedelta(hours=1))
    assert (almost_in.record(REF).version, almost_in.record(REF).late) == (3, True)


def test_a_form_opened_in_time_and_sent_after_it_keeps_nothing(almost_in: Office) -> None:
    give(almost_in)
    almost_in.tick(CLOSES)
    part = almost_in.parts[REF]
    almost_in.figure(LEAD, REF, LATE, figure_step(part))
    late = almost_in.commentary(LEAD, REF, ENDS, commentary_step(part), "V1")
    assert isinstance(late, QuarterNotOpen)
    assert late.late_until == date(2008, 11, 12)


def test_after_the_freeze_no_time_is_given(escalated: Office) -> None:
    escalated.tick(PACK)
    closed = escalated.said("closed:2008/09 Q2")
    assert isinstance(closed, WindowClosed)
    assert closed.late_until is None
    refused = give(escalated, now=PACK + timedelta(hours=1))
    assert refused == QuarterNotOpen(QUARTER, closed=CLOSES, frozen=PACK.date())


def test_the_list_offers_time_to_whoever_owes_and_names_whoever_has_it(almost_in: Office) -> None:
    def seen(label: str) -> ReturnsListed:
        found = almost_in.do(listed, almost_in.slack_ids[label], None, DUE)
        assert isinstance(found, ReturnsListed)
        return found

    lead = almost_in.people[LEAD]
    assert Owes(lead, (REF,)) in seen(CENTRAL).owing
    assert seen("performance-lead-ede").owing == ()
    give(almost_in)
    assert seen(CENTRAL).to_come == (StillToCome(lead, (REF,), UNTIL),)
    assert lead not in {one.person for one in seen(CENTRAL).owing}
