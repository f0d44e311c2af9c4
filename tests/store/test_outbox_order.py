"""What may be sent while something before it is unclear: nothing that belongs behind it."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import TypeVar

import pytest
from sqlmodel import Session

from store import outbox
from store.database import Database
from store.outbox import Delivery, Outgoing

NOW = datetime(2008, 10, 1, 8, tzinfo=UTC)
LATER = NOW + timedelta(seconds=30)
SETTLED = NOW + timedelta(seconds=120)

Result = TypeVar("Result")


@pytest.fixture
def parent(database: Database) -> Delivery:
    """A message to the board that has just been taken."""
    keep(database, "parent")
    (taken,) = do(database, claim)
    return taken


def keep(database: Database, key: str, follows: str | None = None) -> None:
    outgoing = Outgoing(key, "kind", "{}", to_channel="BOARD", follows=follows)
    with database.writing() as session:
        outbox.post(session, outgoing, due_at=NOW, now=NOW)


def do(database: Database, act: Callable[[Session], Result]) -> Result:
    with database.noting() as session:
        return act(session)


def claim(session: Session, now: datetime = NOW) -> tuple[Delivery, ...]:
    lease = now + timedelta(seconds=60)
    return outbox.claim(session, now, lease_until=lease, limit=8, busy=frozenset())


def taken_later(database: Database) -> list[str]:
    return [one.key for one in do(database, lambda session: claim(session, LATER))]


def loses_its_answer(database: Database, taken: Delivery) -> None:
    do(database, lambda s: outbox.unknown(s, taken, settle_until=SETTLED, error="lost"))


def stands(database: Database, taken: Delivery) -> None:
    do(database, lambda s: outbox.sent(s, taken, channel="C1", ts="1.1", now=NOW))


def test_a_reply_is_not_taken_before_its_parent_stands(
    database: Database, parent: Delivery
) -> None:
    keep(database, "reply", follows="parent")
    loses_its_answer(database, parent)
    assert taken_later(database) == []
    stands(database, parent)
    assert taken_later(database) == ["reply"]


def test_a_further_part_waits_until_the_fate_of_those_before_it_is_known(
    database: Database, parent: Delivery
) -> None:
    do(database, lambda session: outbox.add_parts(session, "parent", 3, NOW))
    loses_its_answer(database, parent)
    assert taken_later(database) == []
    stands(database, parent)
    (second,) = do(database, lambda session: claim(session, LATER))
    assert second.part == 1
    loses_its_answer(database, second)
    assert taken_later(database) == []
