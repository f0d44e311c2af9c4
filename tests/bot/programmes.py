"""Programmes other than the sample: a few of its targets, or many made up from a seed."""

import random
from collections.abc import Collection
from dataclasses import replace

from rules.quarters import Quarter
from rules.vocabulary import Frequency, GrantExpectation, Polarity, Status, StatusBasis
from store.importing.programme import Programme, StatusLine, TargetLine
from tests.sample import QUARTER

EARLIER = tuple(QUARTER.shifted(-back) for back in (3, 2, 1))
BASES = {
    Status.RED: (None, *StatusBasis),
    Status.AMBER: (None, *(basis for basis in StatusBasis if basis is not StatusBasis.DATA_GAP)),
    Status.GREEN: (None, *(basis for basis in StatusBasis if basis is not StatusBasis.DATA_GAP)),
}


def some(programme: Programme, refs: Collection[str]) -> Programme:
    """The programme with a few of its targets and everybody in it."""
    return replace(
        programme,
        targets=tuple(one for one in programme.targets if one.ref in refs),
        statuses=tuple(line for line in programme.statuses if line.ref in refs),
        measures=tuple(line for line in programme.measures if line.ref in refs),
        grants=tuple(line for line in programme.grants if line.ref in refs),
        people=tuple(replace(person, targets=()) for person in programme.people),
    )


def made_up(programme: Programme, count: int, seed: int) -> Programme:
    """Targets of every status, basis and polarity with three quarters of history."""
    dice = random.Random(seed)  # noqa: S311  # a seeded programme, no secret
    targets = tuple(_target(programme, number, dice) for number in range(1, count + 1))
    statuses = [
        _status(one, quarter, place + back, dice)
        for place, one in enumerate(targets)
        for back, quarter in enumerate((QUARTER, *EARLIER))
    ]
    people = tuple(replace(person, targets=()) for person in programme.people)
    return replace(
        programme,
        targets=targets,
        statuses=tuple(statuses),
        measures=(),
        grants=(),
        people=people,
    )


def _target(programme: Programme, number: int, dice: random.Random) -> TargetLine:
    partnership = dice.choice(programme.partnerships)
    leads = [one.label for one in programme.people if one.label.startswith("target-lead")]
    stretch = number % 3 == 0
    block = partnership.block or programme.blocks[0].code
    return TargetLine(
        ref=f"LAA1-{number:02}" if stretch else f"LAA2-NI{number:03}",
        kind="LAA1_STRETCH" if stretch else "LAA2",
        title=f"Made-up target {number} & more",
        block=block,
        partnership=partnership.code,
        lead=dice.choice(leads),
        sponsor=None if number % 20 == 8 else partnership.sponsor,
        performance_lead=next(b.performance_lead for b in programme.blocks if b.code == block),
        polarity=list(Polarity)[number % 3],
        frequency=Frequency.QUARTERLY,
        ni_number=None if stretch else number,
        action_plan_in_place=number % 2 == 0,
    )


def _status(target: TargetLine, quarter: Quarter, place: int, dice: random.Random) -> StatusLine:
    """Statuses in turn, so that all occur; bases at random, and none without a colour."""
    status = list(Status)[(place + dice.randint(0, 2)) % len(Status)]
    stretch = target.kind == "LAA1_STRETCH"
    return StatusLine(
        target.ref,
        quarter,
        status,
        dice.choice(BASES.get(status, (None,))),
        grant_expectation=dice.choice(list(GrantExpectation)) if stretch else None,
        wording="In the words of the data" if dice.random() < 0.3 else "",
        significant_concern=status is Status.AMBER and dice.random() < 0.3,
        highest_risk=dice.choice([None, 6, 12, 25]) if status.is_colour else None,
    )
