"""Drafts: what people have typed for a return and not yet sent.

It owns these rows. What was typed later stays, in whatever order deliveries come. It must not
say who may see a draft: that is for the flows.
"""

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, select

from rules.quarters import Quarter
from store.tables import Draft


@dataclass(frozen=True, slots=True)
class DraftRecord:
    """What one person, by number, has typed and not yet sent; each step is JSON or empty."""

    author: int
    figure_step: str
    commentary_step: str
    saved_at: datetime


def of_author(session: Session, target: int, quarter: Quarter, author: int) -> DraftRecord | None:
    """A person's draft of a return, or none."""
    row = _row(session, target, quarter, author)
    return None if row is None else _record(row)


def newest_of_others(
    session: Session, target: int, quarter: Quarter, author: int
) -> DraftRecord | None:
    """The draft of a return that somebody else than this person saved last, or none."""
    row = session.exec(
        select(Draft)
        .where(
            Draft.target_id == target,
            Draft.quarter == quarter,
            col(Draft.author_id) != author,
        )
        .order_by(col(Draft.saved_at).desc(), col(Draft.id).desc())
    ).first()
    return None if row is None else _record(row)


def save(
    session: Session,
    target: int,
    quarter: Quarter,
    author: int,
    *,
    now: datetime,
    typed_at: datetime | None = None,
    figure_step: str | None = None,
    commentary_step: str | None = None,
) -> bool:
    """Keep what was typed in a step; the other step stays as it was. Whether it was kept.

    `typed_at` is when it was typed, or none for a form that was sent: what was sent is always
    kept, but never what was typed before something kept already.
    """
    row = _row(session, target, quarter, author) or Draft(
        target_id=target, quarter=quarter, author_id=author, saved_at=now
    )
    newer = {
        f"{step}_step": text
        for step, text in (("figure", figure_step), ("commentary", commentary_step))
        if text is not None and _is_newest(getattr(row, f"{step}_at"), typed_at)
    }
    if not newer:
        return False
    for name, text in newer.items():
        at = name.replace("_step", "_at")
        setattr(row, name, text)
        setattr(row, at, _later(getattr(row, at), typed_at, now))
    row.saved_at = now
    session.add(row)
    session.flush()
    return True


def drop(session: Session, target: int, quarter: Quarter, author: int) -> None:
    """Forget a draft once its return is kept."""
    row = _row(session, target, quarter, author)
    if row is not None:
        session.delete(row)
        session.flush()


def _is_newest(before: datetime | None, typed_at: datetime | None) -> bool:
    return before is None or typed_at is None or typed_at >= before


def _later(before: datetime | None, typed_at: datetime | None, now: datetime) -> datetime:
    at = typed_at or now
    return at if before is None else max(before, at)


def _row(session: Session, target: int, quarter: Quarter, author: int) -> Draft | None:
    return session.exec(
        select(Draft).where(
            Draft.target_id == target, Draft.quarter == quarter, Draft.author_id == author
        )
    ).first()


def _record(row: Draft) -> DraftRecord:
    return DraftRecord(row.author_id, row.figure_step, row.commentary_step, row.saved_at)


def drafted(session: Session, quarter: Quarter) -> frozenset[int]:
    """The targets somebody has typed something for and not sent it, by number."""
    return frozenset(session.exec(select(Draft.target_id).where(Draft.quarter == quarter)))
