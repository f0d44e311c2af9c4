"""Faults of the user's, said on standard error with what to do; the exit status is 2.

It owns the list of errors that are told so. Any other is a fault of ours and shows its trace.
"""

import sys
from typing import NoReturn

from bot.cli.exchange import CannotWriteError
from bot.entry import FAULT
from bot.rehearsal.performance import NothingToRehearseError
from bot.settings import SettingsError
from rules.calendar import CalendarRefusedError
from rules.quarters import QuarterNotUnderstoodError
from store.address import DatabaseError
from store.importing.faults import FaultyFilesError
from store.lock import AnotherProcessError
from store.migrate import SchemaError

USER_FAULTS = (
    SettingsError,
    SchemaError,
    DatabaseError,
    AnotherProcessError,
    QuarterNotUnderstoodError,
    CalendarRefusedError,
    NothingToRehearseError,
    CannotWriteError,
)


def show_faults(faulty: FaultyFilesError) -> NoReturn:
    """Print a line for each fault of the files, and end."""
    for fault in faulty.faults:
        sys.stderr.write(f"{fault}\n")
    count = len(faulty.faults)
    fail(f"{count} {'fault' if count == 1 else 'faults'} found. Nothing was loaded.")


def fail(words: str) -> NoReturn:
    """Print what to do, and end."""
    sys.stderr.write(f"{words}\n")
    sys.exit(FAULT)
