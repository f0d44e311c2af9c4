"""A bot alone on its database, with a schema that fits and administrators that are there."""

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from pydantic import SecretStr
from sqlalchemy import text
from sqlmodel import select

from bot.clock import HandClock
from bot.desk import Desk
from bot.installation import appoint_and_set, prepare_schema
from bot.rehearsal.playhouse import BOARD_ID, CENTRAL_ID, playhouse
from bot.service import connected
from bot.settings import Settings, load
from rules.vocabulary import Role
from store import people, settings
from store.database import Database
from store.importing.programme import Programme
from store.lock import AnotherProcessError
from store.migrate import SchemaError
from store.tables import AuditEntry
from tests.sample import OPENS
from workspace.server import Workspace


@pytest.fixture
async def workspace(programme: Programme) -> AsyncIterator[Workspace]:
    started = Workspace(playhouse(programme), HandClock(OPENS))
    await started.start()
    yield started
    await started.stop()


def settings_for(url: str, api_url: str = "http://127.0.0.1:1/api/", **more: Any) -> Settings:
    return load(
        env_file=None,
        slack_bot_token=SecretStr("xoxb-workspace"),
        slack_app_token=SecretStr("xapp-workspace"),
        slack_api_url=api_url,
        database_url=SecretStr(url),
        board_channel=BOARD_ID,
        central_channel=CENTRAL_ID,
        central_team=("UNEWADMIN1", "UCENTRALTEAM01"),
        **more,
    )


async def test_a_second_bot_on_one_file_is_refused_in_a_clear_sentence(
    tmp_path: Path, workspace: Workspace
) -> None:
    kept = settings_for(f"sqlite:///{tmp_path / 'quarterlight.db'}", workspace.api_url)
    clock = HandClock(OPENS)
    async with connected(kept, clock):
        with pytest.raises(AnotherProcessError) as refused:
            async with connected(kept, clock):
                pytest.fail("two bots on one file")
    words = str(refused.value)
    assert "already running on quarterlight.db" in words
    assert "DATABASE_URL" in words
    async with connected(kept, clock):
        pass


def test_an_empty_database_gets_its_tables_and_one_of_a_newer_program_is_refused(
    tmp_path: Path,
) -> None:
    database = Database(f"sqlite:///{tmp_path / 'quarterlight.db'}")
    prepare_schema(database)
    prepare_schema(database)
    with database.writing() as session:
        session.connection().execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(SchemaError, match="newer Quarterlight"):
        prepare_schema(database)
    database.close()


async def test_the_first_administrators_are_appointed_once(database: Database) -> None:
    desk = Desk(database)
    kept = settings_for("sqlite:///x.db")
    for _ in range(2):
        await desk.write(appoint_and_set, kept, OPENS)
    holders = await desk.read(people.holders, Role.CENTRAL_TEAM, OPENS.date())
    new = await desk.read(people.by_slack_id, "UNEWADMIN1")
    assert new is not None
    assert new.number in holders
    assert len(holders) == 3
    with database.reading() as session:
        appointed = session.exec(
            select(AuditEntry.subject).where(AuditEntry.action == "appoint central team")
        ).all()
    assert appointed == [f"person {new.number}"]
    desk.close()


async def test_the_time_zone_of_the_installation_is_kept(database: Database) -> None:
    desk = Desk(database)
    kept = settings_for("sqlite:///x.db", time_zone="Europe/Dublin")
    await desk.write(appoint_and_set, kept, OPENS)
    assert (await desk.read(settings.read)).calendar.zone == "Europe/Dublin"
    desk.close()
