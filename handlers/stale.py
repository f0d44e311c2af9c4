"""Presses and forms of long ago: they are told so, and nothing happens."""

from handlers.answering import instead, privately
from handlers.call import Call
from handlers.context import Context
from messages.notices.refusals import OutOfDate


async def on_stale_press(context: Context, call: Call) -> None:
    """A press nobody answers any more."""
    await call.ack()
    await privately(context, call, OutOfDate())


async def on_stale_form(context: Context, call: Call) -> None:
    """A form nobody takes any more."""
    await instead(context, call, OutOfDate(), "Out of date")
