"""The Procfile's processes on one PostgreSQL: two that answer and two that work, and a restart."""

import asyncio
import os
import signal
import socket
import sys
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from datetime import timedelta
from pathlib import Path

import aiohttp
import pytest
from sqlmodel import col, select

from bot.clock import WallClock
from bot.rehearsal.playhouse import BOARD_ID, CENTRAL_ID, playhouse
from bot.settings import WHERE_TO_GET
from flows.deliveries import set_aside
from flows.places import BOARD
from messages.ids import Action
from messages.notices import dumps, kind_of
from store import outbox, people
from store.database import Database
from store.importing.programme import Programme
from store.outbox import Outgoing
from store.tables import AuditEntry, OutboxRow
from tests.bot.post_room import to_lead, to_team
from tests.engines import POSTGRESQL, Cabinet
from tests.house.files import ROOT
from workspace.posts import Post
from workspace.server import Workspace

PERSON = "UCENTRALTEAM01"
UP_SECONDS = 60.0
RECIPIENTS = 20
SET_ASIDE = 80
"""More messages than one person sees to while two processes end."""
PRESSES_BEFORE, PRESSES_AFTER = 4, 5
LEASE = timedelta(minutes=1)
LOWEST_PORT, HIGHEST_PORT = 20_000, 32_000


def free_ports(count: int) -> int:
    """The first of some ports in a row that nobody has, below those the system gives away."""
    for first in range(LOWEST_PORT + os.getpid() % 5_000, HIGHEST_PORT, count):
        if all(is_free(port) for port in range(first, first + count)):
            return first
    raise OSError("There are no free ports.")


def is_free(port: int) -> bool:
    try:
        socket.create_server(("127.0.0.1", port)).close()
    except OSError:
        return False
    return True


def environment(workspace: Workspace, url: str) -> dict[str, str]:
    bot = workspace.core.bot
    inherited = {
        name: value
        for name, value in os.environ.items()
        if name not in {*WHERE_TO_GET, "PORT"} and not name.lower().endswith("_proxy")
    }
    return {
        **inherited,
        "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ.get('PATH', '')}",
        "SLACK_BOT_TOKEN": bot.bot_token,
        "SLACK_SIGNING_SECRET": bot.signing_secret,
        "SLACK_API_URL": workspace.api_url,
        "DATABASE_URL": url,
        "BOARD_CHANNEL": BOARD_ID,
        "CENTRAL_CHANNEL": CENTRAL_ID,
        "CENTRAL_TEAM": f"{PERSON},UCENTRALTEAM02",
    }


@asynccontextmanager
async def machine(
    folder: Path, settings: Mapping[str, str], port: int, **counts: int
) -> AsyncIterator[asyncio.subprocess.Process]:
    """One machine that runs the Procfile's processes under honcho."""
    with (folder / f"{port}.log").open("wb") as log:
        process = await asyncio.create_subprocess_exec(
            *(str(Path(sys.executable).with_name("honcho")), "start", "--no-colour"),
            *("-f", str(ROOT / "Procfile"), "-d", str(folder), "-p", str(port)),
            *("-c", ",".join(f"{name}={count}" for name, count in counts.items()), *counts),
            stdout=log,
            stderr=log,
            env=dict(settings),
            cwd=folder,
        )
    try:
        yield process
    finally:
        await ended(process)


async def ended(process: asyncio.subprocess.Process) -> None:
    if process.returncode is None:
        process.send_signal(signal.SIGTERM)
    await process.wait()


async def up(http: aiohttp.ClientSession, port: int) -> None:
    async with asyncio.timeout(UP_SECONDS):
        while True:
            try:
                async with http.get(f"http://127.0.0.1:{port}/healthz") as answer:
                    if answer.status == 200:
                        return
            except aiohttp.ClientError:
                await asyncio.sleep(0.05)


def put_in_the_outbox(url: str) -> None:
    """A message each to some people."""
    database, now = Database(url), WallClock().now()
    notice = to_lead()
    with database.writing() as session:
        for person in people.everyone(session)[:RECIPIENTS]:
            key = f"test:{person.number}"
            outgoing = Outgoing(key, kind_of(notice), dumps(notice), to_person=person.number)
            outbox.post(session, outgoing, due_at=now, now=now)
    database.close()


