"""Sponsors acknowledge; who has not is reminded; who may not is refused."""

from datetime import datetime, timedelta

import pytest
from sqlmodel import select

from flows.acknowledge import Acknowledged, acknowledge, may_acknowledge
from messages.gallery import Roles
from messages.notices.escalations import (
    AcknowledgementMissing,
    SponsorAcknowledged,
    SponsorReminded,
    SponsorToldOfEscalation,
)
from messages.notices.refusals import AlreadyAcknowledged, OutOfDate, PersonUnknown, Refused
from messages.say import Voice
from rules.vocabulary import Role, RoleScope
from store import escalations
from store.tables import RoleAssignment
from tests.flows.office import Office
from tests.rules.vectors import rows
from tests.sample import MANAGER_TOLD, QUARTER, RUN, SPONSORS_REMINDED

NOW = RUN + timedelta(hours=2)
REF, SPONSOR, LEAD = "LAA2-NI154", "sponsor-09", "target-lead-19"


def number_of(office: Office, ref: str = REF) -> int:
    target = office.numbers[ref]
    kept = office.do(escalations.in_quarter, QUARTER)
    return next(one.number for one in kept if one.target == target)


def press(
    office: Office, label: str, ref: str = REF, note: str = "", now: datetime = NOW
) -> object:
    slack_id = office.slack_ids[label]
    return office.do(acknowledge, slack_id, number_of(office, ref), QUARTER, note, now)


def test_the_sponsor_acknowledges_with_a_note_and_the_lead_hears_of_it(escalated: Office) -> None:
    done = press(escalated, SPONSOR, note="I will raise this with the districts.")
    assert isinstance(done, Acknowledged)
    kept = escalated.do(escalations.find, number_of(escalated), QUARTER)
    assert kept is not None
    assert (kept.acknowledged_by, kept.acknowledged_at) == (escalated.people[SPONSOR], NOW)
    said = escalated.said(f"acknowledged:2008/09 Q2:{REF}:person {escalated.people[LEAD]}")
    assert isinstance(said, SponsorAcknowledged)
    assert said.note == "I will raise this with the districts."
    assert len(escalated.audited("acknowledge escalation")) == 1


def test_the_sponsors_message_shows_it_and_the_others_still_wait(escalated: Office) -> None:
    press(escalated, "sponsor-01", "LAA1-06")
    told = escalated.said(f"escalated:2008/09 Q2:person {escalated.people['sponsor-01']}")
    assert isinstance(told, SponsorToldOfEscalation)
    found = {one.ref: one.acknowledged_at for one in told.targets}
    assert found == {"LAA1-05": None, "LAA1-06": NOW, "LAA2-NI051": None}


def test_a_second_press_is_told_who_did_it_and_when(escalated: Office) -> None:
    press(escalated, SPONSOR)
    again = press(escalated, SPONSOR)
    assert isinstance(again, AlreadyAcknowledged)
    assert (again.by, again.at) == (escalated.people[SPONSOR], NOW)
    assert len(escalated.audited("acknowledge escalation")) == 1
    assert len(escalated.keys("sponsor_acknowledged")) == 1


@pytest.mark.parametrize(
    "label",
    ["sponsor-01", LEAD, "performance-lead-ede", "laa-manager-01", "central-team-01"],
)
def test_nobody_but_the_sponsor_acknowledges(escalated: Office, label: str) -> None:
    refused = press(escalated, label)
    assert isinstance(refused, Refused)
    assert refused.people == (escalated.people[SPONSOR],)
    (entry,) = escalated.audited("refused")
    assert (entry.actor, entry.subject) == (escalated.people[label], f"ACKNOWLEDGE:{REF}")
    assert escalated.keys("sponsor_acknowledged") == []


