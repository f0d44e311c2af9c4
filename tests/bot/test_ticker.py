"""Of several processes one looks what is due; the others make up for one that hangs."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack

import pytest
from sqlmodel import Session, select

from bot.clock import HandClock
from bot.desk import Desk
from bot.ticker import OTHERS_LOOK_EVERY, Ticker
from store.database import Database
from store.leading import Leadership
from store.tables import StageRow
from tests.sample import OPENS


def stages(session: Session) -> list[str]:
    return [row.name for row in session.exec(select(StageRow))]


@pytest.fixture
def process(database: Database) -> Iterator[Callable[[], Ticker]]:
    """Makes the ticker of one more process."""
    if database.is_sqlite:
        pytest.skip("SQLite has one process")
    with ExitStack() as ends:

        def started() -> Ticker:
            own = Database(database.address)
            desk, leadership = Desk(own), Leadership(own)
            ends.callback(desk.close)
            ends.callback(leadership.resign)
            return Ticker(desk, HandClock(OPENS), leadership=leadership)

        ends.callback(database.close)
        yield started


async def test_a_leader_that_hangs_is_made_up_for_within_a_few_ticks(
    process: Callable[[], Ticker],
) -> None:
    hanging, other = process(), process()
    assert await hanging.leads()
    for _ in range(OTHERS_LOOK_EVERY - 1):
        await other.tick()
        assert await other.desk.read(stages) == []
    await other.tick()
    assert await other.desk.read(stages) == ["open"]


async def test_a_leader_that_dies_is_followed_at_the_next_tick(
    process: Callable[[], Ticker],
) -> None:
    dying, other = process(), process()
    assert await dying.leads()
    await other.tick()
    assert await other.desk.read(stages) == []
    assert dying.leadership is not None
    dying.leadership.resign()
    await other.tick()
    assert await other.desk.read(stages) == ["open"]


async def test_two_that_both_look_do_a_stage_once(process: Callable[[], Ticker]) -> None:
    leading, other = process(), process()
    for _ in range(OTHERS_LOOK_EVERY):
        await leading.tick()
        await other.tick()
    assert await leading.desk.read(stages) == ["open"]
