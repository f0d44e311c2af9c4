"""A second process is refused before anything slow is loaded."""

import subprocess
import sys
from pathlib import Path

from store.lock import alone_at

HEAVY = ("slack_bolt", "sqlmodel", "alembic", "aiohttp", "apscheduler", "jinja2", "typer")
LOADED = """
import sys
from bot.entry import main
sys.argv = ["quarterlight", "run"]
try:
    main()
finally:
    print(*sys.modules, file=sys.stdout)
"""


def test_a_second_process_is_refused_before_anything_slow_is_loaded(tmp_path: Path) -> None:
    (tmp_path / "var").mkdir()
    file = tmp_path / "var" / "quarterlight.db"
    file.touch()
    with alone_at(file):
        second = subprocess.run(  # noqa: S603  # our own interpreter
            [sys.executable, "-c", LOADED],
            cwd=tmp_path,
            env={"PYTHONPATH": str(Path(__file__).parents[2])},
            capture_output=True,
            text=True,
            check=False,
        )
    assert second.returncode == 2
    assert "already running on quarterlight.db" in second.stderr
    assert "Nothing was changed." in second.stderr
    loaded = second.stdout.split()
    assert "bot.settings" in loaded
    assert not [name for name in HEAVY if name in loaded]
