"""The nursery: bot processes forked from one that has imported everything already.

It owns such a process from start to end, and the small talk that steers it. What runs in it
is the command line as anybody starts it, in a process of its own, so that a kill is a real
one; only the imports are spared, and a start takes a fraction of a second.
"""

import asyncio
import contextlib
import json
import multiprocessing
import os
import signal
import socket
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from multiprocessing.context import ForkServerProcess
from pathlib import Path

READY_SECONDS = 60
LAST_WORDS = 2_000
PROGRAM = "quarterlight"
# Found by name at run time, or only when first needed: everything a start would else import.
PRELOADED = (
    "bot.cli.main",
    "bot.rehearsal.performance",
    "bot.rehearsal.warm",
    "alembic.autogenerate",
    "holidays.countries.united_kingdom",
    "psycopg",
    "sqlalchemy.dialects.postgresql.psycopg",
    "sqlalchemy.dialects.sqlite.pysqlite",
)


class BotDiedError(RuntimeError):
    """The bot's process ended; its log says why."""


@dataclass(frozen=True, slots=True)
class Settled:
    """The instants of the next sending and of the next stage, or none."""

    sending: datetime | None
    stage: datetime | None


class SteeredBot:
    """The bot as its own process, which does what is due when it is asked to settle."""

    def __init__(
        self,
        environment: Mapping[str, str],
        arguments: Sequence[str],
        log: Path,
        ready_seconds: float = READY_SECONDS,
    ) -> None:
        self._environment = dict(environment)
        self._arguments = tuple(arguments)
        self._log = log
        self._ready_seconds = ready_seconds
        self._process: ForkServerProcess | None = None
        self._talk: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None
        self.starts = 0

    async def start(self) -> None:
        """Start it and wait until it answers Slack. Raises `BotDiedError`."""
        self._log.parent.mkdir(parents=True, exist_ok=True)
        ours, its = socket.socketpair()
        with its:
            process = nursery().Process(
                target=grow_up,
                args=(its, self._environment, self._arguments, self._log),
                daemon=True,
            )
            # The first start waits for the imports; the loop has others to serve meanwhile.
            await asyncio.to_thread(process.start)
        self._process = process
        self._talk = await asyncio.open_connection(sock=ours)
        self.starts += 1
        try:
            await self._ready()
        except BotDiedError:
            self.kill()
            await self.gone()
            raise

    @property
    def is_alive(self) -> bool:
        """Whether the process runs."""
        return self._process is not None and self._process.is_alive()

    async def settle(self) -> Settled:
        """Let it do and send everything due now. Raises `BotDiedError` when it dies meanwhile."""
        _, writer = self._talking()
        with contextlib.suppress(ConnectionError):
            writer.write(b"settle\n")
            await writer.drain()
        said = await self._said()
        return Settled(_instant(said.get("sending")), _instant(said.get("stage")))

    def kill(self) -> bool:
        """End it with SIGKILL, wherever it is. False when it does not run."""
        if self._process is None or not self._process.is_alive():
            return False
        self._process.kill()
        return True

    async def gone(self) -> None:
        """Wait until the process has ended."""
        if self._process is None:
            return
        await asyncio.to_thread(self._process.join)
        if self._talk is not None:
            await _close(self._talk[1])
            self._talk = None

    async def stop(self) -> None:
        """Let it end by itself, and end it when it does not."""
        if self._talk is not None:
            await _close(self._talk[1])
        try:
            async with asyncio.timeout(READY_SECONDS):
                await self.gone()
        except TimeoutError:
            self.kill()
            await self.gone()

    async def _ready(self) -> None:
        try:
            async with asyncio.timeout(self._ready_seconds):
                await self._said()
        except TimeoutError:
            words = f"The bot was not ready in {self._ready_seconds} seconds."
            raise BotDiedError(words) from None

    async def _said(self) -> dict[str, str | None]:
        reader, _ = self._talking()
        line = b""
        with contextlib.suppress(ConnectionError):
            line = await reader.readline()
        if not line.endswith(b"\n"):
            raise BotDiedError(f"The bot has ended. Its log ends with:\n{self._last_words()}")
        found: dict[str, str | None] = json.loads(line)
        return found

    def _last_words(self) -> str:
        try:
            return self._log.read_text(encoding="utf-8", errors="replace")[-LAST_WORDS:]
        except FileNotFoundError:
            return "It died before it could write anything."

    def _talking(self) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
        if self._talk is None:
            raise BotDiedError("The bot does not run.")
        return self._talk


def grow_up(
    talk: socket.socket, environment: Mapping[str, str], arguments: Sequence[str], log: Path
) -> None:
    """Become the bot, in the forked process: its surroundings first, then the command line."""
    with log.open("ab") as kept:
        os.dup2(kept.fileno(), 2)
    for descriptor in (0, 1):
        os.dup2(talk.fileno(), descriptor)
    talk.close()
    sys.stdin = os.fdopen(0, "r", encoding="utf-8")
    sys.stdout = os.fdopen(1, "w", encoding="utf-8")
    sys.stderr = os.fdopen(2, "w", encoding="utf-8", buffering=1)
    os.environ.clear()
    os.environ.update(environment)
    # Away from any .env: a rehearsal has settings of its own.
    os.chdir(log.parent)
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C ends the rehearsal, which ends the bot
    sys.argv = [PROGRAM, *arguments]
    from bot.cli.main import main  # noqa: PLC0415  # the command line imports the rehearsal

    main()


def nursery() -> multiprocessing.context.ForkServerContext:
    """Where to fork processes that have everything imported. There is one for each program."""
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(list(PRELOADED))
    return context


async def _close(writer: asyncio.StreamWriter) -> None:
    writer.close()
    with contextlib.suppress(ConnectionError):
        await writer.wait_closed()


def _instant(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None
