"""Subcommands that look something up, for everybody or for whoever may see it."""

from flows import actions as action_list
from flows import answers, return_history, returns_list, target_answer
from flows import partnership as record
from flows.home.gather import home
from handlers.asked import Asked
from messages.forms.home_pages import as_answer
from messages.forms.record_page import on_one_page
from messages.notices import Notice
from messages.notices.home import Home
from messages.notices.partnership import PartnershipRecord
from rules.actions import Which


async def help_(asked: Asked) -> Notice:
    """What one can ask."""
    context = asked.context
    return await context.desk.read(
        answers.help_, asked.slack_id, context.command, asked.words, context.clock.now()
    )


async def mine(asked: Asked) -> Notice:
    """What is somebody's own."""
    found = await asked.context.desk.read(home, asked.slack_id, asked.context.clock.now())
    return as_answer(found) if isinstance(found, Home) else found


async def status(asked: Asked) -> Notice:
    """How a quarter stands."""
    return await asked.context.desk.write(
        answers.status, asked.slack_id, asked.quarter, asked.rest, asked.context.clock.now()
    )


async def target(asked: Asked) -> Notice:
    """One target."""
    if not asked.rest:
        return asked.unclear("target")
    return await asked.context.desk.write(
        target_answer.target, asked.slack_id, asked.rest, asked.quarter, asked.context.clock.now()
    )


async def history(asked: Asked) -> Notice:
    """Every version of a return."""
    if not asked.rest:
        return asked.unclear("history")
    return await asked.context.desk.write(
        return_history.history,
        asked.slack_id,
        asked.rest,
        asked.quarter,
        asked.context.clock.now(),
    )


async def returns(asked: Asked) -> Notice:
    """What waits to be accepted."""
    return await asked.context.desk.write(
        returns_list.listed, asked.slack_id, asked.only_quarter, asked.context.clock.now()
    )


async def calendar(asked: Asked) -> Notice:
    """A quarter's dates."""
    return await asked.context.desk.read(
        answers.calendar, asked.only_quarter, asked.context.clock.now()
    )


async def escalations(asked: Asked) -> Notice:
    """A quarter's escalations."""
    return await asked.context.desk.write(
        answers.escalations, asked.slack_id, asked.only_quarter, asked.context.clock.now()
    )


async def actions(asked: Asked) -> Notice:
    """What is still to be done."""
    word = asked.words.casefold() or Which.OPEN
    if word not in set(Which):
        return asked.unclear("actions", f"“{asked.words}” is not something I can read here.")
    return await asked.context.desk.write(
        action_list.listed, asked.slack_id, Which(word), asked.context.clock.now()
    )


async def partnership(asked: Asked) -> Notice:
    """A partnership's record."""
    found = await asked.context.desk.write(
        record.partnership,
        asked.slack_id,
        asked.rest,
        asked.quarter,
        asked.context.clock.now(),
    )
    if not isinstance(found, PartnershipRecord):
        return found
    return on_one_page(found, await asked.context.say_as_answer())
