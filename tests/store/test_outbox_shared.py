"""Several senders on one outbox: rows are taken once, and spoken for by their taker alone."""

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor, wait
from datetime import UTC, datetime, timedelta
from typing import TypeVar

import pytest
from sqlmodel import Session, col, select

from store import outbox
from store.database import Database
from store.outbox import Delivery, Outgoing
from store.tables import OutboxRow, OutboxState
from tests.engines import POSTGRESQL

NOW = datetime(2008, 10, 1, 8, tzinfo=UTC)
LEASE = timedelta(seconds=60)
SETTLE = timedelta(seconds=120)
SENDERS = 4
PATIENCE_SECONDS = 5.0
A_MOMENT_SECONDS = 0.5

Result = TypeVar("Result")


def keep(database: Database, *places: str) -> None:
    """A message to each channel, `message 0` first."""
    with database.writing() as session:
        for number, place in enumerate(places):
            outgoing = Outgoing(f"message {number}", "kind", "{}", to_channel=place)
            outbox.post(session, outgoing, due_at=NOW, now=NOW)


def do(database: Database, act: Callable[[Session], Result]) -> Result:
    with database.noting() as session:
        return act(session)


def claim(session: Session, now: datetime = NOW, limit: int = 8) -> tuple[Delivery, ...]:
    return outbox.claim(session, now, lease_until=now + LEASE, limit=limit, busy=frozenset())


def keys(taken: tuple[Delivery, ...]) -> list[str]:
    return [delivery.key for delivery in taken]


def row(database: Database, key: str = "message 0") -> OutboxRow:
    with database.reading() as session:
        return session.exec(select(OutboxRow).where(OutboxRow.key == key)).one()


def taken_over(database: Database) -> tuple[Delivery, Delivery, datetime]:
    """A row whose first sender slept past its lease, and its second sender's; and the instant."""
    keep(database, "BOARD")
    (first,) = do(database, claim)
    expired = NOW + LEASE
    settled = expired + SETTLE
    assert do(database, lambda s: outbox.expire(s, expired, settle_until=settled)) == 1
    (second,) = do(
        database, lambda s: outbox.look(s, settled, lease_until=settled + LEASE, limit=8)
    )
    return first, second, settled


def test_of_senders_that_claim_at_once_each_gets_rows_of_its_own(database: Database) -> None:
    keep(database, *(f"CHANNEL_{number}" for number in range(12)))
    with ThreadPoolExecutor(SENDERS) as pool:
        turns = pool.map(lambda _: do(database, lambda s: claim(s, limit=2)), range(SENDERS * 2))
        taken = [key for one in turns for key in keys(one)]
    assert sorted(taken) == sorted(f"message {number}" for number in range(12))


def test_while_one_sender_writes_to_a_channel_no_other_does(database: Database) -> None:
    keep(database, "BOARD", "BOARD", "CENTRAL")
    with ThreadPoolExecutor(1) as pool:
        with database.noting() as session:
            assert keys(claim(session, limit=1)) == ["message 0"]
            other: Future[tuple[Delivery, ...]] = pool.submit(do, database, claim)
            # It asks while what this one took cannot be seen yet, and has to wait.
            assert wait([other], A_MOMENT_SECONDS).not_done == {other}
        assert keys(other.result(PATIENCE_SECONDS)) == ["message 2"]


@pytest.mark.parametrize("cabinet", [POSTGRESQL], indirect=True)
def test_a_row_that_a_use_case_holds_is_passed_over_and_the_others_go_on(
    database: Database,
) -> None:
    keep(database, "BOARD", "CENTRAL")
    with ThreadPoolExecutor(1) as pool, database.writing() as session:
        held = select(OutboxRow).where(col(OutboxRow.key) == "message 0").with_for_update()
        session.exec(held).one()
        taken = pool.submit(do, database, claim).result(PATIENCE_SECONDS)
        assert keys(taken) == ["message 1"]


OUTCOMES: dict[str, Callable[[Session, Delivery], bool]] = {
    "refused": lambda s, taken: outbox.refused(s, taken, retry_at=NOW, error="", failed=True),
    "unknown": lambda s, taken: outbox.unknown(s, taken, settle_until=NOW, error=""),
    "plainly": lambda s, taken: outbox.plainly(s, taken, retry_at=NOW, error=""),
    "park": lambda s, taken: outbox.park(s, taken, error=""),
}


@pytest.mark.parametrize("outcome", OUTCOMES.values(), ids=OUTCOMES)
def test_a_sender_that_slept_past_its_lease_says_nothing_more_of_its_row(
    database: Database, outcome: Callable[[Session, Delivery], bool]
) -> None:
    first, second, _ = taken_over(database)
    before = row(database).model_dump()
    assert not do(database, lambda s: outcome(s, first))
    assert row(database).model_dump() == before
    assert do(database, lambda s: outcome(s, second))


def test_that_a_message_stands_is_true_whoever_says_it_and_once(database: Database) -> None:
    first, second, now = taken_over(database)
    assert do(database, lambda s: outbox.sent(s, first, channel="C1", ts="1.1", now=now))
    assert not do(database, lambda s: outbox.sent(s, second, channel="C1", ts="2.2", now=now))
    kept = row(database)
    assert (kept.state, kept.ts) == (OutboxState.SENT, "1.1")
