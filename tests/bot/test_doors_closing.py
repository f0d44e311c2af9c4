"""A closing HTTP door: whoever is in is answered, and what was begun comes to its end."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from slack_bolt.async_app import AsyncAck

from store.importing.programme import Programme
from tests.bot.doorway import FORM, SLOW, Doorway, command, doorway

MANY = 40


@pytest.fixture
def database_file(tmp_path: Path, prepared_file: Path) -> Path:
    path = tmp_path / "quarterlight.db"
    path.write_bytes(prepared_file.read_bytes())
    return path


@pytest.fixture
async def before(programme: Programme, database_file: Path) -> AsyncIterator[Doorway]:
    async with doorway(programme, database_file) as opened:
        yield opened


async def knock(before: Doorway) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
    """A connection on which nothing is said yet."""
    host, port = before.root.removeprefix("http://").split(":")
    return await asyncio.open_connection(host, int(port))


def written(before: Doorway) -> bytes:
    body = command()
    headers = {**before.signed(body), "Content-Type": FORM, "Content-Length": str(len(body))}
    lines = "".join(f"{name}: {value}\r\n" for name, value in headers.items())
    return f"POST /slack/events HTTP/1.1\r\nHost: here\r\n{lines}\r\n".encode() + body


async def test_a_request_under_way_is_answered_before_the_door_is_closed(before: Doorway) -> None:
    before.hold.clear()
    asking = asyncio.create_task(before.send_signed(command()))
    await before.held.wait()
    closing = asyncio.create_task(before.door.close())
    await asyncio.sleep(0.05)
    assert not closing.done()
    before.hold.set()
    assert (await asking).status == 200
    await closing


async def test_nobody_comes_in_after_it_has_closed(before: Doorway) -> None:
    await before.door.close()
    with pytest.raises(ConnectionRefusedError):
        await knock(before)


async def test_whoever_has_come_in_may_still_say_what_they_want(before: Doorway) -> None:
    reader, writer = await knock(before)
    await asyncio.sleep(0.05)
    closing = asyncio.create_task(before.door.close())
    await asyncio.sleep(0.05)
    writer.write(written(before))
    assert b" 200 " in await reader.readline()
    writer.close()
    await closing


async def test_connections_the_server_has_not_looked_at_are_answered(before: Doorway) -> None:
    # All of them knock and write before the server's side gets to run again.
    knocking = [asyncio.create_task(knock(before)) for _ in range(MANY)]
    closing = asyncio.create_task(before.door.close())
    answered = 0
    for found in await asyncio.gather(*knocking, return_exceptions=True):
        if isinstance(found, BaseException):
            assert isinstance(found, ConnectionRefusedError), "let in, and then thrown out"
            continue
        reader, writer = found
        writer.write(written(before))
        assert b" 200 " in await reader.readline()
        writer.close()
        answered += 1
    await closing
    assert answered + sum(isinstance(task.exception(), OSError) for task in knocking) == MANY


async def test_what_goes_on_after_the_answer_comes_to_its_end(before: Doorway) -> None:
    go_on, done = asyncio.Event(), []

    async def works_on(ack: AsyncAck) -> None:
        await ack()
        await go_on.wait()
        done.append(True)

    before.bot.app.command(SLOW)(works_on)
    assert (await before.send_signed(command(command=SLOW))).status == 200
    closing = asyncio.create_task(before.door.close())
    await asyncio.sleep(0.3)
    assert not closing.done()
    go_on.set()
    await closing
    assert done == [True]


async def test_somebody_who_never_speaks_does_not_keep_it_open(before: Doorway) -> None:
    _, writer = await knock(before)
    await asyncio.sleep(0.05)
    async with asyncio.timeout(8):
        await before.door.close()
    writer.close()
