"""Who is who: people, what they are responsible for, blocks and partnerships (specification §2)."""

from datetime import date, time

from sqlalchemy import CheckConstraint, Index, UniqueConstraint, text
from sqlmodel import Field, SQLModel

from rules.vocabulary import Role, RoleScope
from store.columns import OneOf, words_of

ONE_HOLDER_A_TARGET = (
    "role IN ('TARGET_LEAD', 'TARGET_SPONSOR') AND ends IS NULL AND scope = 'TARGET'"
)
ONE_HOLDER_A_BLOCK = "role = 'BLOCK_PERFORMANCE_LEAD' AND ends IS NULL"
ONE_HOLDER_A_PARTNERSHIP = "role = 'LIAISON_OFFICER' AND ends IS NULL"


class Person(SQLModel, table=True):
    """A person the bot knows. No other personal data than these, their roles and their leave.

    `day_starts` and `day_ends` are the person's working hours in their own zone; none follows
    the settings, as an empty zone does.
    """

    __tablename__ = "person"
    __table_args__ = (UniqueConstraint("slack_user_id", name="uq_person_slack_user_id"),)

    id: int | None = Field(default=None, primary_key=True)
    slack_user_id: str = Field(max_length=40)
    label: str = Field(max_length=300)
    zone: str = Field(default="", max_length=60)
    active: bool = True
    direct_channel: str | None = Field(default=None, max_length=40)
    day_starts: time | None = None
    day_ends: time | None = None


class Leave(SQLModel, table=True):
    """Days a person is away, the last one included, and who answers in their place."""

    __tablename__ = "leave"
    __table_args__ = (
        CheckConstraint("ends >= starts", name="ck_leave_dates"),
        CheckConstraint(
            "delegate_id IS NULL OR delegate_id != person_id", name="ck_leave_delegate_is_another"
        ),
        Index("ix_leave_person", "person_id"),
        Index("ix_leave_delegate", "delegate_id"),
    )

    id: int | None = Field(default=None, primary_key=True)
    person_id: int = Field(foreign_key="person.id")
    starts: date
    ends: date
    delegate_id: int | None = Field(default=None, foreign_key="person.id")


class Block(SQLModel, table=True):
    """A grouping for reports and focus."""

    __tablename__ = "block"
    __table_args__ = (UniqueConstraint("code", name="uq_block_code"),)

    id: int | None = Field(default=None, primary_key=True)
    code: str = Field(max_length=40)
    name: str = Field(max_length=300)
    position: int = 0


class Partnership(SQLModel, table=True):
    """A thematic partnership, which owns targets."""

    __tablename__ = "partnership"
    __table_args__ = (UniqueConstraint("code", name="uq_partnership_code"),)

    id: int | None = Field(default=None, primary_key=True)
    code: str = Field(max_length=60)
    name: str = Field(max_length=300)
    block_id: int | None = Field(default=None, foreign_key="block.id")
    data_sharing_agreed_on: date | None = None


class RoleAssignment(SQLModel, table=True):
    """What a person is, over what, from when to when. The scope says which reference stands."""

    __tablename__ = "role_assignment"
    __table_args__ = (
        CheckConstraint(words_of("role", Role), name="ck_role_assignment_role"),
        CheckConstraint(words_of("scope", RoleScope), name="ck_role_assignment_scope"),
        CheckConstraint(
            "(scope = 'BLOCK') = (block_id IS NOT NULL)"
            " AND (scope = 'PARTNERSHIP') = (partnership_id IS NOT NULL)"
            " AND (scope = 'TARGET') = (target_id IS NOT NULL)",
            name="ck_role_assignment_scope_matches",
        ),
        CheckConstraint("ends IS NULL OR ends >= starts", name="ck_role_assignment_dates"),
        Index(
            "uq_role_assignment_target",
            "target_id",
            "role",
            unique=True,
            sqlite_where=text(ONE_HOLDER_A_TARGET),
            postgresql_where=text(ONE_HOLDER_A_TARGET),
        ),
        Index(
            "uq_role_assignment_block",
            "block_id",
            unique=True,
            sqlite_where=text(ONE_HOLDER_A_BLOCK),
            postgresql_where=text(ONE_HOLDER_A_BLOCK),
        ),
        Index(
            "uq_role_assignment_partnership",
            "partnership_id",
            unique=True,
            sqlite_where=text(ONE_HOLDER_A_PARTNERSHIP),
            postgresql_where=text(ONE_HOLDER_A_PARTNERSHIP),
        ),
        Index("ix_role_assignment_person", "person_id"),
    )

    id: int | None = Field(default=None, primary_key=True)
    person_id: int = Field(foreign_key="person.id")
    role: Role = Field(sa_type=OneOf(Role))
    scope: RoleScope = Field(sa_type=OneOf(RoleScope))
    block_id: int | None = Field(default=None, foreign_key="block.id")
    partnership_id: int | None = Field(default=None, foreign_key="partnership.id")
    target_id: int | None = Field(default=None, foreign_key="target.id")
    starts: date
    ends: date | None = None
