"""The audit: who did what, when, and how it stood before and after.

It owns writing entries and reading them back as text. The table refuses change and deletion;
`store/seals.py` shows it if somebody went past that. An entry carries our own person number,
never a name, so a person can be pseudonymised without touching it.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields, is_dataclass
from datetime import date, datetime, time
from decimal import Decimal

from sqlmodel import Session, col, insert, select

from rules.quarters import Quarter
from store.tables import AuditEntry


def record(
    session: Session,
    *,
    at: datetime,
    actor: int | None = None,
    rule: str = "",
    action: str,
    subject: str,
    before: object | None = None,
    after: object | None = None,
) -> None:
    """Add an entry in this transaction.

    `actor` is a person's number; `rule` names the rule or command where nobody acted.
    `before` and `after` are frozen values (dataclasses, mappings, sequences or plain ones).
    Raises `TypeError` for a value that has no text.
    """
    session.add(
        AuditEntry(
            at=at,
            actor=actor,
            rule=rule,
            action=action,
            subject=subject,
            before=as_text(before),
            after=as_text(after),
        )
    )


def latest(session: Session, subject: str) -> tuple[int | None, datetime] | None:
    """Who last changed something, and when; none where nobody did. None is a rule."""
    query = select(AuditEntry).where(AuditEntry.subject == subject)
    row = session.exec(query.order_by(col(AuditEntry.id).desc()).limit(1)).first()
    return None if row is None else (row.actor, row.at)


def record_all(
    session: Session, entries: Sequence["Entry"], *, at: datetime, actor: int | None, rule: str
) -> None:
    """Add many entries at once, in their order."""
    if entries:
        rows = [
            {
                "action": entry.action,
                "subject": entry.subject,
                "before": as_text(entry.before),
                "after": as_text(entry.after),
                "at": at,
                "actor": actor,
                "rule": rule,
            }
            for entry in entries
        ]
        session.execute(insert(AuditEntry), rows)


@dataclass(frozen=True, slots=True)
class Entry:
    """What was done to what, and how it stood before and after."""

    action: str
    subject: str
    before: object | None = None
    after: object | None = None


def as_text(value: object | None) -> str:
    """A value as JSON in one fixed form: figures as their digits, dates ISO, nothing as ""."""
    if value is None:
        return ""
    return json.dumps(_plain(value), ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def _plain(value: object) -> object:
    if value is None or isinstance(value, bool | int | str):
        return value
    if isinstance(value, Decimal):
        return format(value, "f")
    if isinstance(value, date | datetime | time):
        return value.isoformat()
    if isinstance(value, Quarter):
        return value.label
    return _plain_many(value)


def _plain_many(value: object) -> object:
    if is_dataclass(value) and not isinstance(value, type):
        return {field.name: _plain(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, Mapping):
        return {str(key): _plain(part) for key, part in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(part) for part in value]
    if isinstance(value, set | frozenset):
        return sorted(str(_plain(part)) for part in value)
    raise TypeError(f"The audit has no text for a {type(value).__name__}.")
