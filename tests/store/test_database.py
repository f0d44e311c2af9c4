"""The database: transactions that hold, one writer, and refusals that say what to do."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from threading import Barrier

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError, IntegrityError
from sqlmodel import col, select

from rules.vocabulary import Role, RoleScope
from store.address import DatabaseError
from store.database import Database
from store.tables import Block, Person, RoleAssignment

THREADS = 8
UPDATES = 100


@contextmanager
def opened(url: str) -> Iterator[Database]:
    database = Database(url)
    try:
        yield database
    finally:
        database.close()


def add_block(database: Database, code: str) -> None:
    with database.writing() as session:
        session.add(Block(code=code, name=code))


def codes(database: Database) -> list[str]:
    with database.reading() as session:
        return list(session.exec(select(Block.code).order_by(col(Block.id))))


def test_what_is_written_is_there_after_the_database_was_closed(database: Database) -> None:
    add_block(database, "CYP")
    database.close()
    with opened(database.address) as again:
        assert codes(again) == ["CYP"]


def test_an_error_leaves_no_trace_of_the_transaction(database: Database) -> None:
    def fails() -> None:
        with database.writing() as session:
            session.add(Block(code="CYP", name="Children"))
            session.flush()
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fails()
    assert codes(database) == []


def test_a_reading_session_cannot_write(database: Database) -> None:
    with database.reading() as session:
        session.add(Block(code="CYP", name="Children"))
        with pytest.raises(DBAPIError, match=r"readonly|read-only"):
            session.flush()


def test_a_reader_sees_one_moment_while_others_write(database: Database) -> None:
    add_block(database, "CYP")
    with database.reading() as session:
        before = session.exec(select(Block.code)).all()
        add_block(database, "ENV")
        after = session.exec(select(Block.code)).all()
    assert list(before) == list(after) == ["CYP"]
    assert codes(database) == ["CYP", "ENV"]


def test_no_update_is_lost_when_many_write_at_once(database: Database) -> None:
    add_block(database, "CYP")

    def count_one(_turn: int) -> None:
        with database.writing() as session:
            block = session.exec(select(Block)).one()
            block.position += 1

    with ThreadPoolExecutor(THREADS) as pool:
        list(pool.map(count_one, range(UPDATES)))
    with database.reading() as session:
        assert session.exec(select(Block.position)).one() == UPDATES


def test_no_update_is_lost_between_two_processes_on_one_database(database: Database) -> None:
    add_block(database, "CYP")

    def count(counting: Database) -> None:
        for _ in range(UPDATES // 4):
            with counting.writing() as session:
                session.exec(select(Block)).one().position += 1

    with opened(database.address) as other, ThreadPoolExecutor(2) as pool:
        list(pool.map(count, (database, other)))
    with database.reading() as session:
        assert session.exec(select(Block.position)).one() == UPDATES // 4 * 2


def test_values_can_be_read_after_the_transaction(database: Database) -> None:
    with database.writing() as session:
        block = Block(code="CYP", name="Children")
        session.add(block)
    assert block.code == "CYP"
    assert block.id == 1


def test_a_row_that_belongs_to_nothing_is_refused(database: Database) -> None:
    with pytest.raises(IntegrityError, match=r"(?i)foreign key"), database.writing() as session:
        session.add(
            RoleAssignment(
                person_id=99,
                role=Role.CENTRAL_TEAM,
                scope=RoleScope.NONE,
                starts=datetime(2008, 4, 1, tzinfo=UTC).date(),
            )
        )


def test_two_people_cannot_share_a_slack_account(database: Database) -> None:
    with pytest.raises(IntegrityError, match="slack_user_id"), database.writing() as session:
        session.add_all(Person(slack_user_id="U1", label=label) for label in ("one", "two"))


@pytest.mark.parametrize(
    ("pragma", "value"),
    [("journal_mode", "wal"), ("synchronous", 2), ("foreign_keys", 1), ("recursive_triggers", 1)],
)
def test_sqlite_keeps_what_it_has_said_it_kept(
    database_file: Database, pragma: str, value: object
) -> None:
    with database_file.writing() as session:
        assert session.connection().execute(text(f"PRAGMA {pragma}")).scalar() == value


def test_the_folder_of_the_file_is_made(tmp_path: Path) -> None:
    with opened(f"sqlite:///{tmp_path / 'var' / 'deep' / 'quarterlight.db'}"):
        assert (tmp_path / "var" / "deep").is_dir()


def test_a_database_in_memory_is_refused() -> None:
    with pytest.raises(DatabaseError, match="Name a file"):
        Database("sqlite://")


def test_a_file_that_is_no_database_is_refused_by_its_name(tmp_path: Path) -> None:
    (tmp_path / "letter.db").write_text("Dear Sir or Madam, " * 100)
    with pytest.raises(DatabaseError, match=r"letter\.db cannot be opened"):
        Database(f"sqlite:///{tmp_path / 'letter.db'}")


def test_a_server_that_does_not_answer_is_named_with_what_to_look_at() -> None:
    with pytest.raises(DatabaseError, match=r"cannot be reached .*Look at DATABASE_URL") as refusal:
        Database("postgresql://quarterlight:secret@127.0.0.1:1/quarterlight")
    assert "secret" not in str(refusal.value)


def test_another_kind_of_database_is_refused_with_those_that_serve() -> None:
    with pytest.raises(DatabaseError, match=r"kind “mysql”.*postgresql://"):
        Database("mysql://host/quarterlight")


def test_one_use_case_writes_at_a_time_in_whatever_process(database: Database) -> None:
    """Both look before either writes: without turns both would find nothing and write."""
    add_block(database, "CYP")
    at_once = Barrier(2)

    def add_unless_there(adding: Database) -> None:
        at_once.wait()
        with adding.writing() as session:
            if session.exec(select(Person)).first() is None:
                session.add(Person(slack_user_id=f"U{id(adding)}", label=f"{id(adding)}"))

    with opened(database.address) as other:
        for _ in range(10):
            with ThreadPoolExecutor(2) as pool:
                list(pool.map(add_unless_there, (database, other)))
            with database.writing() as session:
                person = session.exec(select(Person)).one()
                session.delete(person)


def test_how_far_a_message_got_is_noted_while_a_use_case_writes(database: Database) -> None:
    """On SQLite, which has one writer, it waits; on a server it need not."""
    if database.is_sqlite:
        pytest.skip("SQLite has one writer")
    with database.writing() as writing, database.noting() as noting:
        noting.add(Block(code="CYP", name="Children"))
        noting.flush()
        writing.add(Block(code="ENV", name="Environment"))
    assert codes(database) == ["CYP", "ENV"]


def test_a_folder_that_is_a_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "var").write_text("in the way")
    with pytest.raises(DatabaseError, match="cannot be opened"):
        Database(f"sqlite:///{tmp_path / 'var' / 'quarterlight.db'}")


def test_rebuilding_a_parent_keeps_its_children(database_file: Database) -> None:
    add_block(database_file, "CYP")
    with database_file.writing() as session:
        session.connection().execute(
            text("INSERT INTO partnership (code, name, block_id) VALUES ('trust', 'Trust', 1)")
        )
    with database_file.restructuring() as connection:
        connection.execute(text("CREATE TABLE kept AS SELECT * FROM block"))
        connection.execute(text("DELETE FROM block"))
        connection.execute(text("INSERT INTO block SELECT * FROM kept"))
    with database_file.reading() as session:
        assert session.connection().execute(text("SELECT count(*) FROM partnership")).scalar() == 1


def test_a_rebuild_that_orphans_rows_is_taken_back(database_file: Database) -> None:
    add_block(database_file, "CYP")
    with database_file.writing() as session:
        session.connection().execute(
            text("INSERT INTO partnership (code, name, block_id) VALUES ('trust', 'Trust', 1)")
        )
    with (
        pytest.raises(DatabaseError, match="1 in partnership"),
        database_file.restructuring() as connection,
    ):
        connection.execute(text("DELETE FROM block"))
    assert codes(database_file) == ["CYP"]


def test_foreign_keys_hold_again_after_a_rebuild(database_file: Database) -> None:
    with database_file.restructuring():
        pass
    with database_file.writing() as session:
        assert session.connection().execute(text("PRAGMA foreign_keys")).scalar() == 1
