"""The sample's quarter at the moments that matter, each on a database of the test's own."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack
from pathlib import Path

import pytest

from bot.rehearsal.parts import Part
from flows.board_date import set_board
from tests.both_engines import leave_out
from tests.engines import Cabinet
from tests.flows.office import SECOND_DAY, SILENT, Office
from tests.sample import CLOSES, OPENS, QUARTER, RUN, london

Copy = Callable[[str], Office]
ON_BOTH_ENGINES = frozenset(
    {
        "test_acknowledging",
        "test_after_sending",
        "test_certificate",
        "test_drafts",
        "test_leave",
        "test_looked_at_anew",
        "test_pausing",
        "test_reminders",
        "test_returns",
        "test_window_opens",
        "test_working_hours",
    }
)
"""Files whose use cases lock, take turns, or ask what the engines answer each in its way."""


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out the second engine where a test asks nothing of the engine."""
    leave_out(config, items, Path(__file__).parent, ON_BOTH_ENGINES)


@pytest.fixture(scope="session")
def by_ref(parts: tuple[Part, ...]) -> Mapping[str, Part]:
    return {part.ref: part for part in parts}


@pytest.fixture(scope="session")
def opened_url(cabinet: Cabinet, prepared_url: str, by_ref: Mapping[str, Part]) -> str:
    return _further(cabinet.copy(prepared_url, "opened"), by_ref, lambda office: office.tick(OPENS))


@pytest.fixture(scope="session")
def almost_in_url(cabinet: Cabinet, opened_url: str, by_ref: Mapping[str, Part]) -> str:
    """Everybody has answered as the data say, but for the leads of `SILENT`."""
    return _further(cabinet.copy(opened_url, "almost_in"), by_ref, _all_but_the_silent)


@pytest.fixture(scope="session")
def escalated_url(cabinet: Cabinet, almost_in_url: str, by_ref: Mapping[str, Part]) -> str:
    """Everybody has answered, the board is confirmed and the run was made."""
    return _further(cabinet.copy(almost_in_url, "escalated"), by_ref, _to_the_run)


@pytest.fixture
def copy(cabinet: Cabinet, by_ref: Mapping[str, Part]) -> Iterator[Copy]:
    with ExitStack() as offices:

        def opened(template: str) -> Office:
            return offices.enter_context(Office(cabinet.copy(template, "office"), by_ref))

        yield opened


@pytest.fixture
def prepared(copy: Copy, prepared_url: str) -> Office:
    """Five minutes before the window opens."""
    return copy(prepared_url)


@pytest.fixture
def opened(copy: Copy, opened_url: str) -> Office:
    """The window has just opened."""
    return copy(opened_url)


@pytest.fixture
def almost_in(copy: Copy, almost_in_url: str) -> Office:
    """All returns are in but those of `SILENT`, on the second day of the window."""
    return copy(almost_in_url)


@pytest.fixture
def escalated(copy: Copy, escalated_url: str) -> Office:
    """The escalation run has just been made."""
    return copy(escalated_url)


def _further(url: str, by_ref: Mapping[str, Part], act: Callable[[Office], object]) -> str:
    with Office(url, by_ref) as office:
        act(office)
    return url


def _all_but_the_silent(office: Office) -> None:
    for part in office.parts.values():
        if part.answers and part.ref not in SILENT:
            office.report(part.ref, SECOND_DAY)


def _to_the_run(office: Office) -> None:
    office.do(set_board, office.slack_ids["central-team-01"], QUARTER, None, london(10, 1, 10))
    for ref in SILENT:
        office.report(ref, SECOND_DAY)
    office.tick(CLOSES)
    office.tick(RUN)
