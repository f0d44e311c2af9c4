"""Upgrades killed with SIGKILL at points drawn from a seed, and what is found afterwards.

It owns the killing and the findings. Half of the processes kill themselves at a statement, so
that kills land inside the steps; the others are killed from outside, at any instant at all.
"""

import os
import random
import signal
import tempfile
from collections.abc import Callable
from dataclasses import asdict, dataclass
from functools import cache, partial
from itertools import count
from multiprocessing.connection import Connection
from pathlib import Path
from time import monotonic

from sqlalchemy import Engine, event
from sqlalchemy.engine import make_url

from bot.rehearsal.nursery import nursery
from store import migrate
from store.database import Database
from store.lock import alone_on
from tests.engines import Cabinet, cabinet_of
from tests.store.revisions import kept
from tests.store.revisions.sums import Shape, orphans, shape

STEPS = (*migrate.STEPS, Path(__file__).parent / "steps")
PATIENCE_SECONDS = 60.0
NEVER = -1
AT_THE_COMMIT = 0.25


@dataclass(frozen=True, slots=True)
class Finding:
    """How a database stands: its shape, its rows by table, and the rows that lost their parent."""

    shape: Shape
    rows: dict[str, int]
    orphans: int


@dataclass(slots=True)
class Findings:
    """The sums over all kills. `unfinished` counts what is wrong in any other way than rows."""

    engine: str
    seed: int
    kills: int = 0
    left_old: int = 0
    left_new: int = 0
    rows_before: int = 0
    rows_after: int = 0
    orphans: int = 0
    unfinished: int = 0


def kill_migrations(engine: str, kills: int, seed: int) -> dict[str, object]:
    """Kill upgrades of full data on an engine; the sums, for a report as JSON."""
    with tempfile.TemporaryDirectory() as made, cabinet_of(engine, Path(made)) as cabinet:
        full = partial(kept.full, cabinet)
        return asdict(kill_upgrades(cabinet, full, kills, seed))


def kill_upgrades(cabinet: Cabinet, full: Callable[[str], str], kills: int, seed: int) -> Findings:
    """Kill upgrades of databases at a revision whose data are kept, and upgrade them again.

    `full` gives the address of a database that holds all data of a revision, to be copied.
    """
    dice = random.Random(seed)  # noqa: S311  # a seeded choice, no secret
    found = Findings(cabinet.engine, seed)
    trial = cache(lambda revision: Trial(cabinet, full(revision)))
    while found.kills < kills:
        trial(dice.choice(kept.revisions())).kill(found, dice)
    return found


class Trial:
    """Upgrades from one revision: how a whole one goes, and killed ones measured by it."""

    def __init__(self, cabinet: Cabinet, full: str) -> None:
        self._cabinet = cabinet
        self._full = full
        self._old = _look(full)
        whole = cabinet.copy(full, "whole")
        begun = monotonic()
        self._statements = _upgraded_whole(whole)
        self._seconds = monotonic() - begun
        self._new = _look(whole)

    def kill(self, found: Findings, dice: random.Random) -> None:
        """Kill one upgrade, look, upgrade again, and look again."""
        url = self._cabinet.copy(self._full, "killed")
        from_outside = found.kills % 2 == 1
        die_at = NEVER if from_outside else self._moment(dice)
        patience = dice.uniform(0, self._seconds) if from_outside else PATIENCE_SECONDS
        if not _killed(url, die_at, patience):
            return
        left = _look(url)
        again = Database(url)
        migrate.upgrade(again, STEPS)
        again.close()
        found.kills += 1
        self._count(found, left, _look(url), has_copy=_has_copy(url, self._old))

    def _moment(self, dice: random.Random) -> int:
        """A statement to die before; one time in four the commit itself, or the moment after."""
        if dice.random() < AT_THE_COMMIT:
            return self._statements - dice.choice((1, 2))
        return dice.randrange(self._statements)

    def _count(self, found: Findings, left: Finding, after: Finding, *, has_copy: bool) -> None:
        found.left_old += left == self._old
        found.left_new += left == self._new
        found.rows_before += sum(self._old.rows.values())
        found.rows_after += sum(after.rows[table] for table in self._old.rows)
        found.orphans += left.orphans + after.orphans
        is_whole = left in (self._old, self._new)
        found.unfinished += not (is_whole and after == self._new and has_copy)


def _look(url: str) -> Finding:
    database = Database(url)
    # Writing waits its turn: on a server a killed process's last statement may still be running.
    with database.writing() as session:
        connection = session.connection()
        tables = kept.tables_of(connection)
        lost = sum(orphans(connection, tables).values())
        found = Finding(shape(tables), kept.counts(connection, tables), lost)
    database.close()
    return found


def _has_copy(url: str, old: Finding) -> bool:
    """Whether the copy made before the upgrade holds what there was. A server has none."""
    if make_url(url).get_backend_name() != "sqlite":
        return True
    return _look(f"{url}.before-{migrate.newest(STEPS)}") == old


# One program has one such server: a second list of what to import would take the other's place.
_children = nursery()


def _killed(url: str, die_at: int, patience: float) -> bool:
    """Whether a process that upgrades died before it was done."""
    process = _children.Process(target=_upgrade, args=(url, die_at, None))
    process.start()
    process.join(patience)
    process.kill()
    process.join()
    return process.exitcode == -signal.SIGKILL


def _upgraded_whole(url: str) -> int:
    """Upgrade in a process that is left alone; the number of its statements."""
    ours, theirs = _children.Pipe(duplex=False)
    process = _children.Process(target=_upgrade, args=(url, NEVER, theirs))
    process.start()
    theirs.close()
    statements = int(ours.recv())
    process.join()
    return statements


def _upgrade(url: str, die_at: int, told: Connection | None) -> None:
    """What `quarterlight db upgrade` does, dying before one of its statements or at its end."""
    statements = count()

    def at_a_statement(*_: object) -> None:
        if next(statements) == die_at:
            os.kill(os.getpid(), signal.SIGKILL)

    event.listen(Engine, "before_cursor_execute", at_a_statement)
    event.listen(Engine, "commit", at_a_statement)
    database = Database(url)
    with alone_on(database):
        migrate.upgrade(database, STEPS)
    at_a_statement()  # the last chance: everything is kept, and nobody was told
    if told is not None:
        told.send(next(statements))
