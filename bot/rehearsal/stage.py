"""The stage: a workspace, a database and a bot process that can be killed and started again.

It owns the bot's process and the clock both sides read. It must not know the script.
"""

import asyncio
import contextlib
import json
import os
import signal
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from bot.clock import SharedClock
from bot.rehearsal.playhouse import BOARD_ID, CENTRAL_ID, COMMAND, administrators
from bot.settings import WHERE_TO_GET
from store.importing.programme import Programme
from workspace.server import Workspace

READY_SECONDS = 60
PROXIES = ("HTTP_PROXY", "HTTPS_PROXY", "http_proxy", "https_proxy", "ALL_PROXY", "all_proxy")


class BotDiedError(RuntimeError):
    """The bot's process ended; its log says why."""


@dataclass(frozen=True, slots=True)
class Settled:
    """The instants of the next sending and of the next stage, or none."""

    sending: datetime | None
    stage: datetime | None


class BotProcess:
    """The bot as its own process, steered over its standard input."""

    def __init__(self, environment: Mapping[str, str], arguments: list[str], log: Path) -> None:
        self._environment = environment
        self._arguments = arguments
        self._log = log
        self._process: asyncio.subprocess.Process | None = None
        self.starts = 0

    async def start(self) -> None:
        """Start it steered and wait until it answers Slack. Raises `BotDiedError`."""
        await self.spawn()
        async with asyncio.timeout(READY_SECONDS):
            await self._line()

    async def spawn(self) -> None:
        """Start it, and wait for nothing."""
        self._log.parent.mkdir(parents=True, exist_ok=True)
        with self._log.open("ab") as log:
            self._process = await asyncio.create_subprocess_exec(
                sys.executable,
                "-m",
                "bot",
                *self._arguments,
                stdin=asyncio.subprocess.PIPE,
                stdout=asyncio.subprocess.PIPE,
                stderr=log,
                env=dict(self._environment),
                # Away from any .env: a rehearsal has settings of its own.
                cwd=self._log.parent,
            )
        self.starts += 1

    @property
    def is_alive(self) -> bool:
        """Whether the process runs."""
        return self._process is not None and self._process.returncode is None

    async def settle(self) -> Settled:
        """Let it do and send everything due now. Raises `BotDiedError` when it dies meanwhile."""
        process = self._running()
        if process.stdin is None:
            raise BotDiedError("The bot has no standard input.")
        with contextlib.suppress(ConnectionError):
            process.stdin.write(b"settle\n")
            await process.stdin.drain()
        said = await self._line()
        return Settled(_instant(said.get("sending")), _instant(said.get("stage")))

    def kill(self) -> None:
        """End it with SIGKILL, wherever it is."""
        process = self._running()
        with contextlib.suppress(ProcessLookupError):
            process.send_signal(signal.SIGKILL)

    async def gone(self) -> None:
        """Wait until the process has ended."""
        await self._running().wait()

    async def stop(self) -> None:
        """Let it end by itself."""
        if self._process is None or not self.is_alive:
            return
        if self._process.stdin is not None:
            self._process.stdin.close()
        if "--steered" not in self._arguments:
            self._process.terminate()
        try:
            async with asyncio.timeout(READY_SECONDS):
                await self._process.wait()
        except TimeoutError:
            self.kill()
            await self._process.wait()

    async def _line(self) -> dict[str, str | None]:
        process = self._running()
        line = await process.stdout.readline() if process.stdout else b""
        if not line:
            await process.wait()
            raise BotDiedError(f"The bot ended with {process.returncode}; see {self._log.name}.")
        found: dict[str, str | None] = json.loads(line)
        return found

    def _running(self) -> asyncio.subprocess.Process:
        if self._process is None:
            raise BotDiedError("The bot was never started.")
        return self._process


def environment_for(
    workspace: Workspace, programme: Programme, database_url: str
) -> dict[str, str]:
    """The bot's environment: this machine's, without proxies, with the workspace's settings."""
    bot = workspace.core.config.bot
    own = {*PROXIES, *WHERE_TO_GET}
    inherited = {name: value for name, value in os.environ.items() if name not in own}
    return {
        **inherited,
        "SLACK_BOT_TOKEN": bot.bot_token,
        "SLACK_APP_TOKEN": bot.app_token,
        "SLACK_API_URL": workspace.api_url,
        "DATABASE_URL": database_url,
        "BOARD_CHANNEL": BOARD_ID,
        "CENTRAL_CHANNEL": CENTRAL_ID,
        "CENTRAL_TEAM": ",".join(one.slack_id for one in administrators(programme)),
        "SLASH_COMMAND": COMMAND,
    }


def bot_process(
    workspace: Workspace,
    programme: Programme,
    database_url: str,
    clock: SharedClock,
    log: Path,
    *,
    steered: bool = True,
) -> BotProcess:
    """The bot for a workspace, on the clock that both read."""
    how = ["--steered"] if steered else ["--clock-runs"]
    arguments = ["run", "--clock", str(clock.path), *how]
    return BotProcess(environment_for(workspace, programme, database_url), arguments, log)


def _instant(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None
