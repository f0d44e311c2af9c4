"""Settling: messages whose fate is unclear are looked for, and sent again only if not found.

It owns the look and what follows from it. It must not post.
"""

import asyncio
import logging
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlmodel import Session

from bot.addresses import Addresses, RecipientMissingError
from bot.clock import Clock
from bot.desk import Desk
from bot.fates import FAILURES, Fate, Verdict, verdict
from bot.holds import LOOKS
from bot.outcomes import FIRST_WAIT, LONGEST_WAIT, NO_ANSWER, Outcomes
from bot.post_office import PostOffice, Standing
from rules.holding import MOST_APART
from store import hold, outbox
from store.outbox import Delivery
from store.tables.delivery import Operation

log = logging.getLogger(__name__)

AT_ONCE = 8
GIVE_UP_AFTER = timedelta(hours=24)


@dataclass(frozen=True, slots=True)
class Settling:
    """Looks for messages. A row that is looked for is this process's for the `lease`."""

    desk: Desk
    office: PostOffice
    addresses: Addresses
    clock: Clock
    outcomes: Outcomes
    lease: timedelta

    async def settle(self) -> int:
        """Look for messages whose fate was unclear and whose settling time is over; how many.

        They are looked for side by side: one slow answer must not hold up the others.
        """
        now = self.clock.now()
        if self.outcomes.holds.held(LOOKS, now):
            return 0
        unclear = await self.desk.note(_look, now, now + self.lease)
        await asyncio.gather(*(self._settle_one(delivery) for delivery in unclear))
        return len(unclear)

    async def _settle_one(self, delivery: Delivery) -> None:
        try:
            standing = await self._look(delivery)
        except RecipientMissingError as missing:
            await self.outcomes.park(delivery, missing.word, str(missing))
            return
        except FAILURES as failure:
            await self._not_seen(delivery, verdict(failure))
            return
        except Exception:  # as when it is sent
            log.exception("%s could not be looked for", delivery.key)
            await self._not_seen(delivery, Verdict(Fate.UNKNOWN, "not understood"))
            return
        now = self.clock.now()
        if standing is not None:
            await self.outcomes.stands(delivery, standing)
        elif delivery.attempts > 1 and _is_too_old(delivery, now):
            # Tried but once it was on its way when the bot went away: it is tried again.
            await self.outcomes.park(delivery, NO_ANSWER, "no answer for 24 hours")
        else:
            await self.outcomes.again(
                delivery, Verdict(Fate.NOT_POSTED, "looked for, not found"), now
            )

    async def _look(self, delivery: Delivery) -> Standing | None:
        if delivery.operation is Operation.EDIT:
            return None
        return await self.office.look(
            await self.addresses.of(delivery),
            delivery.key,
            since=_first_possible(delivery, self.clock.now()),
            thread=delivery.parent_ts,
        )

    async def _not_seen(self, delivery: Delivery, found: Verdict) -> None:
        if found.fate is Fate.WRONG_KEY:
            self.outcomes.stop(found)
        now = self.clock.now()
        if found.fate is Fate.WRONG_PLACE or _is_too_old(delivery, now):
            why = found.word if found.fate is Fate.WRONG_PLACE else NO_ANSWER
            await self.outcomes.park(delivery, why, f"it could not be looked for: {found.word}")
            return
        until = now + _wait_to_look(delivery, now)
        if found.fate is Fate.HELD:
            until = self.outcomes.holds.limited(LOOKS, found, now)
        await self.desk.note(outbox.unknown, delivery, settle_until=until, error=found.word)


def _look(session: Session, now: datetime, lease_until: datetime) -> tuple[Delivery, ...]:
    only = hold.only_message(session)
    return outbox.look(session, now, lease_until=lease_until, limit=AT_ONCE, only=only)


def _first_possible(delivery: Delivery, now: datetime) -> datetime:
    """The earliest instant, by Slack's clock, at which a message can stand.

    The machine's clock may be off by as much as does not hold sending. Looking at a day too
    much costs a page; looking at a minute too little sends the message twice.
    """
    tried = delivery.first_attempt_at or delivery.due_at
    return min(tried, now) - MOST_APART


def _wait_to_look(delivery: Delivery, now: datetime) -> timedelta:
    """The longer it has been unclear, the longer until the next look."""
    unclear_for = now - (delivery.first_attempt_at or now)
    return min(LONGEST_WAIT, max(FIRST_WAIT, unclear_for / 4))


def _is_too_old(delivery: Delivery, now: datetime) -> bool:
    first = delivery.first_attempt_at
    return delivery.attempts > 0 and first is not None and now - first > GIVE_UP_AFTER
