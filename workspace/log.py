"""What happened in the workspace, and the hook that lets a campaign spoil it.

Owns the bounded log, the watchers and the faults they may ask for; decides nothing itself.
"""

from collections import Counter, deque
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

from workspace.inspector_record import Record
from workspace.wire import Json

Stage = Literal["before", "after", "delivering", "acked"]
KEPT = 20_000
"""Entries kept before the oldest are let go."""


@dataclass(frozen=True, slots=True)
class Fault:
    """What a watcher wants to go wrong with the call it sees.

    At stage "before" nothing is done of the call; at "after" it was done and only the answer
    is spoiled. ``delay`` is in real seconds and comes first; then ``drop`` closes the
    connection without a word, or ``error`` or ``status`` is answered.
    """

    status: int | None = None
    error: str | None = None
    drop: bool = False
    delay: float = 0.0
    retry_after: int | None = None

    @property
    def spoils(self) -> bool:
        """Tell a fault that changes the answer from one that only delays it."""
        return self.drop or self.error is not None or self.status is not None


@dataclass(frozen=True, slots=True)
class Entry:
    """One call of the app, or one delivery to it, at an instant of the handed clock."""

    at: datetime
    kind: Literal["call", "delivery"]
    name: str
    payload: Json
    answer: Json | None


Watcher = Callable[[Stage, Json], Awaitable[Fault | None]]


@dataclass(slots=True)
class Log:
    """A bounded record of calls and deliveries, and those who watch them happen.

    ``spoiler`` is asked last, and only about what no watcher spoils. ``record`` is what the
    inspector shows, spoilt calls among it; ``entries`` are what was done and delivered.
    """

    entries: deque[Entry] = field(default_factory=lambda: deque(maxlen=KEPT))
    watchers: list[Watcher] = field(default_factory=list)
    spoiler: Watcher | None = None
    record: Record = field(default_factory=Record)
    _counts: Counter[str] = field(default_factory=Counter)

    def keep(self, entry: Entry) -> None:
        """Keep one entry, letting the oldest go when full."""
        self.entries.append(entry)

    def nth(self, name: str) -> int:
        """Count a call of a method, or a delivery of a name, from 1."""
        self._counts[name] += 1
        return self._counts[name]

    def count_anew(self) -> None:
        """Count from 1 again, so that the same faults come as from the start."""
        self._counts.clear()

    def clear(self) -> None:
        """Forget what was kept and counted; who watches goes on watching."""
        self.entries.clear()
        self.record.clear()
        self.count_anew()

    def calls(self, method: str | None = None) -> list[Entry]:
        """List the calls made so far, oldest first, of one method or of all."""
        return [
            e for e in self.entries if e.kind == "call" and (method is None or e.name == method)
        ]

    def deliveries(self, name: str | None = None) -> list[Entry]:
        """List what was delivered to the app, oldest first; ``answer`` is its ack payload."""
        return [
            e for e in self.entries if e.kind == "delivery" and (name is None or e.name == name)
        ]

    async def tell(self, stage: Stage, what: Json) -> Fault | None:
        """Tell every watcher; the first fault asked for is the one that happens."""
        asked = [await watcher(stage, what) for watcher in tuple(self.watchers)]
        fault = next((fault for fault in asked if fault is not None), None)
        if fault is None and self.spoiler is not None:
            return await self.spoiler(stage, what)
        return fault
