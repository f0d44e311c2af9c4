"""A listener that fails: the person hears what became of it, and loses nothing."""

import asyncio
import logging
import re
import sqlite3
import threading
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from bot.desk import READERS
from messages.ids import Action, Block
from messages.values import pack_person
from tests.journeys.county import County, ephemeral_after, fill_commentary, fill_figure
from tests.journeys.test_home import home_of, number_of
from tests.sample import OPENS, QUARTER, RUN, london
from workspace.log import Fault, Stage

LEAD, REF = "target-lead-19", "LAA2-NI154"
NOTHING, MAY_BE = "nothing was saved", "It may have been saved: look before you do it again."
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


def breaks(county: County, method: str) -> None:
    """Let Slack refuse every call of a method."""

    async def refuse(_stage: Stage, what: Mapping[str, Any]) -> Fault | None:
        return Fault(error="fatal_error") if what.get("method") == method else None

    county.workspace.watch(refuse)


def reference_in(words: str, log: pytest.LogCaptureFixture, said: str = NOTHING) -> str:
    """The reference a person was given, which the log has too."""
    assert said in words
    assert said == NOTHING or NOTHING not in words
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


async def test_a_press_that_fails_once_its_change_is_kept_says_that_it_may_have_been(
    county: County, caplog: pytest.LogCaptureFixture
) -> None:
    await county.at(london(10, 2, 10, 32))
    central = county.person("central-team-01")
    home = await home_of(central)
    breaks(county, "views.publish")
    value = pack_person(await county.bot.desk.read(number_of, LEAD), QUARTER)
    await central.press(home, Action.NUDGE, value=value)
    await central.wait_for(lambda: central.modal)
    assert central.modal is not None
    reference_in(central.modal.plain(), caplog, MAY_BE)
    await county.settle()
    assert "The central team asked for this reminder." in county.person(LEAD).dm()[-1].plain()


async def test_a_form_that_fails_once_its_return_is_kept_says_that_it_may_have_been(
    county: County, database_file: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """The form has closed by then, so that the words open on their own."""
    await county.at(OPENS)
    lead = county.person(LEAD)
    await home_of(lead)
    await county.open_return(lead, REF)
    await fill_figure(lead, "1000")
    await lead.submit()
    await fill_commentary(lead, "Two sites started late.")
    drop(database_file, "escalation_quarter")
    assert (await lead.submit()).closed
    await lead.wait_for(lambda: lead.modal)
    assert lead.modal is not None
    reference_in(lead.modal.plain(), caplog, MAY_BE)
    await county.settle()
    assert "RED" in lead.dm()[-1].plain()


async def test_a_file_that_fails_while_it_is_read_is_told_over_what_is_shown(
    county: County, database_file: Path, caplog: pytest.LogCaptureFixture
) -> None:
    await county.at(OPENS)
    central = county.person("central-team-01")
    await central.command("/laa", "import")
    await central.wait_for(lambda: central.modal)
    await central.fill(Block.FILE, [central.upload("milestones.csv", b"target,quarter,profile\n")])
    fill_the_disk(database_file, "outbox")
    await central.submit()
    await central.wait_for(lambda: central.modal and MAY_BE in central.modal.plain())
    assert central.modal is not None
    reference_in(central.modal.plain(), caplog, MAY_BE)
    await central.close()
    assert central.modal is not None
    assert "is being read" in central.modal.plain()


async def test_a_press_that_cannot_open_its_form_is_answered_by_words_that_are_true(
    county: County, database_file: Path, caplog: pytest.LogCaptureFixture
) -> None:
    await county.at(OPENS)
    await county.report_red(county.person(LEAD), REF, "1000")
    await county.at(RUN)
    sponsor = county.person("sponsor-09")
    drop(database_file, "escalation_quarter")
    told = sponsor.dm()[0]
    words = await ephemeral_after(
        sponsor, lambda: sponsor.press(told, Action.ACKNOWLEDGE_WITH_NOTE)
    )
    reference_in(words, caplog, MAY_BE)


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
