"""Something changed: waking those who wait for it and telling those who look on.

Owns the list of waiters and listeners; holds no state of the workspace and never sleeps.
"""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Literal

Kind = Literal[
    "message", "ephemeral", "modal", "home", "unread", "clock", "socket", "call", "people"
]


@dataclass(frozen=True, slots=True)
class Change:
    """One change. ``person`` is the only one concerned when set; else the channel's members."""

    kind: Kind
    person: str | None = None
    channel: str | None = None


@dataclass(slots=True)
class Changes:
    """Wakes waiters on every change, and calls listeners with it in order."""

    listeners: list[Callable[[Change], None]] = field(default_factory=list)
    _waiters: list[asyncio.Future[None]] = field(default_factory=list)

    def announce(self, change: Change) -> None:
        """Say that something changed."""
        for listener in tuple(self.listeners):
            listener(change)
        waiters, self._waiters = self._waiters, []
        for waiter in waiters:
            if not waiter.done():
                waiter.set_result(None)

    async def until(self, predicate: Callable[[], object], seconds: float | None) -> None:
        """Wait until the predicate holds, looking again at each change only.

        Raises :class:`TimeoutError` after so many real seconds; None waits for ever.
        """
        async with asyncio.timeout(seconds):
            while not predicate():
                waiter: asyncio.Future[None] = asyncio.get_running_loop().create_future()
                self._waiters.append(waiter)
                await waiter
