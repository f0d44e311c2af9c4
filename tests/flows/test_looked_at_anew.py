"""After the run a late or changed return has its target looked at anew, once for each version."""

from dataclasses import replace
from datetime import datetime, timedelta

from flows import cycle, moving
from flows.acknowledge import acknowledge
from flows.board_date import set_board
from flows.moving import Named
from flows.reconsider import reconsider
from flows.submit_return import Submitted
from messages.notices.escalations import (
    EscalationEnded,
    EscalationsListed,
    LeadToldOfEscalation,
    SponsorToldOfEscalation,
)
from messages.notices.window import WindowClosed
from rules.answers import CommentaryAnswer
from rules.lifecycle import Move
from rules.vocabulary import EscalationEvent, EscalationState, ReturnState
from store import escalations
from store.escalations import EscalationRecord
from tests.flows.office import Office
from tests.sample import CLOSES, PACK, QUARTER, RUN, commentary_step, figure_step, london

REF, LEAD, SPONSOR = "LAA2-NI154", "target-lead-19", "sponsor-09"
CENTRAL = "central-team-01"
LATE = london(11, 3, 10)
WHY = "A slip in the figure."


def kept(office: Office, ref: str = REF) -> EscalationRecord | None:
    found = office.do(escalations.in_quarter, QUARTER)
    return next((one for one in found if one.target == office.numbers[ref]), None)


def correct(office: Office, figure: str, now: datetime, ref: str = REF) -> None:
    """The central team reopens a return, and its lead sends another figure."""
    who, version = office.slack_ids[CENTRAL], office.record(ref).version
    named = Named(office.numbers[ref], QUARTER, version)
    office.do(moving.move_on, who, Move.REOPEN, named, WHY, now)
    lead = office.parts[ref].lead or ""
    office.figure(lead, ref, now, replace(figure_step(office.parts[ref]), figure=figure))
    red = commentary_step(office.parts[ref])
    green = CommentaryAnswer(risks_reviewed=True, grant=red.grant)
    sent = office.commentary(lead, ref, now, red if figure == "1000" else green, f"{ref} {now}")
    assert isinstance(sent, Submitted), sent


def keys_of(office: Office, *kinds: str) -> list[str]:
    return [key for kind in kinds for key in office.keys(kind)]


def test_a_late_second_poor_quarter_escalates_and_tells_as_the_run_does(almost_in: Office) -> None:
    almost_in.tick(CLOSES)
    almost_in.tick(RUN)
    assert kept(almost_in) is None
    almost_in.report(REF, LATE, CENTRAL)
    found = kept(almost_in)
    assert found is not None
    assert (found.event, found.streak) == (EscalationEvent.NEW, 2)
    people = almost_in.people
    told = almost_in.said(f"escalated:2008/09 Q2:{REF}:v2:person {people[SPONSOR]}")
    assert isinstance(told, SponsorToldOfEscalation)
    assert told.after_run
    assert told.acknowledge_by == london(11, 5).date()
    lead = almost_in.said(f"escalated-lead:2008/09 Q2:{REF}:v2:person {people[LEAD]}")
    assert isinstance(lead, LeadToldOfEscalation)
    block = f"escalated-block:2008/09 Q2:{REF}:v2:person {people['performance-lead-ede']}"
    assert isinstance(almost_in.said(block), EscalationsListed)
    assert isinstance(almost_in.said(f"escalated-central:2008/09 Q2:{REF}:v2"), EscalationsListed)


def test_looked_at_twice_nothing_more_is_said(almost_in: Office) -> None:
    almost_in.tick(CLOSES)
    almost_in.tick(RUN)
    almost_in.report(REF, LATE, CENTRAL)
    ledger, found = almost_in.ledger(), kept(almost_in)
    again(almost_in, LATE + timedelta(hours=1))
    assert (almost_in.ledger(), kept(almost_in)) == (ledger, found)


def again(office: Office, now: datetime) -> None:
    office.do(lambda s: reconsider(s, cycle.of(s, QUARTER), office.numbers[REF], now))


