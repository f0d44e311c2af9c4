"""The lookout: whether this process, of several, is to look now.

It owns how often those look that do not lead. Leading only saves work: a leader that hangs is
made up for, as looking twice does nothing twice.
"""

import asyncio
from dataclasses import dataclass, field

from store.leading import Leadership

OTHERS_LOOK_EVERY = 4
"""Turns: how often a process that does not lead looks all the same."""


@dataclass(slots=True)
class Lookout:
    """Counts the turns of one process at one thing to look at."""

    leadership: Leadership
    _passed: int = field(default=0, init=False)

    async def is_to_look(self) -> bool:
        """Whether to look this time."""
        leads = await asyncio.to_thread(self.leadership.leads)
        self._passed = 0 if leads else (self._passed + 1) % OTHERS_LOOK_EVERY
        return self._passed == 0
