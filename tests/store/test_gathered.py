"""Figures gathered from a block's own sheet: one for each target's quarter, the latest counting."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from pathlib import Path

from sqlmodel import select

from rules.quarters import Quarter
from store import gathered
from store.database import Database
from store.gathered import GatheredRecord, Kept
from store.importing.loading import load
from store.importing.reading import read_programme
from store.tables import Target

Q2 = Quarter(2008, 2)


def of_homes(database: Database, folder: Path, now: datetime) -> GatheredRecord:
    """A figure for a target of the sample."""
    with database.writing() as session:
        load(session, read_programme(folder), history_before=Q2, now=now)
        number = session.exec(select(Target.id).where(Target.ref == "LAA1-03")).one() or 0
    sheet = "the Safer Communities sheet"
    return GatheredRecord(number, Q2, Decimal(1000), sheet, date(2008, 9, 30), None, now)


def test_a_gathered_figure_is_found_by_its_target_and_quarter(
    database: Database, folder: Path, now: datetime
) -> None:
    homes = of_homes(database, folder, now)
    with database.writing() as session:
        (done,) = gathered.keep(session, [homes])
    with database.reading() as session:
        assert gathered.of_target(session, homes.target, Q2) == homes
        assert gathered.in_quarter(session, Q2) == {homes.target: homes}
        assert gathered.of_target(session, homes.target, Q2.next) is None
    assert (done.kept, done.before) == (Kept.ADDED, None)


def test_a_later_figure_takes_the_earlier_ones_place(
    database: Database, folder: Path, now: datetime
) -> None:
    homes = of_homes(database, folder, now)
    more = replace(homes, figure=Decimal(1100), gathered_at=now + timedelta(days=1))
    with database.writing() as session:
        gathered.keep(session, [homes])
        (done,) = gathered.keep(session, [more])
    with database.reading() as session:
        assert gathered.of_target(session, homes.target, Q2) == more
    assert (done.kept, done.before) == (Kept.CHANGED, homes)


def test_the_same_figure_again_changes_nothing(
    database: Database, folder: Path, now: datetime
) -> None:
    homes = of_homes(database, folder, now)
    with database.writing() as session:
        gathered.keep(session, [homes])
        (done,) = gathered.keep(session, [replace(homes, gathered_at=now + timedelta(days=1))])
    assert done.kept is Kept.SAME
    with database.reading() as session:
        assert gathered.of_target(session, homes.target, Q2) == homes
