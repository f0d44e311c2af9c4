"""Listeners of more time for one person: open its form, and take it."""

from flows.extend import Extending, extend, may_extend
from handlers.answering import in_modal, instead, show
from handlers.call import Call
from handlers.context import Context
from messages.forms.extension_form import (
    Span,
    extension_errors,
    extension_view,
    parse_extension,
)
from messages.notices.checking import ExtensionKept, ExtensionRefused
from messages.notices.refusals import OutOfDate
from messages.values import unpack_target

NO_TIME_GIVEN = "No time was given"


async def on_extend(context: Context, call: Call) -> None:
    """Give more time: open the form for it."""
    await call.ack()
    named, now = unpack_target(call.pressed), context.clock.now()
    if named is None:
        await in_modal(context, call, OutOfDate(), NO_TIME_GIVEN)
        return
    found = await context.desk.write(may_extend, call.slack_id, *named, now)
    if isinstance(found, Extending):
        await show(call, extension_view(*named, _span(found)))
    else:
        await in_modal(context, call, found, NO_TIME_GIVEN)


def _span(found: Extending) -> Span:
    old = found.before
    # A day that is over is no day to begin with.
    until = old.until if old and found.first <= old.until <= found.last else None
    refs = tuple(one.ref for one in found.owed)
    return Span(refs, found.first, found.last, until, old.reason if old else "")


async def on_extension(context: Context, call: Call) -> None:
    """A day and a reason were sent."""
    answer = parse_extension(call.view)
    if answer is None:
        await instead(context, call, OutOfDate(), NO_TIME_GIVEN)
        return
    done = await context.desk.write(
        extend,
        call.slack_id,
        answer.person,
        answer.quarter,
        answer.until,
        answer.reason,
        context.clock.now(),
    )
    errors = extension_errors(done) if isinstance(done, ExtensionRefused) else {}
    if errors:
        await call.ack(response_action="errors", errors=errors)
    else:
        title = "More time" if isinstance(done, ExtensionKept) else NO_TIME_GIVEN
        await instead(context, call, done, title)
