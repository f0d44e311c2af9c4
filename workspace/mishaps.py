"""What can go wrong with one delivery, and which one waits for the next to go first.

What is drawn is ``faults``'s to say; carrying is ``deliveries``'s.
"""

import asyncio
import contextlib
from dataclasses import dataclass
from typing import Literal, Protocol

Cut = Literal["before", "after"]
"""Whether a socket breaks before an envelope is on it, or after, with no ack come back."""


@dataclass(frozen=True, slots=True)
class Copy:
    """The same delivery once more; what the app answers to it is looked at by nobody.

    ``same_request`` sends the very same signed request; on a socket there is none, and a copy
    is an envelope with an id of its own. ``afterwards`` waits for the answer to the first.
    """

    same_request: bool = False
    afterwards: bool = False


@dataclass(frozen=True, slots=True)
class Mishap:
    """Everything that goes wrong with one delivery. ``hold`` is in real seconds."""

    copies: tuple[Copy, ...] = ()
    hold: float = 0.0
    cut: Cut | None = None
    unacked: bool = False


class Mischief(Protocol):
    """Whoever says what goes wrong, and is told what did."""

    def mishap(self, name: str, nth: int, *, on_socket: bool) -> Mishap:
        """Say what goes wrong with the n-th delivery of a name."""
        ...

    def did(self, kind: str) -> None:
        """Take note that it went wrong."""
        ...


@dataclass(slots=True)
class Disorder:
    """Asks what goes wrong, where anybody wants that, and holds deliveries back."""

    mischief: Mischief | None = None
    held: asyncio.Event | None = None

    def mishap(self, name: str, nth: int, *, on_socket: bool) -> Mishap:
        """Say what goes wrong with the n-th delivery of a name: nothing, as a rule."""
        if self.mischief is None:
            return Mishap()
        return self.mischief.mishap(name, nth, on_socket=on_socket)

    def did(self, kind: str) -> None:
        """Take note that something went wrong."""
        if self.mischief is not None:
            self.mischief.did(kind)

    async def hold_back(self, seconds: float) -> None:
        """Wait until ``held`` is set by one that went first, or so long; one at a time."""
        if not seconds or self.held is not None:
            return
        self.did("reordered")
        self.held = asyncio.Event()
        try:
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(seconds):
                    await self.held.wait()
        finally:
            self.held = None
