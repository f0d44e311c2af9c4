"""The gaps a set-up can have, and the facts they are found in.

It owns these shapes. Finding gaps is for `rules/setup_check.py`, wording them for the messages.
"""

from collections.abc import Collection
from dataclasses import dataclass, field
from enum import StrEnum

from rules.kinds import TargetKind
from rules.quarters import Quarter
from rules.setup_invariants import Missing
from rules.setup_target import TargetPlan
from rules.status import Profile
from rules.vocabulary import Polarity, Role, RoleScope, ToleranceMode


class GapCode(StrEnum):
    """A gap, in the order people mend them in."""

    FEW_ADMINISTRATORS = "FEW_ADMINISTRATORS"
    BOARD_UNCONFIRMED = "BOARD_UNCONFIRMED"
    BLOCK_WITHOUT_LEAD = "BLOCK_WITHOUT_LEAD"
    PARTNERSHIP_WITHOUT_LIAISON = "PARTNERSHIP_WITHOUT_LIAISON"
    INACTIVE_HOLDER = "INACTIVE_HOLDER"
    TARGET_WITHOUT_LEAD = "TARGET_WITHOUT_LEAD"
    TWO_LEADS = "TWO_LEADS"
    TARGET_WITHOUT_SPONSOR = "TARGET_WITHOUT_SPONSOR"
    LEAD_IS_SPONSOR = "LEAD_IS_SPONSOR"
    SPONSOR_NOT_MEMBER = "SPONSOR_NOT_MEMBER"
    INDICATORS_UNOWNED = "INDICATORS_UNOWNED"
    NOT_SMART = "NOT_SMART"
    NO_UNIT = "NO_UNIT"
    NO_BASELINE = "NO_BASELINE"
    NO_END = "NO_END"
    TO_BE_SET_WITHOUT_REASON = "TO_BE_SET_WITHOUT_REASON"
    NO_DUE_QUARTERS = "NO_DUE_QUARTERS"
    NO_MILESTONE = "NO_MILESTONE"
    PROXY_WITHOUT_MILESTONE = "PROXY_WITHOUT_MILESTONE"
    TOLERANCE_UNDEFINED = "TOLERANCE_UNDEFINED"
    PROXY_TOLERANCE_UNDEFINED = "PROXY_TOLERANCE_UNDEFINED"
    RESTRICTED_WITHOUT_SHARING = "RESTRICTED_WITHOUT_SHARING"
    NO_OUTCOME = "NO_OUTCOME"
    NO_ACTION_PLAN = "NO_ACTION_PLAN"

    @property
    def is_information(self) -> bool:
        """Whether it is told for information: nothing goes wrong without it."""
        return self is GapCode.NO_ACTION_PLAN


@dataclass(frozen=True, slots=True)
class Gap:
    """One gap: what it is of, by number and name, and what its mending needs to know.

    `quarters` are those without a milestone, or the one whose board date is open; `missing`
    what an agreed target lacks; `numbers` indicators nobody owns; `person` is a number.
    """

    code: GapCode
    scope: RoleScope = RoleScope.NONE
    number: int = 0
    name: str = ""
    role: Role | None = None
    person: int | None = None
    quarters: tuple[Quarter, ...] = ()
    missing: tuple[Missing, ...] = ()
    numbers: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Holder:
    """Somebody who holds a role today, over a block, partnership or target by number."""

    person: int
    role: Role
    scope: RoleScope
    over: int
    over_name: str
    active: bool


@dataclass(frozen=True, slots=True)
class StandIn:
    """A target's active proxy with its milestones of the year ahead."""

    polarity: Polarity
    mode: ToleranceMode
    milestones: dict[Quarter, Profile]


@dataclass(frozen=True, slots=True)
class CheckedTarget:
    """A target as the check sees it, with its milestones of the year ahead."""

    number: int
    plan: TargetPlan
    kind: TargetKind
    sharing_agreed: bool
    milestones: dict[Quarter, Profile]
    proxy: StandIn | None = None

    @property
    def name(self) -> str:
        """What people call it."""
        return f"{self.plan.ref} {self.plan.title}"


@dataclass(frozen=True, slots=True)
class Place:
    """A block or a partnership by number and name."""

    number: int
    name: str


@dataclass(frozen=True, slots=True)
class SetupFacts:
    """All the check looks at. `quarter` is the one in hand: open, or the next to open.

    `indicators` are the numbers of all national indicators there are; none checks nothing.
    """

    quarter: Quarter
    board_confirmed: bool
    targets: tuple[CheckedTarget, ...]
    blocks: tuple[Place, ...]
    partnerships: tuple[Place, ...]
    holders: tuple[Holder, ...]
    indicators: Collection[int] = field(default_factory=tuple)
