"""Answers about the set-up: its menu, and what its check found."""

from dataclasses import dataclass
from typing import Final, Self

from messages.ids import Action
from messages.notices import samples
from rules.quarters import Quarter
from rules.setup_gaps import Gap, GapCode
from rules.setup_invariants import Missing
from rules.vocabulary import Role, RoleScope


@dataclass(frozen=True, slots=True)
class SetupMenu:
    """What can be set up, each with a button; areas in the order shown."""

    areas: tuple[Action, ...]

    @classmethod
    def example(cls) -> Self:
        """Every area."""
        return cls(
            (
                Action.SETUP_TARGETS,
                Action.SETUP_NOTES,
                Action.SETUP_ROLES,
                Action.SETUP_BLOCKS,
                Action.SETUP_PARTNERSHIPS,
                Action.SETUP_SETTINGS,
                Action.SETUP_KINDS,
                Action.SETUP_CALENDAR,
            )
        )


@dataclass(frozen=True, slots=True)
class GapGroup:
    """Gaps of one kind: how many there are, and those shown."""

    code: GapCode
    count: int
    gaps: tuple[Gap, ...]


@dataclass(frozen=True, slots=True)
class SetupCheck:
    """What the check of the set-up found. `quarter` is the one in hand.

    `gaps` is how many there are, those told for information left out.
    """

    quarter: Quarter
    targets: int
    gaps: int
    groups: tuple[GapGroup, ...]

    @classmethod
    def example(cls) -> Self:
        """A gap of every kind."""
        return cls(samples.QUARTER, 59, 83, tuple(_group(code) for code in GapCode))


@dataclass(frozen=True, slots=True)
class GapsListed:
    """The gaps of one kind, the `first` to the `last` counted from one.

    `following` is where the next ones begin, none after the last.
    """

    group: GapGroup
    first: int
    last: int
    following: int | None

    @classmethod
    def example(cls) -> Self:
        """The first of forty."""
        gap = Gap(
            GapCode.TARGET_WITHOUT_LEAD,
            RoleScope.TARGET,
            3,
            "LAA1-03 More affordable housing",
            Role.TARGET_LEAD,
        )
        return cls(GapGroup(GapCode.TARGET_WITHOUT_LEAD, 40, (gap,)), 1, 1, 1)


_ROLES: Final = {
    GapCode.FEW_ADMINISTRATORS: (Role.CENTRAL_TEAM, RoleScope.NONE),
    GapCode.BLOCK_WITHOUT_LEAD: (Role.BLOCK_PERFORMANCE_LEAD, RoleScope.BLOCK),
    GapCode.PARTNERSHIP_WITHOUT_LIAISON: (Role.LIAISON_OFFICER, RoleScope.PARTNERSHIP),
    GapCode.INACTIVE_HOLDER: (Role.TARGET_SPONSOR, RoleScope.TARGET),
    GapCode.TARGET_WITHOUT_LEAD: (Role.TARGET_LEAD, RoleScope.TARGET),
    GapCode.TWO_LEADS: (Role.TARGET_LEAD, RoleScope.TARGET),
    GapCode.TARGET_WITHOUT_SPONSOR: (Role.TARGET_SPONSOR, RoleScope.TARGET),
    GapCode.LEAD_IS_SPONSOR: (Role.TARGET_SPONSOR, RoleScope.TARGET),
    GapCode.SPONSOR_NOT_MEMBER: (Role.TARGET_SPONSOR, RoleScope.TARGET),
}
_OF_NOTHING: Final = frozenset(
    {GapCode.FEW_ADMINISTRATORS, GapCode.BOARD_UNCONFIRMED, GapCode.INDICATORS_UNOWNED}
)
_NAMES: Final = {
    RoleScope.BLOCK: "Economic Development and Enterprise",
    RoleScope.PARTNERSHIP: "Spatial Planning and Infrastructure Partnership",
}


def _group(code: GapCode) -> GapGroup:
    """One gap of a kind, of a few."""
    role, scope = _ROLES.get(code, (None, RoleScope.TARGET))
    if code in _OF_NOTHING:
        whole = Gap(code, number=1, role=role, quarters=(samples.QUARTER,), numbers=(3, 7))
        return GapGroup(code, 1, (whole,))
    gap = Gap(
        code,
        scope,
        3,
        _NAMES.get(scope, "LAA1-03 More affordable housing"),
        role,
        21 if code in {GapCode.INACTIVE_HOLDER, GapCode.SPONSOR_NOT_MEMBER} else None,
        (samples.QUARTER,) if "MILESTONE" in code else (),
        (Missing.TIME_BOUND,) if code is GapCode.NOT_SMART else (),
    )
    return GapGroup(code, 4, (gap,))
