"""Of several processes one looks what is due; the others make up for one that hangs."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass

import pytest
from sqlmodel import Session, select

from bot.clock import HandClock
from bot.desk import Desk
from bot.lookout import OTHERS_LOOK_EVERY, Lookout
from bot.ticker import Ticker
from store.database import Database
from store.leading import Leadership
from store.tables import StageRow
from tests.sample import OPENS


def stages(session: Session) -> list[str]:
    return [row.name for row in session.exec(select(StageRow))]


@dataclass
class Process:
    desk: Desk
    leadership: Leadership
    ticker: Ticker


@pytest.fixture
def process(database: Database) -> Iterator[Callable[[], Process]]:
    """Starts one more process."""
    if database.is_sqlite:
        pytest.skip("SQLite has one process")
    with ExitStack() as ends:

        def started() -> Process:
            own = Database(database.address)
            desk, leadership = Desk(own), Leadership(own)
            ends.callback(desk.close)
            ends.callback(leadership.resign)
            ticker = Ticker(desk, HandClock(OPENS), lookout=Lookout(leadership))
            return Process(desk, leadership, ticker)

        ends.callback(database.close)
        yield started


async def test_a_leader_that_hangs_is_made_up_for_within_a_few_ticks(
    process: Callable[[], Process],
) -> None:
    hanging, other = process(), process()
    assert hanging.leadership.leads()
    for _ in range(OTHERS_LOOK_EVERY - 1):
        await other.ticker.tick()
        assert await other.desk.read(stages) == []
    await other.ticker.tick()
    assert await other.desk.read(stages) == ["open"]


async def test_a_leader_that_dies_is_followed_at_the_next_tick(
    process: Callable[[], Process],
) -> None:
    dying, other = process(), process()
    assert dying.leadership.leads()
    await other.ticker.tick()
    assert await other.desk.read(stages) == []
    dying.leadership.resign()
    await other.ticker.tick()
    assert await other.desk.read(stages) == ["open"]


async def test_two_that_both_look_do_a_stage_once(process: Callable[[], Process]) -> None:
    leading, other = process(), process()
    for _ in range(OTHERS_LOOK_EVERY):
        await leading.ticker.tick()
        await other.ticker.tick()
    assert await leading.desk.read(stages) == ["open"]
