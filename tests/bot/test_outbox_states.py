"""The outbox against a model of Slack: whatever happens, nothing twice and nothing lost.

The steps are those of the sender, one at a time, with a death possible between any two. Slack
either takes a call or does not; once a sender gave up or died, no call of its arrives late.
"""

from collections.abc import Callable
from datetime import timedelta
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
from sqlmodel import Session, delete

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
PEOPLE = st.integers(1, 3)
MOMENT = timedelta(milliseconds=1)


class OutboxMachine(RuleBasedStateMachine):
    """A sender's steps in any order that a sender could take them."""

    database: ClassVar[Database]

    def __init__(self) -> None:
        super().__init__()
        self.now = OPENS
        self.newest: dict[str, str] = {}
        self.parents: dict[str, str] = {}
        self.slack: list[tuple[str, list[str]]] = []
        self.in_hand: list[Delivery] = []
        self.said: set[int] = set()

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

    @precondition(lambda self: not self.in_hand)
    @rule()
    def take(self) -> None:
        self.in_hand = list(self.do(self._take))

    @precondition(lambda self: any(one.id not in self.said for one in self.in_hand))
    @rule()
    def slack_takes_it(self) -> None:
        delivery = next(one for one in self.in_hand if one.id not in self.said)
        self._slack(delivery)
        self.said.add(delivery.id)

    @precondition(lambda self: any(one.id in self.said for one in self.in_hand))
    @rule()
    def record(self) -> None:
        delivery = next(one for one in self.in_hand if one.id in self.said)
        self._record(delivery)
        self.in_hand.remove(delivery)

    @precondition(lambda self: self.in_hand)
    @rule()
    def the_answer_is_lost(self) -> None:
        delivery = self.in_hand.pop(0)
        settle = self.now + PACE.settle
        self.do(lambda s: outbox.unknown(s, delivery, settle_until=settle, error="lost"))

    @precondition(lambda self: any(one.id not in self.said for one in self.in_hand))
    @rule(failed=st.booleans(), plain=st.booleans())
    def slack_refuses_it_for_now(self, *, failed: bool, plain: bool) -> None:
        delivery = next(one for one in self.in_hand if one.id not in self.said)
        self.in_hand.remove(delivery)
        later = self.now + timedelta(seconds=30)
        if plain:
            self.do(lambda s: outbox.plainly(s, delivery, retry_at=later, error="blocks"))
        else:
            self.do(
                lambda s: outbox.refused(s, delivery, retry_at=later, error="held", failed=failed)
            )

    @rule()
    def die(self) -> None:
        self.in_hand.clear()
        self.said.clear()

    @rule(seconds=st.sampled_from([1, 30, 61, 121, 600]))
    def time_passes(self, seconds: int) -> None:
        self.now += timedelta(seconds=seconds)
        if timedelta(seconds=seconds) >= PACE.lease:
            self.die()  # nobody holds a row beyond its lease and lives
        self.do(lambda s: outbox.expire(s, self.now, settle_until=self.now + PACE.settle))

    @rule()
    def settle(self) -> None:
        lease = self.now + PACE.lease
        for delivery in self.do(lambda s: outbox.look(s, self.now, lease_until=lease, limit=2)):
            self.do(partial(self._settle, delivery))

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
        self.die()
        while (ready := self.do(outbox.next_ready)) is not None:
            self.now = max(ready, self.now + MOMENT)
            self.do(lambda s: outbox.expire(s, self.now, settle_until=self.now + PACE.settle))
            self.settle()
            for delivery in self.do(self._take):
                self._slack(delivery)
                self._record(delivery)
        assert {key: words[-1] for key, words in self.slack} == self.newest

    def _take(self, session: Session) -> tuple[Delivery, ...]:
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

    def _settle(self, delivery: Delivery, session: Session) -> None:
        found = self._found(delivery.key)
        if delivery.operation is Operation.POST and found is not None:
            outbox.sent(session, delivery, channel="C1", ts=str(found), now=self.now)
        else:
            outbox.refused(session, delivery, retry_at=self.now, error="", failed=True)

    def _found(self, key: str) -> int | None:
        return next((ts for ts, (one, _) in enumerate(self.slack) if one == key), None)


def test_whatever_happens_nothing_is_said_twice_and_nothing_is_lost(database: Database) -> None:
    class Bound(OutboxMachine):
        pass

    Bound.database = database
    run_state_machine_as_test(
        Bound,
        settings=settings(
            max_examples=100,
            stateful_step_count=50,
            deadline=None,
            suppress_health_check=[HealthCheck.too_slow],
        ),
    )
    database.close()
