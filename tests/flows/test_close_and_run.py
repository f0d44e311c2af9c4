"""The window closes and the escalation run is made."""

from datetime import timedelta

from flows.escalate import escalate
from messages.notices.escalations import (
    DataChase,
    EscalationsListed,
    LeadToldOfEscalation,
    SponsorToldOfEscalation,
)
from messages.notices.returns import ReturnsRequested
from messages.notices.window import WindowClosed
from rules.vocabulary import EscalationEvent, ReturnState, Status
from store import escalations, quarters, returns, settings
from tests.flows.office import SILENT, Office
from tests.rules.vectors import rows
from tests.sample import CLOSES, QUARTER, RUN, london

EXPECTED = rows("oxfordshire/expected_escalations_2008-09_q2.csv")


def shown(office: Office, key: str) -> list[str]:
    notice = office.said(key)
    assert isinstance(notice, SponsorToldOfEscalation | LeadToldOfEscalation | EscalationsListed)
    return sorted(one.ref for one in notice.targets)


def test_what_did_not_come_has_lapsed_and_is_named(almost_in: Office) -> None:
    assert almost_in.tick(CLOSES)[-1] == "close"
    for ref in SILENT:
        kept = almost_in.record(ref)
        assert (kept.state, kept.status) == (ReturnState.LAPSED, Status.NOT_SUBMITTED)
        assert kept.submitted_by is None
    told = almost_in.said("closed:2008/09 Q2")
    assert isinstance(told, WindowClosed)
    assert {line.ref for line in told.lapsed} == set(SILENT)
    assert told.reported == 37


def test_what_came_is_accepted_by_rule(almost_in: Office) -> None:
    almost_in.tick(CLOSES)
    assert almost_in.record("LAA1-06").state is ReturnState.ACCEPTED
    record = almost_in.do(quarters.find, QUARTER)
    assert record is not None
    assert record.state.value == "CLOSED"


def test_where_people_accept_by_hand_the_close_leaves_it_to_them(almost_in: Office) -> None:
    almost_in.do(settings.change, "accept_by_hand", "yes", None, CLOSES)
    almost_in.tick(CLOSES)
    assert almost_in.record("LAA1-06").state is ReturnState.SUBMITTED


def test_every_collected_target_has_a_return_after_the_close(almost_in: Office) -> None:
    almost_in.tick(CLOSES)
    kept = almost_in.do(returns.in_quarter, QUARTER)
    assert set(kept) == set(almost_in.numbers.values())
    to_be_set = [one for one in kept.values() if one.status is Status.TARGET_TO_BE_SET]
    assert len(to_be_set) == 16


def test_every_leads_message_says_that_the_window_is_closed(almost_in: Office) -> None:
    almost_in.tick(CLOSES)
    asked = [almost_in.said(key) for key in almost_in.keys("returns_requested")]
    assert all(isinstance(one, ReturnsRequested) and one.closed for one in asked)


def test_the_window_stays_open_until_the_very_minute(almost_in: Office) -> None:
    almost_in.tick(CLOSES - timedelta(seconds=1))
    assert almost_in.keys("window_closed") == []


def test_the_twelve_second_poor_quarters_go_to_their_sponsors(escalated: Office) -> None:
    wanted: dict[str, list[str]] = {}
    for row in EXPECTED:
        wanted.setdefault(row["notify_sponsor"], []).append(row["target_ref"])
    assert escalated.told("sponsor_told_of_escalation") == set(wanted)
    for sponsor, refs in wanted.items():
        key = f"escalated:2008/09 Q2:person {escalated.people[sponsor]}"
        assert shown(escalated, key) == sorted(refs)


def test_each_escalation_is_kept_as_new_with_its_streak(escalated: Office) -> None:
    kept = escalated.do(escalations.in_quarter, QUARTER)
    refs = {number: ref for ref, number in escalated.numbers.items()}
    found = {(refs[one.target], one.event.value, str(one.streak)) for one in kept}
    assert found == {(row["target_ref"], row["event"], row["streak"]) for row in EXPECTED}


