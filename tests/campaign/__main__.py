"""The campaign: every figure in its full form, or with QUICK=1 in under ten minutes.

It owns the order, the scale and the exit status: 1 when anything was lost or doubled, or a
figure missed. Seeds that failed are kept as tests.
"""

import asyncio
import logging
import os
import sys
import tempfile
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path

from tests.campaign import clocks, deliveries, kills, others, papers, seeds, storms
from tests.campaign.ground import Ground, ground
from tests.campaign.quarters import undisturbed
from tests.campaign.record import Record, totals
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


async def run(where: Ground, scale: Scale) -> AsyncIterator[Record]:
    """Every figure, one record after the other."""
    calm = await undisturbed(where, where.few)
    for engine in ENGINES:
        for seed in scale.seeds:
            yield await kills.anywhere(where, calm, engine, seed, scale.anywhere)
        yield await kills.in_submissions(where, calm, engine, 1, scale.in_submissions)
        yield await deliveries.again_and_out_of_order(where, calm, engine, 1)
        yield await deliveries.ten_at_once(where, calm, engine, 1)
        yield await clocks.outage(where, engine, 1)
        yield await clocks.jumps(where, engine, 1, scale.quarters)
        yield await others.migrations(engine, 1, scale.of_migrations)
    for engine in scale.stormy:
        for refusing in (False, True):
            yield await storms.reminders(where, engine, 1, refusing=refusing)
    yield await kills.of_several(where, calm, 1, scale.of_several)
    yield await clocks.second_process(where, 1)
    yield await others.state_machines()


async def campaign(scale: Scale) -> list[Record]:
    """Run every figure, a line each."""
    records = []
    with tempfile.TemporaryDirectory() as folder, ground(Path(folder)) as where:
        async for record in run(where, scale):
            say(record.line)
            records.append(record)
    return records


def main() -> int:
    """Run, write, keep what failed, and say how it went."""
    # What is refused on purpose would fill the screen; the bot's own log ends a failure.
    logging.disable(logging.CRITICAL)
    scale = QUICK if os.environ.get("QUICK") else FULL
    records = asyncio.run(campaign(scale))
    records.sort(key=lambda one: (int(one.figure[1:]), one.engine != SQLITE, one.seed))
    papers.write(records)
    for kept in seeds.keep(records):
        say(f"Kept as a test: {kept.line}")
    say(totals(records))
    return 0 if all(record.ok for record in records) else 1


def say(line: str) -> None:
    """Print a line at once, for whoever follows."""
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
