"""Whole quarters, disturbed: each must come to what an undisturbed one came to.

It owns running a quarter under kills and faults, and comparing: the rehearsal's whole result,
what stands in Slack, and the audit.
"""

import asyncio
import random
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from bot.rehearsal.kills import Moment
from bot.rehearsal.performance import Rehearsal, rehearse
from bot.rehearsal.report import Found
from bot.rehearsal.standing import Standing, Stands
from store.importing.programme import Programme
from tests.campaign.ground import Ground, Trail, trail
from tests.campaign.record import Record
from tests.engines import SQLITE
from tests.sample import QUARTER
from workspace.faults import FaultPlan

MOST_AT_ONCE = 25
"""Kills in one run of a quarter; more would leave no room between them."""
RUNS_OF_A_SEED = 1_000
MOST_APART = timedelta(hours=12)
AROUND = 60
LONGEST_WORDS = 300
CHECKS = "certificate:"
"""What a check counts depends on what was on its way just then; that all is well does not."""
ALL_WELL = "0 missing, 0 twice"


@dataclass(frozen=True, slots=True)
class Trouble:
    """How a quarter is disturbed. `faults` makes a plan from a seed; `moments` are all if empty.

    With `clocks_apart`, Slack's clock is up to half a day before or behind the bot's.
    """

    faults: Callable[[int], FaultPlan] | None = None
    moments: tuple[Moment, ...] = ()
    workers: int = 0
    clocks_apart: bool = False

    def slack_ahead(self, seed: int) -> timedelta:
        """How far Slack's clock is ahead in a run."""
        dice = random.Random(seed)  # noqa: S311  # a seeded choice, no secret
        return dice.uniform(-1, 1) * MOST_APART if self.clocks_apart else timedelta(0)


@dataclass(frozen=True, slots=True)
class Calm:
    """An undisturbed quarter of a programme, and its audit."""

    programme: Programme
    found: Found
    trail: Trail

    def room(self, trouble: Trouble) -> dict[Moment, int]:
        """How often each moment came at which such a trouble may kill."""
        moments = self.found.moments
        return {moment: moments[moment] for moment in trouble.moments or moments}


@dataclass
class Tally:
    """The sums over several runs, what was wrong, and the seeds and kills of those runs."""

    kills: int = 0
    faults: int = 0
    due: int = 0
    posted: int = 0
    lost: int = 0
    doubled: int = 0
    unanswered: int = 0
    longest_recovery: float = 0.0
    wrong: list[str] = field(default_factory=list)
    failed: list[tuple[int, int]] = field(default_factory=list)
    _begun: float = field(default_factory=lambda: asyncio.get_running_loop().time())

    def add(self, calm: Calm, found: Found, audit: Trail) -> bool:
        """Take a run in, compared with the undisturbed one; whether it came to the same."""
        ledger, wanted, keys = found.body["ledger"], _keys(calm.found), _keys(found)
        lost = ledger["missing"] + len(wanted - keys)
        doubled = ledger["doubled"] + len(keys - wanted) + (audit - calm.trail).total()
        doubled += found.standing.strangers
        wrong = differences(calm.found.body, found.body)
        wrong += misplaced(calm.found.standing, found.standing)
        wrong += [f"audit: {entry} is missing" for entry in calm.trail - audit]
        wrong += [f"audit: {entry} is one too many" for entry in audit - calm.trail]
        self.kills += len(found.killed)
        self.faults += found.faults
        self.unanswered += found.unanswered
        self.due += ledger["due"]
        self.posted += ledger["posted_once"]
        self.lost += lost
        self.doubled += doubled
        self.longest_recovery = max(self.longest_recovery, found.longest_recovery)
        self.wrong += wrong
        return not (lost or doubled or wrong)

    def record(self, figure: str, words: str, engine: str, seed: int) -> Record:
        """The sums as a record."""
        return Record(
            figure,
            words,
            engine,
            seed,
            self.kills,
            self.faults,
            self.due,
            self.posted,
            self.lost,
            self.doubled,
            asyncio.get_running_loop().time() - self._begun,
            "; ".join(self.wrong[:3]),
            tuple(self.failed),
        )


