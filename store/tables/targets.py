"""Targets and what hangs on them: milestones, proxies, risks, actions, grant (specification §2)."""

from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import CheckConstraint, Index, Text, UniqueConstraint
from sqlmodel import Field, SQLModel

from rules.quarters import Quarter
from rules.vocabulary import (
    Accumulation,
    ActionState,
    Frequency,
    NoteKind,
    Polarity,
    TargetState,
    ToleranceMode,
)
from store.columns import Exact, Instant, OneOf, QuarterLabel, words_of


class KindRow(SQLModel, table=True):
    """A target kind: data with flags, never a name in code."""

    __tablename__ = "target_kind"

    code: str = Field(primary_key=True, max_length=40)
    label: str = Field(max_length=100)
    collected: bool = False
    escalates: bool = False
    carries_grant: bool = False
    light_only: bool = False
    agreed_first: bool = False
    annex: int | None = None


class Target(SQLModel, table=True):
    """A target of the agreement."""

    __tablename__ = "target"
    __table_args__ = (
        UniqueConstraint("ref", name="uq_target_ref"),
        CheckConstraint(words_of("state", TargetState), name="ck_target_state"),
        CheckConstraint(words_of("polarity", Polarity), name="ck_target_polarity"),
        CheckConstraint(words_of("frequency", Frequency), name="ck_target_frequency"),
        CheckConstraint(words_of("accumulation", Accumulation), name="ck_target_accumulation"),
        CheckConstraint(words_of("tolerance_mode", ToleranceMode), name="ck_target_tolerance_mode"),
        Index("ix_target_partnership", "partnership_id"),
    )

    id: int | None = Field(default=None, primary_key=True)
    ref: str = Field(max_length=40)
    kind: str = Field(foreign_key="target_kind.code", max_length=40)
    ni_number: int | None = None
    title: str = Field(sa_type=Text)
    outcome: str = Field(default="", sa_type=Text)
    definition: str = Field(default="", sa_type=Text)
    block_id: int = Field(foreign_key="block.id")
    partnership_id: int = Field(foreign_key="partnership.id")
    state: TargetState = Field(sa_type=OneOf(TargetState))
    polarity: Polarity = Field(sa_type=OneOf(Polarity))
    unit: str = Field(default="", max_length=60)
    decimals: int = 0
    accumulation: Accumulation = Field(sa_type=OneOf(Accumulation))
    frequency: Frequency = Field(sa_type=OneOf(Frequency))
    due_quarters: str = Field(default="1,2,3,4", max_length=7)
    green_tolerance: Decimal = Field(default=Decimal(0), sa_type=Exact)
    amber_tolerance: Decimal = Field(default=Decimal(10), sa_type=Exact)
    tolerance_mode: ToleranceMode = Field(
        default=ToleranceMode.PERCENT,
        sa_type=OneOf(ToleranceMode),
    )
    plan_basis: bool = False
    action_plan_in_place: bool = False
    expected_set_by: date | None = None
    set_reason: str = Field(default="", sa_type=Text)
    restricted: bool = False
    illustrative: bool = False
    active_from: Quarter | None = Field(default=None, sa_type=QuarterLabel)
    active_to: Quarter | None = Field(default=None, sa_type=QuarterLabel)
    pledge: str = Field(default="", sa_type=Text)
    strategic_objective: str = Field(default="", sa_type=Text)
    related_psa: str = Field(default="", sa_type=Text)
    specific: bool = False
    measurable: bool = False
    achievable: bool = False
    relevant: bool = False
    time_bound: bool = False
    baseline_value: Decimal | None = Field(default=None, sa_type=Exact)
    baseline_on: date | None = None
    end_value: Decimal | None = Field(default=None, sa_type=Exact)
    end_on: date | None = None
    range_low: Decimal | None = Field(default=None, sa_type=Exact)
    range_high: Decimal | None = Field(default=None, sa_type=Exact)
    benchmark_value: Decimal | None = Field(default=None, sa_type=Exact)
    benchmark_source: str = Field(default="", sa_type=Text)
    affected_groups: str = Field(default="", sa_type=Text)
    fund_note: str = Field(default="", sa_type=Text)


