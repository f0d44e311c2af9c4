"""What every file handed in through Slack has in common: who may, how it is known, its message.

It owns these pieces for the flows that read files. A file is known by what is in it. It must
not fetch a file: whoever does hands the content in.
"""

import hashlib
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from flows import posting, standing
from messages.notices.files import (
    CellFault,
    FiguresFound,
    FiguresKept,
    FileChecked,
    FileFaulty,
    FileImported,
    HeadingsUnknown,
)
from messages.notices.refusals import AlreadyImported, OutOfDate, PersonUnknown, Refused
from rules.permissions import Capability
from store import people
from store.importing.faults import Fault, Faults
from store.importing.registers.files import read_tables
from store.importing.registers.tables import Table

MOST_FAULTS = 100

Waiting = FileChecked | HeadingsUnknown | FiguresFound
"""What is told of a file that waits for its sender's word."""


@dataclass(frozen=True, slots=True)
class HandedIn:
    """A file as it was handed in. `form` is the number of the form that was sent (`numbered`)."""

    form: int
    file_id: str
    name: str
    content: bytes

    @property
    def digest(self) -> str:
        """What is in it, in few characters."""
        return hashlib.sha256(self.content).hexdigest()


@dataclass(frozen=True, slots=True)
class Read:
    """A file's tables, and the faults noted when it was read."""

    tables: tuple[Table, ...]
    faults: tuple[Fault, ...]

    def noted(self) -> Faults:
        """The faults so far, to add to."""
        return Faults(self.faults)


Refusal = Refused | PersonUnknown


def numbered(view_id: str) -> int:
    """The number of a form, from Slack's mark of it: the same however often it comes."""
    return int.from_bytes(hashlib.sha256(view_id.encode()).digest()[:7]) or 1


def may_import(session: Session, slack_id: str, now: datetime) -> int | Refusal:
    """Whether a person may import files; their number."""
    who = standing.asker(session, slack_id, now)
    if isinstance(who, PersonUnknown):
        return who
    if not standing.allowed_anywhere(who, Capability.SET_UP):
        return standing.refused(session, who, Capability.SET_UP, now)
    return who.number


def read(file: HandedIn) -> Read:
    """The tables of a file. Takes a while for a large one, and no database."""
    faults = Faults()
    return Read(read_tables(file.name, file.content, faults), tuple(faults))


def told_key(form: int, person: int) -> str:
    """The key of what is told of a file."""
    return f"import:{form}:person {person}"


def waiting(session: Session, slack_id: str, form: int) -> Waiting | AlreadyImported | OutOfDate:
    """The file that waits for its sender's word."""
    person = people.by_slack_id(session, slack_id)
    said = posting.said(session, told_key(form, person.number)) if person else None
    if isinstance(said, FileImported | FiguresKept):
        return AlreadyImported(said.file, said.by, said.at)
    return said if isinstance(said, Waiting) else OutOfDate()


def is_the_same(file: HandedIn, asked: Waiting) -> bool:
    """Whether a file is the one that was looked at."""
    return (file.file_id, file.digest) == (asked.file_id, asked.digest)


def not_fetched(name: str) -> FileFaulty:
    """A file Slack did not give."""
    reason = "Slack did not give me this file. Send it again in a minute."
    return FileFaulty(name or "the file", (CellFault("", reason),))


def changed_since(name: str) -> FileFaulty:
    """A file that is not the one that was looked at."""
    reason = "This is not the file that was looked at. Send it again."
    return FileFaulty(name, (CellFault("", reason),))


def faulty_file(name: str, faults: tuple[Fault, ...]) -> FileFaulty:
    """A file with its faults, as many as can be told."""
    shown = tuple(CellFault(place_of(name, one), one.reason) for one in faults[:MOST_FAULTS])
    return FileFaulty(name, shown, len(faults) - len(shown))


def place_of(name: str, fault: Fault) -> str:
    """Where a fault stands, for whoever knows which file it is."""
    sheet = fault.file.removeprefix(name).removeprefix(", ")
    return ", ".join(part for part in (sheet, fault.place.replace("_", " ")) if part)
