"""Listener of a figure that came in a block's own sheet: its lead confirms it."""

from flows.confirm_figure import confirm
from flows.report_target import FigureTaken, Opened
from handlers.answering import in_modal, show
from handlers.call import Call
from handlers.context import Context
from messages.forms.return_form import commentary_view, figure_view
from messages.notices.refusals import OutOfDate
from messages.values import unpack_target

CANNOT_CONFIRM = "Nothing to confirm"


async def on_confirm_figure(context: Context, call: Call) -> None:
    """Confirm this figure: go on with what else its colour needs."""
    await call.ack()
    named = unpack_target(call.pressed)
    if named is None:
        await in_modal(context, call, OutOfDate(), CANNOT_CONFIRM)
        return
    found = await context.desk.write(confirm, call.slack_id, *named, context.clock.now())
    if isinstance(found, FigureTaken):
        await show(
            call,
            commentary_view(
                found.sheet, found.outcome, found.needs, found.typed, sitting=found.sitting
            ),
        )
    elif isinstance(found, Opened):
        await show(call, figure_view(found.sheet, found.typed, found.sitting))
    else:
        await in_modal(context, call, found, CANNOT_CONFIRM)
