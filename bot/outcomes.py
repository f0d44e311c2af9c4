"""What became of a delivery, written down: it stands, waits, or needs a person.

It owns the way from a verdict to the state of a row, for the sender and for whoever looks for
messages. It must not call Slack.
"""

import logging
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from bot.clock import Clock
from bot.desk import Desk
from bot.fates import Fate, Verdict
from bot.holds import Holds
from bot.post_office import Standing
from flows import deliveries
from store import outbox
from store.outbox import Delivery
from store.tables.delivery import OutboxState

log = logging.getLogger(__name__)

FIRST_WAIT = timedelta(seconds=5)
LONGEST_WAIT = timedelta(minutes=5)
NO_ANSWER, NOT_WORDABLE = "no_answer", "not_wordable"


@dataclass(slots=True)
class Outcomes:
    """Writes down what became of deliveries. `settle` is how long an unclear one is left alone.

    `stopped_by` is Slack's word when it refuses the bot's token: nothing more is sent then.
    """

    desk: Desk
    clock: Clock
    holds: Holds
    settle: timedelta
    stopped_by: str = field(default="", init=False)

    async def stands(self, delivery: Delivery, standing: Standing) -> None:
        """It stands in Slack."""
        stands_alone = await self.desk.note(
            outbox.sent,
            delivery,
            channel=standing.channel,
            ts=standing.ts,
            now=self.clock.now(),
        )
        if not stands_alone:
            log.error("%s stands twice: Slack took it after it was looked for", delivery.key)

    async def failed(self, delivery: Delivery, found: Verdict) -> None:
        """A call that should have sent it failed, with this verdict."""
        log.warning("%s was not sent: %s", delivery.key, found.word)
        now = self.clock.now()
        if found.fate is Fate.UNKNOWN:
            settle = now + self.settle
            await self.desk.note(outbox.unknown, delivery, settle_until=settle, error=found.word)
        elif found.fate is Fate.WRONG_PLACE or (found.fate is Fate.WRONG_FORM and delivery.plain):
            await self.park(delivery, found.word, found.word)
        elif found.fate is Fate.WRONG_FORM:
            await self.desk.note(outbox.plainly, delivery, retry_at=now, error=found.word)
        else:
            await self.again(delivery, found, now)

    async def again(self, delivery: Delivery, found: Verdict, now: datetime) -> None:
        """It was certainly not posted, and is sent again when it may be."""
        held = found.fate is not Fate.NOT_POSTED
        retry_at = now + (found.hold if held else _wait(delivery.attempts))
        if found.fate is Fate.WRONG_KEY:
            self.stop(found)
        elif found.fate is Fate.HELD:
            retry_at = self.holds.limited(delivery.recipient, found, now)
        elif delivery.state is OutboxState.UNKNOWN:
            retry_at = now
        await self.desk.note(
            outbox.refused, delivery, retry_at=retry_at, error=found.word, failed=not held
        )

    async def park(self, delivery: Delivery, why: str, error: str) -> None:
        """A person is needed: `why` is a code for them, `error` a line for the log."""
        log.error("%s is parked until a person looks at it: %s", delivery.key, error)
        await self.desk.write(deliveries.set_aside, delivery, why, error, self.clock.now())

    def stop(self, found: Verdict) -> None:
        """Slack refuses the bot's key: send nothing more."""
        log.critical(
            "Slack refuses the bot's token or what it is used for (%s). Nothing more is sent, and "
            "nothing is lost. Install the app in Slack again with the scopes of “quarterlight "
            "manifest”, put the token into SLACK_BOT_TOKEN and start the bot anew.",
            found.word,
        )
        self.stopped_by = found.word


def _wait(attempts: int) -> timedelta:
    doublings: int = 2 ** min(attempts, 10)
    return min(LONGEST_WAIT, FIRST_WAIT * doublings)
