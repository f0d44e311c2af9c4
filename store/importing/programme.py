"""What the files of a load say, as frozen values that agree with each other.

It owns the shapes and the questions one can ask of them. It must not know where a value was
read nor how it is kept.
"""

from dataclasses import dataclass, field
from decimal import Decimal

from rules.quarters import Quarter
from rules.vocabulary import (
    Accumulation,
    Frequency,
    GrantExpectation,
    Polarity,
    Role,
    Status,
    StatusBasis,
    TargetState,
)

NOT_DUE = frozenset({Status.NOT_REQUIRED, Status.TARGET_TO_BE_SET})
USUALLY_DUE: dict[Frequency, tuple[int, ...]] = {
    Frequency.QUARTERLY: (1, 2, 3, 4),
    Frequency.BIANNUAL: (2, 4),
    Frequency.ANNUAL: (4,),
    Frequency.BIENNIAL: (),
    Frequency.SURVEY: (),
}


@dataclass(frozen=True, slots=True)
class BlockLine:
    """A block, in the order of the file."""

    code: str
    name: str
    performance_lead: str | None = None


@dataclass(frozen=True, slots=True)
class PartnershipLine:
    """A partnership with the people who hold it."""

    code: str
    name: str
    block: str | None = None
    sponsor: str | None = None
    liaison_officer: str | None = None


@dataclass(frozen=True, slots=True)
class PersonLine:
    """A person by label, with roles and what they are held over."""

    label: str
    slack_id: str
    roles: tuple[Role, ...] = ()
    block: str | None = None
    partnership: str | None = None
    targets: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Channels:
    """The names of the two channels; empty where the file names none."""

    board: str = ""
    central: str = ""


@dataclass(frozen=True, slots=True)
class TargetLine:
    """A target's facts. `state` and `action_plan_in_place` are those of its latest file."""

    ref: str
    kind: str
    title: str
    block: str
    partnership: str
    lead: str | None
    sponsor: str | None
    performance_lead: str | None
    polarity: Polarity
    frequency: Frequency
    accumulation: Accumulation = Accumulation.POINT_IN_TIME
    ni_number: int | None = None
    state: TargetState | None = None
    action_plan_in_place: bool = False


@dataclass(frozen=True, slots=True)
class StatusLine:
    """A target's status in a quarter, with what else its row says of that quarter."""

    ref: str
    quarter: Quarter
    status: Status
    basis: StatusBasis | None = None
    grant_expectation: GrantExpectation | None = None
    wording: str = ""
    significant_concern: bool = False
    highest_risk: int | None = None


@dataclass(frozen=True, slots=True)
class MeasureLine:
    """A figure and its profile in a quarter."""

    ref: str
    quarter: Quarter
    polarity: Polarity | None = None
    accumulation: Accumulation | None = None
    profile: Decimal | None = None
    actual: Decimal | None = None


@dataclass(frozen=True, slots=True)
class GrantLine:
    """The reward grant of a target, in whole pounds."""

    ref: str
    potential_gbp: int
    expectation: GrantExpectation | None = None


@dataclass(frozen=True, slots=True)
class FocusLine:
    """The block in focus in a quarter."""

    quarter: Quarter
    block: str


@dataclass(frozen=True, slots=True)
class Programme:
    """Everything the files say. `ignored` names files in the folder that are of no form."""

    blocks: tuple[BlockLine, ...] = ()
    partnerships: tuple[PartnershipLine, ...] = ()
    people: tuple[PersonLine, ...] = ()
    channels: Channels = Channels()
    targets: tuple[TargetLine, ...] = ()
    statuses: tuple[StatusLine, ...] = ()
    measures: tuple[MeasureLine, ...] = ()
    grants: tuple[GrantLine, ...] = ()
    rota: tuple[FocusLine, ...] = ()
    ignored: tuple[str, ...] = ()
    _statuses: dict[str, dict[Quarter, StatusLine]] = field(
        init=False, repr=False, compare=False, default_factory=dict
    )
    _by_quarter: dict[Quarter, list[StatusLine]] = field(
        init=False, repr=False, compare=False, default_factory=dict
    )
    _measures: dict[tuple[str, Quarter], MeasureLine] = field(
        init=False, repr=False, compare=False, default_factory=dict
    )

    def __post_init__(self) -> None:
        for line in self.statuses:
            self._statuses.setdefault(line.ref, {})[line.quarter] = line
            self._by_quarter.setdefault(line.quarter, []).append(line)
        self._measures.update({(line.ref, line.quarter): line for line in self.measures})

    @property
    def quarters(self) -> tuple[Quarter, ...]:
        """The quarters that hold a status, oldest first."""
        return tuple(sorted(self._by_quarter))

    def status_of(self, ref: str, quarter: Quarter) -> StatusLine | None:
        """A target's status in a quarter."""
        return self._statuses.get(ref, {}).get(quarter)

    def statuses_in(self, quarter: Quarter) -> tuple[StatusLine, ...]:
        """Every status of a quarter, in the order of the files."""
        return tuple(self._by_quarter.get(quarter, ()))

    def measure_of(self, ref: str, quarter: Quarter) -> MeasureLine | None:
        """A target's figure and profile in a quarter."""
        return self._measures.get((ref, quarter))

    def state_of(self, target: TargetLine, by: Quarter | None = None) -> TargetState:
        """Where a target stands in a quarter, or in the latest loaded one.

        The file's word, or AGREED; but TO_BE_SET or agreed as the latest status up to then
        says, since a target file speaks of one quarter only.
        """
        given = target.state or TargetState.AGREED
        latest = self._latest(target.ref, by)
        if latest is None or given in {TargetState.DRAFT, TargetState.CLOSED}:
            return given
        if latest.status is Status.TARGET_TO_BE_SET:
            return TargetState.TO_BE_SET
        return TargetState.AGREED

    def due_quarters(self, target: TargetLine, by: Quarter | None = None) -> tuple[int, ...]:
        """The quarters of a year, 1 to 4, in which a target is due.

        What the latest loaded quarter of a number shows, up to `by` before those after it;
        a number that none shows follows the frequency. A target to be set shows nothing.
        """
        shown: dict[int, bool] = {}
        loaded = sorted(self._statuses.get(target.ref, {}).values(), key=lambda line: line.quarter)
        later = [line for line in loaded if by is not None and line.quarter > by]
        until = [line for line in loaded if by is None or line.quarter <= by]
        for line in (*reversed(later), *until):
            if line.status is not Status.TARGET_TO_BE_SET:
                shown[line.quarter.number] = line.status not in NOT_DUE
        usual = USUALLY_DUE[target.frequency]
        return tuple(number for number in range(1, 5) if shown.get(number, number in usual))

    def _latest(self, ref: str, by: Quarter | None) -> StatusLine | None:
        lines = self._statuses.get(ref, {})
        until = [quarter for quarter in lines if by is None or quarter <= by]
        return lines[max(until)] if until else None
