"""A file handed in through Slack: looked at, told of, and kept when its sender says so.

It owns this use case. What is kept is what was looked at.
"""

from datetime import datetime

from sqlmodel import Session

from flows import handed_sheet, import_file, posting
from flows.handing_in import (
    HandedIn,
    Read,
    Refusal,
    Waiting,
    changed_since,
    faulty_file,
    is_the_same,
    may_import,
    told_key,
    waiting,
)
from flows.import_file import Looked
from messages.notices.files import FileChecked, FileFaulty, FileImported
from messages.notices.refusals import AlreadyImported, OutOfDate
from store.importing.faults import FaultyFilesError
from store.importing.registers.forms import form_called
from store.importing.registers.tables import Table

MOST_DIFFERENCES = 40


def look(session: Session, file: HandedIn, found: Read, now: datetime) -> Waiting | FileFaulty:
    """What a file would do, or every fault in it. Changes nothing."""
    if not found.faults and found.tables and not any(map(has_form, found.tables)):
        return handed_sheet.look(session, file, found.tables[0], now)
    try:
        looked = import_file.look(session, found.tables, found.noted(), now)
    except FaultyFilesError as faulty:
        return faulty_file(file.name, faulty.faults)
    return _checked(file, looked)


def tell(
    session: Session,
    slack_id: str,
    form: int,
    notice: Waiting | FileFaulty,
    now: datetime,
) -> None:
    """Tell whoever handed a file in what came of it, once for each form that was sent."""
    number = may_import(session, slack_id, now)
    if isinstance(number, int):
        posting.to_person(session, told_key(form, number), notice, number, due_at=now, now=now)


def keep(
    session: Session, slack_id: str, file: HandedIn, found: Read, now: datetime
) -> FileImported | AlreadyImported | FileFaulty | OutOfDate | Refusal:
    """Keep all a file says, if it is the one that was looked at, and say so in its place."""
    by = may_import(session, slack_id, now)
    if not isinstance(by, int):
        return by
    asked = waiting(session, slack_id, file.form)
    if not isinstance(asked, FileChecked):
        return asked if isinstance(asked, AlreadyImported) else OutOfDate()
    if not is_the_same(file, asked):
        return changed_since(asked.file)
    try:
        looked = import_file.bring_in(session, found.tables, found.noted(), by, now)
    except FaultyFilesError as faulty:
        return faulty_file(file.name, faulty.faults)
    done = FileImported(asked.file, looked.counts, by, now)
    posting.anew(session, told_key(file.form, by), done, now=now)
    return done


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


def has_form(table: Table) -> bool:
    """Whether a table's name says one of our forms."""
    return form_called(table.title) is not None