def set_many_aside(url: str) -> list[int]:
    """Messages that wait for an administrator, by the numbers that their buttons have."""
    database, now = Database(url), WallClock().now()
    notice, numbers = to_team(), []
    with database.writing() as session:
        for number in range(SET_ASIDE):
            key = f"aside:{number}"
            outgoing = Outgoing(key, kind_of(notice), dumps(notice), to_channel=BOARD)
            outbox.post(session, outgoing, due_at=now, now=now)
            (taken,) = outbox.claim(
                session, now, lease_until=now + LEASE, limit=1, busy=(), only=key
            )
            assert set_aside(session, taken, "is_archived", "is_archived", now)
            numbers.append(taken.id)
    database.close()
    return numbers


def with_buttons(workspace: Workspace, numbers: list[int]) -> None:
    """Show the central channel a button for each, as if the bot had posted them long ago."""
    team, bot = workspace.core.team, workspace.core.bot
    for number in numbers:
        label = {"type": "plain_text", "text": "It has been dealt with"}
        button = {"type": "button", "action_id": Action.DEALT_WITH, "value": f"{number}"}
        block = {"type": "actions", "block_id": "see_to", "elements": [{**button, "text": label}]}
        team.keep(Post(CENTRAL_ID, team.ids.ts(), bot.user_id, "Not sent", (block,)))


def posted(workspace: Workspace, channel_kind: str) -> list[tuple[str, str]]:
    """Where and when messages were posted, in channels whose id begins so."""
    answers = [call.answer or {} for call in workspace.log.calls("chat.postMessage")]
    taken = [(one["channel"], one["ts"]) for one in answers if one.get("ok")]
    return [(channel, ts) for channel, ts in taken if channel.startswith(channel_kind)]


def kept(url: str) -> tuple[list[tuple[str | None, str | None]], list[str]]:
    """Where the records say that people's messages stand, and the keys that were dealt with."""
    database = Database(url)
    with database.reading() as session:
        rows = session.exec(select(OutboxRow).where(col(OutboxRow.key).startswith("test:"))).all()
        entries = session.exec(
            select(AuditEntry.subject).where(AuditEntry.action == "deal with message")
        ).all()
    database.close()
    return [(row.channel, row.ts) for row in rows], list(entries)


@pytest.mark.parametrize("cabinet", [POSTGRESQL], indirect=True, scope="session")
async def test_processes_share_the_work_and_are_restarted_without_a_lost_press(
    cabinet: Cabinet, prepared_url: str, programme: Programme, tmp_path: Path
) -> None:
    url = cabinet.copy(prepared_url, "processes")
    put_in_the_outbox(url)
    numbers = set_many_aside(url)
    wall = WallClock()
    workspace = Workspace(playhouse(programme), wall, real_now=wall.now)
    await workspace.start()
    with_buttons(workspace, numbers)
    settings = environment(workspace, url)
    first = free_ports(3)
    ports = range(first, first + 3)
    workspace.deliver_to(*(f"http://127.0.0.1:{port}/slack/events" for port in ports))
    person = workspace.client(PERSON)
    buttons = iter(person.messages(CENTRAL_ID))
    pressed = 0

    async def press_next() -> None:
        nonlocal pressed
        await person.press(next(buttons), Action.DEALT_WITH)
        pressed += 1

    async with (
        aiohttp.ClientSession() as http,
        machine(tmp_path, settings, first, web=2, worker=2) as old,
    ):
        await asyncio.gather(up(http, first), up(http, first + 1))
        for _ in range(PRESSES_BEFORE):
            await press_next()
        await person.wait_for(lambda: len(posted(workspace, "D")) >= RECIPIENTS, UP_SECONDS)

        async with machine(tmp_path, settings, first + 2, web=1):
            await up(http, first + 2)
            over = asyncio.create_task(ended(old))
            while not over.done() and pressed < SET_ASIDE - PRESSES_AFTER:
                await press_next()
            await over
            for _ in range(PRESSES_AFTER):
                await press_next()
    await workspace.stop()
    standing, dealt_with = kept(url)
    assert sorted(dealt_with) == sorted(f"aside:{number}" for number in range(pressed))
    assert len(standing) == RECIPIENTS
    assert sorted(standing) == sorted(posted(workspace, "D"))
