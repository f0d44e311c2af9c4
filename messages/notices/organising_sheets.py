"""What the forms of the organisation show, and what they give back: values, no wording.

`seen` is a mark of how a thing stood when its form was opened, so that a change made meanwhile
is noticed. People are numbers where the bot knows them, Slack ids where somebody chose them.
"""

from dataclasses import dataclass
from datetime import date

from rules.kinds import TargetKind
from rules.people import Known
from rules.quarters import Quarter
from rules.roles import Place


@dataclass(frozen=True, slots=True)
class Giving:
    """A role to give. `holder` is who holds it now, by label; `tenure` that holding's number."""

    place: Place
    over: str
    holder: str
    tenure: int | None
    today: date


@dataclass(frozen=True, slots=True)
class RoleAnswer:
    """A role as given. `seen` is the holding that stood when the form was opened, or none."""

    place: Place
    person: str
    starts: date | None
    seen: int | None
    known: Known | None


@dataclass(frozen=True, slots=True)
class Ending:
    """A holding to end; `first` is the first day on which it can."""

    tenure: int
    place: Place
    over: str
    holder: str
    first: date


@dataclass(frozen=True, slots=True)
class EndAnswer:
    """Which holding ends, and on which day."""

    tenure: int
    ends: date | None


@dataclass(frozen=True, slots=True)
class BlockSheet:
    """A block to change, or to add where `number` is none. `uses` is what hangs on it.

    `position` counts from 1 and `of` is how many positions there are.
    """

    number: int | None
    name: str
    position: int
    of: int
    uses: int
    seen: str


@dataclass(frozen=True, slots=True)
class BlockAnswer:
    """A block as sent; `code` only of a new one."""

    number: int | None
    code: str
    name: str
    position: int | None
    seen: str


@dataclass(frozen=True, slots=True)
class PartnershipSheet:
    """A partnership to change, or to add. `blocks` are number and name of each block."""

    number: int | None
    name: str
    block: int | None
    blocks: tuple[tuple[int, str], ...]
    sharing_agreed_on: date | None
    uses: int
    seen: str


@dataclass(frozen=True, slots=True)
class PartnershipAnswer:
    """A partnership as sent; `code` only of a new one."""

    number: int | None
    code: str
    name: str
    block: int | None
    sharing_agreed_on: date | None
    seen: str


@dataclass(frozen=True, slots=True)
class KindSheet:
    """A kind to change, or to add where its code is empty."""

    kind: TargetKind
    targets: int
    seen: str


@dataclass(frozen=True, slots=True)
class KindAnswer:
    """A kind as sent. `before` is the code of the one changed, empty for a new one.

    `annex` is as typed.
    """

    before: str
    code: str
    label: str
    flags: frozenset[str]
    annex: str
    seen: str


@dataclass(frozen=True, slots=True)
class SettingSheet:
    """A setting to change: as written now, and what it is usually."""

    name: str
    value: str
    usual: str


@dataclass(frozen=True, slots=True)
class SettingAnswer:
    """A setting as sent, and as it was written when the form was opened."""

    name: str
    value: str
    seen: str


@dataclass(frozen=True, slots=True)
class DatesSheet:
    """A quarter's dates to change: those that were entered, and those that stand without.

    `opened` and `closed` say how far it has got: what is past cannot be changed.
    """

    quarter: Quarter
    opened: bool
    closed: bool
    opens: date | None
    due: date | None
    board: date | None
    usual_opens: date
    usual_due: date
    usual_board: date
    focus: int | None
    blocks: tuple[tuple[int, str], ...]
    seen: str


@dataclass(frozen=True, slots=True)
class DatesAnswer:
    """A quarter's dates as sent; none follows the settings."""

    quarter: Quarter
    opens: date | None
    due: date | None
    board: date | None
    focus: int | None
    seen: str