async def undisturbed(ground: Ground, programme: Programme) -> Calm:
    """A quarter in which nothing happens to the bot."""
    url = ground.fresh(SQLITE)
    found = await _rehearse(Rehearsal(programme, QUARTER, database_url=url))
    if not found.is_whole:
        raise AssertionError(f"An undisturbed quarter is not whole: {found.body['ledger']}")
    return Calm(programme, found, trail(url))


async def disturbed(
    ground: Ground, calm: Calm, engine: str, trouble: Trouble, *, seed: int, kills: int = 0
) -> Tally:
    """As many quarters as it takes for so many kills, one after the other; at least one."""
    tally = Tally()
    most = min(MOST_AT_ONCE, max(1, sum(calm.room(trouble).values()) * 3 // 4))
    for run in range(max(1, kills)):
        at_once = min(most, kills - tally.kills)
        await once(ground, calm, engine, trouble, tally, seed * RUNS_OF_A_SEED + run, at_once)
        if tally.kills >= kills:
            break
    return tally


async def once(
    ground: Ground,
    calm: Calm,
    engine: str,
    trouble: Trouble,
    tally: Tally,
    seed: int,
    kills: int,
) -> None:
    """One quarter, disturbed, added to the tally."""
    url = ground.fresh(engine)
    asked = Rehearsal(
        calm.programme,
        QUARTER,
        kills=kills,
        seed=seed,
        faults=trouble.faults(seed) if trouble.faults else None,
        database_url=url,
        workers=trouble.workers,
        moments=calm.room(trouble),
        slack_ahead=trouble.slack_ahead(seed),
    )
    try:
        whole = tally.add(calm, await _rehearse(asked), trail(url))
    except Exception as broke:  # noqa: BLE001  # it is this run's finding, and the others go on
        tally.wrong.append(f"{type(broke).__name__}: {broke}"[:LONGEST_WORDS])
        whole = False
    if not whole:
        tally.failed.append((seed, kills))


def differences(wanted: dict[str, Any], found: dict[str, Any]) -> list[str]:
    """What differs between two results of a rehearsal, a few words each."""
    messages = {line["key"]: line for line in wanted["messages"]}
    other = {line["key"]: line for line in found["messages"]}
    said = [
        f"{key}: {messages.get(key)} became {other.get(key)}"
        for key in sorted({*messages, *other})
        if messages.get(key) != other.get(key)
    ]
    names = [name for name in wanted if name != "messages" and wanted[name] != found.get(name)]
    return said + [f"{name} differs" for name in names]


def misplaced(wanted: Standing, found: Standing) -> list[str]:
    """Messages that stand elsewhere, under another, or in other words than they should."""
    both = [(key, there, found.by_key.get(key)) for key, there in wanted.by_key.items()]
    said = [(key, _difference(key, there, here)) for key, there, here in both if here is not None]
    return [f"{key}: {words}" for key, words in said if words]


def _difference(key: str, wanted: tuple[Stands, ...], found: tuple[Stands, ...]) -> str:
    if len(wanted) != len(found):
        return "stands more or less often"
    for one, other in zip(wanted, found, strict=True):
        if (one.where, one.under) != (other.where, other.under):
            return f"stands in {other.where} under {other.under or 'nothing'}"
        if _meaning(key, one) != _meaning(key, other):
            return _first_difference(one.words, other.words)
    return ""


def _meaning(key: str, stands: Stands) -> str:
    return ALL_WELL if key.startswith(CHECKS) and ALL_WELL in stands.words else stands.words


def _first_difference(meant: str, said: str) -> str:
    pairs = enumerate(zip(said, meant, strict=False))
    at = next((place for place, (a, b) in pairs if a != b), min(len(said), len(meant)))
    near = slice(max(0, at - AROUND), at + AROUND)
    return f"says {said[near]!r}, not {meant[near]!r}"


def _keys(found: Found) -> frozenset[str]:
    return frozenset(line["key"] for line in found.body["messages"])


async def _rehearse(asked: Rehearsal) -> Found:
    return await rehearse(asked, lambda _done, _words: None)
