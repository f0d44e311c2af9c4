"""What each target's lead will say in a quarter: the data turned into a script.

It owns how a status in the data becomes figures and ticks. It must not touch a database or a
workspace. Everything that the data do not give is illustrative.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum, auto

from rules.quarters import Quarter
from rules.status import Criteria, Profile, Tolerance, ToleranceUndefinedError, colour
from rules.vocabulary import GrantExpectation, Polarity, Status, StatusBasis, TargetState
from store.importing.programme import NOT_DUE, Programme, StatusLine

INDEX = Decimal(100)
RANGE_AROUND = Decimal(5)
TRIES = tuple(Decimal(by) for by in ("0", "5", "-5", "10", "-10", "30", "-30", "60", "-60"))
ASKED_FOR = frozenset({TargetState.AGREED, TargetState.TO_BE_SET})
BY_REPORTING = frozenset({None, StatusBasis.MEASURE, StatusBasis.PROXY, StatusBasis.DELIVERY_PLAN})


class Way(Enum):
    """How a target's status of the quarter comes about."""

    NOT_DUE = auto()
    BY_IMPORT = auto()
    SILENT = auto()
    FIGURE = auto()
    PLAN = auto()
    DISPUTED = auto()
    NO_FIGURE = auto()


class NoSuchFigureError(ValueError):
    """No figure gives the colour in the data by the target's criteria."""


@dataclass(frozen=True, slots=True)
class Part:
    """One target's part in the rehearsal.

    `own_profile` is false where an index stands in for figures that the data do not give.
    `figure` is what the lead types; none where there is none.
    """

    ref: str
    title: str
    lead: str | None
    way: Way
    line: StatusLine | None
    basis: StatusBasis | None
    profile: Profile
    own_profile: bool
    figure: Decimal | None

    @property
    def wanted(self) -> Status:
        """The status in the data."""
        return self.line.status if self.line else Status.NOT_REQUIRED

    @property
    def grant(self) -> GrantExpectation | None:
        """The grant expectation in the data."""
        return self.line.grant_expectation if self.line else None

    @property
    def risk(self) -> tuple[int, int] | None:
        """The highest risk in the data as likelihood and impact."""
        score = self.line.highest_risk if self.line else None
        return factors(score) if score else None

    @property
    def answers(self) -> bool:
        """Whether the lead answers."""
        return self.way in {Way.FIGURE, Way.PLAN, Way.DISPUTED, Way.NO_FIGURE}


def factors(score: int) -> tuple[int, int]:
    """Two numbers from 1 to 5 whose product is the score, as near to each other as may be."""
    pairs = [(low, score // low) for low in range(5, 0, -1) if score % low == 0]
    return min(
        (pair for pair in pairs if pair[1] <= 5),  # noqa: PLR2004  # the scale of a risk
        key=lambda pair: abs(pair[0] - pair[1]),
    )


def cast(programme: Programme, quarter: Quarter) -> tuple[Part, ...]:
    """Every target's part in a quarter."""
    grants = {line.ref: line.expectation for line in programme.grants}
    # Without a lead the performance lead of the block is asked, and answers.
    stand_ins = {block.code: block.performance_lead for block in programme.blocks}
    return tuple(
        _part(
            programme,
            quarter,
            target.ref,
            target.title,
            target.lead or stand_ins.get(target.block),
            target.polarity,
            grants,
            in_force=programme.state_of(target, quarter) in ASKED_FOR,
        )
        for target in programme.targets
    )


def _part(
    programme: Programme,
    quarter: Quarter,
    ref: str,
    title: str,
    lead: str | None,
    polarity: Polarity,
    grants: Mapping[str, GrantExpectation | None],
    *,
    in_force: bool,
) -> Part:
    line = _with_grant(programme.status_of(ref, quarter), grants.get(ref))
    measure = programme.measure_of(ref, quarter)
    own = measure is not None and measure.profile is not None
    way = _way(line) if in_force else Way.NOT_DUE
    profile = Profile(measure.profile) if own and measure else index(polarity)
    figure = measure.actual if measure and measure.actual is not None else None
    if way is Way.FIGURE and line and (figure is None or not own):
        figure = figure_for(Criteria(polarity, Tolerance(), profile), line.status)
    if way is Way.DISPUTED and figure is None:
        figure = profile.value or INDEX
    typed = figure if way in {Way.FIGURE, Way.DISPUTED} else None
    return Part(ref, title, lead, way, line, line.basis if line else None, profile, own, typed)


def _with_grant(line: StatusLine | None, expectation: GrantExpectation | None) -> StatusLine | None:
    if line is None or line.grant_expectation is not None or expectation is None:
        return line
    return StatusLine(
        line.ref,
        line.quarter,
        line.status,
        line.basis,
        expectation,
        line.wording,
        line.significant_concern,
        line.highest_risk,
    )


def _way(line: StatusLine | None) -> Way:
    if line is None or line.status in NOT_DUE:
        return Way.NOT_DUE
    if line.status.is_colour and line.basis not in BY_REPORTING:
        return Way.BY_IMPORT
    if line.status.is_colour:
        return Way.PLAN if line.basis is StatusBasis.DELIVERY_PLAN else Way.FIGURE
    return {
        Status.UNCERTAIN: Way.DISPUTED,
        Status.NO_DATA: Way.NO_FIGURE,
        Status.NOT_SUBMITTED: Way.SILENT,
    }[line.status]


def index(polarity: Polarity) -> Profile:
    """The milestone of an index that stands in for figures that the data do not give."""
    if polarity is Polarity.RANGE:
        return Profile(low=INDEX - RANGE_AROUND, high=INDEX + RANGE_AROUND)
    return Profile(INDEX)


def figure_for(criteria: Criteria, wanted: Status) -> Decimal:
    """A figure that the criteria turn into a colour. Raises `NoSuchFigureError`."""
    low, high = criteria.profile.ends
    middle = (low + high) / 2
    for per_cent in TRIES:
        figure = middle + abs(middle) * per_cent / 100
        try:
            if colour(criteria, figure) is wanted:
                return figure.normalize()
        except ToleranceUndefinedError:
            break
    raise NoSuchFigureError(f"No figure against {middle} is {wanted.value.lower()}.")
