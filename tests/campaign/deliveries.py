"""The figure about deliveries: G3, everything delivered several times, in any order, at once.

It owns these scripts. One effect and one entry in the audit must come of each press.
"""

import asyncio
from collections import Counter
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import TypeVar

from bot.rehearsal.company import Company
from bot.rehearsal.performance import finish
from bot.rehearsal.staging import Rehearsal, staged
from tests.campaign.ground import Ground, trail
from tests.campaign.quarters import Calm, Tally, Trouble, disturbed
from tests.campaign.record import Record
from tests.sample import QUARTER
from workspace.faults import FaultPlan

Result = TypeVar("Result")
TEN = 10


def _again(seed: int) -> FaultPlan:
    return FaultPlan(seed, duplicated=1.0, reordered=0.5, longest_hold=0.02)


AGAIN_AND_AGAIN = Trouble(faults=_again)


async def again_and_out_of_order(ground: Ground, calm: Calm, engine: str, seed: int) -> Record:
    """G3: every delivery of a quarter comes two to five times, and half of them out of order."""
    tally = await disturbed(ground, calm, engine, AGAIN_AND_AGAIN, seed=seed)
    return tally.record("G3", "every delivery 2 to 5 times, in any order", engine, seed)


async def ten_at_once(ground: Ground, calm: Calm, engine: str, seed: int) -> Record:
    """G3: a quarter in which everybody presses and sends everything ten times at once."""
    tally, url = Tally(), ground.fresh(engine)
    asked = Rehearsal(calm.programme, QUARTER, seed=seed, database_url=url)
    async with staged(asked) as play:
        hasty = play.director.company = Hasty(play.crew.settle)
        await play.director.perform(play.ends, lambda _now: None)
        found = await finish(play)
    tally.add(calm, found, trail(url))
    words = f"{hasty.done['gestures']} presses and forms, each ten times at once"
    return tally.record("G3", words, engine, seed)


@dataclass(frozen=True)
class Hasty(Company):
    """People who do everything that changes something ten times at once."""

    done: Counter[str] = field(default_factory=Counter)

    async def change(self, gesture: Callable[[], Awaitable[Result]]) -> Result:
        """Do it ten times at once; what came of the first that was answered."""
        self.done["gestures"] += 1
        tried = await asyncio.gather(
            *(Company.change(self, gesture) for _ in range(TEN)), return_exceptions=True
        )
        answered = [one for one in tried if not isinstance(one, BaseException)]
        if not answered:
            raise AssertionError(f"None of ten was answered: {tried[0]}")
        return answered[0]
