"""One process on one SQLite file."""

import subprocess
import sys
from pathlib import Path

import pytest

from store.database import Database
from store.lock import AnotherProcessError, alone_on

HOLDS_UNTIL_KILLED = """
import sys
from store.database import Database
from store.lock import alone_on
with alone_on(Database(sys.argv[1])):
    print("held", flush=True)
    sys.stdin.read()
"""


def test_a_second_process_is_refused_with_what_to_do(database_file: Database) -> None:
    with (
        alone_on(database_file),
        pytest.raises(AnotherProcessError, match=r"already running on quarterlight\.db"),
        alone_on(database_file),
    ):
        pass


def test_the_database_is_free_again_afterwards(database_file: Database) -> None:
    for _ in range(2):
        with alone_on(database_file):
            pass


def test_a_killed_process_leaves_no_lock_behind(tmp_path: Path, database_file: Database) -> None:
    url = f"sqlite:///{tmp_path / 'quarterlight.db'}"
    holder = subprocess.Popen(  # noqa: S603  # our own interpreter
        [sys.executable, "-c", HOLDS_UNTIL_KILLED, url],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        cwd=Path(__file__).parents[2],
    )
    with holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == b"held\n"
        with (
            pytest.raises(AnotherProcessError, match=f"process {holder.pid}"),
            alone_on(database_file),
        ):
            pass
        holder.kill()
    with alone_on(database_file):
        pass
