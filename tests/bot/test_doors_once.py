"""The very same signed request: one effect, and one answer for every copy."""

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest
from slack_bolt.context.ack.async_ack import AsyncAck

from bot.clock import HandClock
from store import requests
from store.database import Database
from store.importing.programme import Programme
from tests.bot.doorway import SLOW, Doorway, command, doorway
from tests.bot.test_doors_front import TODAY

COPIES = 10


@pytest.fixture
def database_file(tmp_path: Path, prepared_file: Path) -> Path:
    path = tmp_path / "quarterlight.db"
    path.write_bytes(prepared_file.read_bytes())
    return path


@pytest.fixture
async def before(programme: Programme, database_file: Path) -> AsyncIterator[Doorway]:
    async with doorway(programme, database_file) as opened:
        yield opened


async def test_sent_twice_it_is_handled_once_and_answered_alike(before: Doorway) -> None:
    body = command()
    headers = before.signed(body)
    first, second = await before.send(body, headers), await before.send(body, headers)
    assert first.status == 200
    assert second == first
    assert (before.handled, await before.kept()) == (1, 1)


async def test_ten_at_once_are_handled_once_and_answered_alike(before: Doorway) -> None:
    body = command()
    headers = before.signed(body)
    said = await asyncio.gather(*(before.send(body, headers) for _ in range(COPIES)))
    assert said[0].status == 200
    assert set(said) == {said[0]}
    assert before.handled == 1


async def test_the_same_words_signed_anew_are_another_request(before: Doorway) -> None:
    body = command()
    now = int(before.wall.now().timestamp())
    for date in (now, now - 1):
        assert (await before.send(body, before.signed(body, str(date)))).status == 200
    assert before.handled == 2


async def test_a_copy_waits_for_the_first_and_is_then_told_to_come_again(before: Doorway) -> None:
    body = command()
    headers = before.signed(body)
    before.hold.clear()
    first = asyncio.create_task(before.send(body, headers))
    await before.held.wait()
    assert (await before.send(body, headers)).status == 503
    waiting = asyncio.create_task(before.send(body, headers))
    await asyncio.sleep(0)
    before.hold.set()
    assert await waiting == await first
    assert before.handled == 1


async def test_one_whose_first_taker_died_is_handled_after_ten_seconds(
    programme: Programme, database_file: Path
) -> None:
    wall = HandClock(TODAY)
    async with doorway(programme, database_file, wall=wall) as before:
        body = command()
        headers = before.signed(body)
        before.hold.clear()
        dies = asyncio.create_task(before.send(body, headers))
        await before.held.wait()
        wall.move_by(timedelta(seconds=10))
        assert (await before.send(body, headers)).status == 503
        wall.move_by(timedelta(seconds=1))
        before.hold.set()
        answer = await before.send(body, headers)
        assert (answer.status, before.handled) == (200, 2)
        assert (await dies).status == 200
        assert await before.send(body, headers) == answer


async def test_one_that_could_not_be_handled_is_handled_when_it_comes_again(
    before: Doorway,
) -> None:
    failures = [ZeroDivisionError()]

    async def fails_once(ack: AsyncAck) -> None:
        if failures:
            raise failures.pop()
        await ack("done")

    before.bot.app.command(SLOW)(fails_once)
    body = command(command=SLOW)
    headers = before.signed(body)
    assert (await before.send(body, headers)).status == 503
    answer = await before.send(body, headers)
    assert (answer.status, answer.body, before.handled) == (200, "done", 2)


async def test_requests_of_more_than_ten_minutes_ago_are_forgotten(
    programme: Programme, database_file: Path
) -> None:
    database = Database(f"sqlite:///{database_file}")
    with database.noting() as session:
        for minutes in (9, 11):
            taken = TODAY - timedelta(minutes=minutes)
            requests.take(session, f"{minutes} minutes ago", taken, dead_before=taken)
    database.close()
    async with doorway(programme, database_file, wall=HandClock(TODAY)) as before:
        assert await before.kept() == 1