def test_late_after_the_day_to_acknowledge_the_board_sets_the_day(almost_in: Office) -> None:
    almost_in.tick(CLOSES)
    almost_in.tick(RUN)
    almost_in.report(REF, london(11, 10, 10), CENTRAL)
    told = almost_in.said(f"escalated:2008/09 Q2:{REF}:v2:person {almost_in.people[SPONSOR]}")
    assert isinstance(told, SponsorToldOfEscalation)
    assert (told.acknowledge_by, told.card_due) == (
        london(11, 18).date(),
        london(11, 12).date(),
    )


def test_one_that_is_no_longer_right_is_withdrawn_with_audit_and_people_told(
    escalated: Office,
) -> None:
    correct(escalated, "1200", LATE)
    closed = escalated.said("closed:2008/09 Q2")
    assert isinstance(closed, WindowClosed)
    assert closed.came == ()
    found = kept(escalated)
    assert found is not None
    assert (found.event, found.state) == (EscalationEvent.WITHDRAWN, EscalationState.WITHDRAWN)
    assert escalated.audited("escalation withdrawn")[0].subject == f"{REF}:2008/09 Q2"
    assert escalated.told("escalation_ended") == {LEAD, SPONSOR, "performance-lead-ede"}
    central = escalated.said(f"ended-central:2008/09 Q2:{REF}:v2")
    assert isinstance(central, EscalationEnded)
    told = escalated.said(f"escalated:2008/09 Q2:person {escalated.people[SPONSOR]}")
    assert isinstance(told, SponsorToldOfEscalation)
    assert [one.event for one in told.targets] == [EscalationEvent.WITHDRAWN]


def test_withdrawn_and_right_again_the_sponsor_is_asked_again(escalated: Office) -> None:
    first = kept(escalated)
    assert first is not None
    who = escalated.slack_ids[SPONSOR]
    escalated.do(acknowledge, who, first.number, QUARTER, "Seen.", RUN + timedelta(hours=1))
    correct(escalated, "1200", LATE)
    correct(escalated, "1000", LATE + timedelta(hours=1))
    found = kept(escalated)
    assert found is not None
    assert (found.number, found.event, found.state, found.acknowledged_by) == (
        first.number,
        EscalationEvent.NEW,
        EscalationState.AWAITING_ACK,
        None,
    )
    key = f"escalated:2008/09 Q2:{REF}:v3:person {escalated.people[SPONSOR]}"
    assert isinstance(escalated.said(key), SponsorToldOfEscalation)


def test_changed_and_still_right_only_the_figures_in_the_message_change(escalated: Office) -> None:
    before = keys_of(escalated, "sponsor_told_of_escalation", "lead_told_of_escalation")
    who = escalated.slack_ids[CENTRAL]
    named = Named(escalated.numbers[REF], QUARTER, 1)
    escalated.do(moving.move_on, who, Move.REOPEN, named, WHY, LATE)
    part = escalated.parts[REF]
    escalated.figure(LEAD, REF, LATE, replace(figure_step(part), figure="900"))
    escalated.commentary(LEAD, REF, LATE, commentary_step(part), "V9")
    assert keys_of(escalated, "sponsor_told_of_escalation", "lead_told_of_escalation") == before
    told = escalated.said(f"escalated:2008/09 Q2:person {escalated.people[SPONSOR]}")
    assert isinstance(told, SponsorToldOfEscalation)
    (one,) = told.targets
    assert one.actual is not None
    assert str(one.actual.value) == "900"
    assert one.event is EscalationEvent.NEW


def test_before_the_run_nothing_is_looked_at(almost_in: Office) -> None:
    almost_in.tick(CLOSES)
    almost_in.report(REF, CLOSES + timedelta(hours=1), CENTRAL)
    assert kept(almost_in) is None
    almost_in.tick(RUN)
    found = kept(almost_in)
    assert found is not None
    assert found.event is EscalationEvent.NEW


def test_at_the_freeze_it_is_over(almost_in: Office) -> None:
    almost_in.do(set_board, almost_in.slack_ids[CENTRAL], QUARTER, None, RUN)
    for now in (CLOSES, RUN, PACK):
        almost_in.tick(now)
    assert almost_in.record(REF).state is ReturnState.LAPSED
    almost_in.figure(CENTRAL, REF, PACK, figure_step(almost_in.parts[REF]))
    sent = almost_in.commentary(CENTRAL, REF, PACK, commentary_step(almost_in.parts[REF]), "V")
    assert not isinstance(sent, Submitted)
    assert kept(almost_in) is None
