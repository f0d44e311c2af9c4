"""A workspace by itself: started as the guide says, with the guide's own app pointed at it."""

import asyncio
import contextlib
import os
import re
import signal
import socket
import sys
from asyncio.subprocess import PIPE, Process
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import aiohttp
import pytest
from typer.testing import CliRunner

from bot.cli import app
from tests.docs.pages import page
from workspace.alone import Place, run
from workspace.config import WorkspaceConfig

GUIDE = page("docs/workspace.md")
STARTS_IN_SECONDS = 60
DESCRIPTION = "\n".join(GUIDE.blocks("yaml"))
APP = "\n".join(GUIDE.blocks("python"))
EVERYWHERE = "0.0.0.0"  # noqa: S104 - refused, or warned of
ELSEWHERE = "192.0.2.1"
"""An address that belongs to nobody (RFC 5737)."""


@pytest.fixture
def described(tmp_path: Path) -> Path:
    file = tmp_path / "workspace.yaml"
    file.write_text(DESCRIPTION, encoding="utf-8")
    return file


@asynccontextmanager
async def running(*words: str, **settings: str) -> AsyncIterator[Process]:
    """A process of Python's, ended in a way that none can ignore."""
    environment = {**os.environ, "PYTHONUNBUFFERED": "1", **settings}
    process = await asyncio.create_subprocess_exec(
        sys.executable, *words, stdout=PIPE, stderr=PIPE, env=environment
    )
    try:
        yield process
    finally:
        if process.returncode is None:
            process.kill()  # a shell that runs this behind itself has its children ignore Ctrl-C
        await process.communicate()


async def until(process: Process, words: str) -> str:
    """Read what a process says until these words."""
    assert process.stdout is not None
    said = b""
    async with asyncio.timeout(STARTS_IN_SECONDS):
        while words.encode() not in said:
            line = await process.stdout.readline()
            assert line, said
            said += line
    return said.decode()


def refused(*words: str) -> str:
    """Give what the command says when it cannot start."""
    result = CliRunner().invoke(app, ["workspace", *words])
    assert result.exit_code == 2
    return result.output


async def test_the_app_of_the_guide_answers_in_a_workspace_started_as_the_guide_says(
    described: Path, tmp_path: Path
) -> None:
    file = tmp_path / "app.py"
    file.write_text(APP, encoding="utf-8")
    async with running("-m", "workspace", "--config", str(described), "--port", "0") as alone:
        said = await until(alone, "Ctrl-C ends it.")
        settings = dict(re.findall(r"^  (SLACK_\w+)=(.+)$", said, re.MULTILINE))
        root = settings["SLACK_API_URL"].removesuffix("api/")
        async with running(str(file), **settings), aiohttp.ClientSession() as session:
            await connected(session, root)
            typed = {"name": "/hello", "text": "world"}
            async with session.post(f"{root}client/UANN/command", json=typed) as answer:
                (reply,) = (await answer.json())["replies"]
            async with session.post(f"{root}client/clock", json={"by_seconds": 86400}) as moved:
                assert moved.status == 200
        alone.send_signal(signal.SIGINT)
        await until(alone, "Ending.")
        assert await alone.wait() == 0
    assert reply["text"] == "Hello <@UANN>. You said: world"


async def connected(session: aiohttp.ClientSession, root: str) -> None:
    """Wait until the app has its socket open."""
    async with (
        asyncio.timeout(STARTS_IN_SECONDS),
        session.ws_connect(f"{root.replace('http', 'ws', 1)}client/live?user=UANN") as live,
    ):
        while True:
            async with session.get(f"{root}client/team") as answer:
                if (await answer.json())["connected"]:
                    return
            await live.receive()


def test_a_port_in_use_says_so(described: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        said = refused("--config", str(described), "--port", port)
    assert said == f"Port {port} is in use. End what listens there, or give another with --port.\n"


def test_a_port_that_is_none_is_refused_for_the_demo_too(described: Path) -> None:
    for words in (["demo"], ["workspace", "--config", str(described)]):
        result = CliRunner().invoke(app, [*words, "--port", "99999"])
        assert result.exit_code == 2
        assert "65535" in result.output


def test_a_host_that_others_can_reach_is_refused_with_what_it_would_mean(described: Path) -> None:
    said = refused("--config", str(described), "--port", "0", "--host", EVERYWHERE)
    assert "anyone who reaches the workspace there can act as any person" in said
    assert "add --let-others-in" in said


def test_an_address_of_another_machine_is_told_so(described: Path) -> None:
    said = refused("--config", str(described), "--host", ELSEWHERE, "--let-others-in")
    assert said.startswith(f"{ELSEWHERE} is no address of this machine.")


def test_a_faulty_description_is_told_with_file_line_and_key(tmp_path: Path) -> None:
    faulty = tmp_path / "faulty.yaml"
    faulty.write_text(DESCRIPTION.replace("title: Target", "titles: Target"), encoding="utf-8")
    said = refused("--config", str(faulty))
    assert said == "faulty.yaml, line 6: people[0].titles is not a key here. Did you mean title?\n"


async def test_whoever_lets_others_in_is_warned_in_words() -> None:
    said: asyncio.Queue[str] = asyncio.Queue()
    place = Place(EVERYWHERE, 0, let_others_in=True)
    alone = asyncio.create_task(run(WorkspaceConfig(), place, said.put_nowait))
    async with asyncio.timeout(STARTS_IN_SECONDS):
        warning, where = await said.get(), await said.get()
    alone.cancel()
    with contextlib.suppress(asyncio.CancelledError):
        await alone
    assert warning.startswith("Warning: this workspace lets others in. Anyone who can reach")
    assert "There is no password." in warning
    assert "Nobody is in it yet" in where


def test_the_example_of_the_guide_is_ten_lines() -> None:
    assert len([line for line in APP.splitlines() if line]) <= 10
