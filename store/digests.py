"""Digests as they were issued, so that what a board was told can be shown again.

It owns these rows only.
"""

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, select

from rules.quarters import Quarter
from store.tables import DigestIssue


@dataclass(frozen=True, slots=True)
class IssueRecord:
    """A digest as issued. `body` is its parts as JSON, `check_sum` their SHA-256."""

    quarter: Quarter
    version: int
    as_of: datetime
    check_sum: str
    parts: int
    body: str


def latest(session: Session, quarter: Quarter) -> IssueRecord | None:
    """The latest digest issued for a quarter, or none."""
    row = session.exec(
        select(DigestIssue)
        .where(DigestIssue.quarter == quarter)
        .order_by(col(DigestIssue.version).desc())
    ).first()
    if row is None:
        return None
    return IssueRecord(row.quarter, row.version, row.as_of, row.check_sum, row.parts, row.body)


def newest(session: Session) -> tuple[Quarter, datetime] | None:
    """The latest quarter that has a digest, and the moment of its records; or none."""
    found = session.exec(
        select(col(DigestIssue.quarter), col(DigestIssue.as_of)).order_by(
            col(DigestIssue.quarter).desc(), col(DigestIssue.version).desc()
        )
    ).first()
    return None if found is None else (found[0], found[1])


def keep(session: Session, record: IssueRecord) -> None:
    """Keep a digest as issued."""
    session.add(
        DigestIssue(
            quarter=record.quarter,
            version=record.version,
            as_of=record.as_of,
            check_sum=record.check_sum,
            parts=record.parts,
            body=record.body,
        )
    )
    session.flush()
