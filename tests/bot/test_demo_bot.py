"""The demo's bot and people: what is brought back, what is ended, whose forms are left alone."""

import asyncio
from collections.abc import Callable
from pathlib import Path

import pytest

from bot.demo.attendant import Attendant, EndedError
from bot.rehearsal.company import ReturnNotTakenError, own_form
from bot.rehearsal.nursery import BotDiedError, Settled, SteeredBot
from tests.workspace.conftest import CONFIG, HandClock
from workspace.people import Client
from workspace.server import Workspace


class Hanging(SteeredBot):
    """A bot without a process, which never answers until it is killed."""

    def __init__(self, folder: Path) -> None:
        super().__init__({}, (), folder / "bot.log")
        self.asked, self.killed = asyncio.Event(), asyncio.Event()

    async def start(self) -> None:
        self.starts += 1

    async def settle(self) -> Settled:
        self.asked.set()
        await self.killed.wait()
        raise BotDiedError

    def kill(self) -> bool:
        self.killed.set()
        return True


async def test_a_bot_that_hangs_is_ended_and_not_brought_back(tmp_path: Path) -> None:
    bot = Hanging(tmp_path)
    attendant = Attendant(bot, HandClock())
    await attendant.start()
    settling = asyncio.create_task(attendant.settle())
    await bot.asked.wait()
    attendant.abandon()
    with pytest.raises(EndedError):
        await settling
    await attendant.stop()
    with pytest.raises(EndedError):
        await attendant.settle()
    assert bot.starts == 1


async def test_a_bot_that_ended_with_the_demo_is_not_brought_back(tmp_path: Path) -> None:
    bot = Hanging(tmp_path)
    attendant = Attendant(bot, HandClock())
    settling = asyncio.create_task(attendant.settle())
    await bot.asked.wait()
    stopping = asyncio.create_task(attendant.stop())
    await asyncio.sleep(0)
    bot.kill()
    with pytest.raises(EndedError):
        await settling
    await stopping
    assert bot.starts == 0


FORM = {"type": "modal", "title": {"type": "plain_text", "text": "A form"}, "blocks": []}


async def fail(client: Client, meanwhile: Callable[[], object]) -> None:
    """Fail in the form that is open, after something else has happened."""
    async with own_form(client):
        meanwhile()
        raise ReturnNotTakenError


async def test_whoever_fails_in_a_form_closes_their_own_and_no_other() -> None:
    workspace = Workspace(CONFIG, HandClock())
    surfaces, lead = workspace.core.surfaces, workspace.client("ULEAD")
    own = surfaces.open("ULEAD", FORM)
    with pytest.raises(ReturnNotTakenError):
        await fail(lead, lambda: None)
    assert lead.modal is None
    surfaces.open("ULEAD", FORM)
    with pytest.raises(ReturnNotTakenError):
        await fail(lead, lambda: surfaces.open("ULEAD", FORM))
    assert lead.modal is not None, "somebody on the page opened this one meanwhile"
    assert lead.modal.id != own.id
