"""Messages rest until their person's morning, and say only what is still true by then."""

from datetime import datetime, timedelta

from sqlmodel import Session, col, select

from flows import certificate
from messages.notices.returns import ReturnsRequested, ReturnsStillMissing
from rules.certificate import Fate, Progress
from rules.leave import Leave
from store import leave, ledger, outbox, settings
from store.outbox import Resting
from store.tables import OutboxRow, OutboxState, Person
from tests.flows.office import SECOND_DAY, Office
from tests.sample import CLOSES, OPENS, OVERDUE, REMINDERS

LEAD = "target-lead-19"
MORNING_THERE = timedelta(hours=5)
"""Nine in New York comes five hours after nine in London, on most days of the year."""


def live_in(office: Office, label: str, zone: str) -> None:
    def move(session: Session) -> None:
        session.get_one(Person, office.people[label]).zone = zone

    office.do(move)


def resting(office: Office, now: datetime) -> dict[str, Resting]:
    return {one.key: one for one in office.do(outbox.resting, now)}


def request_key(office: Office) -> str:
    return f"request:2008/09 Q2:person {office.people[LEAD]}"


def key(office: Office, stage: str) -> str:
    return f"remind:2008/09 Q2:{stage}:person {office.people[LEAD]}"


def test_only_whoever_lives_elsewhere_is_asked_later(prepared: Office) -> None:
    live_in(prepared, LEAD, "America/New_York")
    prepared.tick(OPENS)
    waits = resting(prepared, OPENS)
    assert set(waits) == {request_key(prepared)}
    assert waits[request_key(prepared)].ready_at == OPENS + MORNING_THERE
    (line,) = [line for line in prepared.ledger() if line.key == request_key(prepared)]
    assert line.due_at == OPENS


def test_with_other_hours_for_everybody_everybody_is_asked_then(prepared: Office) -> None:
    prepared.do(settings.change, "day_starts", "10:00", None, OPENS)
    prepared.tick(OPENS)
    waits = resting(prepared, OPENS)
    assert len(waits) == len(prepared.keys("returns_requested"))
    assert {one.ready_at for one in waits.values()} == {OPENS + timedelta(hours=1)}


def test_a_reminder_that_rests_loses_what_comes_in_meanwhile(almost_in: Office) -> None:
    live_in(almost_in, LEAD, "America/New_York")
    almost_in.report("LAA2-NI154", SECOND_DAY)
    almost_in.tick(REMINDERS[0])
    assert set(resting(almost_in, REMINDERS[0])) == set()
    # A return that was not sent back stands: the reminder has nothing left to name.
    assert key(almost_in, "due-5") not in almost_in.keys("returns_still_missing")


def test_both_of_two_come_in_and_the_reminder_is_never_sent(opened: Office) -> None:
    live_in(opened, LEAD, "America/New_York")
    opened.tick(REMINDERS[0])
    early = REMINDERS[0] + timedelta(hours=1)
    opened.report("LAA2-NI154", early)
    said = opened.said(key(opened, "due-5"))
    assert isinstance(said, ReturnsStillMissing)
    assert [target.ref for target in said.targets] == ["LAA2-NI155"]
    opened.report("LAA2-NI155", early)
    assert key(opened, "due-5") not in opened.keys("returns_still_missing")


def test_what_still_rests_when_the_window_closes_is_never_sent(opened: Office) -> None:
    live_in(opened, LEAD, "Asia/Tokyo")
    for instant in (*REMINDERS, *OVERDUE):
        opened.tick(instant)
    assert key(opened, "overdue+5") in resting(opened, OVERDUE[-1])
    opened.tick(CLOSES)
    assert key(opened, "overdue+5") not in opened.keys("returns_overdue")


def test_of_reminders_that_rest_only_the_last_is_sent(opened: Office) -> None:
    days_away = Leave(opened.people[LEAD], SECOND_DAY.date(), CLOSES.date())
    opened.do(leave.keep, days_away.person, days_away, SECOND_DAY.date())
    for instant in REMINDERS:
        opened.tick(instant)
    mine = [one for one in resting(opened, REMINDERS[-1]) if one.startswith("remind:")]
    assert mine == [key(opened, "due")]


def test_a_request_that_rests_says_what_has_come_in(prepared: Office) -> None:
    live_in(prepared, LEAD, "America/New_York")
    prepared.tick(OPENS)
    prepared.report("LAA2-NI154", OPENS + timedelta(hours=1), "performance-lead-ede")
    said = prepared.said(request_key(prepared))
    assert isinstance(said, ReturnsRequested)
    assert [target.ref for target in said.targets if target.done] == ["LAA2-NI154"]


def _sent(session: Session, now: datetime) -> None:
    for row in session.exec(select(OutboxRow).where(col(OutboxRow.ready_at) <= now)).all():
        row.state, row.channel, row.ts = OutboxState.SENT, "C0", f"1.{row.id:06}"


def test_the_certificate_does_not_wait_for_a_morning_elsewhere_nor_call_it_missing(
    prepared: Office,
) -> None:
    live_in(prepared, LEAD, "America/New_York")
    prepared.tick(OPENS)
    prepared.do(_sent, OPENS)
    check = prepared.do(certificate.wanted, OPENS)
    assert check is not None
    assert [stage.name for stage in check.stages] == ["open"]
    standing = {one.key: 1 for one in check.messages if one.progress is Progress.SENT}
    found = certificate.compare(check.messages, certificate.Seen(OPENS, standing))
    assert found.amiss == ()
    assert [(line.key, line.fate) for line in found.apart] == [
        (request_key(prepared), Fate.ON_ITS_WAY)
    ]


def test_a_clock_put_right_does_not_send_what_rests(prepared: Office) -> None:
    live_in(prepared, LEAD, "America/New_York")
    prepared.tick(OPENS)
    hour = timedelta(hours=1)
    brought = prepared.do(outbox.recall, OPENS, furthest=OPENS + hour, settle_until=OPENS + hour)
    assert brought == 0
    early = OPENS - 3 * hour
    assert prepared.do(outbox.recall, early, furthest=early + hour, settle_until=early + hour)


def test_a_restored_message_that_rests_rests_on(prepared: Office) -> None:
    live_in(prepared, LEAD, "America/New_York")
    prepared.tick(OPENS)
    prepared.do(outbox.doubt, since=OPENS, now=OPENS)
    (line,) = [
        one for one in prepared.do(ledger.due_messages, OPENS) if one.key == request_key(prepared)
    ]
    assert line.progress is Progress.WAITING

    def ready(session: Session) -> datetime:
        row = session.exec(select(OutboxRow).where(OutboxRow.key == request_key(prepared))).one()
        return row.ready_at

    assert prepared.do(ready) == OPENS + MORNING_THERE
