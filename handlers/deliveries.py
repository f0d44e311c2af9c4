"""Listeners of messages that need an administrator: send again, dealt with, release."""

from collections.abc import Callable

from flows.deliveries import Done, NotSeenTo, deal_with, send_again
from flows.hold import release
from handlers.answering import privately
from handlers.call import Call
from handlers.context import Context
from messages.notices.refusals import OutOfDate
from messages.values import unpack_number

Flow = Callable[..., Done | NotSeenTo]


async def on_send_again(context: Context, call: Call) -> None:
    """Send a message that was set aside once more."""
    await _see_to(context, call, send_again)


async def on_dealt_with(context: Context, call: Call) -> None:
    """A message that was set aside has been dealt with."""
    await _see_to(context, call, deal_with)


async def on_release(context: Context, call: Call) -> None:
    """Let sending go on."""
    await _see_to(context, call, release)


async def _see_to(context: Context, call: Call, flow: Flow) -> None:
    """Keep it, then say so by the message itself; refuse privately."""
    number = unpack_number(call.pressed)
    if number is None:
        await call.ack()
        await privately(context, call, OutOfDate())
        return
    done = await context.desk.write(flow, call.slack_id, number, context.clock.now())
    await call.ack()
    if not isinstance(done, Done):
        await privately(context, call, done)
