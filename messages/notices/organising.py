"""The set-up as the central team sees it: roles, blocks, partnerships, kinds, settings, dates.

Each is a list with a button for every change, and is shown again after one.
"""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Self

from messages.notices import samples
from rules.quarters import Quarter
from rules.vocabulary import QuarterState, Role, RoleScope


@dataclass(frozen=True, slots=True)
class Holder:
    """Somebody who holds a role, or will. `tenure` is that holding's own number."""

    tenure: int
    person: int
    starts: date
    ends: date | None
    to_come: bool


@dataclass(frozen=True, slots=True)
class RoleLine:
    """A role over something, with whoever holds it and is to hold it.

    `holds_one` where one person at a time does. `at` is the number of what it is over, or 0.
    """

    role: Role
    scope: RoleScope
    at: int
    holds_one: bool
    holders: tuple[Holder, ...]


@dataclass(frozen=True, slots=True)
class EndingLine:
    """A holding that can be ended, or called off while it is `to_come`."""

    role: Role
    scope: RoleScope
    holds_one: bool
    tenure: int
    person: int
    to_come: bool


@dataclass(frozen=True, slots=True)
class Under:
    """Something below, whose roles can be looked at next. People are numbers, or none."""

    scope: RoleScope
    at: int
    name: str
    lead: int | None = None
    sponsor: int | None = None


@dataclass(frozen=True, slots=True)
class RolesOver:
    """Who holds what over the whole programme, a block, a partnership or a target.

    `name` is empty for the whole programme. `above` is what to go back to. `page` counts from 1,
    over endings and what lies under it together.
    """

    scope: RoleScope
    at: int
    name: str
    roles: tuple[RoleLine, ...]
    endings: tuple[EndingLine, ...] = ()
    under: tuple[Under, ...] = ()
    above: tuple[RoleScope, int] | None = None
    page: int = 1
    pages: int = 1

    @classmethod
    def example(cls) -> Self:
        """A partnership with two targets, on the first of two pages."""
        officer = Holder(31, 12, date(2008, 4, 1), None, to_come=False)
        to_come = Holder(44, 13, date(2008, 12, 1), None, to_come=True)
        ended = Holder(45, 9, date(2008, 4, 1), date(2008, 12, 1), to_come=False)
        over = RoleScope.PARTNERSHIP
        return cls(
            over,
            3,
            "Spatial Planning and Infrastructure Partnership",
            (
                RoleLine(Role.LIAISON_OFFICER, over, 3, holds_one=True, holders=(officer,)),
                RoleLine(Role.TARGET_SPONSOR, over, 3, holds_one=False, holders=(ended, to_come)),
            ),
            (
                EndingLine(Role.LIAISON_OFFICER, over, True, 31, 12, to_come=False),
                EndingLine(Role.TARGET_SPONSOR, over, False, 44, 13, to_come=True),
            ),
            (
                Under(RoleScope.TARGET, 3, "LAA1-03 More affordable housing", 17, 9),
                Under(RoleScope.TARGET, 4, "LAA1-04 GCSE 5 A-C", None, 9),
            ),
            (RoleScope.NONE, 0),
            1,
            2,
        )


@dataclass(frozen=True, slots=True)
class BlockRow:
    """A block with what hangs on it."""

    number: int
    name: str
    performance_lead: int | None
    targets: int


@dataclass(frozen=True, slots=True)
class BlocksListed:
    """The blocks in their order."""

    rows: tuple[BlockRow, ...]
    page: int = 1
    pages: int = 1

    @classmethod
    def example(cls) -> Self:
        """Two blocks, one with nobody."""
        return cls((BlockRow(1, "Children and Young People", 21, 9), BlockRow(5, "Rural", None, 0)))


@dataclass(frozen=True, slots=True)
class PartnershipRow:
    """A partnership with its block, officer and data sharing."""

    number: int
    name: str
    block: str
    officer: int | None
    sharing_agreed_on: date | None
    targets: int


@dataclass(frozen=True, slots=True)
class PartnershipsListed:
    """The partnerships by name."""

    rows: tuple[PartnershipRow, ...]
    page: int = 1
    pages: int = 1

    @classmethod
    def example(cls) -> Self:
        """Two partnerships."""
        return cls(
            (
                PartnershipRow(1, "Children's Trust", "Children", 31, date(2008, 6, 2), 9),
                PartnershipRow(2, "Rural Forum", "", None, None, 0),
            )
        )


@dataclass(frozen=True, slots=True)
class KindRow:
    """A kind of target with its flags."""

    kind_code: str
    label: str
    flags: tuple[str, ...]
    annex: int | None
    targets: int


@dataclass(frozen=True, slots=True)
class KindsListed:
    """The kinds of target."""

    rows: tuple[KindRow, ...]
    page: int = 1
    pages: int = 1

    @classmethod
    def example(cls) -> Self:
        """A kind with every flag that goes together, and one without any."""
        flags = ("collected", "escalates", "carries_grant")
        return cls(
            (
                KindRow("STRETCH", "Stretch targets", flags, 1, 15),
                KindRow("LOCAL", "Local targets", (), None, 0),
            )
        )


@dataclass(frozen=True, slots=True)
class SettingRow:
    """A setting as written, what it is usually, and who changed it when.

    `fixed` when it is set where the bot runs.
    """

    setting: str
    value: str
    usual: str
    changed_at: datetime | None = None
    changed_by: int | None = None
    fixed: bool = False


@dataclass(frozen=True, slots=True)
class SettingsListed:
    """The settings in their groups."""

    rows: tuple[SettingRow, ...]

    @classmethod
    def example(cls) -> Self:
        """One that was changed and two that were not."""
        return cls(
            (
                SettingRow("due_after", "28", "21", samples.ACKNOWLEDGED, 2),
                SettingRow("reminders", "-5,-2,0", "-5,-2,0"),
                SettingRow("light_green_over", "59", "59"),
                SettingRow("zone", "Europe/London", "Europe/London", fixed=True),
            )
        )


@dataclass(frozen=True, slots=True)
class DatesRow:
    """A quarter's dates and the block in focus. `entered` are the names of dates set by hand."""

    quarter: Quarter
    state: QuarterState
    paused_at: datetime | None
    opens: date
    due: date
    closes: datetime
    board: date
    board_confirmed: bool
    focus: str


@dataclass(frozen=True, slots=True)
class DatesListed:
    """The dates of the quarters that run and those to come."""

    rows: tuple[DatesRow, ...]

    @classmethod
    def example(cls) -> Self:
        """One paused, one to come."""
        row = DatesRow(
            samples.QUARTER,
            QuarterState.OPEN,
            samples.PAUSED,
            samples.OPENS,
            samples.DUE,
            samples.CLOSES,
            samples.BOARD,
            board_confirmed=True,
            focus="Children and Young People",
        )
        to_come = DatesRow(
            samples.QUARTER.next,
            QuarterState.FUTURE,
            None,
            date(2009, 1, 2),
            date(2009, 1, 21),
            datetime(2009, 1, 28, 17, tzinfo=samples.CLOSES.tzinfo),
            date(2009, 2, 18),
            board_confirmed=False,
            focus="",
        )
        return cls((row, to_come))
