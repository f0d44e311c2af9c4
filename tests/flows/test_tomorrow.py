"""Who will get what tomorrow is what the tick then sends."""

from datetime import date, datetime, time, timedelta

import pytest
from sqlmodel import Session, col, select

from flows import cycle
from flows.extend import extend
from flows.home.telling import TELLS
from flows.home.tomorrow import Day, expected, tomorrow
from flows.leave import AwayAnswer, set_away
from flows.pause import pause
from flows.snooze import put_off
from messages.notices import name_of
from messages.notices.checking import ExtensionKept
from messages.notices.home_parts import Coming, Tomorrow
from messages.notices.replies import AwayKept, PutOff
from rules.cadence import StageKind
from rules.vocabulary import Role
from store import settings
from store.tables import OutboxRow, Person, RoleAssignment
from store.tables.delivery import Operation
from tests.flows.office import SECOND_DAY, SILENT, Office
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
LEAD, REF, OTHER_REF = "target-lead-19", "LAA2-NI154", "LAA2-NI155"
OTHER, CENTRAL = "target-lead-03", "central-team-01"

Message = tuple[str, int | str | None, datetime]
"""A kind of notice, the person or the channel that gets it, and when."""


def foreseen(office: Office, now: datetime) -> Tomorrow:
    return office.do(lambda session: tomorrow(session, cycle.of(session, QUARTER), now))


def every(office: Office, day: Day, now: datetime) -> set[Message]:
    found = office.do(expected, day, now)
    return {(name_of(one.shape), one.reader or one.channel, one.at) for one in found}


def kept(office: Office, day: Day, before: set[str]) -> set[Message]:
    """What is ready to be sent on a day, and what its stages have kept for later ones."""

    def look(session: Session) -> set[Message]:
        rows = session.exec(
            select(OutboxRow).where(
                OutboxRow.operation == Operation.POST, col(OutboxRow.follows).is_(None)
            )
        )
        return {
            (row.kind, row.to_person or row.to_channel, row.ready_at)
            for row in rows
            if day.begins <= row.ready_at
            and (row.key not in before or (day.begins <= row.ready_at < day.ends))
        }

    return office.do(look)


def check(office: Office, instant: datetime, *, ticked: bool = True) -> Tomorrow:
    """Look ahead from the evening before a stage, let that day pass, and compare."""
    evening = instant - EVENING
    if ticked:
        office.tick(evening)
    said = foreseen(office, evening)
    assert said.day == instant.date()
    begins = instant - timedelta(hours=9)
    day = Day(said.day, begins, begins + timedelta(days=1))
    wanted, before = every(office, day, evening), set(office.keys())
    for hour in range(24):
        office.tick(begins + timedelta(hours=hour))
    assert kept(office, day, before) == wanted
    shown = {(one.kind, who) for one in said.coming for who in one.people or (one.channel,) if who}
    assert shown <= {(kind, who) for kind, who, at in wanted if at < day.ends}
    for one in said.coming:
        readers = {who for kind, who, at in wanted if kind == one.kind and at < day.ends}
        if not one.channel:
            assert one.told == len(readers - {"CENTRAL_CHANNEL"})
    return said


def of_kind(said: Tomorrow, kind: str) -> Coming:
    (found,) = [one for one in said.coming if one.kind == kind and one.channel is None]
    return found


def live_in(office: Office, label: str, zone: str) -> None:
    def move(session: Session) -> None:
        session.get_one(Person, office.people[label]).zone = zone

    office.do(move)


def away(office: Office, label: str, starts: date, ends: date, delegate: str = "") -> None:
    who = office.slack_ids.get(delegate, "")
    answer = AwayAnswer(starts, ends, who, time(9), time(17), "Europe/London")
    assert isinstance(
        office.do(set_away, office.slack_ids[label], None, answer, SECOND_DAY), AwayKept
    )


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


def test_what_is_put_off_is_nobodys_reminder(opened: Office) -> None:
    for ref in (REF, OTHER_REF):
        number, until = opened.numbers[ref], REMINDERS[1].date()
        done = opened.do(put_off, opened.slack_ids[LEAD], number, QUARTER, until, SECOND_DAY)
        assert isinstance(done, PutOff)
    said = of_kind(check(opened, REMINDERS[0]), "returns_still_missing")
    assert opened.people[LEAD] not in said.people
    again = of_kind(check(opened, REMINDERS[1]), "returns_still_missing")
    assert again.told == said.told + 1


@pytest.mark.parametrize("instant", [REMINDERS[2], OVERDUE[0], OVERDUE[2]])
def test_whoever_has_more_time_is_left_alone_until_it_is_over(
    almost_in: Office, instant: datetime
) -> None:
    lead = almost_in.people[LEAD]
    give = (almost_in.slack_ids[CENTRAL], lead, QUARTER, date(2008, 10, 24), "The survey is late.")
    assert isinstance(almost_in.do(extend, *give, SECOND_DAY), ExtensionKept)
    said = check(almost_in, instant)
    leads = {who for one in said.coming if one.kind != "leads_overdue" for who in one.people}
    assert (lead in leads) == (instant is OVERDUE[2])


