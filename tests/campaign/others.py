"""The figures that are other tests': G8 the state machines, G13 the killed migrations.

It owns running them and putting their sums into a record.
"""

import asyncio
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any, cast

from tests.campaign.record import Record
from tests.store.revisions.killing import kill_migrations

ROOT = Path(__file__).parents[2]
MACHINES = ("tests/bot/test_outbox_states.py", "tests/campaign/test_return_states.py")
LAST_WORDS = 300


async def state_machines(files: Sequence[str] = MACHINES) -> Record:
    """G8: the state machines of the outbox and of the return, as `make test` runs them."""
    begun = asyncio.get_running_loop().time()
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "pytest",
        "-q",
        *files,
        cwd=ROOT,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
    )
    said, _ = await process.communicate()
    seconds = asyncio.get_running_loop().time() - begun
    broken = said.decode(errors="replace")[-LAST_WORDS:] if process.returncode else ""
    words = (
        "state machines of the outbox and of the return, 50 steps each: "
        "100 examples on SQLite, 20 and 10 on PostgreSQL"
    )
    return Record("G8", words, "both", 0, seconds=seconds, wrong=" ".join(broken.split()))


async def migrations(engine: str, seed: int, kills: int) -> Record:
    """G13: upgrades of full data from every earlier revision, killed at random points."""
    begun = asyncio.get_running_loop().time()
    found = await asyncio.to_thread(kill_migrations, engine, kills, seed)
    sums = cast("dict[str, Any]", found)
    wrong = []
    if sums["orphans"]:
        wrong.append(f"{sums['orphans']} rows without their parent")
    if sums["unfinished"]:
        wrong.append(f"{sums['unfinished']} upgrades not whole")
    before, after = sums["rows_before"], sums["rows_after"]
    return Record(
        "G13",
        "upgrades of full data killed; rows counted",
        engine,
        seed,
        kills=sums["kills"],
        due=before,
        posted=after,
        lost=max(0, before - after),
        doubled=max(0, after - before),
        seconds=asyncio.get_running_loop().time() - begun,
        wrong="; ".join(wrong),
    )
