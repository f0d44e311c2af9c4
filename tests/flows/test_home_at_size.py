"""A programme of 1,000 targets and 500 leads: the same few statements, and one view."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import event
from sqlalchemy.engine import Engine

from bot.rehearsal.preparation import prepare
from flows.home.gather import home
from flows.partnership import partnership
from messages.forms.home_pages import home_tab
from messages.forms.record_page import on_one_page
from messages.gallery import Roles
from messages.markup import Payload
from messages.notices.home import Home
from messages.notices.partnership import PartnershipRecord
from messages.say import Voice
from rules.vocabulary import Role
from store import migrate
from store.database import Database
from store.importing.programme import PersonLine, Programme
from tests.bot.programmes import made_up
from tests.flows.office import SECOND_DAY, Office
from tests.messages.judges import judge_view, texts
from tests.sample import BEFORE_OPENING, OPENS, QUARTER, REMINDERS

CENTRAL, MANAGER = "central-team-01", "laa-manager-01"
VOICE = Voice()


def with_leads(programme: Programme, count: int) -> Programme:
    """So many leads more."""
    leads = tuple(
        PersonLine(f"target-lead-{n:03}", f"UTARMANY{n:03}", (Role.TARGET_LEAD,))
        for n in range(100, 100 + count)
    )
    return replace(programme, people=(*programme.people, *leads))


def opened(folder: Path, programme: Programme, targets: int, leads: int) -> Office:
    url = f"sqlite:///{folder / f'{targets}.db'}"
    database = Database(url)
    migrate.upgrade(database)
    large = made_up(with_leads(programme, leads), targets, seed=7)
    with database.writing() as session:
        prepare(session, large, (), QUARTER, BEFORE_OPENING)
    database.close()
    office = Office(url, {})
    office.tick(OPENS)
    return office


@pytest.fixture(scope="module")
def offices(
    tmp_path_factory: pytest.TempPathFactory, programme: Programme
) -> Iterator[tuple[Office, Office]]:
    """A small one and a large one."""
    folder = tmp_path_factory.mktemp("size")
    with opened(folder, programme, 40, 5) as small, opened(folder, programme, 1_000, 500) as large:
        yield small, large


@contextmanager
def counting() -> Iterator[list[str]]:
    """Every statement that is sent to a database meanwhile."""
    sent: list[str] = []

    def note(*about: object) -> None:
        sent.append(str(about[2]))

    event.listen(Engine, "before_cursor_execute", note)
    try:
        yield sent
    finally:
        event.remove(Engine, "before_cursor_execute", note)


def look(office: Office, label: str, now: datetime = SECOND_DAY) -> tuple[Home, int]:
    with counting() as sent:
        found = office.do(home, office.slack_ids[label], now)
    assert isinstance(found, Home)
    return found, len(sent)


def compiled(found: Home) -> Payload:
    return VOICE.say_in_view(found, Roles())


@pytest.mark.parametrize("label", [CENTRAL, MANAGER])
def test_the_same_few_statements_at_any_size(offices: tuple[Office, Office], label: str) -> None:
    small, large = offices
    assert look(small, label)[1] == look(large, label)[1] < 60


def test_so_it_is_on_the_eve_of_a_reminder(offices: tuple[Office, Office]) -> None:
    small, large = offices
    eve = REMINDERS[0] - timedelta(hours=14)
    found, statements = look(large, CENTRAL, eve)
    assert look(small, CENTRAL, eve)[1] == statements < 80
    assert found.tomorrow is not None
    (reminder,) = found.tomorrow.coming
    assert reminder.told == len(found.owing)
    judge_view(home_tab(found, {}, compiled))


def test_the_central_teams_home_fits_one_view_and_counts_the_rest(
    offices: tuple[Office, Office],
) -> None:
    found, _ = look(offices[1], CENTRAL)
    assert len(found.owing) > 350
    made = home_tab(found, {}, compiled)
    judge_view(made)
    words = " ".join(texts(made["blocks"]))
    assert f"1 to 20 of {len(found.owing)} people." in words
    assert "There is more than fits here" not in words


def test_a_leads_and_a_managers_home_fit_too(offices: tuple[Office, Office]) -> None:
    large = offices[1]
    for label in (MANAGER, "target-lead-100", "psb-member-01", "performance-lead-ede"):
        judge_view(home_tab(look(large, label)[0], {}, compiled))


def test_a_partnership_with_a_hundred_targets_fits_five_messages(
    offices: tuple[Office, Office],
) -> None:
    found = offices[1].do(partnership, offices[1].slack_ids[CENTRAL], "spatial", None, SECOND_DAY)
    assert isinstance(found, PartnershipRecord)
    assert len(found.targets) > 60
    made = on_one_page(found, lambda record: VOICE.say(record, Roles(), tables=False))
    assert len(VOICE.say(made, Roles(), tables=False)) <= 5
    assert made.left.targets == len(found.targets) - len(made.targets)
