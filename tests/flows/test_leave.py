"""Somebody is away: messages go to whoever answers for them, or wait, and somebody is told."""

from dataclasses import replace
from datetime import date, datetime, time, timedelta

import pytest
from sqlmodel import Session

from flows.leave import AwayAnswer, AwayFaults, AwaySheet, set_away, sheet_of
from messages.notices.leave import LeadAway, StandInNamed
from messages.notices.refusals import Refused
from messages.notices.replies import AwayKept, NobodyKnown
from messages.notices.returns import ReturnsRequested, ReturnsStillMissing
from rules.leave import LeaveFault
from rules.permissions import Capability, anywhere, may_delegate
from store import outbox, people
from store.tables import Person
from tests.flows.office import SECOND_DAY, Office
from tests.sample import OPENS, REMINDERS, london

LEAD, OTHER, THIRD = "target-lead-19", "target-lead-03", "target-lead-06"
CENTRAL = "central-team-01"
EVE = OPENS - timedelta(days=1)
AWAY = AwayAnswer(date(2008, 10, 1), date(2008, 10, 24), "", time(9), time(17), "Europe/London")


def entered(
    office: Office,
    answer: AwayAnswer,
    delegate: str = "",
    by: str = LEAD,
    whose: str | None = None,
    at: datetime = EVE,
) -> object:
    named = replace(answer, delegate=office.slack_ids[delegate] if delegate else answer.delegate)
    person = office.people[whose] if whose else None
    return office.do(set_away, office.slack_ids[by], person, named, at)


def faults(office: Office, answer: AwayAnswer, delegate: str = "") -> tuple[LeaveFault, ...]:
    found = entered(office, answer, delegate)
    assert isinstance(found, AwayFaults), found
    return found.faults


def reader(office: Office, key: str) -> int | None:
    (line,) = [line for line in office.ledger() if line.key == key]
    return line.to_person


def request_key(office: Office) -> str:
    return f"request:2008/09 Q2:person {office.people[LEAD]}"


def test_whoever_answers_gets_the_request_with_the_words_for_whom(prepared: Office) -> None:
    kept = entered(prepared, AWAY, OTHER)
    assert isinstance(kept, AwayKept)
    assert kept.person is None
    prepared.tick(OPENS)
    assert reader(prepared, request_key(prepared)) == prepared.people[OTHER]
    said = prepared.said(request_key(prepared))
    assert isinstance(said, ReturnsRequested)
    assert said.stead is not None
    assert (said.stead.person, said.stead.until) == (prepared.people[LEAD], AWAY.ends)


def test_the_delegate_is_told_what_they_answer_for(opened: Office) -> None:
    entered(opened, AWAY, OTHER, at=SECOND_DAY)
    (key,) = opened.keys("stand_in_named")
    said = opened.said(key)
    assert isinstance(said, StandInNamed)
    assert said.refs == ("LAA2-NI154", "LAA2-NI155")
    entered(opened, AWAY, THIRD, at=SECOND_DAY + timedelta(hours=1))
    over = [opened.said(key) for key in opened.keys("stand_in_named")]
    assert [one.over for one in over if isinstance(one, StandInNamed)] == [False, True, False]


def test_a_delegate_reports_in_the_persons_place_and_only_while_they_are_away(
    opened: Office,
) -> None:
    entered(opened, AWAY, OTHER, at=SECOND_DAY)
    opened.report("LAA2-NI154", SECOND_DAY, OTHER)
    record = opened.record("LAA2-NI154")
    assert record.submitted_by == opened.people[OTHER]
    assert record.on_behalf_of == opened.people[LEAD]
    assert opened.do(rights, opened.people[OTHER], date(2008, 10, 24))
    assert not opened.do(rights, opened.people[OTHER], date(2008, 10, 25))


def rights(session: Session, number: int, on: date) -> bool:
    held = people.holdings(session, number, on)
    return any(one.over == "LAA2-NI154" and one.delegated for one in held)


