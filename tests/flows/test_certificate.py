"""Which checks are wanted when, and what is kept of them."""

from collections.abc import Mapping
from datetime import datetime, timedelta

import pytest
from sqlmodel import Session, select

from flows import certificate
from flows.certificate import Check, Seen
from flows.hold import hold_after_jump, release_by_command
from flows.run_quarter import Opening, open_by_hand
from messages.notices.deliveries import DeliveriesAmiss, DeliveriesCertified
from rules.cadence import StageKind
from rules.certificate import Fate
from store import settings
from store.tables import OutboxRow, OutboxState
from tests.flows.office import Office
from tests.sample import CLOSES, OPENS, OVERDUE, QUARTER, REMINDERS, RUN, london

ONE, ANOTHER = "request:2008/09 Q2:person 3", "request:2008/09 Q2:person 4"
A_MINUTE = timedelta(minutes=1)


def delivered(office: Office, now: datetime) -> None:
    """All that waits has been sent."""
    office.do(_deliver, now)


def _deliver(session: Session, now: datetime) -> None:
    for row in session.exec(select(OutboxRow).where(OutboxRow.state == OutboxState.PENDING)):
        row.state, row.sent_at = OutboxState.SENT, now
        row.channel, row.ts = "C1", f"{row.id}.000000"
        session.add(row)


def seen(check: Check, at: datetime, instead: Mapping[str, int] | None = None) -> Seen:
    """Everything stands once, but for what is said otherwise."""
    return Seen(at, {one.key: 1 for one in check.messages} | dict(instead or {}))


def certified(office: Office, now: datetime, instead: Mapping[str, int] | None = None) -> list[str]:
    """Make the checks that are wanted, one after the other; the stages they were for."""
    names: list[str] = []
    while (check := office.do(certificate.wanted, now)) is not None:
        names += [stage.name for stage in check.stages] or ["night"]
        office.do(certificate.certify, check, seen(check, now, instead), now)
        delivered(office, now)
    return names


def kept(office: Office) -> list[str]:
    start = f"certificate:{QUARTER}:"
    keys = [line.key for line in office.ledger()]
    return [key.removeprefix(start) for key in keys if key.startswith(start)]


def test_before_a_window_has_opened_nothing_is_checked(prepared: Office) -> None:
    assert prepared.do(certificate.wanted, OPENS - A_MINUTE) is None


def test_a_stage_waits_for_all_it_made_due_and_for_nothing_else(opened: Office) -> None:
    assert opened.do(certificate.wanted, OPENS) is None
    delivered(opened, OPENS)
    check = opened.do(certificate.wanted, OPENS)
    assert check is not None
    assert [stage.name for stage in check.stages] == ["open"]
    assert len(check.messages) == len(opened.keys())


def test_a_certificate_is_kept_once(opened: Office) -> None:
    delivered(opened, OPENS)
    check = opened.do(certificate.wanted, OPENS)
    assert check is not None
    for _ in range(2):
        opened.do(certificate.certify, check, seen(check, OPENS), OPENS)
    assert kept(opened) == ["open"]
    notice = opened.said("certificate:2008/09 Q2:open")
    assert isinstance(notice, DeliveriesCertified)
    assert (notice.stage, notice.day) == (StageKind.OPEN, OPENS.date())
    assert notice.found.is_whole


def test_what_a_window_that_opened_late_made_due_counts(prepared: Office) -> None:
    late = OPENS + timedelta(hours=3)
    prepared.tick(late)
    delivered(prepared, late)
    check = prepared.do(certificate.wanted, late)
    assert check is not None
    assert check.since == OPENS
    assert len(check.messages) == len(prepared.keys())


def test_after_an_outage_each_stage_that_was_performed_has_one_and_no_other(
    opened: Office,
) -> None:
    back = OVERDUE[0] + timedelta(hours=2)
    done = opened.tick(back)
    assert [name for name in done if name.startswith("due")] == ["due-5", "due-2", "due"]
    delivered(opened, back)
    assert certified(opened, back) == ["open", "overdue+1"]


def test_a_window_opened_by_hand_is_certified_like_any_other(prepared: Office) -> None:
    by_hand = london(10, 6)
    central = prepared.slack_ids["central-team-01"]
    prepared.do(open_by_hand, central, Opening(QUARTER), by_hand)
    delivered(prepared, by_hand)
    assert certified(prepared, by_hand) == ["open"]


def test_a_window_that_was_missed_has_nothing_to_certify(prepared: Office) -> None:
    prepared.tick(london(10, 23))
    delivered(prepared, london(10, 23))
    assert prepared.do(certificate.wanted, london(10, 23)) is None


