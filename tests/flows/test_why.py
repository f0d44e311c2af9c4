"""Why a message came: for every kind there is, to whoever got it, and to nobody else."""

from datetime import timedelta

import pytest
from sqlmodel import Session, col, select

from flows.why import why
from messages.notices import KINDS, dumps
from messages.notices.refusals import OutOfDate, PersonUnknown, Refused
from messages.notices.why import Why
from messages.wording.subjects import SUBJECT
from rules.vocabulary import Status
from store.tables import OutboxRow, OutboxState, Target
from store.tables.delivery import Operation
from tests.flows.office import SECOND_DAY, Office
from tests.sample import OPENS, REMINDERS, london

LEAD, REF, OTHER_REF = "target-lead-19", "LAA2-NI154", "LAA2-NI155"
A_MINUTE = timedelta(minutes=1)


def stands(session: Session, key: str, ts: str, channel: str = "D1") -> None:
    row = session.exec(select(OutboxRow).where(OutboxRow.key == key)).one()
    row.state, row.channel, row.ts = OutboxState.SENT, channel, ts
    row.sent_at = row.due_at + A_MINUTE


def ask(office: Office, label: str = LEAD, ts: str = "1.2") -> object:
    return office.do(why, office.slack_ids.get(label, label), "D1", ts, SECOND_DAY)


def request_key(office: Office) -> str:
    return f"request:2008/09 Q2:person {office.people[LEAD]}"


@pytest.mark.parametrize("kind", SUBJECT)
def test_every_kind_that_is_posted_explains_itself(opened: Office, kind: str) -> None:
    def keep(session: Session) -> None:
        session.add(
            OutboxRow(
                key=f"{kind}:2008/09 Q2:due-5",
                operation=Operation.POST,
                kind=kind,
                body=dumps(KINDS[kind].example()),
                to_channel="CENTRAL_CHANNEL",
                due_at=OPENS,
                enqueued_at=OPENS,
                ready_at=OPENS,
                state=OutboxState.SENT,
                channel="D1",
                ts="1.2",
                sent_at=OPENS + A_MINUTE,
            )
        )

    opened.do(keep)
    found = ask(opened, "UNOBODY")
    assert isinstance(found, Why)
    assert (found.kind, found.due_at, found.sent_at) == (kind, OPENS, OPENS + A_MINUTE)


def test_a_request_names_its_targets_as_they_stand_now_and_the_next_message(
    opened: Office,
) -> None:
    opened.do(stands, request_key(opened), "1.2")
    opened.report(REF, SECOND_DAY)
    found = ask(opened)
    assert isinstance(found, Why)
    assert [(one.ref, one.now is None) for one in found.targets] == [
        (REF, False),
        (OTHER_REF, True),
    ]
    assert found.targets[0].earlier
    assert found.next_at == REMINDERS[0]
    opened.report(OTHER_REF, SECOND_DAY)
    done = ask(opened)
    assert isinstance(done, Why)
    assert done.next_at is None


def test_a_reminder_says_its_day_and_what_came_before(opened: Office) -> None:
    opened.tick(REMINDERS[0])
    key = f"remind:2008/09 Q2:due-5:person {opened.people[LEAD]}"
    opened.do(stands, request_key(opened), "1.1")
    opened.do(stands, key, "1.2")
    found = ask(opened)
    assert isinstance(found, Why)
    assert (found.rule, found.distance) == ("returns_still_missing", -5)
    assert [(one.kind, one.at) for one in found.before] == [("returns_requested", OPENS + A_MINUTE)]


def test_a_direct_message_is_explained_to_its_reader_alone(opened: Office) -> None:
    opened.do(stands, request_key(opened), "1.2")
    assert isinstance(ask(opened, "target-lead-03"), Refused)
    assert len(opened.audited("refused")) == 1
    assert isinstance(ask(opened, "UNOBODY"), PersonUnknown)


def test_a_place_where_nothing_stands_is_out_of_date(opened: Office) -> None:
    for ts in ("9.9", "", "x" * 300):
        assert isinstance(ask(opened, ts=ts), OutOfDate)


def test_a_further_part_is_explained_as_its_message(opened: Office) -> None:
    opened.do(stands, request_key(opened), "1.2")

    def part(session: Session) -> None:
        first = session.exec(select(OutboxRow).where(OutboxRow.key == request_key(opened))).one()
        session.add(
            OutboxRow(
                **{
                    **first.model_dump(exclude={"id"}),
                    "key": f"{first.key}:part2",
                    "part": 1,
                    "first_part": first.id,
                    "ts": "1.3",
                }
            )
        )

    opened.do(part)
    found = ask(opened, ts="1.3")
    assert isinstance(found, Why)
    assert len(found.targets) == 2


def test_in_a_channel_what_is_not_accepted_is_not_shown(opened: Office) -> None:
    opened.report(REF, SECOND_DAY)
    now = london(10, 28)
    opened.tick(now)

    def overdue(session: Session) -> str:
        keys = select(OutboxRow.key).where(
            OutboxRow.kind == "leads_overdue", col(OutboxRow.to_channel).is_not(None)
        )
        return session.exec(keys).one()

    opened.do(stands, opened.do(overdue), "1.2")
    opened.report(OTHER_REF, now)
    found = ask(opened, "UNOBODY")
    assert isinstance(found, Why)
    assert {one.ref: one.withheld for one in found.targets}[OTHER_REF]
    assert all(one.now is None for one in found.targets if one.withheld)


def test_of_a_restricted_target_everybody_reads_the_accepted_colours_as_of_others(
    opened: Office,
) -> None:
    def restrict(session: Session) -> None:
        session.exec(select(Target).where(Target.ref == "LAA1-02")).one().restricted = True

    opened.do(restrict)
    now = london(10, 28)
    opened.tick(now)
    key = "remind:2008/09 Q2:overdue+5:central team"
    opened.do(stands, key, "1.2")
    for label in ("UNOBODY", "target-lead-03", "central-team-01"):
        found = ask(opened, label)
        assert isinstance(found, Why)
        (one,) = [one for one in found.targets if one.ref == "LAA1-02"]
        assert not one.withheld
        assert one.earlier
        assert one.now is not Status.RED
