"""Listeners of kinds of target: the list and the form for one."""

from flows.setup.kinds import keep_kind, kind_sheet, kinds_listed
from handlers.call import Call
from handlers.context import Context
from handlers.setup.lists import page_in, settle, show_form, show_list
from messages.forms.setup.kind_form import kind_view, parse_kind
from messages.notices.organising import KindsListed
from messages.notices.organising_sheets import KindSheet

KINDS = "Kinds of target"


async def on_kinds(context: Context, call: Call) -> None:
    """Kinds of target: the list, or the form a button of it asks for."""
    await call.ack()
    now = context.clock.now()
    if (page := page_in(call.pressed)) is not None:
        listed = await context.desk.write(kinds_listed, call.slack_id, page, now)
        await show_list(context, call, listed, KINDS)
        return
    code = None if call.pressed == "add" else call.pressed.removeprefix("change:")
    found = await context.desk.write(kind_sheet, call.slack_id, code, now)
    await show_form(context, call, found, KindSheet, kind_view, KINDS)


async def on_kind(context: Context, call: Call) -> None:
    """A kind was sent: keep it, or say at the fields why not."""
    answer = parse_kind(call.view)
    done = await context.desk.write(keep_kind, call.slack_id, answer, context.clock.now())
    await settle(context, call, done, KindsListed, KINDS)
