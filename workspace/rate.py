"""How often each method may be called, by the clock that is handed in.

Owns the tiers and the buckets; the figures are those of Slack's rate limit pages.
"""

import math
from dataclasses import dataclass, field
from datetime import datetime

from workspace.clock import Clock
from workspace.wire import RateLimitedError

PER_MINUTE = {1: 1, 2: 20, 3: 50, 4: 100}
"""Calls a minute that each tier allows, per method, app and workspace."""

TIERS = {
    "apps.connections.open": 1,
    "chat.delete": 3,
    "chat.postEphemeral": 4,
    "chat.update": 3,
    "conversations.history": 3,
    "conversations.info": 3,
    "conversations.list": 2,
    "conversations.members": 4,
    "conversations.open": 3,
    "conversations.replies": 3,
    "files.completeUploadExternal": 4,
    "files.getUploadURLExternal": 4,
    "files.info": 4,
    "users.info": 4,
    "users.list": 2,
    "views.open": 4,
    "views.publish": 4,
    "views.push": 4,
    "views.update": 4,
}
POST_BURST = 3
"""Posts one channel may take at once; after them one a second."""
WORKSPACE_POSTS = 300
"""Posts a minute over all channels: Slack says "several hundred"."""
CONNECTION_BURST = 10
"""Sockets an app may ask for at once: as many as it may hold."""


@dataclass(slots=True)
class Bucket:
    """A token bucket: ``size`` calls at once, refilled at ``per_second``."""

    size: float
    per_second: float
    left: float
    at: datetime

    def take(self, now: datetime) -> float:
        """Take one token and give 0, or take none and give the seconds to wait for one.

        A clock that went back refills nothing.
        """
        passed = max(0.0, (now - self.at).total_seconds())
        self.left = min(self.size, self.left + passed * self.per_second)
        self.at = now
        if self.left >= 1:
            self.left -= 1
            return 0.0
        return (1 - self.left) / self.per_second


@dataclass(slots=True)
class Rates:
    """Every bucket of the app, made when first needed. Calls of `uncounted` methods are free."""

    clock: Clock
    enforced: bool = True
    uncounted: frozenset[str] = frozenset()
    _buckets: dict[tuple[str, str], Bucket] = field(default_factory=dict)

    def spend(self, method: str, channel: str = "") -> None:
        """Count one call; raises :class:`RateLimitedError` with the seconds to wait."""
        if not self.enforced or method in self.uncounted:
            return
        if method == "chat.postMessage":
            self._take((method, channel), POST_BURST, 1.0)
            self._take((method, ""), WORKSPACE_POSTS, WORKSPACE_POSTS / 60)
        elif method in TIERS:
            per_minute = PER_MINUTE[TIERS[method]]
            burst = CONNECTION_BURST if method == "apps.connections.open" else per_minute
            self._take((method, ""), burst, per_minute / 60)

    def _take(self, key: tuple[str, str], size: float, per_second: float) -> None:
        now = self.clock.now()
        bucket = self._buckets.setdefault(key, Bucket(size, per_second, size, now))
        wait = bucket.take(now)
        if wait > 0:
            raise RateLimitedError(max(1, math.ceil(wait)))
