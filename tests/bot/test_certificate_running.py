"""A running process certifies its stages by itself, beside its sending."""

import asyncio
from pathlib import Path

import pytest

from bot.clock import SharedClock
from bot.doors.door import NoDoor
from bot.rehearsal.playhouse import BOARD_ID, CENTRAL_ID, playhouse
from bot.service import Duty, Rhythm, _work, on_duty
from bot.settings import WorkerSettings, load_as
from store.importing.programme import Programme
from tests.sample import OPENS
from workspace.server import Workspace

PATIENCE_SECONDS = 30


def settings_for(workspace: Workspace, records: Path) -> WorkerSettings:
    return load_as(
        WorkerSettings,
        None,
        slack_bot_token=workspace.core.bot.bot_token,
        slack_api_url=workspace.api_url,
        database_url=f"sqlite:///{records}",
        board_channel=BOARD_ID,
        central_channel=CENTRAL_ID,
        central_team=("UCENTRALTEAM01",),
    )


@pytest.fixture
def records(tmp_path: Path, prepared_file: Path) -> Path:
    """A database five minutes before the window opens."""
    path = tmp_path / "quarterlight.db"
    path.write_bytes(prepared_file.read_bytes())
    return path


async def test_a_running_process_opens_the_window_and_then_certifies_it(
    records: Path, programme: Programme
) -> None:
    clock = SharedClock.create(records.with_name("clock"), OPENS, running=True)
    stop = asyncio.Event()
    workspace = Workspace(playhouse(programme), clock)
    await workspace.start()
    central = workspace.core.team
    async with on_duty(settings_for(workspace, records), clock, Duty(NoDoor)) as bot:
        working = asyncio.create_task(_work(bot, Rhythm(), stop))
        await central.changes.until(
            lambda: any(
                "After the window opened" in one.text for one in central.parents(CENTRAL_ID)
            ),
            PATIENCE_SECONDS,
        )
        stop.set()
        await working
    await workspace.stop()
    words = "\n".join(post.text for post in central.parents(CENTRAL_ID))
    assert "34 due, 34 posted, 0 missing, 0 twice" in words
