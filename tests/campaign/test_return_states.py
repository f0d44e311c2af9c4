"""The return's state machine: 100 examples of 50 steps, in every run."""

from collections.abc import Mapping
from typing import Any

from hypothesis import HealthCheck, settings
from hypothesis.stateful import run_state_machine_as_test

from bot.rehearsal.parts import Part, cast
from bot.rehearsal.preparation import prepare
from store import migrate
from store.database import Database
from store.importing.programme import Programme
from tests.bot.programmes import some
from tests.campaign.return_machine import TARGETS, ReturnMachine
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
    given: dict[str, Any] = {"cabinet": cabinet, "opened": opened, "parts": by_ref}
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
    return url
