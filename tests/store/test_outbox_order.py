"""What may be sent, and when: nothing before what it belongs behind, everything else at once."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import TypeVar

import pytest
from sqlmodel import Session

from store import outbox
from store.database import Database
from store.outbox import Delivery, Outgoing
from store.tables import OutboxRow, OutboxState, Person
from store.tables.delivery import Operation

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
    keep_all(database, Outgoing(key, "kind", "{}", to_channel="BOARD", follows=follows))


def keep_all(database: Database, *kept: Outgoing) -> None:
    with database.writing() as session:
        for outgoing in kept:
            outbox.post(session, outgoing, due_at=NOW, now=NOW)


def do(database: Database, act: Callable[[Session], Result]) -> Result:
    with database.noting() as session:
        return act(session)


def claim(
    session: Session, now: datetime = NOW, busy: frozenset[str] = frozenset()
) -> tuple[Delivery, ...]:
    lease = now + timedelta(seconds=60)
    return outbox.claim(session, now, lease_until=lease, limit=8, busy=busy)


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


MANY = 250
"""More rows than a sender looks at in one go."""
PERSON = 1


def to_channel(place: str, count: int) -> list[Outgoing]:
    """Messages to a channel, `place 0` first."""
    return [Outgoing(f"{place} {n}", "kind", "{}", to_channel=place) for n in range(count)]


@pytest.fixture
def somebody(database: Database) -> Outgoing:
    """A message to a person."""
    with database.writing() as session:
        session.add(Person(id=PERSON, slack_user_id="ULEAD", label="target-lead-01"))
    return Outgoing("to a person", "kind", "{}", to_person=PERSON)


def test_behind_a_channel_that_is_held_everybody_elses_messages_go_at_once(
    database: Database, somebody: Outgoing
) -> None:
    keep_all(database, *to_channel("CENTRAL", MANY), *to_channel("BOARD", 1), somebody)
    taken = do(database, lambda session: claim(session, busy=frozenset({"CENTRAL"})))
    assert [one.key for one in taken] == ["BOARD 0", "to a person"]


def test_behind_a_person_who_is_held_everybody_elses_messages_go_at_once(
    database: Database, somebody: Outgoing
) -> None:
    more = [replace(somebody, key=f"to a person {n}") for n in range(MANY)]
    keep_all(database, *more, *to_channel("BOARD", 1))
    taken = do(database, lambda session: claim(session, busy=frozenset({f"person {PERSON}"})))
    assert [one.key for one in taken] == ["BOARD 0"]


def test_behind_channels_with_much_to_say_everybody_elses_messages_go_at_once(
    database: Database, somebody: Outgoing
) -> None:
    keep_all(database, *to_channel("CENTRAL", MANY), *to_channel("BOARD", MANY), somebody)
    taken = do(database, claim)
    assert [one.key for one in taken] == ["CENTRAL 0", "BOARD 0", "to a person"]
    assert taken_later(database) == []


def test_behind_edits_that_a_newer_one_overtook_everybody_elses_messages_go_at_once(
    database: Database, somebody: Outgoing, parent: Delivery
) -> None:
    stands(database, parent)
    edits = [
        OutboxRow(
            key=f"parent:edit{number}",
            operation=Operation.EDIT,
            kind="kind",
            body="{}",
            to_channel="BOARD",
            follows="parent",
            due_at=NOW,
            enqueued_at=NOW,
            ready_at=NOW,
            state=OutboxState.PENDING,
        )
        for number in range(1, MANY + 1)
    ]
    with database.writing() as session:
        session.add_all(edits)
    keep_all(database, somebody)
    assert taken_later(database) == [f"parent:edit{MANY}", "to a person"]
