"""`quarterlight audit deliveries`: the comparison by hand, beside a running bot."""

import asyncio
import json
from datetime import timedelta
from pathlib import Path

import pytest
from sqlmodel import Session, select
from typer.testing import CliRunner, Result

from bot.cli import app
from bot.rehearsal.playhouse import BOARD_ID, CENTRAL_ID
from store import installation
from store.database import Database
from store.lock import alone_on
from store.tables import OutboxRow, Setting
from tests.bot.audited import DUE, POST, Audited
from tests.bot.post_room import SECRET, PostRoom, to_lead
from workspace.log import Fault

WHOLE, AMISS, FAULT = 0, 1, 2


@pytest.fixture
def database(tmp_path: Path, prepared_file: Path) -> Database:
    """One engine is enough here: what the engines share is tried on both elsewhere."""
    path = tmp_path / "quarterlight.db"
    path.write_bytes(prepared_file.read_bytes())
    return Database(f"sqlite:///{path}")


@pytest.fixture
async def audited(room: PostRoom) -> Audited:
    """The window has opened and all that was due has been sent."""
    opened = Audited(room)
    await room.desk.write(_own_secret)
    await opened.open()
    await room.until_quiet()
    return opened


def _own_secret(session: Session) -> None:
    kept = session.get(Setting, installation.SECRET)
    assert kept is None
    at = session.get_one(Setting, installation.LOADED).changed_at
    session.add(Setting(name=installation.SECRET, value=SECRET.hex(), changed_at=at))


async def types(audited: Audited, database: Database, *words: str) -> Result:
    """Type the command in another process's place, while a bot has the database for itself."""
    environment = {
        "SLACK_BOT_TOKEN": audited.room.workspace.core.bot.bot_token,
        "SLACK_API_URL": audited.room.workspace.api_url,
        "DATABASE_URL": database.url.render_as_string(hide_password=False),
        "BOARD_CHANNEL": BOARD_ID,
        "CENTRAL_CHANNEL": CENTRAL_ID,
        "CENTRAL_TEAM": "UCENTRALTEAM01",
    }
    command = ["audit", "deliveries", *words]
    with alone_on(database):
        return await asyncio.to_thread(CliRunner().invoke, app, command, env=environment)


async def test_when_all_is_well_it_says_so_and_ends_with_nought(
    audited: Audited, database: Database
) -> None:
    said = await types(audited, database)
    assert said.output == "2008/09 Q2: 5 due, 5 posted once, 0 missing, 0 twice\n"
    assert said.exit_code == WHOLE


async def test_what_is_not_well_is_listed_and_it_ends_with_one(
    audited: Audited, database: Database
) -> None:
    await audited.delete("one")
    await audited.say_twice("reply")
    said = await types(audited, database)
    assert said.exit_code == AMISS
    first, *lines = said.output.splitlines()
    assert first == "2008/09 Q2: 5 due, 3 posted once, 1 missing, 1 twice"
    assert any(
        line.startswith("missing: ") and "Wed 01 Oct 2008 09:00, to target-lead-01" in line
        for line in lines
    )
    assert any(line.startswith("twice: ") and "to board" in line for line in lines)
    assert len(lines) == 2


async def test_what_waits_or_was_not_sent_is_listed_and_no_proof(
    audited: Audited, database: Database
) -> None:
    audited.room.clock.move_by(timedelta(minutes=1))
    await audited.room.keep("three", to_lead(), person=3)
    audited.room.spoil(POST, "before", Fault(error="is_archived"))
    await audited.room.until_quiet()
    await audited.room.keep("four", to_lead(), person=4)
    said = await types(audited, database)
    assert said.exit_code == AMISS
    assert "posted once, 0 missing, 0 twice, 1 on the way, 1 not sent\n" in said.output
    assert "parked: the message about an acknowledgement" in said.output
    assert "on its way: the message about an acknowledgement" in said.output


async def test_everything_can_be_had_as_json(audited: Audited, database: Database) -> None:
    await audited.delete("two")
    said = await types(audited, database, "--json", "--quarter", "2008/09 Q2")
    body = json.loads(said.output)
    assert (body["due"], body["posted"], body["missing"], body["twice"]) == (DUE, DUE - 1, 1, 0)
    (line,) = body["apart"]
    assert (line["key"], line["to"], line["fate"]) == ("two", "target-lead-02", "missing")


async def test_it_writes_neither_to_the_records_nor_to_slack(
    audited: Audited, database: Database
) -> None:
    await audited.delete("one")
    calls = audited.room.calls(POST)
    before = await audited.room.desk.read(_rows)
    await types(audited, database)
    assert await audited.room.desk.read(_rows) == before
    assert audited.room.calls(POST) == calls


async def test_a_place_that_cannot_be_read_is_named(audited: Audited, database: Database) -> None:
    refusal = Fault(error="missing_scope")
    audited.room.spoil("conversations.history", "before", *[refusal] * DUE)
    said = await types(audited, database)
    assert f"could not be read: {BOARD_ID} (missing_scope)" in said.output
    assert "3 not checked" in said.output
    assert said.exit_code == AMISS


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("--quarter", "2008/09 Q1"), "The window of 2008/09 Q1 was never opened"),
        (("--quarter", "Q2"), "Q2"),
    ],
)
async def test_a_quarter_that_cannot_be_checked_says_why(
    audited: Audited, database: Database, words: tuple[str, ...], says: str
) -> None:
    said = await types(audited, database, *words)
    assert says in said.output + str(said.exception)
    assert said.exit_code != WHOLE


def _rows(session: Session) -> list[tuple[str, str, str]]:
    return [(row.key, row.state, row.body) for row in session.exec(select(OutboxRow))]
