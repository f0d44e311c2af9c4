"""A file handed in through Slack: looked at, told of, and kept when its sender says so.

It owns this use case. A file is known by what is in it: what is kept is what was looked at. It
must not fetch a file: whoever does hands the content in.
"""

import hashlib
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from flows import import_file, posting, standing
from flows.import_file import Looked
from messages.notices.files import (
    CellFault,
    FileChecked,
    FileFaulty,
    FileImported,
)
from messages.notices.refusals import AlreadyImported, OutOfDate, PersonUnknown, Refused
from rules.permissions import Capability
from store import people
from store.importing.faults import Fault, Faults, FaultyFilesError
from store.importing.registers.files import read_tables
from store.importing.registers.tables import Table

MOST_FAULTS = 100
MOST_DIFFERENCES = 40


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


def look(session: Session, file: HandedIn, found: Read, now: datetime) -> FileChecked | FileFaulty:
    """What a file would do, or every fault in it. Changes nothing."""
    try:
        looked = import_file.look(session, found.tables, found.noted(), now)
    except FaultyFilesError as faulty:
        return _faulty(file.name, faulty.faults)
    return _checked(file, looked)


def tell(
    session: Session,
    slack_id: str,
    form: int,
    notice: FileChecked | FileFaulty,
    now: datetime,
) -> None:
    """Tell whoever handed a file in what came of it, once for each form that was sent."""
    number = may_import(session, slack_id, now)
    if isinstance(number, int):
        posting.to_person(session, told_key(form, number), notice, number, due_at=now, now=now)


def told_key(form: int, person: int) -> str:
    """The key of what is told of a file."""
    return f"import:{form}:person {person}"


def waiting(
    session: Session, slack_id: str, form: int
) -> FileChecked | AlreadyImported | OutOfDate:
    """The file that waits for its sender's word."""
    person = people.by_slack_id(session, slack_id)
    said = posting.said(session, told_key(form, person.number)) if person else None
    if isinstance(said, FileImported):
        return AlreadyImported(said.file, said.by, said.at)
    return said if isinstance(said, FileChecked) else OutOfDate()


def keep(
    session: Session, slack_id: str, file: HandedIn, found: Read, now: datetime
) -> FileImported | AlreadyImported | FileFaulty | OutOfDate | Refusal:
    """Keep all a file says, if it is the one that was looked at, and say so in its place."""
    by = may_import(session, slack_id, now)
    if not isinstance(by, int):
        return by
    asked = waiting(session, slack_id, file.form)
    if not isinstance(asked, FileChecked):
        return asked
    if (file.file_id, file.digest) != (asked.file_id, asked.digest):
        return changed_since(asked.file)
    try:
        looked = import_file.bring_in(session, found.tables, found.noted(), by, now)
    except FaultyFilesError as faulty:
        return _faulty(file.name, faulty.faults)
    done = FileImported(asked.file, looked.counts, by, now)
    posting.anew(session, told_key(file.form, by), done, now=now)
    return done


def not_fetched(name: str) -> FileFaulty:
    """A file Slack did not give."""
    reason = "Slack did not give me this file. Send it again in a minute."
    return FileFaulty(name or "the file", (CellFault("", reason),))


def changed_since(name: str) -> FileFaulty:
    """A file that is not the one that was looked at."""
    reason = "This is not the file that was looked at. Send it again."
    return FileFaulty(name, (CellFault("", reason),))


def _faulty(name: str, faults: tuple[Fault, ...]) -> FileFaulty:
    shown = tuple(CellFault(_place(name, one), one.reason) for one in faults[:MOST_FAULTS])
    return FileFaulty(name, shown, len(faults) - len(shown))


def _place(name: str, fault: Fault) -> str:
    sheet = fault.file.removeprefix(name).removeprefix(", ")
    return ", ".join(part for part in (sheet, fault.place.replace("_", " ")) if part)


def _checked(file: HandedIn, looked: Looked) -> FileChecked:
    return FileChecked(
        file.name,
        file.form,
        file.file_id,
        file.digest,
        looked.counts,
        looked.differs[:MOST_DIFFERENCES],
        max(0, len(looked.differs) - MOST_DIFFERENCES),
        looked.left,
        looked.unread,
        looked.changes_anything,
    )
