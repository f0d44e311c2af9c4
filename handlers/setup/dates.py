"""Listeners of the quarters' dates: the list, the form for one quarter, pausing and resuming."""

from collections.abc import Callable
from typing import Any

from flows.pause import pause, resume
from flows.setup.dates import change_the_dates, dates_listed, dates_sheet
from handlers.answering import in_modal, instead
from handlers.call import Call
from handlers.context import Context
from handlers.setup.lists import settle, show_form, show_list
from messages.forms.setup.dates_form import dates_view, parse_dates
from messages.notices.organising import DatesListed
from messages.notices.organising_sheets import DatesSheet
from messages.notices.pausing import PauseStands, ResumeStands
from messages.notices.refusals import OutOfDate, QuarterNotPaused
from messages.values import unpack_quarter
from rules.quarters import Quarter

DATES = "Dates"
CHANGE, PAUSE, RESUME = "change", "pause", "resume"


async def on_calendar(context: Context, call: Call) -> None:
    """Dates: the list, or what a button of it asks for."""
    what, _, named = call.pressed.partition(":")
    quarter = unpack_quarter(named)
    steps: dict[str, Callable[[Context, Call, Quarter], Any]] = {
        CHANGE: _open_form,
        PAUSE: _pause,
        RESUME: _resume,
    }
    if not call.pressed:
        await call.ack()
        await _list(context, call)
    elif quarter is None or what not in steps:
        await call.ack()
        await in_modal(context, call, OutOfDate(), DATES)
    else:
        await steps[what](context, call, quarter)


async def _list(context: Context, call: Call) -> None:
    listed = await context.desk.write(dates_listed, call.slack_id, context.clock.now())
    await show_list(context, call, listed, DATES)


async def _open_form(context: Context, call: Call, quarter: Quarter) -> None:
    await call.ack()
    found = await context.desk.write(dates_sheet, call.slack_id, quarter, context.clock.now())
    await show_form(context, call, found, DatesSheet, dates_view, DATES)


async def _pause(context: Context, call: Call, quarter: Quarter) -> None:
    done = await context.desk.write(pause, call.slack_id, quarter, context.clock.now())
    await call.ack()
    if isinstance(done, PauseStands):
        await _list(context, call)
    else:
        await in_modal(context, call, done, DATES)


async def _resume(context: Context, call: Call, quarter: Quarter) -> None:
    done = await context.desk.write(resume, call.slack_id, quarter, None, context.clock.now())
    await call.ack()
    if isinstance(done, ResumeStands | QuarterNotPaused):
        # Somebody else let it go on: the list, shown anew, says how things stand.
        await _list(context, call)
    else:
        await in_modal(context, call, done, DATES)


async def on_dates(context: Context, call: Call) -> None:
    """Dates were sent: keep them, or say at the fields why not."""
    answer = parse_dates(call.view)
    if answer is None:
        await instead(context, call, OutOfDate(), DATES)
        return
    done = await context.desk.write(change_the_dates, call.slack_id, answer, context.clock.now())
    await settle(context, call, done, DatesListed, DATES)