class TargetLink(SQLModel, table=True):
    """Two targets that bear on each other, the smaller number first."""

    __tablename__ = "target_link"
    __table_args__ = (CheckConstraint("target_id < linked_id", name="ck_target_link_once"),)

    target_id: int = Field(foreign_key="target.id", primary_key=True)
    linked_id: int = Field(foreign_key="target.id", primary_key=True)


class Note(SQLModel, table=True):
    """A dated note about a target or a partnership: an inspection, a workshop, a fund's rules."""

    __tablename__ = "note"
    __table_args__ = (
        CheckConstraint(words_of("kind", NoteKind), name="ck_note_kind"),
        CheckConstraint(
            "(target_id IS NULL) != (partnership_id IS NULL)", name="ck_note_about_one"
        ),
        Index("ix_note_target", "target_id"),
    )

    id: int | None = Field(default=None, primary_key=True)
    target_id: int | None = Field(default=None, foreign_key="target.id")
    partnership_id: int | None = Field(default=None, foreign_key="partnership.id")
    kind: NoteKind = Field(sa_type=OneOf(NoteKind))
    on_day: date
    text: str = Field(sa_type=Text)
    link: str = Field(default="", sa_type=Text)
    author_id: int | None = Field(default=None, foreign_key="person.id")
    at: datetime = Field(sa_type=Instant)


class Milestone(SQLModel, table=True):
    """What a target is expected to show in a quarter: one figure, or a range."""

    __tablename__ = "milestone"
    __table_args__ = (
        UniqueConstraint("target_id", "quarter", name="uq_milestone_target_quarter"),
        CheckConstraint(
            "profile IS NOT NULL OR (low IS NOT NULL AND high IS NOT NULL)",
            name="ck_milestone_given",
        ),
    )

    id: int | None = Field(default=None, primary_key=True)
    target_id: int = Field(foreign_key="target.id")
    quarter: Quarter = Field(sa_type=QuarterLabel)
    profile: Decimal | None = Field(default=None, sa_type=Exact)
    low: Decimal | None = Field(default=None, sa_type=Exact)
    high: Decimal | None = Field(default=None, sa_type=Exact)
    note: str = Field(default="", sa_type=Text)


class ProxyMeasure(SQLModel, table=True):
    """A measure that stands in while the target's own is not due."""

    __tablename__ = "proxy_measure"
    __table_args__ = (
        CheckConstraint(words_of("polarity", Polarity), name="ck_proxy_measure_polarity"),
        CheckConstraint(
            words_of("tolerance_mode", ToleranceMode), name="ck_proxy_measure_tolerance_mode"
        ),
        Index("ix_proxy_measure_target", "target_id"),
    )

    id: int | None = Field(default=None, primary_key=True)
    target_id: int = Field(foreign_key="target.id")
    title: str = Field(sa_type=Text)
    polarity: Polarity = Field(sa_type=OneOf(Polarity))
    unit: str = Field(default="", max_length=60)
    decimals: int = 0
    green_tolerance: Decimal = Field(default=Decimal(0), sa_type=Exact)
    amber_tolerance: Decimal = Field(default=Decimal(10), sa_type=Exact)
    tolerance_mode: ToleranceMode = Field(
        default=ToleranceMode.PERCENT,
        sa_type=OneOf(ToleranceMode),
    )
    active: bool = True


