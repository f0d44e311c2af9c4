"""The sample's quarter at the moments that matter, each on a file of the test's own."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack
from pathlib import Path

import pytest

from bot.rehearsal.parts import Part
from flows.board_date import set_board
from tests.flows.office import SECOND_DAY, SILENT, Office
from tests.sample import CLOSES, OPENS, QUARTER, RUN, london

Copy = Callable[[Path], Office]


@pytest.fixture(scope="session")
def by_ref(parts: tuple[Part, ...]) -> Mapping[str, Part]:
    return {part.ref: part for part in parts}


@pytest.fixture(scope="session")
def opened_file(prepared_file: Path, by_ref: Mapping[str, Part]) -> Path:
    return _further(prepared_file, "opened", by_ref, lambda office: office.tick(OPENS))


@pytest.fixture(scope="session")
def almost_in_file(opened_file: Path, by_ref: Mapping[str, Part]) -> Path:
    """Everybody has answered as the data say, but for the leads of `SILENT`."""
    return _further(opened_file, "almost-in", by_ref, _all_but_the_silent)


@pytest.fixture(scope="session")
def escalated_file(almost_in_file: Path, by_ref: Mapping[str, Part]) -> Path:
    """Everybody has answered, the board is confirmed and the run was made."""
    return _further(almost_in_file, "escalated", by_ref, _to_the_run)


@pytest.fixture
def copy(tmp_path: Path, by_ref: Mapping[str, Part]) -> Iterator[Copy]:
    with ExitStack() as offices:

        def opened(template: Path) -> Office:
            path = tmp_path / template.name
            path.write_bytes(template.read_bytes())
            return offices.enter_context(Office(path, by_ref))

        yield opened


@pytest.fixture
def prepared(copy: Copy, prepared_file: Path) -> Office:
    """Five minutes before the window opens."""
    return copy(prepared_file)


@pytest.fixture
def opened(copy: Copy, opened_file: Path) -> Office:
    """The window has just opened."""
    return copy(opened_file)


@pytest.fixture
def almost_in(copy: Copy, almost_in_file: Path) -> Office:
    """All returns are in but those of `SILENT`, on the second day of the window."""
    return copy(almost_in_file)


@pytest.fixture
def escalated(copy: Copy, escalated_file: Path) -> Office:
    """The escalation run has just been made."""
    return copy(escalated_file)


def _further(
    template: Path, name: str, by_ref: Mapping[str, Part], act: Callable[[Office], object]
) -> Path:
    path = template.with_name(f"{name}.db")
    path.write_bytes(template.read_bytes())
    with Office(path, by_ref) as office:
        act(office)
    return path


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
