"""The outbox against a model of Slack: whatever happens, nothing twice and nothing lost.

Two senders work side by side, each one step at a time, with a death possible between any two.
One that sleeps past its lease wakes up and says what it thinks of rows that others have had
since: only that a message stands counts. Slack either takes a call or does not; once a sender
gave up, died or lost its lease, no call of its arrives.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial
from typing import ClassVar, TypeVar

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)
from sqlmodel import Session, delete, select

from bot.sender import Pace
from store import outbox
from store.database import Database
from store.outbox import Delivery, Outgoing
from store.tables import OutboxRow, OutboxState
from store.tables.delivery import Operation
from tests.sample import OPENS

Result = TypeVar("Result")
PACE = Pace()
NAMES = st.sampled_from(["alpha", "beta", "gamma", "delta", "epsilon"])
WORDS = st.integers(0, 99).map(str)
WHO = st.sampled_from([0, 1])
PEOPLE = st.integers(1, 3)
MOMENT = timedelta(milliseconds=1)
WAIT = timedelta(seconds=30)


@dataclass
class Worker:
    """What one sender holds: rows it took to send, those Slack has taken, and what it found."""

    in_hand: list[Delivery] = field(default_factory=list)
    said: set[tuple[int, datetime | None]] = field(default_factory=set)
    looked: list[tuple[Delivery, int | None]] = field(default_factory=list)

    def holding(self, *, said: bool) -> list[Delivery]:
        """The rows in hand that Slack has taken, or has not."""
        return [one for one in self.in_hand if (taking(one) in self.said) is said]


def taking(delivery: Delivery) -> tuple[int, datetime | None]:
    """One taking of a row: the same row may be taken again."""
    return delivery.id, delivery.lease_until


class OutboxMachine(RuleBasedStateMachine):
    """Two senders' steps in any order that they could take them."""

    database: ClassVar[Database]

    def __init__(self) -> None:
        super().__init__()
        self.now = OPENS
        self.newest: dict[str, str] = {}
        self.parents: dict[str, str] = {}
        self.slack: list[tuple[str, list[str]]] = []
        self.workers = Worker(), Worker()

    def do(self, act: Callable[[Session], Result]) -> Result:
        with self.database.writing() as session:
            return act(session)

    @initialize()
    def begin(self) -> None:
        self.do(lambda session: session.exec(delete(OutboxRow)))

    # what flows do

    @rule(name=NAMES, words=WORDS, person=PEOPLE)
    def keep(self, name: str, words: str, person: int) -> None:
        outgoing = Outgoing(name, "kind", words, to_person=person)
        first = self.do(lambda s: outbox.post(s, outgoing, due_at=self.now, now=self.now))
        assert first is (name not in self.newest)
        self.newest.setdefault(name, words)

    @precondition(lambda self: self.newest)
    @rule(data=st.data(), name=NAMES, words=WORDS)
    def keep_reply(self, data: st.DataObject, name: str, words: str) -> None:
        parent = data.draw(st.sampled_from(sorted(self.newest)))
        outgoing = Outgoing(name, "kind", words, to_channel="BOARD_CHANNEL", follows=parent)
        if self.do(lambda s: outbox.post(s, outgoing, due_at=self.now, now=self.now)):
            self.newest[name], self.parents[name] = words, parent

    @precondition(lambda self: self.newest)
    @rule(data=st.data(), words=WORDS)
    def change(self, data: st.DataObject, words: str) -> None:
        name = data.draw(st.sampled_from(sorted(self.newest)))
        self.do(lambda s: outbox.edit(s, name, "kind", words, now=self.now))
        self.newest[name] = words

    # what a sender does

    @precondition(lambda self: self.newest)
    @rule(who=WHO)
    def take(self, who: int) -> None:
        if not self.workers[who].in_hand:
            self.workers[who].in_hand = list(self.do(self._take))

    @precondition(lambda self: any(one.holding(said=False) for one in self.workers))
    @rule(who=WHO)
    def slack_takes_it(self, who: int) -> None:
        worker = self.workers[who]
        for delivery in worker.holding(said=False)[:1]:
            # A sender that finds its lease run out does not call.
            if delivery.lease_until is not None and delivery.lease_until > self.now:
                self._slack(delivery)
                worker.said.add(taking(delivery))

    @precondition(lambda self: any(one.holding(said=True) for one in self.workers))
    @rule(who=WHO)
    def record(self, who: int) -> None:
        worker = self.workers[who]
        for delivery in worker.holding(said=True)[:1]:
            self._record(delivery)
            worker.in_hand.remove(delivery)

    @precondition(lambda self: any(one.in_hand for one in self.workers))
    @rule(who=WHO)
    def the_answer_is_lost(self, who: int) -> None:
        for delivery in self._next_in_hand(who):
            settle = self.now + PACE.settle
            self.do(partial(outbox.unknown, taken=delivery, settle_until=settle, error="lost"))

    @precondition(lambda self: any(one.holding(said=False) for one in self.workers))
    @rule(who=WHO, failed=st.booleans(), plain=st.booleans())
    def slack_refuses_it_for_now(self, who: int, *, failed: bool, plain: bool) -> None:
        later = self.now + WAIT
        for delivery in self._refused(who):
            if plain:
                self.do(partial(outbox.plainly, taken=delivery, retry_at=later, error="blocks"))
            else:
                self.do(
                    partial(
                        outbox.refused, taken=delivery, retry_at=later, error="held", failed=failed
                    )
                )

    @precondition(lambda self: any(one.holding(said=False) for one in self.workers))
    @rule(who=WHO)
    def slack_refuses_it_for_good(self, who: int) -> None:
        for delivery in self._refused(who):
            self.do(partial(outbox.park, taken=delivery, error="is_archived"))

    @rule(look_first=st.booleans())
    def somebody_sends_again_what_is_parked(self, *, look_first: bool) -> None:
        self.do(partial(put_back_all, look_first=look_first, now=self.now))

    @rule(who=WHO)
    def die(self, who: int) -> None:
        worker = self.workers[who]
        worker.in_hand.clear()
        worker.looked.clear()

    @rule(seconds=st.sampled_from([1, 30, 61, 121, 600]))
    def time_passes(self, seconds: int) -> None:
        self.now += timedelta(seconds=seconds)

    @rule(who=WHO)
    def look(self, who: int) -> None:
        lease = self.now + PACE.lease
        taken = self.do(lambda s: outbox.look(s, self.now, lease_until=lease, limit=2))
        self.workers[who].looked.extend((one, self._found(one.key)) for one in taken)

    @precondition(lambda self: any(one.looked for one in self.workers))
    @rule(who=WHO)
    def say_what_was_found(self, who: int) -> None:
        looked = self.workers[who].looked
        if looked:
            self.do(partial(self._settle, *looked.pop(0)))

    @precondition(lambda self: any(one.in_hand or one.looked for one in self.workers))
    @rule(sleeper=WHO, wakes=st.booleans())
    def one_sleeps_past_its_lease_while_the_other_goes_on(
        self, sleeper: int, *, wakes: bool
    ) -> None:
        other = 1 - sleeper
        self.die(other)
        for pause in (PACE.lease, PACE.settle, MOMENT):
            self.now += pause
            self.look(other)
            while self.workers[other].looked:
                self.say_what_was_found(other)
            self.take(other)
        for _ in tuple(self.workers[other].in_hand):
            self.slack_takes_it(other)
        if wakes:
            self._wakes(sleeper)

    def _wakes(self, who: int) -> None:
        """It says what it thinks of what it had, and works on."""
        while self.workers[who].looked:
            self.say_what_was_found(who)
        while self.workers[who].holding(said=False):
            self.slack_refuses_it_for_now(who, failed=True, plain=False)
        self.now += WAIT
        self.take(who)
        self.slack_takes_it(who)

    def _next_in_hand(self, who: int) -> list[Delivery]:
        return [self.workers[who].in_hand.pop(0)] if self.workers[who].in_hand else []

    def _refused(self, who: int) -> list[Delivery]:
        """A row that Slack has not taken, and will not."""
        found = self.workers[who].holding(said=False)[:1]
        for delivery in found:
            self.workers[who].in_hand.remove(delivery)
        return found

    # what must hold

    @invariant()
    def nothing_stands_twice(self) -> None:
        standing = [key for key, _ in self.slack]
        assert len(standing) == len(set(standing))

    @invariant()
    def no_reply_stands_before_its_parent(self) -> None:
        standing = [key for key, _ in self.slack]
        for reply, parent in self.parents.items():
            if reply in standing:
                assert standing.index(parent) < standing.index(reply)

    @invariant()
    def what_is_called_sent_stands(self) -> None:
        standing = {key for key, _ in self.slack}
        with self.database.reading() as session:
            lines = outbox.ledger(session)
        assert {line.key for line in lines} == set(self.newest)
        assert {line.key for line in lines if line.state is OutboxState.SENT} <= standing

    def teardown(self) -> None:
        """Once all goes well again, everything stands once, in its newest words."""
        for who in (0, 1):
            self.die(who)
        self.do(partial(put_back_all, look_first=False, now=self.now))
        while (ready := self.do(outbox.next_ready)) is not None:
            self.now = max(ready, self.now + MOMENT)
            self.look(0)
            while self.workers[0].looked:
                self.say_what_was_found(0)
            for delivery in self.do(self._take):
                self._slack(delivery)
                self._record(delivery)
        assert {key: words[-1] for key, words in self.slack} == self.newest

    def _take(self, session: Session) -> tuple[Delivery, ...]:
        outbox.expire(session, self.now, settle_until=self.now + PACE.settle)
        lease = self.now + PACE.lease
        return outbox.claim(session, self.now, lease_until=lease, limit=2, busy=frozenset())

    def _slack(self, delivery: Delivery) -> None:
        if delivery.operation is Operation.POST:
            self.slack.append((delivery.key, [delivery.body]))
        else:
            self.slack[int(delivery.parent_ts or -1)][1].append(delivery.body)

    def _record(self, delivery: Delivery) -> None:
        ts = delivery.parent_ts or ""
        if delivery.operation is Operation.POST:
            ts = str(self._found(delivery.key))
        self.do(lambda s: outbox.sent(s, delivery, channel="C1", ts=ts, now=self.now))

    def _settle(self, delivery: Delivery, found: int | None, session: Session) -> None:
        if delivery.operation is Operation.POST and found is not None:
            outbox.sent(session, delivery, channel="C1", ts=str(found), now=self.now)
        else:
            outbox.refused(session, delivery, retry_at=self.now, error="", failed=True)

    def _found(self, key: str) -> int | None:
        return next((ts for ts, (one, _) in enumerate(self.slack) if one == key), None)


def put_back_all(session: Session, *, look_first: bool, now: datetime) -> None:
    parked = select(OutboxRow.id).where(OutboxRow.state == OutboxState.PARKED)
    for number in session.exec(parked).all():
        outbox.put_back(session, number or 0, look_first=look_first, now=now)


def test_whatever_happens_nothing_is_said_twice_and_nothing_is_lost(database: Database) -> None:
    class Bound(OutboxMachine):
        pass

    Bound.database = database
    run_state_machine_as_test(
        Bound,
        settings=settings(
            # The rules are the same on both engines; a server's round trips cost more.
            max_examples=100 if database.is_sqlite else 20,
            stateful_step_count=50,
            deadline=None,
            suppress_health_check=[HealthCheck.too_slow],
        ),
    )
    database.close()
