"""Listeners of a block's own sheet: name its columns, keep its figures.

As with any file, a press is acknowledged before the file is fetched from Slack.
"""

import asyncio

from flows import handed_sheet
from flows.handed_sheet import Named, Naming, may_name, name_columns, show_anew
from flows.handing_in import HandedIn, Waiting, read, waiting
from handlers.answering import in_modal, instead, privately, show
from handlers.call import Call
from handlers.context import Context
from handlers.importing import fetched_again, looked_at
from messages.forms.columns_form import columns_errors, columns_view, parse_columns
from messages.ids import Block as Id
from messages.notices import Notice
from messages.notices.files import FiguresFound, FiguresKept
from messages.notices.refusals import OutOfDate
from messages.values import unpack_number

CANNOT_NAME = "Which column is which"


async def on_map_columns(context: Context, call: Call) -> None:
    """Say which column is which: open the form for it."""
    await call.ack()
    form = unpack_number(call.pressed) or 0
    found = await context.desk.write(may_name, call.slack_id, form, context.clock.now())
    if not isinstance(found, Naming):
        await in_modal(context, call, found, CANNOT_NAME)
        return
    before = found.before
    places = (before.target, before.figure, before.source, before.as_at, before.quarter)
    chosen = {
        str(block): place for block, place in zip(_ORDER, places, strict=True) if place is not None
    }
    view = columns_view(form, found.file, found.headings, chosen, before.name)
    await show(call, view)


async def on_columns(context: Context, call: Call) -> None:
    """The columns were named: save it, and look at the sheet again."""
    answer = parse_columns(call.view)
    if answer is None:
        await instead(context, call, OutOfDate(), CANNOT_NAME)
        return
    if errors := columns_errors(answer):
        await call.ack(response_action="errors", errors=errors)
        return
    named = Named(answer.form, answer.name, *(answer.places.get(block) for block in _ORDER))
    asked = await context.desk.write(name_columns, call.slack_id, named, context.clock.now())
    if not isinstance(asked, Waiting):
        await instead(context, call, asked, CANNOT_NAME)
        return
    await call.ack()
    notice = await looked_at(context, call, asked.form, asked.file_id)
    now = context.clock.now()
    await context.desk.write(show_anew, call.slack_id, asked.form, notice, now)


async def on_keep_figures(context: Context, call: Call) -> None:
    """Keep these figures: leads are asked to confirm them."""
    await call.ack()
    form = unpack_number(call.pressed) or 0
    asked = await context.desk.read(waiting, call.slack_id, form)
    done: Notice = asked
    if isinstance(asked, FiguresFound):
        done = await _kept(context, call, asked)
    if not isinstance(done, FiguresKept):
        await privately(context, call, done)


async def _kept(context: Context, call: Call, asked: FiguresFound) -> Notice:
    file = await fetched_again(call, asked)
    if not isinstance(file, HandedIn):
        return file
    found = await asyncio.to_thread(read, file)
    return await context.desk.write(
        handed_sheet.keep, call.slack_id, file, found, context.clock.now()
    )


_ORDER = (
    Id.TARGET_COLUMN,
    Id.FIGURE_COLUMN,
    Id.SOURCE_COLUMN,
    Id.AS_AT_COLUMN,
    Id.QUARTER_COLUMN,
)
