"""A process goes on checking, whatever becomes of one round, until it is told to stop."""

import asyncio
from collections.abc import Callable
from datetime import datetime, timedelta

import pytest

from bot.checking import keep_checking
from bot.clock import Clock, HandClock
from tests.sample import OPENS

AT_ONCE = timedelta(milliseconds=1)
AN_HOUR = timedelta(hours=1)


class Rounds:
    """Does one thing a round, and then stops the loop."""

    def __init__(self, stop: asyncio.Event, *rounds: Callable[[], datetime | None]) -> None:
        self.clock: Clock = HandClock(OPENS)
        self.left = list(rounds)
        self._stop = stop

    async def check(self) -> datetime | None:
        do = self.left.pop(0)
        if not self.left:
            self._stop.set()
        return do()


def fails() -> datetime | None:
    raise RuntimeError("on purpose")


def well() -> datetime | None:
    return None


def more_at_once() -> datetime | None:
    return OPENS


async def test_a_round_that_fails_is_logged_and_followed_by_another(
    caplog: pytest.LogCaptureFixture,
) -> None:
    stop = asyncio.Event()
    rounds = Rounds(stop, fails, well)
    await keep_checking(rounds, stop, AT_ONCE)
    assert rounds.left == []
    assert "A round of checking failed" in caplog.text


async def test_where_there_is_more_to_do_it_does_not_rest_its_fill() -> None:
    stop = asyncio.Event()
    rounds = Rounds(stop, more_at_once, well)
    async with asyncio.timeout(5):
        await keep_checking(rounds, stop, AN_HOUR)
    assert rounds.left == []


async def test_it_stops_in_the_middle_of_its_rest() -> None:
    stop, began = asyncio.Event(), asyncio.Event()
    loop = asyncio.create_task(keep_checking(Rounds(began, well), stop, AN_HOUR))
    await began.wait()
    stop.set()
    async with asyncio.timeout(5):
        await loop


async def test_who_may_not_check_does_not() -> None:
    stop = asyncio.Event()
    rounds = Rounds(stop, well)
    asked = []

    async def may() -> bool:
        asked.append(True)
        return len(asked) == 3

    await keep_checking(rounds, stop, AT_ONCE, may)
    assert len(asked) == 3
    assert rounds.left == []