def test_a_whole_quarter_has_one_for_each_stage(escalated: Office) -> None:
    delivered(escalated, RUN)
    assert certified(escalated, RUN) == ["open", "close", "escalate"]
    assert escalated.tick(london(11, 13)) != []
    delivered(escalated, london(11, 13))
    names = certified(escalated, london(11, 13))
    assert names[-2:] == ["preview", "publish"]
    assert kept(escalated) == ["open", "close", "escalate", *names]


def test_a_stage_counts_what_was_due_by_then_and_no_later(escalated: Office) -> None:
    delivered(escalated, RUN)
    certified(escalated, RUN)
    notices = [escalated.said(f"certificate:2008/09 Q2:{name}") for name in ("open", "close")]
    counts = [one.found.due for one in notices if isinstance(one, DeliveriesCertified)]
    dues = [line.due_at for line in escalated.ledger() if "certificate" not in line.key]
    assert counts == [sum(due <= at for due in dues) for at in (OPENS, CLOSES)]


def test_a_stage_whose_name_the_settings_no_longer_hold_is_certified_by_its_day(
    opened: Office,
) -> None:
    opened.tick(REMINDERS[0])
    opened.do(settings.change, "reminders", "-4,-2,0", None, REMINDERS[0])
    delivered(opened, REMINDERS[0])
    certified(opened, REMINDERS[0])
    notice = opened.said("certificate:2008/09 Q2:due-5")
    assert isinstance(notice, DeliveriesCertified)
    assert (notice.stage, notice.day) == (None, REMINDERS[0].date())


def test_a_night_is_checked_once_and_not_before_two(opened: Office) -> None:
    delivered(opened, OPENS)
    assert certified(opened, OPENS) == ["open"]
    assert certified(opened, london(10, 2, 1, 59)) == []
    assert certified(opened, london(10, 2, 2)) == ["night"]
    assert certified(opened, london(10, 2, 23)) == []
    assert certified(opened, london(10, 5, 9)) == ["night"]


def test_while_sending_is_held_nothing_is_checked(opened: Office) -> None:
    delivered(opened, OPENS)
    opened.do(hold_after_jump, timedelta(days=2), OPENS)
    assert certified(opened, OPENS) == []
    opened.do(release_by_command, OPENS)
    delivered(opened, OPENS)
    assert certified(opened, OPENS) == ["open"]


def test_a_night_waits_for_a_certificate_that_is_to_come(opened: Office) -> None:
    delivered(opened, OPENS)
    certified(opened, OPENS)
    opened.tick(REMINDERS[0])
    assert opened.do(certificate.wanted, REMINDERS[0]) is None
    delivered(opened, REMINDERS[0])
    assert certified(opened, REMINDERS[0]) == ["due-5"]


@pytest.mark.parametrize(("count", "fate"), [(0, Fate.MISSING), (2, Fate.TWICE)])
def test_what_a_certificate_has_told_no_night_tells_again(
    opened: Office, count: int, fate: Fate
) -> None:
    delivered(opened, OPENS)
    certified(opened, OPENS, {ONE: count})
    certified(opened, london(10, 2, 2), {ONE: count})
    assert kept(opened) == ["open"]
    certified(opened, london(10, 3, 2), {ONE: count, ANOTHER: count})
    assert kept(opened) == ["open", "night 2008-10-03"]
    alarm = opened.said("certificate:2008/09 Q2:night 2008-10-03")
    assert isinstance(alarm, DeliveriesAmiss)
    assert [line.fate for line in alarm.amiss] == [fate, fate]


def test_what_was_lost_and_is_then_there_twice_is_told_anew(opened: Office) -> None:
    delivered(opened, OPENS)
    certified(opened, OPENS, {ONE: 0})
    certified(opened, london(10, 2, 2), {ONE: 2})
    assert kept(opened) == ["open", "night 2008-10-02"]


def test_by_hand_a_quarter_is_checked_up_to_the_next_ones_window(escalated: Office) -> None:
    central = escalated.slack_ids["central-team-01"]
    following = london(1, 5, 10, year=2009)
    before = len(escalated.keys())
    escalated.do(open_by_hand, central, Opening(QUARTER.next), following)
    assert len(escalated.keys()) > before
    this = escalated.do(certificate.by_hand, QUARTER)
    later = escalated.do(certificate.by_hand, QUARTER.next)
    assert this is not None
    assert later is not None
    assert len(this.messages) == before
    assert len(this.messages) + len(later.messages) == len(escalated.keys())
    assert escalated.do(certificate.by_hand, QUARTER.previous) is None
