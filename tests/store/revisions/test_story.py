"""The data of the newest revision can be kept at any time, for whoever adds the next one."""

from pathlib import Path

from store import migrate
from store.importing.programme import Programme
from tests.bot.programmes import some
from tests.store.revisions import kept
from tests.store.revisions.__main__ import keep_newest
from tests.store.revisions.story import CORRECTED, LATE, NEVER

FEW = {LATE, CORRECTED, NEVER, "LAA1-04", "LAA1-06", "LAA1-11", "LAA2-NI163"}


def test_a_quarter_rehearsed_at_the_newest_revision_fills_every_table(
    tmp_path: Path, programme: Programme
) -> None:
    file = keep_newest(tmp_path, some(programme, FEW))
    assert file.name == f"{migrate.newest()}.json.gz"
    tables = kept.read(file)
    assert [name for name, rows in tables.items() if not rows] == []
