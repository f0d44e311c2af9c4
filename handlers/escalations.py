"""Listeners of a sponsor's message: acknowledge, with or without a note, and look."""

from flows.acknowledge import Acknowledged, Acknowledging, acknowledge, may_acknowledge
from flows.target_answer import target_numbered
from handlers.answering import in_modal, instead, privately, show
from handlers.call import Call
from handlers.context import Context
from handlers.home import publish_home, refresh_home
from messages.forms.acknowledge_form import acknowledge_view, parse_acknowledgement
from messages.notices.answers import AcknowledgementKept
from messages.notices.refusals import OutOfDate
from messages.values import unpack_escalation, unpack_target

CANNOT_ACKNOWLEDGE = "Not acknowledged"


async def on_acknowledge(context: Context, call: Call) -> None:
    """Acknowledge: keep it, then say so by the message itself; refuse privately."""
    named = unpack_escalation(call.pressed)
    if named is None:
        await call.ack()
        await privately(context, call, OutOfDate())
        return
    done = await context.desk.write(acknowledge, call.slack_id, *named, "", context.clock.now())
    await call.ack()
    if not isinstance(done, Acknowledged):
        await privately(context, call, done)
    elif call.is_in_home:
        await publish_home(context, call)
    elif not call.is_in_message:
        kept = AcknowledgementKept(done.quarter, done.ref, done.title)
        await privately(context, call, kept)


async def on_acknowledge_with_note(context: Context, call: Call) -> None:
    """Acknowledge with a note: open the form for it."""
    await call.ack()
    named = unpack_escalation(call.pressed)
    if named is None:
        await in_modal(context, call, OutOfDate(), CANNOT_ACKNOWLEDGE)
        return
    found = await context.desk.write(may_acknowledge, call.slack_id, *named, context.clock.now())
    if isinstance(found, Acknowledging):
        await show(call, acknowledge_view(found.shown, found.quarter))
    else:
        await in_modal(context, call, found, CANNOT_ACKNOWLEDGE)


async def on_acknowledgement(context: Context, call: Call) -> None:
    """The note was sent."""
    answer = parse_acknowledgement(call.view)
    if answer is None:
        await instead(context, call, OutOfDate(), CANNOT_ACKNOWLEDGE)
        return
    done = await context.desk.write(
        acknowledge,
        call.slack_id,
        answer.escalation,
        answer.quarter,
        answer.note,
        context.clock.now(),
    )
    if isinstance(done, Acknowledged):
        await call.ack()
        await refresh_home(context, call)
    else:
        await instead(context, call, done, CANNOT_ACKNOWLEDGE)


async def on_open_target(context: Context, call: Call) -> None:
    """Open target: show its record."""
    await call.ack()
    named = unpack_target(call.pressed)
    if named is None:
        await in_modal(context, call, OutOfDate(), "Target")
        return
    found = await context.desk.write(target_numbered, call.slack_id, *named, context.clock.now())
    await in_modal(context, call, found, "Target")
