"""Listeners of every form of the set-up: open it, and take what was sent."""

from flows.setup.forms import open_form, send_form
from flows.setup.shape import Kept
from handlers.answering import in_modal, instead, show
from handlers.call import Call
from handlers.context import Context
from handlers.setup.showing import CARD, NOTES, OTHER_FORM, look, next_depth, show_anew, shows
from messages.forms.setup.problems import setup_errors
from messages.forms.setup.setup_form import SetupSent, depth_of, parse_setup, setup_view
from messages.notices.refusals import OutOfDate
from messages.notices.setup_sheets import FormSheet
from messages.values import unpack_form
from rules.setup_forms import FormKind, Unfit

CANNOT_CHANGE = "Set up"


async def on_setup_form(context: Context, call: Call) -> None:
    """Change something: open the form for it."""
    await call.ack()
    key = unpack_form(call.pressed)
    if key is None:
        await in_modal(context, call, OutOfDate(), CANNOT_CHANGE)
        return
    found = await context.desk.write(open_form, call.slack_id, key, context.clock.now())
    if isinstance(found, FormSheet):
        await show(call, setup_view(found, shows(call), next_depth(call)))
    else:
        await in_modal(context, call, found, CANNOT_CHANGE)


async def on_setup_sent(context: Context, call: Call) -> None:
    """A form was sent: keep it, or say at the fields what is wrong."""
    sent = parse_setup(call.view)
    if sent is None:
        await instead(context, call, OutOfDate(), CANNOT_CHANGE)
        return
    done = await context.desk.write(
        send_form, call.slack_id, sent.key, sent.typed, sent.mark, context.clock.now()
    )
    if isinstance(done, Kept):
        await _kept(context, call, sent, done)
    elif isinstance(done, Unfit):
        await call.ack(response_action="errors", errors=setup_errors(done.problems, call.view))
    elif isinstance(done, FormSheet):
        again = setup_view(done, sent.below, depth_of(call.view))
        await call.ack(response_action="update", view=again)
    else:
        await instead(context, call, done, CANNOT_CHANGE)


async def _kept(context: Context, call: Call, sent: SetupSent, done: Kept) -> None:
    """Back to what the form lay on, which shows the change; else what was changed is shown."""
    if sent.below and sent.key.kind is not FormKind.CREATION:
        await call.ack()
        if sent.below != OTHER_FORM:
            await show_anew(context, call, sent.below)
        return
    what = NOTES if sent.key.kind is FormKind.PARTNERSHIP_NOTE else CARD
    view = await look(context, call, f"{what}:{done.number}", depth_of(call.view))
    await call.ack(response_action="update", view=view)
