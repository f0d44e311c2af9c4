"""Copies of the records: made beside a running bot, checked, and put in place at one stroke."""

import sqlite3
import threading
from collections.abc import Callable
from contextlib import closing
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from sqlmodel import Session, select

from bot.restoring import restore
from store import audit, backup, hold, migrate, outbox
from store.address import sqlite_file
from store.backup import BackupRefusedError, back_up
from store.database import Database
from store.lock import AnotherProcessError, alone_on
from store.migrate import SchemaError
from store.outbox.rows import SETTLED
from store.tables import AuditEntry, OutboxState
from tests.engines import Files
from tests.store.revisions import kept

BYSTANDERS = ("-wal", "-shm", "-journal", ".part")


def note(session: Session, number: int, now: datetime) -> None:
    audit.record(session, at=now, rule="test", action="write", subject=f"{number}")


def subjects(path: Path) -> list[str]:
    with closing(sqlite3.connect(path)) as connection:
        query = "SELECT subject FROM audit_entry WHERE action = 'write' ORDER BY id"
        return [subject for (subject,) in connection.execute(query)]


def write(database: Database, numbers: range, now: datetime) -> None:
    for number in numbers:
        with database.writing() as session:
            note(session, number, now)


@pytest.fixture
def path(database_file: Database) -> Path:
    assert database_file.path is not None
    return database_file.path


def test_a_copy_made_while_the_bot_writes_is_whole_and_lacks_nothing_kept_before(
    database_file: Database, path: Path, tmp_path: Path, now: datetime
) -> None:
    write(database_file, range(50), now)
    begun = threading.Event()

    def go_on() -> None:
        begun.set()
        write(database_file, range(50, 150), now)

    writer = threading.Thread(target=go_on)
    with alone_on(database_file):
        writer.start()
        begun.wait()
        for number in range(5):
            back_up(path, tmp_path / f"copy-{number}.db")
        writer.join()
    for number in range(5):
        found = subjects(tmp_path / f"copy-{number}.db")
        assert found == [str(one) for one in range(len(found))]
        assert len(found) >= 50
    assert len(subjects(path)) == 150


def test_a_copy_is_one_file_with_nothing_beside_it(path: Path, tmp_path: Path) -> None:
    target = tmp_path / "copy.db"
    back_up(path, target)
    assert not [end for end in BYSTANDERS if target.with_name(f"copy.db{end}").exists()]


def test_a_file_that_is_there_is_left_alone_unless_told(path: Path, tmp_path: Path) -> None:
    target = tmp_path / "copy.db"
    target.write_text("last month's")
    with pytest.raises(BackupRefusedError, match=r"is there already.*--replace"):
        back_up(path, target)
    assert target.read_text() == "last month's"
    back_up(path, target, replace=True)
    assert subjects(target) == []
    with pytest.raises(BackupRefusedError, match="a file of its own"):
        back_up(path, path, replace=True)


def test_a_database_that_is_not_there_is_not_made_by_asking(tmp_path: Path) -> None:
    missing = tmp_path / "none.db"
    with pytest.raises(BackupRefusedError, match="There is no database"):
        back_up(missing, tmp_path / "copy.db")
    assert list(tmp_path.iterdir()) == []


def test_only_a_sqlite_address_has_a_file() -> None:
    assert sqlite_file("sqlite:///var/quarterlight.db") == Path("var/quarterlight.db")
    assert sqlite_file("postgresql://somewhere/quarterlight") is None


def test_restored_records_are_those_of_the_backup_and_sending_is_held(
    database_file: Database, path: Path, tmp_path: Path, now: datetime
) -> None:
    copy = tmp_path / "copy.db"
    write(database_file, range(3), now)
    back_up(path, copy)
    write(database_file, range(3, 9), now + timedelta(hours=1))
    database_file.close()
    done = restore(copy, path, now + timedelta(days=1))
    assert done.as_of == now
    assert subjects(path) == ["0", "1", "2"]
    assert done.kept == path.with_name("quarterlight.db.before-restore")
    assert done.kept is not None
    assert len(subjects(done.kept)) == 9
    restored = Database(f"sqlite:///{path}")
    with restored.reading() as session:
        held = hold.standing(session)
    restored.close()
    assert held is not None
    assert held.restored_from == now
    assert not path.with_name("quarterlight.db.restoring").exists()


def test_an_earlier_copy_is_never_written_over(
    database_file: Database, path: Path, tmp_path: Path, now: datetime
) -> None:
    copy = tmp_path / "copy.db"
    back_up(path, copy)
    database_file.close()
    names = [restore(copy, path, now + timedelta(days=day)).kept for day in range(3)]
    assert len(set(names)) == 3
    assert all(name is not None and name.exists() for name in names)


