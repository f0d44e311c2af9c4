"""What hangs on targets and partnerships: links between targets, and dated notes.

It owns these rows. A link stands once, the smaller number first.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import Session, col, or_, select
from sqlmodel.sql.expression import SelectOfScalar

from rules.setup_beside import NotePlan
from rules.vocabulary import NoteKind
from store.tables import Note, Partnership, TargetLink


@dataclass(frozen=True, slots=True)
class About:
    """What a note is about: a target or a partnership, by number."""

    target: int | None = None
    partnership: int | None = None


@dataclass(frozen=True, slots=True)
class NoteRecord:
    """A note by number."""

    number: int
    about: About
    kind: NoteKind
    on_day: date
    text: str
    link: str

    @property
    def plan(self) -> NotePlan:
        """The note as its form holds it."""
        return NotePlan(self.kind, self.on_day, self.text, self.link)


def links(session: Session, target: int) -> tuple[int, ...]:
    """The numbers of the targets linked to one."""
    rows = session.exec(_links_of(target))
    return tuple(
        sorted(row.linked_id if row.target_id == target else row.target_id for row in rows)
    )


def keep_links(session: Session, target: int, wanted: Collection[int]) -> None:
    """Bring a target's links to these."""
    there = {
        row.linked_id if row.target_id == target else row.target_id: row
        for row in session.exec(_links_of(target)).all()
    }
    for gone in there.keys() - set(wanted):
        session.delete(there[gone])
    for new in set(wanted) - there.keys():
        session.add(TargetLink(target_id=min(target, new), linked_id=max(target, new)))
    session.flush()


def notes(session: Session, about: About) -> tuple[NoteRecord, ...]:
    """The notes about a target or a partnership, newest first."""
    rows = session.exec(
        select(Note)
        .where(Note.target_id == about.target, Note.partnership_id == about.partnership)
        .order_by(col(Note.on_day).desc(), col(Note.id).desc())
    )
    return tuple(_record(row) for row in rows)


def note(session: Session, number: int) -> NoteRecord | None:
    """A note, or none."""
    row = session.get(Note, number)
    return None if row is None else _record(row)


def keep_note(
    session: Session, number: int | None, about: About, plan: NotePlan, by: int, at: datetime
) -> int:
    """Bring a note to its plan, a new one without a number; its number."""
    if plan.on_day is None:
        raise ValueError("A note has a day.")
    row = session.get(Note, number) if number else None
    row = row or Note(
        target_id=about.target,
        partnership_id=about.partnership,
        kind=plan.kind,
        on_day=plan.on_day,
        text="",
        at=at,
    )
    row.kind, row.on_day, row.text, row.link = plan.kind, plan.on_day, plan.text, plan.link
    row.author_id, row.at = by, at
    session.add(row)
    session.flush()
    return row.id or 0


def remove_note(session: Session, number: int) -> None:
    """Take a note away."""
    session.delete(session.get_one(Note, number))
    session.flush()


def partnership_name(session: Session, number: int) -> str | None:
    """What a partnership is called, or none."""
    row = session.get(Partnership, number)
    return None if row is None else row.name


def _links_of(target: int) -> SelectOfScalar[TargetLink]:
    return select(TargetLink).where(
        or_(TargetLink.target_id == target, TargetLink.linked_id == target)
    )


def _record(row: Note) -> NoteRecord:
    about = About(row.target_id, row.partnership_id)
    return NoteRecord(row.id or 0, about, row.kind, row.on_day, row.text, row.link)