class ProxyMilestone(SQLModel, table=True):
    """What a proxy is expected to show in a quarter."""

    __tablename__ = "proxy_milestone"
    __table_args__ = (
        UniqueConstraint("proxy_id", "quarter", name="uq_proxy_milestone_proxy_quarter"),
        CheckConstraint(
            "profile IS NOT NULL OR (low IS NOT NULL AND high IS NOT NULL)",
            name="ck_proxy_milestone_given",
        ),
    )

    id: int | None = Field(default=None, primary_key=True)
    proxy_id: int = Field(foreign_key="proxy_measure.id")
    quarter: Quarter = Field(sa_type=QuarterLabel)
    profile: Decimal | None = Field(default=None, sa_type=Exact)
    low: Decimal | None = Field(default=None, sa_type=Exact)
    high: Decimal | None = Field(default=None, sa_type=Exact)


class RiskRow(SQLModel, table=True):
    """A risk to a target's delivery."""

    __tablename__ = "risk"
    __table_args__ = (
        CheckConstraint("likelihood BETWEEN 1 AND 5", name="ck_risk_likelihood"),
        CheckConstraint("impact BETWEEN 1 AND 5", name="ck_risk_impact"),
        Index("ix_risk_target", "target_id"),
    )

    id: int | None = Field(default=None, primary_key=True)
    target_id: int = Field(foreign_key="target.id")
    text: str = Field(sa_type=Text)
    likelihood: int
    impact: int
    mitigation: str = Field(default="", sa_type=Text)
    owner: str = Field(default="", max_length=300)
    review_on: date | None = None
    open: bool = True
    raised_at: datetime = Field(sa_type=Instant)
    reviewed_at: datetime | None = Field(default=None, sa_type=Instant)


class ActionRow(SQLModel, table=True):
    """An action to improve a target, with its owner and due date.

    `districts` are the districts it lies with, with commas between.
    """

    __tablename__ = "action"
    __table_args__ = (
        CheckConstraint(words_of("state", ActionState), name="ck_action_state"),
        Index("ix_action_target", "target_id"),
    )

    id: int | None = Field(default=None, primary_key=True)
    target_id: int = Field(foreign_key="target.id")
    raised_in: Quarter = Field(sa_type=QuarterLabel)
    text: str = Field(sa_type=Text)
    owner: str = Field(max_length=300)
    due_on: date
    state: ActionState = Field(sa_type=OneOf(ActionState))
    update_note: str = Field(default="", sa_type=Text)
    updated_in: Quarter | None = Field(default=None, sa_type=QuarterLabel)
    districts: str = Field(default="", sa_type=Text)


class ActionUpdateRow(SQLModel, table=True):
    """What was said of an action, and the state it had then. They only grow."""

    __tablename__ = "action_update"
    __table_args__ = (
        CheckConstraint(words_of("state", ActionState), name="ck_action_update_state"),
        Index("ix_action_update_action", "action_id"),
    )

    id: int | None = Field(default=None, primary_key=True)
    action_id: int = Field(foreign_key="action.id")
    quarter: Quarter = Field(sa_type=QuarterLabel)
    state: ActionState = Field(sa_type=OneOf(ActionState))
    text: str = Field(default="", sa_type=Text)
    author_id: int | None = Field(default=None, foreign_key="person.id")
    at: datetime = Field(sa_type=Instant)


class GrantPotential(SQLModel, table=True):
    """The reward grant a target can earn, in whole pounds."""

    __tablename__ = "grant_potential"
    __table_args__ = (CheckConstraint("potential_gbp >= 0", name="ck_grant_potential_amount"),)

    target_id: int = Field(foreign_key="target.id", primary_key=True)
    potential_gbp: int
    value_without_stretch: Decimal | None = Field(default=None, sa_type=Exact)
    value_with_stretch: Decimal | None = Field(default=None, sa_type=Exact)


class BlockFocusRow(SQLModel, table=True):
    """Which block is in focus in a quarter."""

    __tablename__ = "block_focus"

    quarter: Quarter = Field(primary_key=True, sa_type=QuarterLabel)
    block_id: int = Field(foreign_key="block.id")
