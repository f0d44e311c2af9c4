"""Who will get what tomorrow is what the tick then sends."""

from collections import Counter
from datetime import datetime, timedelta

import pytest

from flows import cycle
from flows.home.tomorrow import TELLS, tomorrow
from messages.notices.home_parts import Coming, Tomorrow
from rules.cadence import StageKind
from tests.flows.office import Office
from tests.sample import (
    CLOSES,
    MANAGER_TOLD,
    OPENS,
    OVERDUE,
    PACK,
    PREVIEW,
    QUARTER,
    REMINDERS,
    RUN,
    SPONSORS_REMINDED,
    london,
)

EVENING = timedelta(hours=14)
"""From nine in the morning back to the evening before, after the close."""
OF_A_THREAD = {
    "digest_escalations",
    "digest_follow_up",
    "digest_annex",
    "digest_grant",
    "digest_partnerships",
    "digest_plans",
    "digest_next_dates",
}


def foreseen(office: Office, now: datetime) -> Tomorrow:
    return office.do(lambda session: tomorrow(session, cycle.of(session, QUARTER), now))


def sent(office: Office, before: int) -> Counter[str]:
    """What was kept to be said since, by kind and whether to people or to a channel."""
    return Counter(
        f"{line.kind} to {line.to_channel or 'people'}"
        for line in office.ledger()[before:]
        if line.kind not in OF_A_THREAD
    )


def told(coming: tuple[Coming, ...]) -> Counter[str]:
    found: Counter[str] = Counter()
    for one in coming:
        found[f"{one.kind} to {one.channel or 'people'}"] += one.told or 1
    return found


def check(office: Office, instant: datetime) -> None:
    evening = instant - EVENING
    office.tick(evening)
    expected = foreseen(office, evening)
    assert expected.day == instant.date()
    before = len(office.ledger())
    office.tick(instant)
    office.tick(instant + timedelta(hours=9))
    assert sent(office, before) == told(expected.coming)


def test_the_window_opens_for_whom_it_was_said(prepared: Office) -> None:
    check(prepared, OPENS)


@pytest.mark.parametrize("instant", [*REMINDERS, *OVERDUE])
def test_reminders_go_to_whom_it_was_said(almost_in: Office, instant: datetime) -> None:
    for earlier in (*REMINDERS, *OVERDUE):
        if earlier < instant:
            almost_in.tick(earlier)
    check(almost_in, instant)


def test_the_run_tells_whom_it_was_said(almost_in: Office) -> None:
    almost_in.tick(CLOSES)
    check(almost_in, RUN)


@pytest.mark.parametrize("instant", [*SPONSORS_REMINDED, MANAGER_TOLD, PREVIEW, PACK])
def test_after_the_run_too(escalated: Office, instant: datetime) -> None:
    for earlier in (*SPONSORS_REMINDED, MANAGER_TOLD, PREVIEW):
        if earlier < instant:
            escalated.tick(earlier)
    check(escalated, instant)


def test_on_a_friday_it_is_monday_that_comes(almost_in: Office) -> None:
    assert foreseen(almost_in, london(10, 10, 12)).day == london(10, 13).date()


def test_on_a_day_without_a_stage_nobody_gets_anything(almost_in: Office) -> None:
    assert foreseen(almost_in, london(10, 7, 12)).coming == ()


def test_a_stage_of_today_is_not_said_to_come_tomorrow(almost_in: Office) -> None:
    at_eight = REMINDERS[0] - timedelta(hours=1)
    assert foreseen(almost_in, at_eight).coming == ()


def test_of_many_people_ten_are_named_and_the_others_counted(prepared: Office) -> None:
    (request, _) = foreseen(prepared, OPENS - EVENING).coming
    assert len(request.people) == 10
    assert request.more == request.told - 10 > 0


def test_every_kind_of_stage_says_whom_it_tells() -> None:
    assert set(TELLS) == set(StageKind)
