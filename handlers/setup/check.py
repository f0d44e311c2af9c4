"""Listeners of the set-up check: all gaps, and the list of one kind."""

from handlers.answering import in_modal, show
from handlers.call import Call
from handlers.context import Context
from handlers.setup.showing import CHECK, GAPS, look
from messages.notices.refusals import OutOfDate
from messages.values import unpack_gaps


async def on_setup_gaps(context: Context, call: Call) -> None:
    """Show all gaps of a kind, or the next ones: in the list's own place where one is open."""
    await call.ack()
    if unpack_gaps(call.pressed) is None:
        await in_modal(context, call, OutOfDate(), "Set up")
        return
    view = await look(context, call, f"{GAPS}:{call.pressed}", 1)
    if call.is_in_modal:
        await call.client.views_update(view_id=call.view["id"], view=view)
    else:
        await show(call, view)


async def on_setup_check(context: Context, call: Call) -> None:
    """Set-up check: show every kind of gap with the first few of each."""
    await call.ack()
    await show(call, await look(context, call, CHECK, 1))
