"""What a door is: opened once, closed once, and Slack's deliveries come in between.

It owns the form of every door, and the door of a process that answers nobody.
"""

from collections.abc import Callable
from typing import Protocol

from bot.wiring import Bot

LAST_SECONDS = 10.0
"""How long what was begun may take when a door closes."""


class Door(Protocol):
    """A way in for Slack's deliveries."""

    async def open(self) -> None:
        """Let deliveries in. Raises `SettingsError` for a secret that Slack refuses."""
        ...

    async def close(self) -> None:
        """Let no more in, and give what was begun its time to end. A second time does nothing."""
        ...


DoorMaker = Callable[[Bot], Door]


class NoDoor:
    """The door of a worker, which answers nobody."""

    def __init__(self, bot: Bot) -> None:
        self._bot = bot

    async def open(self) -> None:
        """Nobody comes in."""

    async def close(self) -> None:
        """Nobody is inside."""
