"""Checking all the while: a process's loop that has checks made, beside its sending.

It owns the loop and its rests. What a check is, and how fast it reads, is the auditor's; a
check that takes minutes holds up nothing else.
"""

import asyncio
import contextlib
import logging
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from typing import Protocol

from bot.clock import Clock

log = logging.getLogger(__name__)

SHORTEST_REST = timedelta(milliseconds=50)
May = Callable[[], Awaitable[bool]]


class Checker(Protocol):
    """Whatever makes checks, by a clock."""

    clock: Clock

    async def check(self) -> datetime | None:
        """Check what can be checked now; the instant at which to go on, or none."""
        ...


async def _always() -> bool:
    return True


async def keep_checking(
    checker: Checker, stop: asyncio.Event, rest: timedelta, may: May = _always
) -> None:
    """Make checks until `stop`; at least every `rest` it is looked whether one is wanted.

    `may` is asked before each look: of several processes only the one that leads need check.
    """
    while not stop.is_set():
        following = None
        try:
            if await may():
                following = await checker.check()
        except Exception:  # a fault in one round must not end all checking
            log.exception("A round of checking failed")
        await _rest(stop, _until(checker, following, rest))


def _until(checker: Checker, following: datetime | None, rest: timedelta) -> timedelta:
    if following is None:
        return rest
    return max(SHORTEST_REST, min(rest, following - checker.clock.now()))


async def _rest(stop: asyncio.Event, length: timedelta) -> None:
    with contextlib.suppress(TimeoutError):
        async with asyncio.timeout(length.total_seconds()):
            await stop.wait()
