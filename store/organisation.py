"""Blocks, partnerships and kinds as the set-up sees them, and what hangs on each.

It owns these rows being read and changed one at a time. It must not judge a change; a file's
whole organisation is read by `store/importing`.
"""

from dataclasses import dataclass
from datetime import date

from sqlmodel import Session, SQLModel, col, func, select

from rules.kinds import TargetKind
from rules.quarters import Quarter
from rules.vocabulary import RoleScope
from store.tables import (
    Block,
    BlockFocusRow,
    GrantPotential,
    KindRow,
    LightResult,
    Note,
    Partnership,
    RoleAssignment,
    SpendLine,
    Target,
)


@dataclass(frozen=True, slots=True)
class BlockRecord:
    """A block by number, in its place in the order."""

    number: int
    code: str
    name: str
    position: int


@dataclass(frozen=True, slots=True)
class PartnershipRecord:
    """A partnership by number; `block` is a number, or none."""

    number: int
    code: str
    name: str
    block: int | None
    data_sharing_agreed_on: date | None


def blocks(session: Session) -> tuple[BlockRecord, ...]:
    """Every block, in order."""
    rows = session.exec(select(Block).order_by(col(Block.position), col(Block.id)))
    return tuple(BlockRecord(row.id or 0, row.code, row.name, row.position) for row in rows)


def partnerships(session: Session) -> tuple[PartnershipRecord, ...]:
    """Every partnership, by name."""
    rows = session.exec(select(Partnership).order_by(col(Partnership.name), col(Partnership.id)))
    return tuple(
        PartnershipRecord(row.id or 0, row.code, row.name, row.block_id, row.data_sharing_agreed_on)
        for row in rows
    )


def kinds(session: Session) -> tuple[TargetKind, ...]:
    """Every kind of target, by label."""
    rows = session.exec(select(KindRow).order_by(col(KindRow.label), col(KindRow.code)))
    return tuple(
        TargetKind(
            row.code,
            row.label,
            row.collected,
            row.escalates,
            row.carries_grant,
            row.light_only,
            row.agreed_first,
            row.annex,
        )
        for row in rows
    )


def add_block(session: Session, code: str, name: str) -> int:
    """Keep a new block after all the others; its number."""
    row = Block(code=code, name=name, position=len(blocks(session)))
    session.add(row)
    session.flush()
    return row.id or 0


def name_block(session: Session, number: int, name: str) -> None:
    """Keep a block's name."""
    session.get_one(Block, number).name = name


def order_blocks(session: Session, numbers: tuple[int, ...]) -> None:
    """Keep the order of all blocks."""
    for position, number in enumerate(numbers):
        session.get_one(Block, number).position = position
    session.flush()


def keep_partnership(session: Session, record: PartnershipRecord) -> int:
    """Keep a partnership, a new one where its number is 0; its number."""
    row = session.get(Partnership, record.number) if record.number else None
    row = row or Partnership(code=record.code, name=record.name)
    row.name, row.block_id = record.name, record.block
    row.data_sharing_agreed_on = record.data_sharing_agreed_on
    session.add(row)
    session.flush()
    return row.id or 0


def keep_kind(session: Session, kind: TargetKind) -> None:
    """Keep a kind, whether it stood before or not."""
    row = session.get(KindRow, kind.code) or KindRow(code=kind.code, label=kind.label)
    row.label, row.collected, row.escalates = kind.label, kind.collected, kind.escalates
    row.carries_grant, row.light_only = kind.carries_grant, kind.light_only
    row.agreed_first, row.annex = kind.agreed_first, kind.annex
    session.add(row)
    session.flush()


def remove_block(session: Session, number: int) -> None:
    """Take a block away; nothing may hang on it."""
    session.delete(session.get_one(Block, number))
    session.flush()


def remove_partnership(session: Session, number: int) -> None:
    """Take a partnership away; nothing may hang on it."""
    session.delete(session.get_one(Partnership, number))
    session.flush()


def uses_of_block(session: Session, number: int) -> int:
    """How many records of any kind hang on a block, former roles too."""
    return sum(
        _count(session, table, column, number)
        for table, column in (
            (Target, Target.block_id),
            (Partnership, Partnership.block_id),
            (RoleAssignment, RoleAssignment.block_id),
            (BlockFocusRow, BlockFocusRow.block_id),
            (SpendLine, SpendLine.block_id),
        )
    )


def uses_of_partnership(session: Session, number: int) -> int:
    """How many records of any kind hang on a partnership, former roles too."""
    return sum(
        _count(session, table, column, number)
        for table, column in (
            (Target, Target.partnership_id),
            (RoleAssignment, RoleAssignment.partnership_id),
            (Note, Note.partnership_id),
            (LightResult, LightResult.partnership_id),
        )
    )


def targets_by_block(session: Session) -> dict[int, int]:
    """How many targets each block has."""
    return _counts(session, Target.block_id)


def targets_by_partnership(session: Session) -> dict[int, int]:
    """How many targets each partnership has."""
    return _counts(session, Target.partnership_id)


def targets_by_kind(session: Session) -> dict[str, int]:
    """How many targets there are of each kind."""
    rows = session.exec(select(Target.kind, func.count()).group_by(col(Target.kind)))
    return dict(rows.all())


def with_grant(session: Session, kind: str) -> int:
    """How many targets of a kind have grant to earn."""
    found = session.exec(
        select(func.count())
        .select_from(GrantPotential)
        .join(Target, col(Target.id) == col(GrantPotential.target_id))
        .where(Target.kind == kind)
    )
    return found.one()


def targets_of(session: Session, partnership: int) -> tuple[tuple[int, str], ...]:
    """Number and name of each target of a partnership, by reference."""
    rows = session.exec(
        select(Target).where(Target.partnership_id == partnership).order_by(col(Target.ref))
    )
    return tuple((row.id or 0, f"{row.ref} {row.title}") for row in rows)


def partnership_of(session: Session, target: int) -> int | None:
    """The partnership a target belongs to, or none where there is no such target."""
    row = session.get(Target, target)
    return None if row is None else row.partnership_id


def name_of(session: Session, scope: RoleScope, number: int) -> str | None:
    """What people call a block, a partnership or a target, or none where there is none."""
    if scope is RoleScope.TARGET:
        target = session.get(Target, number)
        return None if target is None else f"{target.ref} {target.title}"
    if scope is RoleScope.BLOCK:
        block = session.get(Block, number)
        return None if block is None else block.name
    partnership = session.get(Partnership, number)
    return None if partnership is None else partnership.name


def focus(session: Session) -> dict[Quarter, int]:
    """The number of the block in focus, by quarter."""
    return {row.quarter: row.block_id for row in session.exec(select(BlockFocusRow))}


def keep_focus(session: Session, quarter: Quarter, block: int | None) -> None:
    """Keep the block in focus in a quarter, or that there is none."""
    row = session.get(BlockFocusRow, quarter)
    if block is None:
        if row is not None:
            session.delete(row)
    elif row is None:
        session.add(BlockFocusRow(quarter=quarter, block_id=block))
    else:
        row.block_id = block
    session.flush()


def _count(session: Session, table: type[SQLModel], column: object, number: int) -> int:
    query = select(func.count()).select_from(table).where(col(column) == number)
    return session.exec(query).one()


def _counts(session: Session, column: int) -> dict[int, int]:
    rows = session.exec(select(column, func.count()).group_by(col(column)))
    return dict(rows.all())
