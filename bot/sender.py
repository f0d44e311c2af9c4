"""The sender: takes what must be said from the outbox and says it once.

It owns the order of steps that lets nothing be lost and nothing be said twice: mark and
commit, post, record. After an unclear answer it is `bot/settling.py`'s turn. It must not word
anything and holds no transaction across a call.
"""

import asyncio
import logging
import random
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from sqlmodel import Session

from bot.addresses import Addresses, RecipientMissingError
from bot.clock import Clock
from bot.desk import Desk
from bot.directory import People
from bot.fates import FAILURES, Fate, Verdict, verdict
from bot.holds import Holds
from bot.outcomes import NOT_WORDABLE, Outcomes
from bot.post_office import PostOffice, Standing
from bot.settling import Settling
from messages.markup import Payload
from messages.notices import loads
from messages.say import Voice
from store import hold, outbox, people
from store.outbox import Delivery
from store.tables.delivery import Operation

log = logging.getLogger(__name__)

BATCH = 8
REMAINDER = Payload("The rest of this message is no longer needed.", ())


class LeaseLostError(RuntimeError):
    """The row may be another sender's by now, so nothing is posted for it."""


def _never() -> bool:
    return False


@dataclass(frozen=True, slots=True)
class Pace:
    """The sender's waits, on the clock that is handed in.

    `settle`: how long after an unclear answer a message may still turn up. `lease`: how long
    a row stays taken by a sender that died. `between`: Slack's one message a second a channel.
    """

    settle: timedelta = timedelta(seconds=120)
    lease: timedelta = timedelta(seconds=60)
    between: timedelta = timedelta(seconds=1)


@dataclass
class Sender:
    """Delivers the outbox. `places` gives the channel id of each named channel.

    `dice` adds up to a second to every hold, so that several senders do not come back at once.
    """

    desk: Desk
    office: PostOffice
    voice: Voice
    clock: Clock
    places: Mapping[str, str]
    pace: Pace = field(default_factory=Pace)
    dice: random.Random = field(default_factory=lambda: random.Random(0))  # noqa: S311  # no secret
    _holds: Holds = field(init=False)
    _addresses: Addresses = field(init=False)
    _outcomes: Outcomes = field(init=False)
    _settling: Settling = field(init=False)
    _last_worded: tuple[tuple[str, str], tuple[Payload, ...]] | None = None

    def __post_init__(self) -> None:
        self._holds = Holds(self.dice)
        self._addresses = Addresses(self.desk, self.office, self.places)
        self._outcomes = Outcomes(self.desk, self.clock, self._holds, self.pace.settle)
        self._settling = Settling(
            self.desk, self.office, self._addresses, self.clock, self._outcomes, self.pace.lease
        )

    @property
    def stopped_by(self) -> str:
        """Slack's word when it refuses the bot's token; empty while it does not."""
        return self._outcomes.stopped_by

    async def drain(self, is_over: Callable[[], bool] = _never) -> datetime | None:
        """Say everything that can be said now; the instant at which more may be, if any.

        Once `is_over`, no more is taken than what is being sent.
        """
        while not (self.stopped_by or is_over()) and await self._is_due():
            directory = People(await self.desk.read(people.everyone))
            taken = await self._take()
            looked, *_ = await asyncio.gather(
                self._settling.settle(),
                *(self._deliver(delivery, directory) for delivery in taken),
            )
            if not taken and not looked:
                break
        return await self._next()

    async def _is_due(self) -> bool:
        ready = await self.desk.read(_next_ready)
        return ready is not None and ready <= self.clock.now()

    async def _take(self) -> tuple[Delivery, ...]:
        now = self.clock.now()
        return await self.desk.note(_take, now, self.pace, self._holds.busy(now))

    async def _next(self) -> datetime | None:
        ready = await self.desk.read(_next_ready)
        now = self.clock.now()
        if ready is None or ready > now or self.stopped_by:
            return ready
        # Ready rows are left only where their recipients are held.
        return self._holds.next_free(now)

    async def _deliver(self, delivery: Delivery, directory: People) -> None:
        self._holds.hold(delivery.recipient, self.clock.now() + self.pace.between)
        try:
            payloads = self._worded(delivery, directory)
        except Exception as failure:  # noqa: BLE001  # one row must not keep the others from going out
            # The failure's own text may quote what people wrote; its kind may not.
            log.error("%s cannot be worded: %s", delivery.key, type(failure).__name__)  # noqa: TRY400
            error = f"it cannot be worded ({type(failure).__name__})"
            await self._outcomes.park(delivery, NOT_WORDABLE, error)
            return
        await self._attempt(delivery, payloads)

    async def _attempt(self, delivery: Delivery, payloads: tuple[Payload, ...]) -> None:
        try:
            standing = await self._send(delivery, payloads)
        except LeaseLostError:
            log.warning("%s is left to be looked for: its lease ran out", delivery.key)
        except RecipientMissingError as missing:
            await self._outcomes.park(delivery, missing.word, str(missing))
        except FAILURES as failure:
            await self._outcomes.failed(delivery, verdict(failure))
        except Exception:  # an answer nobody foresaw leaves the message's fate unclear
            log.exception("%s got an answer that was not understood", delivery.key)
            await self._outcomes.failed(delivery, Verdict(Fate.UNKNOWN, "not understood"))
        else:
            await self._outcomes.stands(delivery, standing)

    def _still_has(self, delivery: Delivery) -> None:
        """Raise `LeaseLostError` if this process slept past its lease: another may have the row."""
        if delivery.lease_until is None or delivery.lease_until <= self.clock.now():
            raise LeaseLostError

    def _worded(self, delivery: Delivery, directory: People) -> tuple[Payload, ...]:
        """A notice as messages. The parts of one notice are worded once for all of them."""
        notice = (delivery.kind, delivery.body)
        if self._last_worded is None or self._last_worded[0] != notice:
            payloads = self.voice.post(loads(*notice), directory)
            if len(payloads) == 1:
                return payloads
            self._last_worded = (notice, payloads)
        return self._last_worded[1]

    async def _send(self, delivery: Delivery, payloads: tuple[Payload, ...]) -> Standing:
        if delivery.part == 0 and len(payloads) > 1:
            first = delivery.follows if delivery.operation is Operation.EDIT else None
            key = first or delivery.key
            await self.desk.note(outbox.add_parts, key, len(payloads), self.clock.now())
        if delivery.operation is Operation.EDIT:
            self._still_has(delivery)
            return await self.office.edit(
                Standing(delivery.parent_channel or "", delivery.parent_ts or ""),
                delivery.follows or "",
                _part(payloads, delivery.part),
                plain=delivery.plain,
            )
        channel = await self._addresses.of(delivery)
        self._still_has(delivery)  # asked last: all before it may take long
        return await self.office.post(
            channel,
            delivery.key,
            _part(payloads, delivery.part),
            thread=delivery.parent_ts,
            plain=delivery.plain,
        )


def _take(session: Session, now: datetime, pace: Pace, busy: set[str]) -> tuple[Delivery, ...]:
    outbox.expire(session, now, settle_until=now + pace.settle)
    only = hold.only_message(session)
    lease = now + pace.lease
    return outbox.claim(session, now, lease_until=lease, limit=BATCH, busy=busy, only=only)


def _next_ready(session: Session) -> datetime | None:
    return outbox.next_ready(session, hold.only_message(session))


def _part(payloads: tuple[Payload, ...], part: int) -> Payload:
    return payloads[part] if part < len(payloads) else REMAINDER
