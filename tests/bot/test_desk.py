"""Two transactions that wait for each other both come to their end."""

import asyncio
from threading import Barrier, BrokenBarrierError

import pytest
from sqlmodel import Session, select

from bot.desk import Desk
from store.database import Database
from store.tables import Person
from tests.engines import POSTGRESQL

LONGEST_WAIT_SECONDS = 5.0


@pytest.mark.parametrize("cabinet", [POSTGRESQL], indirect=True, scope="session")
async def test_of_two_that_wait_for_each_other_one_begins_again(database: Database) -> None:
    desk = Desk(database)
    both_hold_one = Barrier(2)

    def add_both(session: Session, first: int, second: int) -> None:
        for number in (first, second):
            query = select(Person).where(Person.id == number).with_for_update()
            session.exec(query).one().label += "!"
            session.flush()
            if number == first:
                meet(both_hold_one)

    await asyncio.gather(desk.note(add_both, 1, 2), desk.note(add_both, 2, 1))
    labels = await desk.read(lambda session: session.exec(select(Person.label)).all())
    assert sum(label.endswith("!!") for label in labels) == 2
    desk.close()


def meet(others: Barrier) -> None:
    """Wait for the other one; whoever comes back later finds nobody to wait for."""
    try:
        others.wait(LONGEST_WAIT_SECONDS)
    except BrokenBarrierError:
        return
    others.abort()
