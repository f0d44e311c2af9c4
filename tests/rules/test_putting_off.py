"""A target is put off no longer than until it is due; delegates and later days keep to rules."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from rules.cadence import Stage, StageKind, distance_of
from rules.leave import Leave, LeaveFault, day_faults, delegate_faults, left_alone
from rules.owed import Owed, may_ask_again, named
from rules.putting_off import can_put_off, is_possible, usual_day
from tests.sample import QUARTER, REMINDERS

DUE = REMINDERS[2].date()
DAYS = tuple(instant.date() for instant in REMINDERS)
PEOPLE = st.integers(1, 4)

days = st.integers(-10, 20).map(lambda count: DUE + timedelta(count))
leaves = st.builds(
    lambda person, starts, length, delegate: Leave(
        person, starts, starts + timedelta(length), delegate if delegate != person else None
    ),
    PEOPLE,
    days,
    st.integers(0, 9),
    st.none() | PEOPLE,
)
owed = st.lists(
    st.builds(
        Owed,
        target=st.integers(1, 9),
        ref=st.just("LAA1-01"),
        lead=st.none() | PEOPLE,
        performance_lead=st.just(9),
        sponsor=st.none(),
        block=st.just("EDE"),
        reported=st.booleans(),
    ),
    max_size=6,
    unique_by=lambda one: one.target,
)
put_offs = st.dictionaries(st.integers(1, 9), days)


def stage(kind: StageKind, name: str) -> Stage:
    return Stage(QUARTER, kind, name, REMINDERS[0])


def test_the_day_offered_is_that_of_the_reminder_after_the_next() -> None:
    assert usual_day(DAYS, DUE, date(2008, 10, 2)) == DAYS[1]
    assert usual_day(DAYS, DUE, DAYS[0]) == DUE
    assert usual_day(DAYS, DUE, DAYS[1]) == DUE
    assert usual_day((), DUE, date(2008, 10, 2)) == DUE


@given(today=days, until=days)
def test_a_day_is_possible_after_today_and_up_to_the_due_day(today: date, until: date) -> None:
    assert is_possible(until, today, DUE) == (today < until <= DUE)
    assert can_put_off(today, DUE) == (today < DUE)
    if can_put_off(today, DUE):
        assert is_possible(usual_day(DAYS, DUE, today), today, DUE)


@given(items=owed, put_off=put_offs, on=days)
def test_a_reminder_leaves_out_what_is_put_off_and_nothing_else(
    items: list[Owed], put_off: dict[int, date], on: date
) -> None:
    kept = named(items, stage(StageKind.REMIND, "due-5"), on, put_off, {})
    assert set(kept) == {item for item in items if on >= put_off.get(item.target, on)}


@given(items=owed, put_off=put_offs, on=days)
def test_on_the_due_day_and_after_it_everything_is_named(
    items: list[Owed], put_off: dict[int, date], on: date
) -> None:
    for last in (stage(StageKind.REMIND, "due"), stage(StageKind.OVERDUE, "overdue+1")):
        assert named(items, last, on, put_off, {}) == tuple(items)


@given(items=owed, extended=st.dictionaries(PEOPLE, days), on=days)
def test_whoever_has_a_later_day_is_named_only_after_it(
    items: list[Owed], extended: dict[int, date], on: date
) -> None:
    kept = named(items, stage(StageKind.OVERDUE, "overdue+1"), on, {}, extended)
    assert all(extended.get(item.asked or 0, date.min) < on for item in kept)
    assert {item.asked for item in items} - {item.asked for item in kept} <= extended.keys()


def test_somebody_is_asked_again_until_it_is_often_enough() -> None:
    assert [may_ask_again(asked, 8) for asked in (0, 7, 8, 9)] == [True, True, False, False]


def test_a_stage_name_says_its_distance() -> None:
    found = [distance_of(name) for name in ("due-5", "due", "overdue+3", "run+2", "open", "due-x")]
    assert found == [-5, 0, 3, 2, None, None]


def test_days_that_cannot_be_are_told_apart() -> None:
    today, later = DUE, DUE + timedelta(5)
    assert day_faults(None, None, today) == ()
    assert day_faults(None, later, today) == (LeaveFault.START_MISSING,)
    assert day_faults(today, None, today) == (LeaveFault.END_MISSING,)
    assert day_faults(later, today, today) == (LeaveFault.ENDS_FIRST,)
    assert day_faults(date.min, today - timedelta(1), today) == (LeaveFault.IS_OVER,)
    assert day_faults(today, date.max, today) == (LeaveFault.TOO_LONG,)
    assert day_faults(today, today, today) == ()


@given(wanted=leaves, others=st.lists(leaves, max_size=4))
def test_a_delegate_who_is_taken_is_never_a_link_of_a_chain(
    wanted: Leave, others: list[Leave]
) -> None:
    if wanted.delegate is None or delegate_faults(wanted, others):
        return
    theirs = [one for one in others if one.person == wanted.delegate and one.overlaps(wanted)]
    assert all(one.delegate is None for one in theirs)
    assert not any(one.starts <= wanted.starts and wanted.ends <= one.ends for one in theirs)


@given(wanted=leaves, others=st.lists(leaves, max_size=4))
def test_those_left_alone_named_somebody_who_is_away_then(
    wanted: Leave, others: list[Leave]
) -> None:
    for one in left_alone(wanted, others):
        assert one.delegate == wanted.person
        assert any(
            one.covers(wanted.starts + timedelta(day))
            for day in range((wanted.ends - wanted.starts).days + 1)
        )