def test_a_quarter_without_a_colour_is_held_and_told_to_nobody(escalated: Office) -> None:
    number = escalated.numbers["LAA1-01"]
    assert escalated.record("LAA1-01").status is Status.UNCERTAIN
    assert number not in {one.target for one in escalated.do(escalations.in_quarter, QUARTER)}
    leads = escalated.told("lead_told_of_escalation")
    assert leads == {row["target_lead"] for row in EXPECTED}
    assert "target-lead-01" not in leads


def test_the_central_channel_and_the_performance_leads_get_the_lines(escalated: Office) -> None:
    assert shown(escalated, "escalated-central:2008/09 Q2") == sorted(
        row["target_ref"] for row in EXPECTED
    )
    person = escalated.people["performance-lead-ede"]
    assert shown(escalated, f"escalated-block:2008/09 Q2:person {person}") == [
        "LAA2-NI152",
        "LAA2-NI154",
    ]


def test_the_run_made_again_changes_nothing(escalated: Office) -> None:
    ledger, kept = escalated.ledger(), escalated.do(escalations.in_quarter, QUARTER)
    assert escalated.do(escalate, QUARTER, RUN + timedelta(hours=1), due_at=RUN) == 12
    assert escalated.ledger() == ledger
    assert escalated.do(escalations.in_quarter, QUARTER) == kept


def test_two_quarters_without_data_are_chased_and_do_not_escalate(escalated: Office) -> None:
    assert escalated.record("LAA1-15", QUARTER.previous).status is Status.NO_DATA
    assert escalated.told("data_chase") == {"performance-lead-ssc", "laa-manager-01"}
    (key, _) = escalated.keys("data_chase")
    said = escalated.said(key)
    assert isinstance(said, DataChase)
    assert [line.ref for line in said.targets] == ["LAA1-15"]


def test_a_silent_lead_does_not_wipe_a_poor_quarter(almost_in: Office) -> None:
    almost_in.tick(CLOSES)
    almost_in.tick(RUN)
    refs = {number: ref for ref, number in almost_in.numbers.items()}
    found = {refs[one.target] for one in almost_in.do(escalations.in_quarter, QUARTER)}
    assert found == {row["target_ref"] for row in EXPECTED} - {"LAA1-02", "LAA2-NI154"}


def test_before_the_quarter_the_policy_starts_nothing_escalates(almost_in: Office) -> None:
    almost_in.do(settings.change, "effective_from", "2009/10 Q2", None, CLOSES)
    almost_in.tick(CLOSES)
    almost_in.tick(RUN)
    assert almost_in.do(escalations.in_quarter, QUARTER) == ()
    assert almost_in.told("sponsor_told_of_escalation") == set()


def test_a_run_after_an_outage_is_made_in_full_and_gives_sponsors_their_days(
    almost_in: Office,
) -> None:
    for ref in SILENT:
        almost_in.report(ref, london(10, 3))
    late = london(11, 3, 11)
    assert almost_in.tick(late)[-2:] == ["close", "escalate"]
    assert len(almost_in.do(escalations.in_quarter, QUARTER)) == 12
    assert almost_in.keys("sponsor_reminded") == []
    assert almost_in.tick(london(11, 4)) == []
    assert almost_in.tick(london(11, 5)) == ["run+2"]


def test_an_escalation_is_shown_with_its_figures_cause_and_plan(escalated: Office) -> None:
    notice = escalated.said(f"escalated:2008/09 Q2:person {escalated.people['sponsor-09']}")
    assert isinstance(notice, SponsorToldOfEscalation)
    (one,) = notice.targets
    assert (one.event, one.status, one.before) == (
        EscalationEvent.NEW,
        Status.RED,
        Status.AMBER,
    )
    assert one.actual is not None
    assert one.expected is not None
    assert (str(one.actual.value), str(one.expected.value)) == ("1000", "1200")
    assert one.cause == "Illustrative cause for LAA2-NI154"
    assert [action.owner for action in one.actions] == ["delivery group"]
    assert notice.acknowledge_by == london(11, 5).date()
