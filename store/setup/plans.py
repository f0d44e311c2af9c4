"""Targets as plans: read whole, kept whole, and found by reference or words.

It owns the columns of a target and no judgement of them.
"""

from collections.abc import Collection
from dataclasses import dataclass, fields
from typing import Any

from sqlalchemy import func
from sqlmodel import Session, col, or_, select

from rules.setup_target import SMART, TargetPlan
from store.tables import Block, KindRow, Partnership, Target
from store.targets import literal

OWN = frozenset({"block", "partnership", "due", "green", "amber", "mode", "smart"})
SAME = tuple(field.name for field in fields(TargetPlan) if field.name not in OWN)
"""What the plan and the row call the same."""


@dataclass(frozen=True, slots=True)
class TargetName:
    """A target by number, with what people call it."""

    number: int
    ref: str
    title: str


@dataclass(frozen=True, slots=True)
class Offer:
    """What the records offer to choose from: values with their words."""

    kind: dict[str, str]
    block: dict[str, str]
    partnership: dict[str, str]

    def of(self, field: str) -> dict[str, str]:
        """The values of one field, none for a field whose values do not come from records."""
        return {"kind": self.kind, "block": self.block, "partnership": self.partnership}.get(
            field, {}
        )


def find(session: Session, number: int) -> TargetPlan | None:
    """A target as it stands, or none."""
    row = session.get(Target, number)
    return None if row is None else plan_of(row)


def plan_of(row: Target) -> TargetPlan:
    """A row as a plan."""
    return TargetPlan(
        **{name: getattr(row, name) for name in SAME},
        block=str(row.block_id),
        partnership=str(row.partnership_id),
        due=tuple(number for number in row.due_quarters.split(",") if number in set("1234")),
        green=row.green_tolerance,
        amber=row.amber_tolerance,
        mode=row.tolerance_mode,
        smart=tuple(name for name in SMART if getattr(row, name)),
    )


def keep(session: Session, number: int, plan: TargetPlan) -> None:
    """Bring a target to its plan."""
    row = session.get_one(Target, number)
    for name, value in _columns(plan).items():
        setattr(row, name, value)
    session.add(row)
    session.flush()


def add(session: Session, plan: TargetPlan) -> int:
    """A new target; its number."""
    row = Target(**_columns(plan))
    session.add(row)
    session.flush()
    return row.id or 0


def offer(session: Session) -> Offer:
    """The kinds, blocks and partnerships there are."""
    kinds = session.exec(select(KindRow).order_by(KindRow.label))
    blocks = session.exec(select(Block).order_by(col(Block.position), Block.name))
    partnerships = session.exec(select(Partnership).order_by(Partnership.name))
    return Offer(
        {one.code: one.label for one in kinds},
        {str(one.id): one.name for one in blocks},
        {str(one.id): one.name for one in partnerships},
    )


def search(session: Session, words: str, most: int) -> tuple[tuple[TargetName, ...], int]:
    """Targets whose reference or title holds every word, at most so many; and how many do.

    One whose reference is these very words comes first.
    """
    fits = [
        or_(
            col(Target.ref).ilike(f"%{literal(word)}%", escape="\\"),
            col(Target.title).ilike(f"%{literal(word)}%", escape="\\"),
        )
        for word in words.split()
    ]
    exact = func.lower(col(Target.ref)) == words.strip().lower()
    query = select(Target.id, Target.ref, Target.title).where(*fits)
    rows = session.exec(query.order_by(exact.desc(), col(Target.ref)).limit(most))
    count = session.exec(select(func.count()).select_from(Target).where(*fits)).one()
    return tuple(TargetName(number or 0, ref, title) for number, ref, title in rows), count


def names(session: Session, numbers: Collection[int]) -> tuple[TargetName, ...]:
    """These targets, as far as they exist, by reference."""
    rows = session.exec(
        select(Target.id, Target.ref, Target.title)
        .where(col(Target.id).in_(numbers))
        .order_by(col(Target.ref))
    )
    return tuple(TargetName(number or 0, ref, title) for number, ref, title in rows)


def _columns(plan: TargetPlan) -> dict[str, Any]:
    return {
        **{name: getattr(plan, name) for name in SAME},
        "block_id": int(plan.block),
        "partnership_id": int(plan.partnership),
        "due_quarters": ",".join(plan.due) or "0",
        "green_tolerance": plan.green,
        "amber_tolerance": plan.amber,
        "tolerance_mode": plan.mode,
        **{name: name in plan.smart for name in SMART},
    }
