"""Columns keep a value exactly as it was."""

from datetime import UTC, datetime, timedelta, timezone
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy.dialects import sqlite
from sqlalchemy.exc import StatementError
from sqlmodel import select

from rules.quarters import Quarter
from rules.vocabulary import Status
from store.columns import Exact, Instant, OneOf, QuarterLabel
from store.database import Database
from store.tables import InboxRow

DIALECT = sqlite.dialect()
figures = st.decimals(allow_nan=False, allow_infinity=False, places=4, min_value=-(10**12))
quarters = st.builds(Quarter, st.integers(1900, 2198), st.integers(1, 4))
zones = st.integers(-12, 14).map(lambda hours: timezone(timedelta(hours=hours)))


@given(figures)
def test_a_figure_comes_back_digit_for_digit(figure: Decimal) -> None:
    column = Exact()
    kept = column.process_bind_param(figure, DIALECT)
    back = column.process_result_value(kept, DIALECT)
    assert back == figure
    assert str(back) == format(figure, "f")


def test_a_figure_keeps_its_last_nought() -> None:
    column = Exact()
    assert column.process_bind_param(Decimal("0.10"), DIALECT) == "0.10"
    assert column.process_bind_param(Decimal("1E+3"), DIALECT) == "1000"


@given(st.datetimes(min_value=datetime(1900, 1, 2), timezones=zones))  # noqa: DTZ001  # the strategy adds the zone
def test_an_instant_comes_back_as_the_same_moment_in_utc(moment: datetime) -> None:
    column = Instant()
    kept = column.process_bind_param(moment, DIALECT)
    assert kept is not None
    back = column.process_result_value(kept.replace(tzinfo=None), DIALECT)
    assert back == moment
    assert back is not None
    assert back.tzinfo is UTC


def test_an_instant_without_its_zone_is_refused(database: Database) -> None:
    naive = datetime(2008, 10, 1, 9)  # noqa: DTZ001  # what is refused
    with (
        pytest.raises(StatementError, match="needs its time zone"),
        database.writing() as session,
    ):
        session.add(InboxRow(key="Ev1", received_at=naive))


def test_an_instant_is_kept_as_utc_in_the_file(database: Database) -> None:
    summer = timezone(timedelta(hours=1))
    with database.writing() as session:
        session.add(InboxRow(key="Ev1", received_at=datetime(2008, 10, 1, 9, tzinfo=summer)))
    with database.reading() as session:
        kept = session.exec(select(InboxRow)).one().received_at
    assert kept == datetime(2008, 10, 1, 8, tzinfo=UTC)


@given(st.lists(quarters, min_size=2))
def test_quarters_sort_by_label_as_they_do_in_time(some: list[Quarter]) -> None:
    column = QuarterLabel()
    labels = [column.process_bind_param(quarter, DIALECT) or "" for quarter in some]
    back = [column.process_result_value(label, DIALECT) for label in sorted(labels)]
    assert back == sorted(some)


def test_a_word_off_the_list_is_refused() -> None:
    column = OneOf(Status)
    assert column.process_bind_param("RED", DIALECT) == "RED"
    with pytest.raises(ValueError, match="BLUE"):
        column.process_bind_param("BLUE", DIALECT)
