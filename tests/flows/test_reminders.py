"""Reminders go to whoever still owes, of what is still missing, and of nothing else."""

from datetime import timedelta

import pytest

from flows.run_quarter import Opening, open_by_hand, remind_now
from messages.notices.answers import Reminded
from messages.notices.refusals import NothingToRemind, QuarterNotOpen, Refused, TargetUnknown
from messages.notices.returns import LeadsOverdue, ReturnsOverdue, ReturnsStillMissing
from rules.vocabulary import Status
from tests.flows.office import SECOND_DAY, SILENT, Office
from tests.sample import CLOSES, OVERDUE, QUARTER, REMINDERS, RUN, london


def only(office: Office, *refs: str) -> Office:
    """Nothing is missing any more but these."""
    for ref in SILENT:
        if ref not in refs:
            office.report(ref, SECOND_DAY)
    return office


def test_whoever_has_reported_everything_is_not_reminded(almost_in: Office) -> None:
    only(almost_in, "LAA1-03", "LAA2-NI154")
    assert almost_in.tick(REMINDERS[0]) == ["due-5"]
    assert almost_in.told("returns_still_missing") == {"target-lead-03", "target-lead-19"}


def test_a_reminder_names_only_what_is_missing_and_when_the_next_one_comes(
    almost_in: Office,
) -> None:
    only(almost_in, "LAA2-NI154")
    almost_in.tick(REMINDERS[0])
    said = almost_in.said(f"remind:2008/09 Q2:due-5:person {almost_in.people['target-lead-19']}")
    assert isinstance(said, ReturnsStillMissing)
    assert [target.ref for target in said.targets] == ["LAA2-NI154"]
    assert said.next_reminder == REMINDERS[1].date()


def test_where_everybody_has_reported_nobody_hears_anything(almost_in: Office) -> None:
    only(almost_in)
    before = almost_in.keys()
    for instant in (*REMINDERS, *OVERDUE):
        almost_in.tick(instant)
    assert almost_in.keys() == before


def test_each_nudge_after_the_due_day_reaches_further(almost_in: Office) -> None:
    only(almost_in, "LAA1-02")
    reached = []
    for instant in (*REMINDERS, *OVERDUE):
        almost_in.tick(instant)
        reached.append((almost_in.told("returns_overdue"), almost_in.told("leads_overdue")))
    lead, performance_lead = {"target-lead-02"}, {"performance-lead-hcop"}
    assert reached[3:] == [
        (lead, set()),
        (lead, performance_lead),
        (lead, performance_lead | {"sponsor-02"}),
    ]
    said = almost_in.said("remind:2008/09 Q2:overdue+5:central team")
    assert isinstance(said, LeadsOverdue)
    assert [line.ref for line in said.targets] == ["LAA1-02"]


def test_each_nudge_says_who_hears_next(almost_in: Office) -> None:
    only(almost_in, "LAA1-02")
    for instant in (*REMINDERS, *OVERDUE):
        almost_in.tick(instant)
    person = almost_in.people["target-lead-02"]
    said = [
        almost_in.said(f"remind:2008/09 Q2:{name}:person {person}")
        for name in ("overdue+1", "overdue+3", "overdue+5")
    ]
    steps = [one.next_step for one in said if isinstance(one, ReturnsOverdue)]
    assert steps == ["performance_lead", "central_team", "close"]


def test_a_sponsor_does_not_hear_of_a_missing_return_that_was_green(almost_in: Office) -> None:
    only(almost_in, "LAA1-03")
    assert almost_in.record("LAA1-03", QUARTER.previous).status is Status.GREEN
    for instant in (*REMINDERS, *OVERDUE):
        almost_in.tick(instant)
    assert almost_in.told("leads_overdue") == {"performance-lead-ede"}


