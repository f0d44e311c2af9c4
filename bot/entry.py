"""The first step of the command: what can be refused at once is refused before all is loaded.

It owns this one question: is another process on the SQLite file that this one would work on?
Loading the rest takes seconds. Whoever is let through asks again when it begins (`bot/service.py`).
"""

import sys

from bot.settings import SettingsError, database_url
from store.address import DatabaseError, sqlite_file
from store.lock import AnotherProcessError, alone_at

FAULT = 2
"""The exit status of a command that met a fault of the user's."""
NEED_THE_FILE = frozenset({"run", "web"})


def main() -> None:
    """Run the command line."""
    if NEED_THE_FILE.intersection(sys.argv[1:2]):
        _refuse_a_second()
    from bot.cli import main as run  # noqa: PLC0415  # this is what takes seconds

    run()


def _refuse_a_second() -> None:
    try:
        file = sqlite_file(database_url())
        if file is not None and file.exists():
            with alone_at(file):
                pass
    except AnotherProcessError as other:
        sys.stderr.write(f"{other}\n")
        sys.exit(FAULT)
    except (SettingsError, DatabaseError):
        return  # told with all other faults of the settings in a moment
