"""A partnership's record: what it holds, who may read it, and what is kept from whom."""

from datetime import date, datetime, timedelta

import pytest
from sqlmodel import Session, select

from flows.acknowledge import acknowledge
from flows.partnership import partnership
from messages.notices.partnership import PartnershipRecord, TargetStanding
from messages.notices.refusals import (
    PartnershipsAlike,
    PartnershipUnknown,
    PersonUnknown,
    Refused,
)
from rules.vocabulary import NoteKind, Role, RoleScope, Status
from store import escalations, registers
from store.tables import Note, Partnership, RoleAssignment, Target
from tests.flows.office import SECOND_DAY, SILENT, Office
from tests.sample import QUARTER, RUN

CENTRAL, MEMBER = "central-team-01", "psb-member-01"
SPATIAL = "Spatial Planning and Infrastructure Partnership"
REF, LEAD, SPONSOR = "LAA2-NI154", "target-lead-19", "sponsor-09"
LATER = RUN + timedelta(hours=2)


def asked(office: Office, label: str, words: str = "spatial", now: datetime = SECOND_DAY) -> object:
    return office.do(partnership, office.slack_ids.get(label, "UNOBODY"), words, None, now)


def record(
    office: Office, label: str, words: str = "spatial", now: datetime = SECOND_DAY
) -> PartnershipRecord:
    found = asked(office, label, words, now)
    assert isinstance(found, PartnershipRecord), found
    return found


def target(found: PartnershipRecord, ref: str = REF) -> TargetStanding:
    return next(one for one in found.targets if one.ref == ref)


def restrict(session: Session) -> None:
    session.exec(select(Target).where(Target.ref == REF)).one().restricted = True


def write_notes(session: Session, office: Office) -> None:
    number = session.exec(select(Target).where(Target.ref == REF)).one().partnership_id
    for partnership_id, target_id in ((number, None), (None, office.numbers[REF])):
        session.add(
            Note(
                partnership_id=partnership_id,
                target_id=target_id,
                kind=NoteKind.WORKSHOP,
                on_day=date(2008, 9, 1),
                text="Agreed how to count.",
                at=SECOND_DAY,
            )
        )


def test_the_record_says_how_each_target_stands_worst_first(escalated: Office) -> None:
    found = record(escalated, CENTRAL, now=LATER)
    assert (found.name, found.quarter, found.as_of) == (SPATIAL, QUARTER, LATER)
    assert found.targets[0].status is Status.RED
    one = target(found)
    kept = escalated.record(REF)
    assert one.actual is not None
    assert one.expected is not None
    assert (one.actual.value, one.expected.value) == (kept.actual, kept.profile.value)
    assert (one.lead, one.sponsor) == (escalated.people[LEAD], escalated.people[SPONSOR])
    assert one.statuses[-2:] == (escalated.record(REF, QUARTER.previous).status, kept.status)
    assert one.cause == kept.cause
    assert found.liaison is not None
    assert found.blocks


def test_what_is_owed_stands_in_it_while_the_window_is_open(almost_in: Office) -> None:
    found = record(almost_in, CENTRAL)
    assert found.open
    assert {ref for one in found.owing for ref in one.refs} == {"LAA1-03", REF} & set(SILENT)


def test_escalations_show_who_acknowledged_and_when(escalated: Office) -> None:
    number = next(
        one.number
        for one in escalated.do(escalations.in_quarter, QUARTER)
        if one.target == escalated.numbers[REF]
    )
    sponsor = escalated.slack_ids[SPONSOR]
    escalated.do(acknowledge, sponsor, number, QUARTER, "Seen.", LATER)
    (shown,) = record(escalated, CENTRAL, now=LATER).escalations
    assert (shown.ref, shown.acknowledged_at, shown.note) == (REF, LATER, "Seen.")


def test_open_actions_come_overdue_first_and_risks_from_twelve(escalated: Office) -> None:
    number = escalated.numbers[REF]
    for due in (date(2009, 6, 1), date(2008, 9, 1)):
        escalated.do(
            registers.add_action, number, QUARTER, text="Build", owner="housing", due_on=due
        )
    for impact in (2, 3):
        escalated.do(
            registers.add_risk,
            number,
            text=f"Impact {impact}",
            likelihood=4,
            impact=impact,
            mitigation="",
            now=LATER,
        )
    found = record(escalated, CENTRAL, now=LATER)
    mine = [one for one in found.actions if one.text == "Build"]
    assert found.actions[0] == mine[0]
    assert found.actions[0].days_overdue == (RUN.date() - date(2008, 9, 1)).days
    assert found.late >= 1
    assert "Impact 3" in {risk.text for risk in found.risks}
    assert "Impact 2" not in {risk.text for risk in found.risks}


