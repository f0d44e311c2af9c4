"""A bot that is steered from outside, step by step: for rehearsals, where time stands still.

It owns the small talk over standard input and output: on `settle` it does everything that is
due and can be sent now, and says when there will be more. It answers Slack all the while.
"""

import asyncio
import json
import sys
from datetime import datetime

from bot.clock import Clock
from bot.sender import Pace
from bot.service import Duty, on_duty
from bot.settings import WorkerSettings
from bot.wiring import Bot

SETTLE = b"settle"
READY = {"ready": True}
NOTHING_TO_COME: dict[str, str | None] = {"sending": None, "stage": None}


async def run_steered(
    settings: WorkerSettings, clock: Clock, duty: Duty, pace: Pace | None = None
) -> None:
    """Answer Slack, and every `settle` with the instants of the next sending and stage.

    A process that only answers does nothing on `settle`, and has nothing to come. Ends when
    standard input does.
    """
    async with on_duty(settings, clock, duty, pace) as bot:
        lines = await _standard_input()
        _say(READY)
        while line := await lines.readline():
            if line.strip() == SETTLE:
                _say(await settle(bot) if duty.works else NOTHING_TO_COME)


async def settle(bot: Bot) -> dict[str, str | None]:
    """Do what is due and send what can be sent, until there is nothing more to do now."""
    while True:
        stage = await bot.ticker.tick()
        sending = await bot.sender.drain()
        checking = (
            await bot.auditor.check() if await asyncio.to_thread(bot.leadership.leads) else None
        )
        if checking is None or checking > bot.ticker.clock.now():
            break
    coming = [instant for instant in (sending, checking) if instant is not None]
    return {"sending": _iso(min(coming, default=None)), "stage": _iso(stage)}


async def _standard_input() -> asyncio.StreamReader:
    reader = asyncio.StreamReader()
    protocol = asyncio.StreamReaderProtocol(reader)
    await asyncio.get_running_loop().connect_read_pipe(lambda: protocol, sys.stdin)
    return reader


def _say(words: object) -> None:
    sys.stdout.write(f"{json.dumps(words)}\n")
    sys.stdout.flush()


def _iso(instant: datetime | None) -> str | None:
    return instant.isoformat() if instant else None