def test_what_is_handed_on_cannot_be_handed_on_again(opened: Office) -> None:
    entered(opened, AWAY, OTHER, at=SECOND_DAY)
    held = opened.do(people.holdings, opened.people[OTHER], SECOND_DAY.date())
    assert [one.over for one in held if not may_delegate(one)] == ["LAA2-NI154", "LAA2-NI155"]
    # Whoever answers for the central team does its work, but names nobody's delegate.
    entered(opened, AWAY, OTHER, by=CENTRAL, at=SECOND_DAY)
    held = opened.do(people.holdings, opened.people[OTHER], SECOND_DAY.date())
    assert anywhere(held, Capability.SET_UP)
    refused = entered(opened, AWAY, by=OTHER, whose=THIRD, at=SECOND_DAY)
    assert isinstance(refused, Refused)


def test_without_anybody_it_waits_and_the_performance_lead_is_told_once(prepared: Office) -> None:
    entered(prepared, AWAY)
    prepared.tick(OPENS)
    (rests,) = prepared.do(outbox.resting, OPENS)
    assert rests.key == request_key(prepared)
    assert rests.ready_at == london(10, 27)
    (key,) = prepared.keys("lead_away")
    assert reader(prepared, key) == prepared.people["performance-lead-ede"]
    said = prepared.said(key)
    assert isinstance(said, LeadAway)
    assert [line.ref for line in said.targets] == ["LAA2-NI154", "LAA2-NI155"]
    for instant in REMINDERS:
        prepared.tick(instant)
    assert prepared.keys("lead_away") == [key]


def test_back_before_it_is_due_nobody_else_is_told(prepared: Office) -> None:
    entered(prepared, replace(AWAY, ends=date(2008, 10, 10)))
    prepared.tick(OPENS)
    assert prepared.keys("lead_away") == []


def test_back_early_what_waited_comes_at_once(prepared: Office) -> None:
    entered(prepared, AWAY)
    prepared.tick(OPENS)
    back = replace(AWAY, starts=None, ends=None)
    entered(prepared, back, at=SECOND_DAY)
    assert prepared.do(outbox.resting, SECOND_DAY) == ()
    assert reader(prepared, request_key(prepared)) == prepared.people[LEAD]


def test_a_delegate_named_later_gets_what_waited(prepared: Office) -> None:
    entered(prepared, AWAY)
    prepared.tick(OPENS)
    entered(prepared, AWAY, OTHER, at=SECOND_DAY)
    assert reader(prepared, request_key(prepared)) == prepared.people[OTHER]
    said = prepared.said(request_key(prepared))
    assert isinstance(said, ReturnsRequested)
    assert said.stead is not None


def test_reminders_go_to_the_delegate_and_again_to_the_person_when_back(opened: Office) -> None:
    entered(opened, replace(AWAY, ends=date(2008, 10, 16)), OTHER, at=SECOND_DAY)
    opened.tick(REMINDERS[0])
    opened.tick(REMINDERS[1])
    keys = [f"remind:2008/09 Q2:{name}:person {opened.people[LEAD]}" for name in ("due-5", "due-2")]
    assert [reader(opened, key) for key in keys] == [opened.people[OTHER], opened.people[LEAD]]
    said = opened.said(keys[1])
    assert isinstance(said, ReturnsStillMissing)
    assert said.stead is None


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        ({"starts": None}, LeaveFault.START_MISSING),
        ({"ends": None}, LeaveFault.END_MISSING),
        ({"ends": date(2008, 9, 30)}, LeaveFault.ENDS_FIRST),
        ({"starts": date(2008, 9, 1), "ends": date(2008, 9, 2)}, LeaveFault.IS_OVER),
        ({"ends": date(2010, 1, 1)}, LeaveFault.TOO_LONG),
        ({"delegate": "UNOBODY"}, LeaveFault.UNKNOWN),
        ({"day_starts": time(18)}, LeaveFault.HOURS),
        ({"day_ends": None}, LeaveFault.HOURS),
        ({"zone": "Middle/Earth"}, LeaveFault.HOURS),
    ],
)
def test_what_cannot_be_recorded_is_named_and_nothing_is_kept(
    prepared: Office, change: dict[str, object], fault: LeaveFault
) -> None:
    assert faults(prepared, replace(AWAY, **change)) == (fault,)  # type: ignore[arg-type]
    assert prepared.audited("set days away") == []
    prepared.tick(OPENS)
    assert reader(prepared, request_key(prepared)) == prepared.people[LEAD]


