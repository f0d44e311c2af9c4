"""A listener that fails: the person hears that nothing was saved, and loses nothing."""

import asyncio
import logging
import re
import sqlite3
import threading
from pathlib import Path

import pytest

from bot.desk import READERS
from messages.ids import Action, Block
from tests.journeys.county import County, ephemeral_after, fill_commentary, fill_figure
from tests.sample import OPENS, RUN

LEAD, REF = "target-lead-19", "LAA2-NI154"
REFERENCE = re.compile(r"reference ([0-9A-F]{4})")


def drop(file: Path, table: str) -> None:
    """Take a table away: the database breaks as a real one does."""
    with sqlite3.connect(file) as connection:
        connection.execute("PRAGMA foreign_keys = OFF")
        connection.execute(f"DROP TABLE {table}")
    connection.close()


def fill_the_disk(file: Path, table: str) -> None:
    """Refuse every new row of a table, as a full disk would in the middle of a transaction."""
    with sqlite3.connect(file) as connection:
        connection.execute(
            f"CREATE TRIGGER full BEFORE INSERT ON {table} "
            "BEGIN SELECT RAISE(ABORT, 'disk full'); END"
        )
    connection.close()


def reference_in(words: str, log: pytest.LogCaptureFixture) -> str:
    """The reference a person was given, which the log has too."""
    assert "nothing was saved" in words
    found = REFERENCE.search(words)
    assert found is not None
    reference = found[1]
    assert any(f"Reference {reference}:" in record.getMessage() for record in log.records)
    return reference


async def test_a_form_that_cannot_be_kept_stays_open_with_everything_in_it(
    county: County, database_file: Path, caplog: pytest.LogCaptureFixture
) -> None:
    await county.at(OPENS)
    lead = county.person(LEAD)
    await county.open_return(lead, REF)
    await fill_figure(lead, "1000")
    await lead.submit()
    await fill_commentary(lead, "Two sites started late.")
    drop(database_file, "inbox")
    outcome = await lead.submit()
    (words,) = outcome.errors.values()
    reference_in(words, caplog)
    assert lead.modal is not None
    assert lead.modal.values[Block.CAUSE] == "Two sites started late."
    assert lead.modal.values["action.0.owner"] == "housing lead"


async def test_a_figure_that_cannot_be_kept_stays_in_its_form(
    county: County, database_file: Path, caplog: pytest.LogCaptureFixture
) -> None:
    await county.at(OPENS)
    lead = county.person(LEAD)
    await county.open_return(lead, REF)
    await fill_figure(lead, "1000")
    drop(database_file, "draft")
    outcome = await lead.submit()
    (words,) = outcome.errors.values()
    reference_in(words, caplog)
    assert lead.modal is not None
    assert lead.modal.values[Block.FIGURE] == "1000"


async def test_nothing_half_kept_is_left_behind(
    county: County, database_file: Path, caplog: pytest.LogCaptureFixture
) -> None:
    await county.at(OPENS)
    lead = county.person(LEAD)
    await county.open_return(lead, REF)
    await fill_figure(lead, "1000")
    await lead.submit()
    await fill_commentary(lead, "Two sites started late.")
    fill_the_disk(database_file, "outbox")
    outcome = await lead.submit()
    reference_in(next(iter(outcome.errors.values())), caplog)
    with sqlite3.connect(database_file) as connection:
        counts = [
            connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0]  # noqa: S608
            for table in ("inbox", "action")
        ]
        connection.execute("DROP TRIGGER full")
    connection.close()
    assert counts == [0, 0]
    assert not (await lead.submit()).errors
    await county.settle()
    assert "RED" in lead.dm()[-1].plain()


async def test_a_press_that_fails_is_answered_privately(
    county: County, database_file: Path, caplog: pytest.LogCaptureFixture
) -> None:
    await county.at(OPENS)
    await county.report_red(county.person(LEAD), REF, "1000")
    await county.at(RUN)
    sponsor = county.person("sponsor-09")
    drop(database_file, "escalation_quarter")
    told = sponsor.dm()[0]
    words = await ephemeral_after(sponsor, lambda: sponsor.press(told, Action.ACKNOWLEDGE))
    reference_in(words, caplog)


async def test_a_command_that_fails_is_answered_and_the_bot_goes_on(
    county: County, database_file: Path, caplog: pytest.LogCaptureFixture
) -> None:
    await county.at(OPENS)
    drop(database_file, "person")
    lead = county.person(LEAD)
    words = await ephemeral_after(lead, lambda: lead.command("/laa", "mine"))
    first = reference_in(words, caplog)
    words = await ephemeral_after(lead, lambda: lead.command("/laa", "mine"))
    assert reference_in(words, caplog) != first


async def test_the_log_of_a_failure_holds_neither_tokens_nor_what_was_typed(
    county: County, database_file: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    await county.at(OPENS)
    lead = county.person(LEAD)
    await county.open_return(lead, REF)
    await fill_figure(lead, "1000")
    await lead.submit()
    await fill_commentary(lead, "A very private cause.")
    fill_the_disk(database_file, "quarterly_return")
    await lead.submit()
    logged = caplog.text
    assert "Reference" in logged
    assert county.workspace.core.bot.bot_token not in logged
    assert "A very private cause." not in logged


async def test_an_answer_that_takes_long_comes_after_the_acknowledgement(county: County) -> None:
    """Slack waits three seconds; the records may be busy for longer."""
    free = threading.Event()
    busy = [
        asyncio.create_task(county.bot.desk.read(lambda _session: free.wait(60)))
        for _reader in range(READERS)
    ]
    central = county.person("central-team-01")
    assert await central.command("/laa", "target") == []
    assert central.ephemerals == []
    free.set()
    await asyncio.gather(*busy)
    await central.wait_for(lambda: central.ephemerals)
    assert "/laa target" in central.ephemerals[0].plain()
