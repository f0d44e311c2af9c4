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
from bot.service import connected
from bot.settings import Settings
from bot.wiring import Bot

SETTLE = b"settle"
READY = {"ready": True}


async def run_steered(settings: Settings, clock: Clock, pace: Pace | None = None) -> None:
    """Answer Slack, and every `settle` with the instants of the next sending and stage.

    Ends when standard input does.
    """
    async with connected(settings, clock, pace) as bot:
        lines = await _standard_input()
        _say(READY)
        while line := await lines.readline():
            if line.strip() == SETTLE:
                _say(await settle(bot))


async def settle(bot: Bot) -> dict[str, str | None]:
    """Do what is due and send what can be sent, until there is nothing more to do now."""
    stage = await bot.ticker.tick()
    sending = await bot.sender.drain()
    return {"sending": _iso(sending), "stage": _iso(stage)}


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