def test_the_end_of_somebodys_time_is_foreseen(almost_in: Office) -> None:
    day = date(2008, 10, 31)
    give = (almost_in.slack_ids[CENTRAL], almost_in.people[LEAD], QUARTER, day, "A late survey.")
    assert isinstance(almost_in.do(extend, *give, SECOND_DAY), ExtensionKept)
    almost_in.tick(CLOSES)
    said = check(almost_in, SPONSORS_REMINDED[0])
    assert "extension_over" in {one.kind for one in said.coming}


def test_whoever_was_asked_eight_times_is_not_counted(almost_in: Office) -> None:
    almost_in.do(settings.change, "most_messages", "2", None, SECOND_DAY)
    first = check(almost_in, REMINDERS[0])
    assert of_kind(first, "returns_still_missing").told == len(SILENT)
    assert check(almost_in, REMINDERS[1]).coming == ()


def test_a_stand_in_gets_it_and_whoever_is_away_does_not(almost_in: Office) -> None:
    away(almost_in, LEAD, date(2008, 10, 13), date(2008, 10, 16), "target-lead-06")
    said = of_kind(check(almost_in, REMINDERS[0]), "returns_still_missing")
    assert almost_in.people["target-lead-06"] in said.people
    assert almost_in.people[LEAD] not in said.people


def test_whoever_is_away_with_nobody_in_their_place_gets_it_later(almost_in: Office) -> None:
    away(almost_in, LEAD, date(2008, 10, 13), date(2008, 10, 15))
    said = of_kind(check(almost_in, REMINDERS[0]), "returns_still_missing")
    assert (said.told, said.waits) == (len(SILENT) - 1, 1)
    assert almost_in.people[LEAD] not in said.people
    back = foreseen(almost_in, london(10, 15, 19))
    assert of_kind(back, "returns_still_missing").people == (almost_in.people[LEAD],)


def test_of_an_absence_that_nobody_covers_it_is_foreseen_who_is_told(prepared: Office) -> None:
    away(prepared, LEAD, date(2008, 9, 29), date(2008, 10, 24))
    said = check(prepared, OPENS)
    told = of_kind(said, "lead_away")
    assert told.people == (prepared.people["performance-lead-ede"],)
    assert "lead_away" not in {one.kind for one in check(prepared, REMINDERS[0]).coming}


def test_those_who_work_other_hours_get_it_in_these(almost_in: Office) -> None:
    live_in(almost_in, LEAD, "America/New_York")
    said = of_kind(check(almost_in, REMINDERS[0]), "returns_still_missing")
    assert (said.told, said.spread, said.at) == (len(SILENT), True, REMINDERS[0])


def test_what_the_close_overtakes_is_not_foreseen(almost_in: Office) -> None:
    live_in(almost_in, LEAD, "Asia/Tokyo")
    for earlier in (*REMINDERS, *OVERDUE[:2]):
        almost_in.tick(earlier)
    said = of_kind(check(almost_in, OVERDUE[2]), "returns_overdue")
    assert almost_in.people[LEAD] not in said.people
    assert said.waits == 0


def test_what_rests_already_is_foreseen_unless_a_stage_overtakes_it(almost_in: Office) -> None:
    live_in(almost_in, LEAD, "Asia/Tokyo")
    almost_in.tick(REMINDERS[2])
    said = check(almost_in, OVERDUE[0])
    # Nine in Tokyo comes before nine in London: yesterday's reminder is read first.
    assert of_kind(said, "returns_still_missing").people == (almost_in.people[LEAD],)
    assert almost_in.people[LEAD] not in of_kind(said, "returns_overdue").people


def test_while_a_quarter_is_paused_nobody_gets_anything(opened: Office) -> None:
    opened.do(pause, opened.slack_ids[CENTRAL], QUARTER, london(10, 13, 10))
    assert check(opened, REMINDERS[0]).coming == ()


def test_whoever_takes_over_is_asked_on_their_day(opened: Office) -> None:
    opened.do(_hand_over, opened.people[LEAD], opened.people["psb-member-01"], date(2008, 10, 9))
    said = of_kind(check(opened, london(10, 9)), "returns_requested")
    assert said.people == (opened.people["psb-member-01"],)


def _hand_over(session: Session, old: int, new: int, day: date) -> None:
    held = session.exec(
        select(RoleAssignment).where(
            RoleAssignment.person_id == old, RoleAssignment.role == Role.TARGET_LEAD
        )
    ).all()
    for one in held:
        one.ends = day
        session.add(one)
        session.add(
            RoleAssignment(
                person_id=new,
                role=one.role,
                scope=one.scope,
                target_id=one.target_id,
                starts=day,
            )
        )


def test_where_people_accept_by_hand_their_list_is_foreseen(almost_in: Office) -> None:
    almost_in.do(settings.change, "accept_by_hand", "yes", None, SECOND_DAY)
    said = check(almost_in, OVERDUE[2])
    assert "returns_to_accept" in {one.kind for one in said.coming}


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
