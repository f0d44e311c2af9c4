"""Partnerships by name, and the dated notes about one and its targets.

It owns these queries. It must not decide who reads them.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from sqlmodel import Session, col, or_, select

from rules.vocabulary import NoteKind
from store.tables import Block, Note, Partnership, Target


@dataclass(frozen=True, slots=True)
class PartnershipRecord:
    """A partnership by number and code. `block_name` is empty where it belongs to none."""

    number: int
    code: str
    name: str
    block_name: str


@dataclass(frozen=True, slots=True)
class NoteRecord:
    """A dated note. `ref` is that of the target it is about, empty for the partnership itself."""

    kind: NoteKind
    on_day: date
    text: str
    link: str
    ref: str


def every(session: Session) -> tuple[PartnershipRecord, ...]:
    """Every partnership, by name."""
    rows = session.exec(
        select(Partnership, Block.name)
        .outerjoin(Block, col(Block.id) == col(Partnership.block_id))
        .order_by(col(Partnership.name))
    )
    return tuple(
        PartnershipRecord(row.id or 0, row.code, row.name, block or "") for row, block in rows
    )


def target_numbers(session: Session, code: str) -> frozenset[int]:
    """The numbers of the targets of a partnership."""
    found = session.exec(
        select(Target.id)
        .join(Partnership, col(Partnership.id) == col(Target.partnership_id))
        .where(Partnership.code == code)
    )
    return frozenset(number for number in found if number is not None)


def notes(session: Session, partnership: int, targets: Collection[int]) -> tuple[NoteRecord, ...]:
    """The notes about a partnership and about these targets, newest first."""
    rows = session.exec(
        select(Note, Target.ref)
        .outerjoin(Target, col(Target.id) == col(Note.target_id))
        .where(or_(Note.partnership_id == partnership, col(Note.target_id).in_(targets)))
        .order_by(col(Note.on_day).desc(), col(Note.id).desc())
    )
    return tuple(
        NoteRecord(row.kind, row.on_day, row.text, row.link, ref or "") for row, ref in rows
    )
