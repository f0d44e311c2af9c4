"""The auditor: reads back what stands in Slack and has what was due compared with it.

It owns the order of steps: note what was due, read every conversation concerned, look again
where a message may only be slow to show, and have it certified. It holds no transaction across
a call, words nothing, and decides nothing of what became of a message.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from bot.clock import Clock
from bot.desk import Desk
from bot.history import History, Place
from bot.marks import opaque
from bot.walk import Pace, Walk
from flows import certificate
from flows.certificate import Check, Seen
from rules.certificate import Fate
from rules.holding import MOST_APART
from store import hold, ledger
from store.ledger import DueMessage

SLOW_TO_SHOW = timedelta(seconds=120)
"""How long a message that was taken may still be missing in its history."""


class Reading:
    """What one check reads: every conversation and thread in which its messages should stand."""

    def __init__(self, check: Check, walk: Walk, secret: bytes, places: Mapping[str, str]) -> None:
        self.check = check
        self.walk = walk
        self._secret = secret
        self._place_of = {one.key: _place(one, places) for one in check.messages}
        self._key_of = {opaque(secret, one.key): one.key for one in check.messages}
        walk.visit(place for place in self._place_of.values() if place is not None)

    async def go_on(self, desk: Desk) -> Seen | datetime:
        """Read on: what was seen, at the end; or the instant at which to go on."""
        rest = await self.walk.go_on() or self._look_again()
        if rest is not None:
            return rest
        strange = self.walk.found.keys() - self._key_of.keys()
        if strange:
            # Asked only now: whatever was posted meanwhile has a row by now.
            strange -= {opaque(self._secret, key) for key in await desk.read(ledger.every_key)}
        return self._seen(strangers=len(strange) + self._elsewhere())

    def _elsewhere(self) -> int:
        """Messages under a known mark that stand where they should not."""
        return sum(
            len(places) - self._standing(self._key_of[token], token)
            for token, places in self.walk.found.items()
            if token in self._key_of
        )

    def _look_again(self) -> datetime | None:
        """Where something is missing that was posted a moment ago, when to look once more."""
        amiss = certificate.compare(self.check.messages, self._seen()).amiss
        missing = {line.key for line in amiss if line.fate is Fate.MISSING}
        shown_by = {
            one.key: one.sent_at + SLOW_TO_SHOW
            for one in self.check.messages
            if one.key in missing and one.sent_at is not None
        }
        now = self.walk.clock.now()
        slow = {key: shown for key, shown in shown_by.items() if now < shown}
        if not slow:
            return None
        again = (place for key in slow if (place := self._place_of[key]) is not None)
        return self.walk.revisit(again, max(slow.values()))

    def _standing(self, key: str, token: str) -> int:
        """How often a message stands where it should; a mark that was copied elsewhere is none."""
        place = self._place_of[key]
        found = self.walk.found.get(token, ())
        return sum(place is not None and channel == place.channel for channel, _ in found)

    def _seen(self, strangers: int = 0) -> Seen:
        unread = self.walk.unread
        return Seen(
            self.walk.clock.now(),
            {key: self._standing(key, token) for token, key in self._key_of.items()},
            frozenset(key for key, place in self._place_of.items() if place in unread),
            strangers,
        )


@dataclass
class Auditor:
    """Makes the checks that are wanted. `places` gives the channel id of each named channel."""

    desk: Desk
    history: History
    secret: bytes
    clock: Clock
    places: Mapping[str, str]
    pace: Pace = field(default_factory=Pace)
    _reading: Reading | None = None

    async def check(self) -> datetime | None:
        """Check what can be checked now; the instant at which to go on, or none.

        Ended wherever it is, it begins anew: nothing is kept before the end. The night's check
        is made at the first call after its hour, and announced by no instant.
        """
        if await self.desk.read(hold.only_message) is not None:
            self._reading = None  # what a clock that jumped began is begun anew
            return None
        if self._reading is None:
            wanted = await self.desk.read(certificate.wanted, self.clock.now())
            if wanted is None:
                return None
            self._reading = begin(
                wanted, self.history, self.secret, self.clock, self.places, self.pace
            )
        seen = await self._reading.go_on(self.desk)
        if isinstance(seen, datetime):
            return seen
        await self.desk.write(certificate.certify, self._reading.check, seen, self.clock.now())
        self._reading = None
        return self.clock.now()


def begin(
    check: Check,
    history: History,
    secret: bytes,
    clock: Clock,
    places: Mapping[str, str],
    pace: Pace,
) -> Reading:
    """The reading of one check, from its beginning."""
    walk = Walk(history, clock, pace, check.since - MOST_APART)
    return Reading(check, walk, secret, places)


def _place(message: DueMessage, places: Mapping[str, str]) -> Place | None:
    """Where a message stands or would stand; none while there is no such place yet."""
    if message.follows:
        return Place(*message.thread) if message.thread is not None else None
    channel = message.channel or places.get(message.to_channel or "")
    return Place(channel) if channel else None
