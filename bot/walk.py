"""A walk over conversations, page by page, that can rest anywhere and go on from there.

It owns the order of reading, its pace, and what is done when a reading fails. It must not
know what was due. What it could not read it names, and never takes for empty.
"""

import logging
from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from slack_sdk.errors import SlackApiError

from bot.clock import Clock
from bot.fates import FAILURES, Fate, Verdict, verdict
from bot.history import History, Page, Place

log = logging.getLogger(__name__)

A_MINUTE = timedelta(minutes=1)
PAGES_A_MINUTE = 40
"""Slack allows fifty; the others are left to the sender, which looks before it sends again."""
FIRST_WAIT = timedelta(seconds=5)
LONGEST_WAIT = timedelta(minutes=5)
GIVE_UP_AFTER = timedelta(hours=24)
NO_SUCH_THREAD = frozenset({"thread_not_found", "message_not_found"})
NOT_ALLOWED = frozenset({"missing_scope", "no_permission", "access_denied"})


@dataclass
class Pace:
    """How many pages were read in the running minute, over all walks."""

    began: datetime | None = None
    read: int = 0

    def take(self, now: datetime) -> datetime | None:
        """Count one page; or, where the minute has no more, the instant at which to go on."""
        if self.began is None or not self.began <= now < self.began + A_MINUTE:
            self.began, self.read = now, 0
        if self.read >= PAGES_A_MINUTE:
            return self.began + A_MINUTE
        self.read += 1
        return None


@dataclass
class Walk:
    """One walk: places to read since an instant, and what was found.

    `found` holds where each opaque key stands, as channel and ts: a message that two pages
    show is one. `unread` names the places that cannot be read, with Slack's word for why.
    """

    history: History
    clock: Clock
    pace: Pace
    oldest: datetime
    found: dict[str, set[tuple[str, str]]] = field(default_factory=dict)
    unread: dict[Place, str] = field(default_factory=dict)
    _ahead: deque[tuple[Place, str | None]] = field(default_factory=deque)
    _met: set[Place] = field(default_factory=set)
    _failures: int = 0
    _failing_since: datetime | None = None
    _rest_until: datetime | None = None

    def visit(self, places: Iterable[Place]) -> None:
        """Put places on the way, each one once."""
        for place in places:
            if place not in self._met:
                self._met.add(place)
                self._ahead.append((place, None))

    def revisit(self, places: Iterable[Place], at: datetime) -> datetime:
        """Put places on the way that were read already, to be read from an instant on."""
        again = tuple(places)
        self._met.difference_update(again)
        self.visit(again)
        self._rest_until = at
        return at

    async def go_on(self) -> datetime | None:
        """Read on until the end, or until it must rest: the instant at which to go on then."""
        now = self.clock.now()
        if self._rest_until is not None and now < self._rest_until:
            return self._rest_until
        self._rest_until = None
        while self._ahead and self._rest_until is None:
            self._rest_until = self.pace.take(self.clock.now()) or await self._read()
        return self._rest_until

    async def _read(self) -> datetime | None:
        place, cursor = self._ahead[0]
        try:
            page = await self.history.page(place, self.oldest, cursor)
        except FAILURES as failure:
            return self._after_failure(place, failure)
        self._failures, self._failing_since = 0, None
        self._ahead.popleft()
        if page.cursor is not None:
            self._ahead.appendleft((place, page.cursor))
        self._keep(place, page)
        return None

    def _keep(self, place: Place, page: Page) -> None:
        for post in page.posts:
            self.found.setdefault(post.key, set()).add((place.channel, post.ts))
            if post.has_replies:
                self.visit([Place(place.channel, post.ts)])

    def _after_failure(self, place: Place, failure: BaseException) -> datetime | None:
        """Rest, or leave a place that cannot be read behind."""
        found, now = verdict(failure), self.clock.now()
        if found.fate is Fate.HELD:
            return now + found.hold
        if place.thread is not None and found.word in NO_SUCH_THREAD:
            # Nothing stands in a thread that is gone: that is an answer.
            self._ahead.popleft()
            return None
        self._failing_since = self._failing_since or now
        if _is_final(found, failure) or now - self._failing_since > GIVE_UP_AFTER:
            log.error("%s cannot be read: %s", place.channel, found.word)
            self._ahead.popleft()
            self.unread[place] = found.word
            self._failures, self._failing_since = 0, None
            return None
        self._failures += 1
        log.warning("%s could not be read yet: %s", place.channel, found.word)
        doublings: int = 2 ** min(self._failures - 1, 10)
        return now + min(LONGEST_WAIT, FIRST_WAIT * doublings)


def _is_final(found: Verdict, failure: BaseException) -> bool:
    """Whether Slack says for good that this may not or cannot be read."""
    refused = isinstance(failure, SlackApiError) and found.word in NOT_ALLOWED
    return refused or found.fate is Fate.WRONG_PLACE