def test_notes_are_those_of_the_partnership_and_its_targets(opened: Office) -> None:
    opened.do(lambda session: write_notes(session, opened))
    assert [(note.ref, note.kind) for note in record(opened, CENTRAL).notes] == [
        (REF, NoteKind.WORKSHOP),
        ("", NoteKind.WORKSHOP),
    ]


@pytest.mark.parametrize(
    "label",
    [CENTRAL, "laa-manager-01", MEMBER, "district-coordinator-01", LEAD, SPONSOR],
)
def test_those_with_a_part_in_it_and_those_who_oversee_read_it(opened: Office, label: str) -> None:
    assert record(opened, label).name == SPATIAL


@pytest.mark.parametrize("label", ["target-lead-06", "sponsor-01", "go-contact-01"])
def test_others_are_refused_and_the_refusal_audited(opened: Office, label: str) -> None:
    assert isinstance(asked(opened, label), Refused)
    assert opened.audit()[-1] == ("refused", "PARTNERSHIP_RECORD:programme")


def test_a_stranger_is_told_whom_to_ask(opened: Office) -> None:
    assert isinstance(asked(opened, "nobody"), PersonUnknown)


def test_a_liaison_officer_reads_their_own_without_naming_it(opened: Office) -> None:
    def of_spatial(session: Session) -> str:
        code = session.exec(select(Partnership).where(Partnership.name == SPATIAL)).one().id
        row = session.exec(
            select(RoleAssignment).where(
                RoleAssignment.role == Role.LIAISON_OFFICER,
                RoleAssignment.scope == RoleScope.PARTNERSHIP,
                RoleAssignment.partnership_id == code,
            )
        ).one()
        return next(label for label, number in opened.people.items() if number == row.person_id)

    label = opened.do(of_spatial)
    assert record(opened, label, "").name == SPATIAL
    assert isinstance(asked(opened, label, "children"), Refused)


@pytest.mark.parametrize("words", ["SPATIAL", "spatial planning and", SPATIAL])
def test_a_part_of_the_name_is_enough_in_any_case(opened: Office, words: str) -> None:
    assert record(opened, CENTRAL, words).name == SPATIAL


def test_words_of_several_names_or_none_are_answered_with_names(opened: Office) -> None:
    several = asked(opened, CENTRAL, "partnership")
    assert isinstance(several, PartnershipsAlike)
    assert SPATIAL in several.names
    none = asked(opened, CENTRAL, "Spattial planning and infrastructure partnership")
    assert isinstance(none, PartnershipUnknown)
    assert none.near[0] == SPATIAL
    which = asked(opened, CENTRAL, "")
    assert isinstance(which, PartnershipsAlike)


def test_before_it_is_accepted_a_return_is_seen_by_those_involved_only(almost_in: Office) -> None:
    other = "LAA2-NI155"
    hidden = target(record(almost_in, MEMBER), other)
    assert hidden.hidden
    assert (hidden.status, hidden.actual, len(hidden.statuses)) == (None, None, 3)
    seen = target(record(almost_in, LEAD), other)
    assert seen.status is Status.AMBER
    assert record(almost_in, MEMBER).counts == ()
    assert record(almost_in, MEMBER).actions == ()


def test_restricted_figures_stay_in_the_partnership(escalated: Office) -> None:
    escalated.do(restrict)
    kept = target(record(escalated, MEMBER, now=LATER))
    assert kept.withheld
    assert (kept.status, kept.actual, kept.expected, kept.cause) == (Status.RED, None, None, "")
    (shown,) = record(escalated, MEMBER, now=LATER).escalations
    assert (shown.actual, shown.cause) == (None, "")
    for label in (LEAD, CENTRAL, "target-lead-03"):
        inside = target(record(escalated, label, now=LATER))
        assert not inside.withheld, label
        assert inside.actual is not None