def test_what_a_killed_bot_had_only_in_its_journal_is_kept_too(
    database_file: Database, path: Path, tmp_path: Path, now: datetime
) -> None:
    copy = tmp_path / "copy.db"
    back_up(path, copy)
    write(database_file, range(9), now)
    torn = tmp_path / "torn" / "quarterlight.db"
    torn.parent.mkdir()
    for end in ("", "-wal"):
        torn.with_name(torn.name + end).write_bytes(path.with_name(path.name + end).read_bytes())
    done = restore(copy, torn, now)
    assert subjects(torn) == []
    assert done.kept is not None
    assert len(subjects(done.kept)) == 9


def test_a_database_that_is_damaged_or_gone_is_replaced_all_the_same(
    database_file: Database, path: Path, tmp_path: Path, now: datetime
) -> None:
    copy = tmp_path / "copy.db"
    write(database_file, range(3), now)
    back_up(path, copy)
    database_file.close()
    path.write_bytes(b"scrambled" * 999)
    done = restore(copy, path, now)
    assert subjects(path) == ["0", "1", "2"]
    assert done.kept is not None
    assert done.kept.read_bytes().startswith(b"scrambled")
    path.unlink()
    assert restore(copy, path, now).kept is None
    assert subjects(path) == ["0", "1", "2"]


def test_nothing_is_restored_while_the_bot_runs(
    database_file: Database, path: Path, tmp_path: Path, now: datetime
) -> None:
    copy = tmp_path / "copy.db"
    back_up(path, copy)
    write(database_file, range(3), now)
    with alone_on(database_file), pytest.raises(AnotherProcessError):
        restore(copy, path, now)
    assert len(subjects(path)) == 3


def foreign(path: Path) -> None:
    path.unlink()
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE holiday_photos (name TEXT)")


def newer(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")


def orphaned(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("PRAGMA foreign_keys = OFF")
        connection.execute(
            "INSERT INTO setting (name, value, changed_at, changed_by) VALUES ('x', 'y', 0, 77)"
        )


def torn(path: Path) -> None:
    whole = path.read_bytes()
    path.write_bytes(whole[:4096] + b"\x55" * 8192 + whole[12288:])


def cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:5000])


@pytest.mark.parametrize(
    ("spoil", "error", "words"),
    [
        (lambda path: path.write_text("a letter to the council"), BackupRefusedError, "cannot be"),
        (lambda path: path.write_bytes(b""), BackupRefusedError, "holds no records"),
        (foreign, BackupRefusedError, "holds no records"),
        (lambda path: path.unlink(), BackupRefusedError, "There is no file"),
        (torn, BackupRefusedError, "damaged|cannot be copied"),
        (cut, BackupRefusedError, "damaged|cannot be copied"),
        (orphaned, BackupRefusedError, "damaged"),
        (newer, SchemaError, "newer Quarterlight"),
    ],
    ids=["a letter", "empty", "another's", "gone", "torn", "cut short", "orphaned", "newer"],
)
def test_what_is_no_whole_backup_of_ours_changes_nothing(
    database_file: Database,
    path: Path,
    tmp_path: Path,
    now: datetime,
    spoil: Callable[[Path], object],
    error: type[Exception],
    words: str,
) -> None:
    copy = tmp_path / "copy.db"
    back_up(path, copy)
    write(database_file, range(3), now)
    database_file.close()
    spoil(copy)
    before = {one.name for one in path.parent.iterdir()}
    with pytest.raises(error, match=words):
        restore(copy, path, now)
    assert subjects(path) == ["0", "1", "2"]
    after = {one.name for one in path.parent.iterdir()} - {"quarterlight.db.lock"}
    assert after - before == set()


def test_the_last_change_is_the_latest_moment_the_records_tell_of(
    database_file: Database, now: datetime
) -> None:
    with database_file.reading() as session:
        assert backup.last_change(session) is None
    write(database_file, range(3), now)
    with database_file.reading() as session:
        assert backup.last_change(session) == now
        assert session.exec(select(AuditEntry)).first() is not None


def test_a_backup_of_an_earlier_version_is_brought_up_to_date(
    path: Path, tmp_path: Path, now: datetime
) -> None:
    (tmp_path / "older").mkdir()
    old = sqlite_file(kept.full(Files(tmp_path / "older"), kept.revisions()[0]))
    assert old is not None
    done = restore(old, path, now)
    restored = Database(f"sqlite:///{path}")
    assert migrate.is_current(restored)
    with restored.reading() as session:
        unsent = [line for line in outbox.ledger(session) if line.state not in SETTLED]
    restored.close()
    assert done.to_look_for > 0
    told = [line for line in unsent if line.kind != "sending_held"]
    assert len(told) == done.to_look_for
    assert {line.state for line in told} == {OutboxState.UNKNOWN}
    assert not list(path.parent.glob("*.restoring*"))
