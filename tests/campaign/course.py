"""The campaign's course: which figures, in which order, and how hard each is tried.

It owns the order and the scale. The engines have a process each, and run side by side.
"""

import asyncio
import logging
import sys
import tempfile
from collections.abc import AsyncIterator, Callable
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import partial
from itertools import chain
from multiprocessing import get_context
from pathlib import Path

from tests.campaign import clocks, deliveries, kills, others, storms
from tests.campaign.ground import Ground, ground
from tests.campaign.quarters import undisturbed
from tests.campaign.record import Record
from tests.engines import ENGINES, SQLITE


@dataclass(frozen=True, slots=True)
class Scale:
    """How hard to try: kills for each figure, seeds, quarters on end, and engines for G11."""

    anywhere: int
    in_submissions: int
    of_several: int
    of_migrations: int
    seeds: tuple[int, ...]
    quarters: int
    stormy: tuple[str, ...]


FULL = Scale(200, 200, 50, 20, (1, 2, 3), clocks.QUARTERS, ENGINES)
QUICK = Scale(25, 25, 15, 6, (1,), 3, (SQLITE,))


async def on_an_engine(where: Ground, scale: Scale, engine: str) -> AsyncIterator[Record]:
    """Every figure that both engines must meet, one record after the other."""
    calm = await undisturbed(where, where.few)
    for seed in scale.seeds:
        yield await kills.anywhere(where, calm, engine, seed, scale.anywhere)
    yield await kills.in_submissions(where, calm, engine, 1, scale.in_submissions)
    yield await deliveries.again_and_out_of_order(where, calm, engine, 1)
    yield await deliveries.ten_at_once(where, calm, engine, 1)
    yield await clocks.outage(where, engine, 1)
    yield await clocks.jumps(where, engine, 1, scale.quarters)
    yield await others.migrations(engine, 1, scale.of_migrations)
    if engine in scale.stormy:
        for refusing in (False, True):
            yield await storms.reminders(where, engine, 1, refusing=refusing)


async def by_itself(where: Ground, scale: Scale) -> AsyncIterator[Record]:
    """The figures that say how long something takes, or are of both engines."""
    calm = await undisturbed(where, where.few)
    yield await kills.of_several(where, calm, 1, scale.of_several)
    yield await clocks.second_process(where, 1)
    yield await others.state_machines()


def collected(figures: Callable[[Ground], AsyncIterator[Record]]) -> list[Record]:
    """Run figures on a ground of their own, a line each."""
    # What is refused on purpose would fill the screen; the bot's own log ends a failure.
    logging.disable(logging.CRITICAL)

    async def collect() -> list[Record]:
        records = []
        with tempfile.TemporaryDirectory() as folder, ground(Path(folder)) as where:
            async for record in figures(where):
                say(record.line)
                records.append(record)
        return records

    return asyncio.run(collect())


def of_engine(scale: Scale, engine: str) -> list[Record]:
    """One engine's figures."""
    return collected(partial(on_an_engine, scale=scale, engine=engine))


def campaign(scale: Scale) -> list[Record]:
    """Run the engines side by side, each in a process of its own, and then what needs quiet."""
    with ProcessPoolExecutor(len(ENGINES), get_context("spawn")) as pool:
        found = list(pool.map(partial(of_engine, scale), ENGINES))
    return [*chain.from_iterable(found), *timed(scale)]


def timed(scale: Scale) -> list[Record]:
    """The figures that need quiet."""
    return collected(partial(by_itself, scale=scale))


def say(line: str) -> None:
    """Print a line at once, for whoever follows."""
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()
