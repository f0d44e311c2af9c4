"""What is collected beside returns: partnerships' results, spend, and how sheets are read."""

from datetime import datetime
from decimal import Decimal

from sqlalchemy import CheckConstraint, Text, UniqueConstraint
from sqlmodel import Field, SQLModel

from rules.quarters import Quarter
from store.columns import Exact, Instant, QuarterLabel


class ColumnMapping(SQLModel, table=True):
    """How a block's own sheet is read: a name, and our columns by theirs as JSON."""

    __tablename__ = "column_mapping"
    __table_args__ = (UniqueConstraint("name", name="uq_column_mapping_name"),)

    id: int | None = Field(default=None, primary_key=True)
    name: str = Field(max_length=100)
    columns: str = Field(sa_type=Text)
    changed_by: int | None = Field(default=None, foreign_key="person.id")
    changed_at: datetime = Field(sa_type=Instant)


class LightResult(SQLModel, table=True):
    """How many of a partnership's indicators of a kind are on target in a quarter (§10)."""

    __tablename__ = "light_result"
    __table_args__ = (
        UniqueConstraint(
            "partnership_id", "kind", "quarter", name="uq_light_result_partnership_quarter"
        ),
        CheckConstraint(
            "0 <= on_target AND on_target <= returned AND returned <= due AND due <= managed",
            name="ck_light_result_counts",
        ),
    )

    id: int | None = Field(default=None, primary_key=True)
    partnership_id: int = Field(foreign_key="partnership.id")
    kind: str = Field(foreign_key="target_kind.code", max_length=40)
    quarter: Quarter = Field(sa_type=QuarterLabel)
    managed: int
    due: int
    returned: int
    on_target: int


class SpendLine(SQLModel, table=True):
    """A block's spend in a half of a financial year, in pounds. None is not provided, not 0.

    `year` is the calendar year the financial year begins in.
    """

    __tablename__ = "spend_line"
    __table_args__ = (
        UniqueConstraint("block_id", "year", "half", name="uq_spend_line_block_half"),
        CheckConstraint("half IN (1, 2)", name="ck_spend_line_half"),
    )

    id: int | None = Field(default=None, primary_key=True)
    block_id: int = Field(foreign_key="block.id")
    year: int
    half: int
    planned: Decimal | None = Field(default=None, sa_type=Exact)
    actual: Decimal | None = Field(default=None, sa_type=Exact)
