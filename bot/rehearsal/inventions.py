"""Quarters beyond the data: milestones and figures made up from what the data give.

It owns how a target might go on from its last known colour, the same for the same seed.
Everything here is illustrative and marked so. It must not know people or a workspace.
"""

from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from random import Random

from sqlmodel import Session

from bot.rehearsal.parts import (
    ASKED_FOR,
    NoSuchFigureError,
    Part,
    Way,
    figure_for,
    index,
)
from rules.grant import offered
from rules.quarters import Quarter
from rules.status import Criteria, Profile, Tolerance, ToleranceUndefinedError, colour
from rules.vocabulary import Accumulation, Polarity, Status, TargetState
from store import illustration
from store.importing.programme import Programme, StatusLine, TargetLine

GREEN, AMBER, RED = Status.GREEN, Status.AMBER, Status.RED
GOES_ON: Mapping[Status, tuple[tuple[Status, ...], tuple[int, ...]]] = {
    GREEN: ((GREEN, AMBER, RED), (70, 24, 6)),
    AMBER: ((GREEN, AMBER, RED), (35, 45, 20)),
    RED: ((GREEN, AMBER, RED), (15, 45, 40)),
}
"""In how many of a hundred cases which colour follows on which."""
OFF_BY: Mapping[Status, tuple[int, int]] = {GREEN: (0, 6), AMBER: (1, 9), RED: (12, 28)}
"""By how much per cent a figure of a colour is off its milestone."""
WITHOUT_COLOUR = ((Way.FIGURE, Way.DISPUTED, Way.NO_FIGURE), (94, 3, 3))
RISKS: Mapping[Status, tuple[int | None, ...]] = {
    GREEN: (None, None, 6),
    AMBER: (None, 6, 12),
    RED: (9, 12, 20),
}
CONCERN_ONE_IN = 5


def set_milestones(session: Session, programme: Programme, quarters: Iterable[Quarter]) -> None:
    """Give every agreed target a milestone in quarters that the data say nothing of."""
    known = max(programme.quarters)
    for quarter in quarters:
        for target in _agreed(programme):
            profile, is_own = profile_in(programme, target, quarter, known)
            if is_own:
                illustration.set_milestone(session, target.ref, quarter, profile)
            else:
                illustration.set_index(session, target.ref, quarter, profile)


def invent(programme: Programme, quarter: Quarter, seed: int) -> tuple[Part, ...]:
    """Every agreed target's part in a quarter after those that the data hold."""
    known = max(programme.quarters)
    stand_ins = {block.code: block.performance_lead for block in programme.blocks}
    return tuple(
        _part(programme, target, quarter, known, seed, stand_ins.get(target.block))
        for target in _agreed(programme)
    )


def profile_in(
    programme: Programme, target: TargetLine, quarter: Quarter, known: Quarter
) -> tuple[Profile, bool]:
    """What is expected by a quarter, and whether it comes from the target's own figures.

    A running total grows with the quarters of the year; all else stays where it was.
    """
    measure = programme.measure_of(target.ref, known)
    if measure is None or measure.profile is None:
        return index(target.polarity), False
    if target.accumulation is not Accumulation.CUMULATIVE_YTD:
        return Profile(measure.profile), True
    grown = measure.profile * quarter.number / known.number
    return Profile(grown.quantize(measure.profile)), True


def _agreed(programme: Programme) -> Iterator[TargetLine]:
    asked_for = ASKED_FOR - {TargetState.TO_BE_SET}
    return (one for one in programme.targets if programme.state_of(one) in asked_for)


def _part(
    programme: Programme,
    target: TargetLine,
    quarter: Quarter,
    known: Quarter,
    seed: int,
    stand_in: str | None,
) -> Part:
    dice = Random(f"{seed}:{target.ref}:{quarter.label}:rest")  # noqa: S311  # no secret
    status = _colour(programme, target, quarter, known, seed)
    profile, is_own = profile_in(programme, target, quarter, known)
    (way,) = dice.choices(*WITHOUT_COLOUR)
    figure = None
    if way is not Way.NO_FIGURE:
        figure = figure_near(Criteria(target.polarity, Tolerance(), profile), status, dice)
    status = {Way.DISPUTED: Status.UNCERTAIN, Way.NO_FIGURE: Status.NO_DATA}.get(way, status)
    line = StatusLine(
        target.ref,
        quarter,
        status,
        grant_expectation=offered(status),
        significant_concern=status is AMBER and dice.randrange(CONCERN_ONE_IN) == 0,
        highest_risk=dice.choice(RISKS.get(status, (None,))),
    )
    lead = target.lead or stand_in
    return Part(target.ref, target.title, lead, way, line, None, profile, is_own, figure)


def _colour(
    programme: Programme, target: TargetLine, quarter: Quarter, known: Quarter, seed: int
) -> Status:
    """The colour it comes to, going on from its last known one quarter by quarter."""
    line = programme.status_of(target.ref, known)
    status = line.status if line and line.status.is_colour else AMBER
    while known < quarter:
        known = known.next
        dice = Random(f"{seed}:{target.ref}:{known.label}")  # noqa: S311  # no secret
        (status,) = dice.choices(*GOES_ON[status])
    return status


def figure_near(criteria: Criteria, wanted: Status, dice: Random) -> Decimal:
    """A figure of a colour, with as many decimals as its milestone. Raises as `figure_for`."""
    low, high = criteria.profile.ends
    per_cent = dice.randint(*OFF_BY[wanted])
    worse = -1 if criteria.polarity is not Polarity.LOWER else 1
    if wanted is GREEN:
        worse = -worse
    base = (low + high) / 2 if wanted is GREEN and low != high else low
    figure = (base * (100 + worse * per_cent) / 100).quantize(low)
    try:
        is_wanted = colour(criteria, figure) is wanted
    except ToleranceUndefinedError:
        raise NoSuchFigureError("A milestone of nought gives no colour in per cent.") from None
    return figure if is_wanted else figure_for(criteria, wanted)