def test_an_outage_of_three_days_over_the_due_day_ends_in_one_message_a_person(
    opened: Office,
) -> None:
    for instant in REMINDERS[:2]:
        opened.tick(instant)
    before = set(opened.keys())
    back = REMINDERS[2] - timedelta(hours=1) + timedelta(hours=72)
    opened.tick(back)
    new = [line for line in opened.ledger() if line.key not in before]
    leads = {opened.people[part.lead or ""] for part in opened.parts.values() if part.answers}
    to_leads = [line.to_person for line in new if line.to_person in leads]
    assert len(to_leads) == len(set(to_leads)) == len(leads)
    assert {line.kind for line in new} == {"returns_overdue"}


def test_an_outage_from_the_opening_to_after_the_run_chases_nobody(opened: Office) -> None:
    done = opened.tick(RUN + timedelta(days=1))
    assert done[-2:] == ["close", "escalate"]
    kinds = {line.kind for line in opened.ledger()}
    assert not kinds & {"returns_still_missing", "returns_overdue", "leads_overdue"}
    assert opened.keys("window_closed") == ["closed:2008/09 Q2"]


def test_a_second_tick_changes_nothing(opened: Office) -> None:
    for instant in (*REMINDERS, *OVERDUE, CLOSES, RUN):
        opened.tick(instant)
        before = opened.ledger()
        audit = opened.audit()
        assert opened.tick(instant) == []
        assert opened.tick(instant + timedelta(minutes=1)) == []
        assert opened.ledger() == before
        assert opened.audit() == audit


def by_hand(office: Office, wanted: str, occasion: str = "one") -> object:
    slack_id = office.slack_ids["central-team-01"]
    return office.do(remind_now, slack_id, wanted, occasion, london(10, 6))


@pytest.mark.parametrize("wanted", ["LAA2-NI154", "laa2-ni154", "UTARGETLEAD19"])
def test_one_lead_is_reminded_by_hand_by_target_or_by_person(opened: Office, wanted: str) -> None:
    done = by_hand(opened, wanted)
    assert isinstance(done, Reminded)
    assert done.people == (opened.people["target-lead-19"],)
    (key,) = opened.keys("returns_still_missing")
    said = opened.said(key)
    assert isinstance(said, ReturnsStillMissing)
    assert said.by_hand


def test_everybody_who_owes_is_reminded_by_hand(almost_in: Office) -> None:
    only(almost_in, "LAA1-02", "LAA1-03")
    done = by_hand(almost_in, "all")
    assert isinstance(done, Reminded)
    assert (len(done.people), done.targets) == (2, 2)


def test_the_same_command_delivered_twice_reminds_once(opened: Office) -> None:
    by_hand(opened, "LAA1-03", "one")
    by_hand(opened, "LAA1-03", "one")
    assert len(opened.keys("returns_still_missing")) == 1
    by_hand(opened, "LAA1-03", "another")
    assert len(opened.keys("returns_still_missing")) == 2


def test_nothing_owed_is_nothing_to_remind_of(opened: Office) -> None:
    opened.report("LAA1-03", SECOND_DAY)
    assert by_hand(opened, "LAA1-03") == NothingToRemind(QUARTER, "LAA1-03")
    assert by_hand(opened, "no such thing") == TargetUnknown("no such thing")


def test_before_any_window_there_is_nothing_to_remind_of(prepared: Office) -> None:
    slack_id = prepared.slack_ids["central-team-01"]
    answer = prepared.do(remind_now, slack_id, "all", "one", london(9, 30))
    assert isinstance(answer, QuarterNotOpen)


def test_a_lead_may_not_remind(opened: Office) -> None:
    slack_id = opened.slack_ids["target-lead-03"]
    answer = opened.do(remind_now, slack_id, "all", "one", london(10, 6))
    assert isinstance(answer, Refused)
    assert set(answer.who_can) == {"LAA_MANAGER", "CENTRAL_TEAM"}
    assert [entry.subject for entry in opened.audited("refused")] == ["FOLLOW_QUARTER:programme"]
    assert opened.keys("returns_still_missing") == []


def test_a_lead_may_not_open_a_window(prepared: Office) -> None:
    slack_id = prepared.slack_ids["laa-manager-01"]
    answer = prepared.do(open_by_hand, slack_id, Opening(QUARTER), london(10, 6))
    assert isinstance(answer, Refused)
    assert prepared.ledger() == []
