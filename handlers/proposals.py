"""Listeners of a proposed colour: agree to it, or keep the computed one with a reason."""

from flows.decide_colour import Decided, Deciding, agree, keep_computed, may_decide
from handlers.answering import in_modal, instead, privately, show
from handlers.call import Call
from handlers.context import Context
from messages.forms.keep_colour_form import (
    keep_colour_errors,
    keep_colour_view,
    parse_keep_colour,
)
from messages.notices.answers import ColourKept
from messages.notices.refusals import OutOfDate
from messages.values import unpack_proposal

NOT_DECIDED = "Nothing to decide here"


async def on_agree_colour(context: Context, call: Call) -> None:
    """Agree to a better colour: keep it, then say so by the message itself; refuse privately."""
    named = unpack_proposal(call.pressed)
    if named is None:
        await call.ack()
        await privately(context, call, OutOfDate())
        return
    done = await context.desk.write(agree, call.slack_id, *named, context.clock.now())
    await call.ack()
    await privately(context, call, _kept(done) if isinstance(done, Decided) else done)


async def on_keep_colour(context: Context, call: Call) -> None:
    """Keep the computed colour: open the form for the reason."""
    await call.ack()
    named = unpack_proposal(call.pressed)
    if named is None:
        await in_modal(context, call, OutOfDate(), NOT_DECIDED)
        return
    found = await context.desk.write(may_decide, call.slack_id, *named, context.clock.now())
    if not isinstance(found, Deciding):
        await in_modal(context, call, found, NOT_DECIDED)
        return
    one, target = found.proposal, found.target
    view = keep_colour_view(
        *named, target.ref, target.title, one.computed, one.proposed, one.reason
    )
    await show(call, view)


async def on_keep_colour_reason(context: Context, call: Call) -> None:
    """The reason was sent."""
    answer = parse_keep_colour(call.view)
    if answer is None:
        await instead(context, call, OutOfDate(), NOT_DECIDED)
        return
    if not answer.why:
        await call.ack(response_action="errors", errors=keep_colour_errors())
        return
    done = await context.desk.write(
        keep_computed,
        call.slack_id,
        answer.proposal,
        answer.quarter,
        answer.why,
        context.clock.now(),
    )
    if isinstance(done, Decided):
        await call.ack()
    else:
        await instead(context, call, done, NOT_DECIDED)


def _kept(done: Decided) -> ColourKept:
    return ColourKept(done.quarter, done.ref, done.title, done.stands, done.agreed)
