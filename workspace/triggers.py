"""Trigger ids: three real seconds, one use. And response URLs: five uses, thirty minutes.

The trigger's life runs on the event loop's monotonic clock, the URL's on the handed one.
"""

import asyncio
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from workspace.clock import Clock
from workspace.ids import Ids
from workspace.limits.surfaces import RESPONSE_MINUTES, RESPONSE_USES, TRIGGER_SECONDS
from workspace.wire import Code, SlackError

REMEMBERED_SECONDS = 600.0
"""How long a spent or expired trigger is still known as such, in real seconds."""


@dataclass(slots=True)
class Trigger:
    """Whose interaction it was, and when by the loop's own clock."""

    person: str
    born: float
    spent: bool = False


@dataclass(slots=True)
class Triggers:
    """Gives and spends trigger ids."""

    ids: Ids
    seconds: float = TRIGGER_SECONDS
    _held: dict[str, Trigger] = field(default_factory=dict)

    def give(self, person: str) -> str:
        """Give a new trigger for an interaction that happens now."""
        self._forget()
        trigger_id = f"{self.ids.next('')}.{self.ids.next('')}.{self.ids.envelope()[:8]}"
        self._held[trigger_id] = Trigger(person, asyncio.get_running_loop().time())
        return trigger_id

    def _forget(self) -> None:
        """Let go of triggers nobody could still mean; the oldest stand first."""
        now = asyncio.get_running_loop().time()
        while self._held and now - next(iter(self._held.values())).born > REMEMBERED_SECONDS:
            del self._held[next(iter(self._held))]

    def spend(self, trigger_id: str) -> str:
        """Use a trigger up and tell whose it was; raises Slack's three refusals."""
        trigger = self._held.get(trigger_id)
        if trigger is None:
            raise SlackError(Code.INVALID_TRIGGER_ID)
        if trigger.spent:
            raise SlackError(Code.EXCHANGED_TRIGGER_ID)
        if asyncio.get_running_loop().time() - trigger.born > self.seconds:
            raise SlackError(Code.EXPIRED_TRIGGER_ID)
        trigger.spent = True
        return trigger.person


@dataclass(slots=True)
class ResponseUrl:
    """Where an interaction came from, and how often its URL may still be used."""

    person: str
    channel: str
    message_ts: str | None
    ephemeral: bool
    until: datetime
    left: int = RESPONSE_USES


@dataclass(slots=True)
class ResponseUrls:
    """Gives response URLs by key and counts their uses."""

    clock: Clock
    ids: Ids
    _held: dict[str, ResponseUrl] = field(default_factory=dict)

    def give(
        self, person: str, channel: str, message_ts: str | None = None, *, ephemeral: bool = False
    ) -> str:
        """Give the key of a new URL."""
        key = self.ids.next("R")
        until = self.clock.now() + timedelta(minutes=RESPONSE_MINUTES)
        self._held[key] = ResponseUrl(person, channel, message_ts, ephemeral, until)
        return key

    def use(self, key: str) -> ResponseUrl | None:
        """Use a URL once; None when it is unknown, used up or too old."""
        held = self._held.get(key)
        if held is None or held.left == 0 or self.clock.now() > held.until:
            return None
        held.left -= 1
        return held
