"""Seals over the audit: each hashes a batch of entries and the seal before it.

It owns the form that is hashed, sealing and checking. A changed, removed or slipped-in entry
breaks its seal and is reported with the numbers it lies between.
"""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import text
from sqlmodel import Session, col, select

from store.tables import AuditEntry, AuditSeal

BATCH = 500
"""Entries in one seal: few enough that the transaction stays short."""


@dataclass(frozen=True, slots=True)
class AuditFault:
    """A seal that does not hold, and the audit entries it covers."""

    seal: int
    first_entry: int
    last_entry: int
    words: str


def seal(session: Session, now: datetime) -> int:
    """Seal the oldest entries that are not sealed, one batch; how many. 0 when all are."""
    _wait_for_writers(session)
    last = session.exec(select(AuditSeal).order_by(col(AuditSeal.id).desc()).limit(1)).first()
    after, before = (last.last_entry, last.digest) if last else (0, "")
    entries = session.exec(
        select(AuditEntry)
        .where(col(AuditEntry.id) > after)
        .order_by(col(AuditEntry.id))
        .limit(BATCH)
    ).all()
    if not entries:
        return 0
    session.add(
        AuditSeal(
            first_entry=entries[0].id or 0,
            last_entry=entries[-1].id or 0,
            sealed_at=now,
            digest=_digest(before, entries),
        )
    )
    return len(entries)


def verify(session: Session) -> tuple[AuditFault, ...]:
    """Every seal that does not hold, oldest first; empty when the record is whole."""
    faults = []
    after, before = 0, ""
    for kept in session.exec(select(AuditSeal).order_by(col(AuditSeal.id))):
        entries = session.exec(
            select(AuditEntry)
            .where(col(AuditEntry.id) > after, col(AuditEntry.id) <= kept.last_entry)
            .order_by(col(AuditEntry.id))
        ).all()
        if _digest(before, entries) != kept.digest:
            faults.append(_fault(kept))
        after, before = kept.last_entry, kept.digest
    return tuple(faults)


def _wait_for_writers(session: Session) -> None:
    # PostgreSQL hands out numbers before it commits: an entry still on its way could get a
    # number below the seal. The lock waits for those. SQLite has one writer.
    if session.get_bind().dialect.name == "postgresql":
        session.connection().execute(text("LOCK TABLE audit_entry IN SHARE MODE"))


def _digest(before: str, entries: Iterable[AuditEntry]) -> str:
    hashed = hashlib.sha256(before.encode())
    for entry in entries:
        hashed.update(b"\n" + _form(entry).encode())
    return hashed.hexdigest()


def _form(entry: AuditEntry) -> str:
    return json.dumps(
        [
            entry.id,
            entry.at.isoformat(),
            entry.actor,
            entry.rule,
            entry.action,
            entry.subject,
            entry.before,
            entry.after,
        ],
        ensure_ascii=False,
    )


def _fault(kept: AuditSeal) -> AuditFault:
    return AuditFault(
        kept.id or 0,
        kept.first_entry,
        kept.last_entry,
        f"Audit entries {kept.first_entry} to {kept.last_entry} are not as they were sealed. "
        "Compare them with a backup.",
    )
