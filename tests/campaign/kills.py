"""The figures about kills: G1 anywhere in a quarter, G2 inside submissions, G5 several processes.

It owns how each disturbs a quarter, and how a seed that failed is tried again.
"""

from collections.abc import Mapping
from dataclasses import replace
from functools import partial

from bot.rehearsal.kills import Moment
from bot.rehearsal.troubles import troubles
from tests.campaign.deliveries import AGAIN_AND_AGAIN
from tests.campaign.ground import Ground
from tests.campaign.quarters import Calm, Tally, Trouble, disturbed, once
from tests.campaign.record import Record
from tests.campaign.seeds import Seed
from tests.engines import POSTGRESQL

WORKERS = 3
RESUMES_WITHIN_SECONDS = 5.0
TROUBLES: Mapping[str, Trouble] = {
    "G1": Trouble(faults=partial(troubles, 0.08), clocks_apart=True),
    "G2": Trouble(moments=(Moment.IN_SUBMISSION,)),
    "G3": AGAIN_AND_AGAIN,
    "G5": Trouble(workers=WORKERS),
}
WORDS: Mapping[str, str] = {
    "G1": "killed at random points of a quarter, with 8% faults and clocks apart",
    "G2": "killed while a form is being taken",
    "G3": "every delivery 2 to 5 times, in any order",
    "G5": f"one of {WORKERS} workers or the one that answers killed",
}


async def anywhere(ground: Ground, calm: Calm, engine: str, seed: int, kills: int) -> Record:
    """G1: SIGKILL at random points of a quarter's run, while calls go wrong."""
    return await _tried("G1", ground, calm, engine, seed, kills)


async def in_submissions(ground: Ground, calm: Calm, engine: str, seed: int, kills: int) -> Record:
    """G2: SIGKILL while a submitted form is being taken."""
    return await _tried("G2", ground, calm, engine, seed, kills)


async def of_several(ground: Ground, calm: Calm, seed: int, kills: int) -> Record:
    """G5: three workers and one that answers on PostgreSQL, one after the other killed."""
    return await _tried("G5", ground, calm, POSTGRESQL, seed, kills)


async def again(ground: Ground, calm: Calm, kept: Seed) -> Record:
    """A run that once failed, in the same way."""
    tally = Tally()
    trouble = TROUBLES[kept.figure]
    await once(ground, calm, kept.engine, trouble, tally, kept.seed, kept.kills)
    return tally.record(kept.figure, WORDS[kept.figure], kept.engine, kept.seed)


async def _tried(
    figure: str, ground: Ground, calm: Calm, engine: str, seed: int, kills: int
) -> Record:
    tally = await disturbed(ground, calm, engine, TROUBLES[figure], seed=seed, kills=kills)
    wrong = [] if tally.kills >= kills else [f"only {tally.kills} of {kills} kills"]
    words = WORDS[figure]
    if figure == "G2":
        words = f"{words}, {tally.unanswered} before it was answered"
    if figure == "G5":
        words = f"{words}; asked again, all was done in {tally.longest_recovery:.1f} s"
        if tally.longest_recovery > RESUMES_WITHIN_SECONDS:
            wrong.append("it took too long to be at work again")
    found = tally.record(figure, words, engine, seed)
    return replace(found, wrong="; ".join(filter(None, [found.wrong, *wrong])))