def test_nobody_answers_for_themselves_nor_somebody_who_has_left(prepared: Office) -> None:
    assert faults(prepared, AWAY, LEAD) == (LeaveFault.SELF,)

    def leave_work(session: Session) -> None:
        session.get_one(Person, prepared.people[OTHER]).active = False

    prepared.do(leave_work)
    assert faults(prepared, AWAY, OTHER) == (LeaveFault.INACTIVE,)


def test_chains_and_circles_of_delegates_are_refused(prepared: Office) -> None:
    entered(prepared, AWAY, THIRD, by=OTHER)
    assert faults(prepared, AWAY, OTHER) == (LeaveFault.CHAIN,)
    entered(prepared, AWAY, LEAD, by=OTHER)
    assert faults(prepared, AWAY, OTHER) == (LeaveFault.CHAIN,)
    entered(prepared, AWAY, by=OTHER)
    assert faults(prepared, AWAY, OTHER) == (LeaveFault.DELEGATE_AWAY,)
    entered(prepared, replace(AWAY, ends=date(2008, 10, 3)), by=OTHER)
    assert isinstance(entered(prepared, AWAY, OTHER), AwayKept)


def test_whoever_answers_for_somebody_and_goes_away_is_told_for_whom(prepared: Office) -> None:
    entered(prepared, AWAY, OTHER)
    kept = entered(prepared, AWAY, by=OTHER)
    assert isinstance(kept, AwayKept)
    assert kept.left_alone == (prepared.people[LEAD],)


def test_the_central_team_records_it_for_anybody_who_is_then_told(prepared: Office) -> None:
    kept = entered(prepared, AWAY, OTHER, by=CENTRAL, whose=LEAD)
    assert isinstance(kept, AwayKept)
    assert kept.person == prepared.people[LEAD]
    assert [line.to_person for line in prepared.ledger("away_recorded")] == [prepared.people[LEAD]]
    (entry,) = prepared.audited("set days away")
    assert (entry.actor, entry.subject) == (
        prepared.people[CENTRAL],
        f"person {prepared.people[LEAD]}",
    )


def test_nobody_else_records_it_for_another(prepared: Office) -> None:
    assert isinstance(entered(prepared, AWAY, by=OTHER, whose=LEAD), Refused)
    assert len(prepared.audited("refused")) == 1
    slack_id = prepared.slack_ids[CENTRAL]
    assert isinstance(prepared.do(sheet_of, slack_id, "UNOBODY", EVE), NobodyKnown)


def test_the_same_form_sent_twice_is_recorded_once(prepared: Office) -> None:
    entered(prepared, AWAY, OTHER)
    entered(prepared, AWAY, OTHER)
    assert len(prepared.audited("set days away")) == 1
    assert len(prepared.keys("stand_in_named")) == 1


def test_the_form_shows_what_is_recorded(prepared: Office) -> None:
    other = replace(AWAY, day_starts=time(8), day_ends=time(16), zone="America/New_York")
    entered(prepared, other, OTHER)
    found = prepared.do(sheet_of, prepared.slack_ids[LEAD], "", EVE)
    assert isinstance(found, AwaySheet)
    assert (found.hours.starts, found.hours.zone) == (time(8), "America/New_York")
    assert found.away is not None
    assert found.delegate == prepared.slack_ids[OTHER]
