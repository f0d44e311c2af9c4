"""Tempers: when people do what is asked of them, each in their own way."""

from datetime import date, datetime, timedelta
from random import Random
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from workspace.tempers import (
    Intention,
    Leave,
    Length,
    Nature,
    Occasion,
    Temper,
    Tempers,
    intention,
)

LONDON = ZoneInfo("Europe/London")
DUE = date(2008, 10, 21)
SEEDS = st.integers(0, 10_000)


def at(day: int, hour: int = 9) -> datetime:
    return datetime(2008, 10, day, hour, tzinfo=LONDON)


OCCASION = Occasion(
    days=[at(day) for day in (*range(1, 4), *range(6, 11), *range(13, 18), *range(20, 25), 27, 28)],
    due=DUE,
    ends=at(28, 17),
    reminders=[at(14), at(17), at(21), at(22), at(24), at(28)],
)


def dice(seed: int) -> Random:
    return Random(seed)  # noqa: S311  # no secret


def means(temper: Temper, seed: int, **more: object) -> Intention:
    nature = Nature(temper, **more)  # type: ignore[arg-type] # two fields of two types
    return intention(nature, OCCASION, dice(seed))


@given(st.sampled_from(Temper), SEEDS, st.text(max_size=9))
def test_the_same_seed_gives_the_same_steps(temper: Temper, seed: int, named: str) -> None:
    tempers = Tempers({"lead": Nature(temper)}, seed)
    assert tempers.intends("lead", OCCASION, named) == tempers.intends("lead", OCCASION, named)


def test_other_seeds_and_other_quarters_give_other_steps() -> None:
    drawn = {
        (intended.at if intended else None)
        for seed in range(5)
        for named in ("2008/09 Q2", "2008/09 Q3")
        for intended in [
            Tempers({"lead": Nature(Temper.TERSE)}, seed).intends("lead", OCCASION, named)
        ]
    }
    assert len(drawn) > 5


def test_who_is_not_named_has_no_temper() -> None:
    assert Tempers().intends("lead", OCCASION, "2008/09 Q2") is None


@given(st.sampled_from(Temper), SEEDS)
def test_nobody_answers_before_they_are_asked_or_too_late(temper: Temper, seed: int) -> None:
    intended = means(temper, seed)
    assert intended.at is None or OCCASION.days[0] < intended.at < OCCASION.ends


@given(SEEDS)
def test_the_punctual_answer_in_the_first_days(seed: int) -> None:
    answered = means(Temper.PUNCTUAL, seed).at
    assert answered is not None
    assert answered.date() <= date(2008, 10, 3)


@given(SEEDS)
def test_the_late_answer_after_the_day_it_is_due(seed: int) -> None:
    answered = means(Temper.LATE, seed).at
    assert answered is not None
    assert answered.date() > DUE


@given(SEEDS)
def test_the_forgetful_answer_only_when_reminded(seed: int) -> None:
    answered = means(Temper.FORGETFUL, seed).at
    hours = [answered - reminder for reminder in OCCASION.reminders] if answered else []
    assert not hours or any(timedelta(0) < gap <= timedelta(hours=3) for gap in hours)


def test_the_forgetful_forget_some_and_answer_some() -> None:
    drawn = [means(Temper.FORGETFUL, seed).at is None for seed in range(40)]
    assert 0 < sum(drawn) < 20


def test_without_a_reminder_the_forgetful_forget() -> None:
    alone = Occasion(OCCASION.days, DUE, OCCASION.ends)
    assert intention(Nature(Temper.FORGETFUL), alone, dice(1)).at is None


@given(SEEDS)
def test_the_thorough_take_their_time_and_write_much(seed: int) -> None:
    intended = means(Temper.THOROUGH, seed)
    assert intended.at is not None
    assert date(2008, 10, 3) < intended.at.date() <= DUE
    assert (intended.length, intended.errs_first) == (Length.LONG, False)


@given(SEEDS)
def test_the_terse_write_little_and_slip_first(seed: int) -> None:
    intended = means(Temper.TERSE, seed)
    assert (intended.length, intended.errs_first) == (Length.SHORT, True)
    assert intended.at is not None
    assert intended.at.date() <= DUE


DAYS = st.dates(date(2008, 9, 25), date(2008, 11, 5))


@given(st.sampled_from(Temper), SEEDS, DAYS, st.integers(0, 40), st.sampled_from([None, "deputy"]))
def test_nobody_acts_while_on_leave(
    temper: Temper, seed: int, first: date, days: int, deputy: str | None
) -> None:
    leave = Leave(first, first + timedelta(days=days))
    intended = means(temper, seed, leaves=(leave,), in_place=deputy)
    if intended.at is not None and intended.by_other is None:
        assert not leave.covers(intended.at.date())


def test_away_all_the_while_somebody_answers_in_their_place_or_nobody() -> None:
    away = (Leave(date(2008, 9, 1), date(2008, 11, 30)),)
    alone = means(Temper.ON_LEAVE, 1, leaves=away)
    assert (alone.at, alone.by_other) == (None, None)
    stood_in = means(Temper.ON_LEAVE, 1, leaves=away, in_place="deputy")
    assert stood_in.at is not None
    assert stood_in.by_other == "deputy"


def test_back_in_time_they_answer_on_the_day_they_are_back() -> None:
    back = means(Temper.ON_LEAVE, 1, leaves=(Leave(date(2008, 10, 1), date(2008, 10, 15)),))
    assert back.at is not None
    assert back.at.date() == date(2008, 10, 16)


def test_on_the_only_day_there_is_everybody_can_answer() -> None:
    only = Occasion([at(28)], DUE, at(28, 17), [at(28)])
    for temper in Temper:
        intended = intention(Nature(temper), only, dice(3))
        assert intended.at is None or intended.at.date() == date(2008, 10, 28)
