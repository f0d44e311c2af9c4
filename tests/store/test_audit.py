"""The audit and its seals."""

import json
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from sqlalchemy import text
from sqlmodel import Session, select

from rules.quarters import Quarter
from rules.vocabulary import Status
from store import audit, seals
from store.database import Database
from store.tables import AuditEntry, AuditSeal

NOW = datetime(2008, 10, 1, 8, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Said:
    quarter: Quarter
    status: Status
    actual: Decimal | None
    due: date
    actions: tuple[str, ...] = ()


def keep(database: Database, count: int) -> None:
    with database.writing() as session:
        for number in range(count):
            audit.record(
                session, at=NOW + timedelta(minutes=number), actor=1, action="note", subject="x"
            )


def seal_all(database: Database) -> int:
    sealed = 0
    while True:
        with database.writing() as session:
            batch = seals.seal(session, NOW)
        if batch == 0:
            return sealed
        sealed += batch


def faults(database: Database) -> tuple[seals.AuditFault, ...]:
    with database.reading() as session:
        return seals.verify(session)


def tamper(database: Database, statement: str) -> None:
    """Somebody with the file in hand, who takes the triggers away first."""
    with database.writing() as session:
        unguard(session, "audit_entry", database)
        session.connection().execute(text(statement))


def unguard(session: Session, table: str, database: Database) -> None:
    """Take a table's triggers away."""
    if database.is_sqlite:
        for change in ("update", "delete"):
            session.connection().execute(text(f"DROP TRIGGER tr_{table}_{change}"))
    else:
        session.connection().execute(text(f"DROP TRIGGER tr_{table} ON {table}"))


def test_an_entry_keeps_figures_dates_and_quarters_as_they_were(database: Database) -> None:
    said = Said(Quarter(2008, 2), Status.RED, Decimal("0.10"), date(2009, 1, 30), ("Hire",))
    with database.writing() as session:
        audit.record(session, at=NOW, actor=7, action="submit", subject="LAA1-03", after=said)
    with database.reading() as session:
        entry = session.exec(select(AuditEntry)).one()
    assert (entry.at, entry.actor, entry.before) == (NOW, 7, "")
    assert json.loads(entry.after) == {
        "quarter": "2008/09 Q2",
        "status": "RED",
        "actual": "0.10",
        "due": "2009-01-30",
        "actions": ["Hire"],
    }


def test_an_entry_goes_with_the_transaction_that_failed(database: Database) -> None:
    def fails() -> None:
        with database.writing() as session:
            audit.record(session, at=NOW, rule="close", action="accept", subject="LAA1-03")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fails()
    with database.reading() as session:
        assert session.exec(select(AuditEntry)).all() == []


def test_a_value_without_a_text_is_refused() -> None:
    with pytest.raises(TypeError, match="no text for a object"):
        audit.as_text(object())


def test_one_value_has_one_text() -> None:
    assert audit.as_text({"b": {2, 1}, "a": None}) == '{"a":null,"b":["1","2"]}'
    assert audit.as_text(None) == ""


def test_entries_are_sealed_a_batch_at_a_time_and_once(database: Database) -> None:
    keep(database, seals.BATCH + 3)
    with database.writing() as session:
        assert seals.seal(session, NOW) == seals.BATCH
    with database.writing() as session:
        assert seals.seal(session, NOW) == 3
    with database.writing() as session:
        assert seals.seal(session, NOW) == 0
    with database.reading() as session:
        kept = session.exec(select(AuditSeal)).all()
    assert [(one.first_entry, one.last_entry) for one in kept] == [
        (1, seals.BATCH),
        (seals.BATCH + 1, seals.BATCH + 3),
    ]


def test_an_untouched_record_holds(database: Database) -> None:
    keep(database, 3)
    seal_all(database)
    keep(database, 2)
    assert faults(database) == ()
    assert seal_all(database) == 2
    assert faults(database) == ()


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE audit_entry SET subject = 'y' WHERE id = 2",
        "DELETE FROM audit_entry WHERE id = 2",
        "DELETE FROM audit_entry WHERE id = 3",
        "UPDATE audit_entry SET at = '2008-10-02 08:00:00.000000+00' WHERE id = 1",
    ],
)
def test_a_seal_shows_what_was_done_behind_its_back(database: Database, statement: str) -> None:
    keep(database, 3)
    seal_all(database)
    keep(database, 1)
    seal_all(database)
    tamper(database, statement)
    found = faults(database)
    assert [(fault.first_entry, fault.last_entry) for fault in found] == [(1, 3)]
    assert "1 to 3 are not as they were sealed" in found[0].words


def test_an_entry_slipped_in_between_breaks_a_seal(database: Database) -> None:
    keep(database, 2)
    seal_all(database)
    tamper(database, "UPDATE audit_entry SET id = 9 WHERE id = 2")
    assert len(faults(database)) == 1


def test_a_seal_made_anew_breaks_the_one_after(database: Database) -> None:
    keep(database, 1)
    seal_all(database)
    keep(database, 1)
    seal_all(database)
    with database.writing() as session:
        unguard(session, "audit_seal", database)
        session.connection().execute(
            text("UPDATE audit_seal SET digest = 'forged' WHERE first_entry = 1")
        )
    assert [fault.seal for fault in faults(database)] == [1, 2]
