"""Listeners of actions: say how one stands."""

from flows.actions import Faulty, Updated, Updating, may_update, update
from handlers.answering import in_modal, instead, show
from handlers.call import Call
from handlers.context import Context
from handlers.home import refresh_home
from messages.forms.action_form import action_errors, action_view, parse_action
from messages.notices.actions import ActionUpdated
from messages.notices.refusals import OutOfDate
from messages.values import unpack_number

CANNOT_UPDATE = "Nothing was changed"


async def on_update_action(context: Context, call: Call) -> None:
    """Say how it stands: open the form for it."""
    await call.ack()
    number = unpack_number(call.pressed)
    if number is None:
        await in_modal(context, call, OutOfDate(), CANNOT_UPDATE)
        return
    found = await context.desk.write(may_update, call.slack_id, number, context.clock.now())
    if isinstance(found, Updating):
        await show(call, action_view(found.sheet))
    else:
        await in_modal(context, call, found, CANNOT_UPDATE)


async def on_action(context: Context, call: Call) -> None:
    """An action's form was sent: keep it, or say at the field what is missing."""
    answer = parse_action(call.view)
    if answer is None:
        await instead(context, call, OutOfDate(), CANNOT_UPDATE)
        return
    done = await context.desk.write(
        update,
        call.slack_id,
        answer.number,
        answer.state,
        answer.note,
        str(call.view["id"]),
        context.clock.now(),
    )
    if isinstance(done, Faulty):
        await call.ack(response_action="errors", errors=action_errors(done.faults))
    elif isinstance(done, Updated):
        action = done.sheet.action
        kept = ActionUpdated(action.ref, action.text, done.sheet.state)
        await instead(context, call, kept, "Kept")
        await refresh_home(context, call)
    else:
        await instead(context, call, done, CANNOT_UPDATE)
