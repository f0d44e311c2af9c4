"""Everything the records hold is handed out, in the forms it is imported in.

It owns this use case. It must not write a file.
"""

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from flows import standing
from messages.notices.refusals import PersonUnknown, Refused
from rules.permissions import Capability
from store import audit
from store.exporting.files import workbook_of
from store.exporting.sheets import Sheet, sheets_of


def everything(session: Session) -> tuple[Sheet, ...]:
    """Every form that something stands of."""
    return sheets_of(session)


@dataclass(frozen=True, slots=True)
class Written:
    """Everything in one workbook."""

    content: bytes
    rows: int


def workbook(session: Session, slack_id: str, now: datetime) -> Written | Refused | PersonUnknown:
    """Everything in a workbook, for the central team; the audit says who took it."""
    who = standing.asker(session, slack_id, now)
    if isinstance(who, PersonUnknown):
        return who
    if not standing.allowed_anywhere(who, Capability.SET_UP):
        return standing.refused(session, who, Capability.SET_UP, now)
    audit.record(session, at=now, actor=who.number, action="exported", subject="everything")
    sheets = everything(session)
    return Written(workbook_of(sheets), sum(len(sheet.rows) for sheet in sheets))