def test_a_reminder_that_was_sent_shows_it_without_its_buttons(escalated: Office) -> None:
    escalated.tick(SPONSORS_REMINDED[0])
    key = f"acknowledge:2008/09 Q2:run+2:person {escalated.people['sponsor-01']}"
    before = escalated.said(key)
    later = SPONSORS_REMINDED[0] + timedelta(hours=1)
    press(escalated, "sponsor-01", "LAA1-06", note="Noted.", now=later)
    after = escalated.said(key)
    assert isinstance(before, SponsorReminded)
    assert isinstance(after, SponsorReminded)
    found = {one.ref: one.acknowledged_at for one in after.targets}
    assert found == {one.ref: later if one.ref == "LAA1-06" else None for one in before.targets}
    words = Voice().say(after, Roles())[0].text
    assert f"{len(found) - 1} escalated targets still to acknowledge" in words
    assert "Acknowledged by" in words


def lead_becomes_sponsor(office: Office) -> None:
    number, today = office.people[LEAD], RUN.date()
    target = office.numbers[REF]
    with office.database.writing() as session:
        sponsor = session.exec(
            select(RoleAssignment).where(
                RoleAssignment.role == Role.TARGET_SPONSOR, RoleAssignment.target_id == target
            )
        ).one()
        sponsor.ends = today
        session.add(sponsor)
        session.add(
            RoleAssignment(
                person_id=number,
                role=Role.TARGET_SPONSOR,
                scope=RoleScope.TARGET,
                target_id=target,
                starts=today,
            )
        )


def test_a_lead_who_is_the_sponsor_cannot_acknowledge_and_the_manager_can(
    escalated: Office,
) -> None:
    lead_becomes_sponsor(escalated)
    refused = press(escalated, LEAD)
    assert isinstance(refused, Refused)
    assert refused.who_can == ("LAA_MANAGER",)
    assert isinstance(press(escalated, "laa-manager-01"), Acknowledged)


def test_what_was_never_escalated_is_out_of_date(escalated: Office) -> None:
    slack_id = escalated.slack_ids[SPONSOR]
    assert escalated.do(acknowledge, slack_id, 9_999, QUARTER, "", NOW) == OutOfDate()
    earlier = escalated.do(acknowledge, slack_id, 1, QUARTER.previous, "", NOW)
    assert earlier == OutOfDate()


def test_a_stranger_is_told_whom_to_ask(escalated: Office) -> None:
    found = escalated.do(may_acknowledge, "UNOBODY", number_of(escalated), QUARTER, NOW)
    assert isinstance(found, PersonUnknown)


def test_a_sponsor_is_reminded_of_what_is_left_only(escalated: Office) -> None:
    for ref in ("LAA1-05", "LAA1-06"):
        press(escalated, "sponsor-01", ref)
    press(escalated, SPONSOR)
    assert escalated.tick(SPONSORS_REMINDED[0]) == ["run+2"]
    reminded = escalated.told("sponsor_reminded")
    assert reminded == {"sponsor-01", "sponsor-02", "sponsor-03", "sponsor-05"}
    said = escalated.said(f"acknowledge:2008/09 Q2:run+2:person {escalated.people['sponsor-01']}")
    assert isinstance(said, SponsorReminded)
    assert [one.ref for one in said.targets] == ["LAA2-NI051"]
    assert (said.asked_on, said.last_day) == (RUN.date(), MANAGER_TOLD.date())


def test_after_five_working_days_the_manager_and_the_central_team_are_told(
    escalated: Office,
) -> None:
    press(escalated, SPONSOR)
    for instant in (*SPONSORS_REMINDED, MANAGER_TOLD):
        escalated.tick(instant)
    assert escalated.told("acknowledgement_missing") == {"laa-manager-01"}
    said = escalated.said("acknowledge:2008/09 Q2:run+5:central team")
    assert isinstance(said, AcknowledgementMissing)
    assert len(said.targets) == 11
    assert escalated.people[SPONSOR] not in said.sponsors


def test_where_all_have_acknowledged_nobody_is_reminded(escalated: Office) -> None:
    for row in rows("oxfordshire/expected_escalations_2008-09_q2.csv"):
        press(escalated, row["notify_sponsor"], row["target_ref"])
    before = escalated.keys()
    for instant in (*SPONSORS_REMINDED, MANAGER_TOLD):
        escalated.tick(instant)
    assert escalated.keys() == before
