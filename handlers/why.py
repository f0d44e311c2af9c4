"""The listener of “Why did I get this?”, which stands under every message that was posted."""

from flows.why import why
from handlers.answering import in_modal
from handlers.call import Call
from handlers.context import Context

TITLE = "Why did I get this?"


async def on_why(context: Context, call: Call) -> None:
    """Explain the message that the button stands under."""
    await call.ack()
    found = await context.desk.write(why, call.slack_id, *call.place, context.clock.now())
    await in_modal(context, call, found, TITLE)
