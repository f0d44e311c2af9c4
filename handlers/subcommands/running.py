"""Subcommands by which the central team runs a quarter and sets it up."""

import re
from datetime import date

from flows import answers, run_quarter
from flows import extend as more_time
from flows import pause as pausing
from flows.run_quarter import Opening
from flows.setup.admission import admitted
from flows.setup.check import check_setup
from flows.standing import Asker
from handlers.asked import PERSON, Asked
from handlers.extension_words import read_extension
from handlers.setup.areas import offered
from handlers.words import DayNotUnderstoodError, WordsNotUnderstoodError, read_day
from messages.notices import Notice
from messages.notices.setup import SetupMenu
from rules.quarters import Quarter


async def extend(asked: Asked) -> Notice:
    """More time for one person."""
    wanted = read_extension(asked.words, asked.today)
    now = asked.context.clock.now()
    quarter = wanted.quarter
    if quarter is None:
        quarter = await asked.context.desk.read(answers.current_quarter, now)
    return await asked.context.desk.write(
        more_time.by_slack_id,
        asked.slack_id,
        wanted.person,
        quarter,
        wanted.until,
        wanted.reason,
        now,
    )


async def remind(asked: Asked) -> Notice:
    """One more reminder."""
    if not asked.words:
        return asked.unclear("remind")
    named = PERSON.fullmatch(asked.words)
    return await asked.context.desk.write(
        run_quarter.remind_now,
        asked.slack_id,
        named["id"] if named else asked.words,
        asked.occasion,
        asked.context.clock.now(),
    )


async def open_(asked: Asked) -> Notice:
    """Open a window, or change its dates."""
    if asked.quarter is None:
        return asked.unclear("open")
    opening = _opening(asked.quarter, asked.rest, asked.today)
    return await asked.context.desk.write(
        run_quarter.open_by_hand, asked.slack_id, opening, asked.context.clock.now()
    )


async def preview(asked: Asked) -> Notice:
    """The digest as it would be now."""
    return await asked.context.desk.write(
        run_quarter.preview,
        asked.slack_id,
        asked.only_quarter,
        asked.occasion,
        asked.context.clock.now(),
    )


async def post(asked: Asked) -> Notice:
    """The digest, to the board."""
    return await asked.context.desk.write(
        run_quarter.post, asked.slack_id, asked.only_quarter, asked.context.clock.now()
    )


async def pause(asked: Asked) -> Notice:
    """Let nothing happen for a while."""
    return await asked.context.desk.write(
        pausing.pause, asked.slack_id, asked.only_quarter, asked.context.clock.now()
    )


async def resume(asked: Asked) -> Notice:
    """Let it go on."""
    board = None
    if asked.rest:
        named, _, day = asked.rest.partition(" ")
        if named.casefold() != "board":
            raise WordsNotUnderstoodError(f"“{asked.rest}” is not something I can read here.")
        board = read_day(day, asked.today)
    return await asked.context.desk.write(
        pausing.resume, asked.slack_id, asked.quarter, board, asked.context.clock.now()
    )


async def setup(asked: Asked) -> Notice:
    """The menu of the set-up."""
    context = asked.context
    who = await context.desk.write(admitted, asked.slack_id, context.clock.now())
    return SetupMenu(offered()) if isinstance(who, Asker) else who


async def check(asked: Asked) -> Notice:
    """What the set-up lacks."""
    return await asked.context.desk.write(check_setup, asked.slack_id, asked.context.clock.now())


def _opening(quarter: Quarter, words: str, today: date) -> Opening:
    """Read `due DATE` and `board DATE` in any order. Raises `DayNotUnderstoodError`."""
    found: dict[str, date] = {}
    pieces = re.split(r"\b(due|board)\b", words, flags=re.IGNORECASE)
    if pieces[0].strip():
        raise DayNotUnderstoodError(pieces[0])
    for name, day in zip(pieces[1::2], pieces[2::2], strict=True):
        if name.casefold() in found:
            raise WordsNotUnderstoodError(f"There are two days after “{name}”. Give one.")
        found[name.casefold()] = read_day(day, today)
    return Opening(quarter, found.get("due"), found.get("board"))
