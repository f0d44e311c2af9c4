"""The return's state machine: 100 examples of 50 steps, in every run."""

import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import closing
from typing import Any

from hypothesis import HealthCheck, settings
from hypothesis.stateful import run_state_machine_as_test

from bot.rehearsal.parts import Part, cast
from bot.rehearsal.preparation import prepare
from flows.board_date import set_board
from store import migrate
from store.address import sqlite_file
from store.database import Database
from store.importing.programme import Programme
from tests.bot.programmes import some
from tests.campaign.return_machine import CENTRAL, TARGETS, ReturnMachine
from tests.engines import POSTGRESQL, Cabinet
from tests.flows.office import Office
from tests.sample import BEFORE_OPENING, OPENS, QUARTER

EXAMPLES, STEPS = 100, 50
ON_A_SERVER = 10
"""Making a database takes PostgreSQL longer than all the steps in it."""


def test_a_return_is_taken_once_and_whole_whatever_happens(
    cabinet: Cabinet, programme: Programme
) -> None:
    few = some(programme, TARGETS)
    by_ref = {part.ref: part for part in cast(few, QUARTER)}
    opened = _opened(cabinet, few, by_ref)
    given: dict[str, Any] = {"openings": _openings(cabinet, opened, by_ref), "parts": by_ref}
    bound: Any = type("Bound", (ReturnMachine,), given)
    run_state_machine_as_test(
        bound,
        settings=settings(
            max_examples=ON_A_SERVER if cabinet.engine == POSTGRESQL else EXAMPLES,
            stateful_step_count=STEPS,
            deadline=None,
            suppress_health_check=[HealthCheck.too_slow],
        ),
    )


def _opened(cabinet: Cabinet, programme: Programme, parts: Mapping[str, Part]) -> str:
    """A database of a few targets, their window just opened."""
    url = cabinet.fresh("opened")
    database = Database(url)
    migrate.upgrade(database)
    with database.writing() as session:
        prepare(session, programme, parts.values(), QUARTER, BEFORE_OPENING)
    database.close()
    with Office(url, parts) as office:
        office.tick(OPENS)
        office.do(set_board, office.slack_ids[CENTRAL], QUARTER, None, OPENS)
    return url


def _openings(cabinet: Cabinet, opened: str, parts: Mapping[str, Part]) -> Iterator[Office]:
    """An office as it was when the window opened, again and again.

    SQLite's is filled anew and its connections stay: what they have compiled is worth half the
    time of an example.
    """
    if cabinet.engine == POSTGRESQL:
        while True:
            with Office(cabinet.copy(opened, "returns"), parts) as office:
                yield office
    with Office(cabinet.copy(opened, "returns"), parts) as office:
        while True:
            yield office
            _fill(office.database, opened)


def _fill(database: Database, template: str) -> None:
    if database.path is None:
        raise ValueError("Only a SQLite file is filled.")
    with (
        closing(sqlite3.connect(str(sqlite_file(template)))) as source,
        closing(sqlite3.connect(database.path)) as target,
    ):
        source.backup(target)
