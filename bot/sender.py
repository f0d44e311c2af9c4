"""The sender: takes what must be said from the outbox and says it once.

It owns the order of steps that lets nothing be lost and nothing be said twice: mark and
commit, post, record; after an unclear answer settle, look, and only then send again. It must
not word anything and holds no transaction across a call.
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
from bot.holds import LOOKS, Holds
from bot.post_office import PostOffice, Standing
from flows import deliveries
from messages.markup import Payload
from messages.notices import loads
from messages.say import Voice
from store import hold, outbox, people
from store.outbox import Delivery
from store.tables.delivery import Operation, OutboxState

log = logging.getLogger(__name__)

BATCH = 8
FIRST_WAIT = timedelta(seconds=5)
LONGEST_WAIT = timedelta(minutes=5)
GIVE_UP_AFTER = timedelta(hours=24)
REMAINDER = Payload("The rest of this message is no longer needed.", ())
NO_ANSWER, NOT_WORDABLE = "no_answer", "not_wordable"


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
    stopped_by: str = ""
    _holds: Holds = field(init=False)
    _addresses: Addresses = field(init=False)
    _last_worded: tuple[tuple[str, str], tuple[Payload, ...]] | None = None

    def __post_init__(self) -> None:
        self._holds = Holds(self.dice)
        self._addresses = Addresses(self.desk, self.office, self.places)

    async def drain(self, is_over: Callable[[], bool] = _never) -> datetime | None:
        """Say everything that can be said now; the instant at which more may be, if any.

        Once `is_over`, no more is taken than what is being sent.
        """
        while not (self.stopped_by or is_over()) and await self._is_due():
            directory = People(await self.desk.read(people.everyone))
            looked = await self._settle_unclear()
            taken = await self._take()
            if not taken and not looked:
                break
            await asyncio.gather(*(self._deliver(delivery, directory) for delivery in taken))
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

    async def _settle_unclear(self) -> int:
        """Look for every message whose fate was unclear and whose settling time is over."""
        now = self.clock.now()
        if self._holds.held(LOOKS, now):
            return 0
        lease = now + self.pace.lease
        unclear = await self.desk.note(_look, now, lease)
        for delivery in unclear:
            # Those left come up again when their lease runs out.
            if not self._holds.held(LOOKS, self.clock.now()):
                await self._settle_one(delivery)
        return len(unclear)

    async def _settle_one(self, delivery: Delivery) -> None:
        try:
            standing = await self._look(delivery)
        except RecipientMissingError as missing:
            await self._park(delivery, missing.word, str(missing))
            return
        except FAILURES as failure:
            await self._after_failed_look(delivery, verdict(failure))
            return
        except Exception:  # as in _attempt
            log.exception("%s could not be looked for", delivery.key)
            await self._after_failed_look(delivery, Verdict(Fate.UNKNOWN, "not understood"))
            return
        now = self.clock.now()
        if standing is not None:
            await self._record(delivery, standing)
        elif _is_too_old(delivery, now):
            await self._park(delivery, NO_ANSWER, "no answer for 24 hours")
        else:
            await self._again(delivery, Verdict(Fate.NOT_POSTED, "looked for, not found"), now)

    async def _look(self, delivery: Delivery) -> Standing | None:
        if delivery.operation is Operation.EDIT:
            return None
        return await self.office.look(
            await self._addresses.of(delivery),
            delivery.key,
            since=delivery.first_attempt_at or delivery.due_at,
            thread=delivery.parent_ts,
        )

    async def _after_failed_look(self, delivery: Delivery, found: Verdict) -> None:
        if found.fate is Fate.WRONG_KEY:
            self._stop(found)
        now = self.clock.now()
        if found.fate is Fate.WRONG_PLACE or _is_too_old(delivery, now):
            why = found.word if found.fate is Fate.WRONG_PLACE else NO_ANSWER
            await self._park(delivery, why, f"it could not be looked for: {found.word}")
            return
        until = now + _wait_to_look(delivery, now)
        if found.fate is Fate.HELD:
            until = self._holds.limited(LOOKS, found, now)
        await self.desk.note(outbox.unknown, delivery, settle_until=until, error=found.word)

    async def _deliver(self, delivery: Delivery, directory: People) -> None:
        self._holds.hold(delivery.recipient, self.clock.now() + self.pace.between)
        try:
            payloads = self._worded(delivery, directory)
        except Exception as failure:  # noqa: BLE001  # one row must not keep the others from going out
            # The failure's own text may quote what people wrote; its kind may not.
            log.error("%s cannot be worded: %s", delivery.key, type(failure).__name__)  # noqa: TRY400
            error = f"it cannot be worded ({type(failure).__name__})"
            await self._park(delivery, NOT_WORDABLE, error)
            return
        if not self._has_lost(delivery):
            await self._attempt(delivery, payloads)

    async def _attempt(self, delivery: Delivery, payloads: tuple[Payload, ...]) -> None:
        try:
            standing = await self._send(delivery, payloads)
        except RecipientMissingError as missing:
            await self._park(delivery, missing.word, str(missing))
        except FAILURES as failure:
            await self._after_failure(delivery, verdict(failure))
        except Exception:  # an answer nobody foresaw leaves the message's fate unclear
            log.exception("%s got an answer that was not understood", delivery.key)
            await self._after_failure(delivery, Verdict(Fate.UNKNOWN, "not understood"))
        else:
            await self._record(delivery, standing)

    def _has_lost(self, delivery: Delivery) -> bool:
        """Whether this process slept past its lease, so that another may have the row by now."""
        lost = delivery.lease_until is None or delivery.lease_until <= self.clock.now()
        if lost:
            log.warning("%s is left to be looked for: its lease ran out", delivery.key)
        return lost

    def _worded(self, delivery: Delivery, directory: People) -> tuple[Payload, ...]:
        """A notice as messages. The parts of one notice are worded once for all of them."""
        notice = (delivery.kind, delivery.body)
        if self._last_worded is None or self._last_worded[0] != notice:
            payloads = self.voice.say(loads(*notice), directory)
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
            return await self.office.edit(
                Standing(delivery.parent_channel or "", delivery.parent_ts or ""),
                delivery.follows or "",
                _part(payloads, delivery.part),
                plain=delivery.plain,
            )
        return await self.office.post(
            await self._addresses.of(delivery),
            delivery.key,
            _part(payloads, delivery.part),
            thread=delivery.parent_ts,
            plain=delivery.plain,
        )

    async def _record(self, delivery: Delivery, standing: Standing) -> None:
        stands_alone = await self.desk.note(
            outbox.sent,
            delivery,
            channel=standing.channel,
            ts=standing.ts,
            now=self.clock.now(),
        )
        if not stands_alone:
            log.error("%s stands twice: Slack took it after it was looked for", delivery.key)

    async def _after_failure(self, delivery: Delivery, found: Verdict) -> None:
        log.warning("%s was not sent: %s", delivery.key, found.word)
        now = self.clock.now()
        if found.fate is Fate.UNKNOWN:
            settle = now + self.pace.settle
            await self.desk.note(outbox.unknown, delivery, settle_until=settle, error=found.word)
        elif found.fate is Fate.WRONG_PLACE or (found.fate is Fate.WRONG_FORM and delivery.plain):
            await self._park(delivery, found.word, found.word)
        elif found.fate is Fate.WRONG_FORM:
            await self.desk.note(outbox.plainly, delivery, retry_at=now, error=found.word)
        else:
            await self._again(delivery, found, now)

    async def _again(self, delivery: Delivery, found: Verdict, now: datetime) -> None:
        held = found.fate is not Fate.NOT_POSTED
        retry_at = now + (found.hold if held else _wait(delivery.attempts))
        if found.fate is Fate.WRONG_KEY:
            self._stop(found)
        elif found.fate is Fate.HELD:
            retry_at = self._holds.limited(delivery.recipient, found, now)
        elif delivery.state is OutboxState.UNKNOWN:
            retry_at = now
        await self.desk.note(
            outbox.refused, delivery, retry_at=retry_at, error=found.word, failed=not held
        )

    async def _park(self, delivery: Delivery, why: str, error: str) -> None:
        log.error("%s is parked until a person looks at it: %s", delivery.key, error)
        await self.desk.write(deliveries.set_aside, delivery, why, error, self.clock.now())

    def _stop(self, found: Verdict) -> None:
        log.critical(
            "Slack refuses the bot's token or what it is used for (%s). Nothing more is sent, and "
            "nothing is lost. Install the app in Slack again with the scopes of “quarterlight "
            "manifest”, put the token into SLACK_BOT_TOKEN and start the bot anew.",
            found.word,
        )
        self.stopped_by = found.word


def _take(session: Session, now: datetime, pace: Pace, busy: set[str]) -> tuple[Delivery, ...]:
    outbox.expire(session, now, settle_until=now + pace.settle)
    only = _only(session)
    lease = now + pace.lease
    return outbox.claim(session, now, lease_until=lease, limit=BATCH, busy=busy, only=only)


def _look(session: Session, now: datetime, lease_until: datetime) -> tuple[Delivery, ...]:
    only = _only(session)
    return outbox.look(session, now, lease_until=lease_until, limit=BATCH, only=only)


def _next_ready(session: Session) -> datetime | None:
    return outbox.next_ready(session, _only(session))


def _only(session: Session) -> str | None:
    """The one message that may go out while sending is held: the one that says so."""
    held = hold.standing(session)
    return None if held is None else held.key


def _part(payloads: tuple[Payload, ...], part: int) -> Payload:
    return payloads[part] if part < len(payloads) else REMAINDER


def _wait(attempts: int) -> timedelta:
    doublings: int = 2 ** min(attempts, 10)
    return min(LONGEST_WAIT, FIRST_WAIT * doublings)


def _wait_to_look(delivery: Delivery, now: datetime) -> timedelta:
    """The longer it has been unclear, the longer until the next look."""
    unclear_for = now - (delivery.first_attempt_at or now)
    return min(LONGEST_WAIT, max(FIRST_WAIT, unclear_for / 4))


def _is_too_old(delivery: Delivery, now: datetime) -> bool:
    first = delivery.first_attempt_at
    return delivery.attempts > 0 and first is not None and now - first > GIVE_UP_AFTER
