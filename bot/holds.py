"""What waits by Slack's own pace: a channel for a second, a limited method for as long as it says.

It owns the instants until which nothing more goes there. It must not outlive its process: a
new one that comes too early is simply told to wait again.
"""

import random
from datetime import datetime, timedelta

from bot.fates import Verdict
from store import outbox

LOOKS = "looking for messages"
_AS_A_WHOLE = {"conversations.open": outbox.OPENS, "chat.update": outbox.EDITS}
_POSTING = "chat.postMessage"
_MOST_JITTER = timedelta(seconds=1)


class Holds:
    """Recipients and methods that are held, each until an instant.

    `dice` adds up to a second to what Slack asks, so that several senders do not all come back
    in the same moment.
    """

    def __init__(self, dice: random.Random) -> None:
        self._dice = dice
        self._until: dict[str, datetime] = {}
        self._limited: dict[str, datetime] = {}

    def hold(self, what: str, until: datetime) -> None:
        """Hold a recipient or a method."""
        self._until[what] = until

    def limited(self, recipient: str, found: Verdict, now: datetime) -> datetime:
        """Hold what Slack limited: a channel for posting, some methods for all channels.

        Where posting to another channel is limited too, the workspace as a whole is: to ask for
        every recipient in turn would be to call more often, not less. The instant until which.
        """
        until = now + found.hold + self._dice.random() * _MOST_JITTER
        self.hold(_AS_A_WHOLE.get(found.method, recipient), until)
        if found.method == _POSTING:
            self._limited = {one: end for one, end in self._limited.items() if end > now}
            self._limited[recipient] = until
            if len(self._limited) > 1:
                self.hold(outbox.POSTS, until)
        return until

    def held(self, what: str, now: datetime) -> bool:
        """Whether something is held."""
        return self._until.get(what, now) > now

    def busy(self, now: datetime) -> set[str]:
        """Everything that is held."""
        return {what for what, until in self._until.items() if until > now}

    def next_free(self, now: datetime) -> datetime:
        """The first instant at which something is free again; now where nothing is held."""
        return min((until for until in self._until.values() if until > now), default=now)
