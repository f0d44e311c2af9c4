"""Listeners of partnerships: the list, the form for one, and taking one away."""

from flows.setup.partnerships import (
    keep_partnership,
    partnership_sheet,
    partnerships_listed,
    remove_partnership,
)
from handlers.answering import in_modal
from handlers.call import Call
from handlers.context import Context
from handlers.setup.lists import page_in, removed, settle, show_form, show_list
from messages.forms.setup.partnership_form import parse_partnership, partnership_view
from messages.notices.organising import PartnershipsListed
from messages.notices.organising_sheets import PartnershipSheet
from messages.notices.refusals import OutOfDate
from messages.values import unpack_number

PARTNERSHIPS = "Partnerships"


async def on_partnerships(context: Context, call: Call) -> None:
    """Partnerships: the list, or the form a button of it asks for."""
    await call.ack()
    now = context.clock.now()
    if (page := page_in(call.pressed)) is not None:
        listed = await context.desk.write(partnerships_listed, call.slack_id, page, now)
        await show_list(context, call, listed, PARTNERSHIPS)
        return
    number = unpack_number(call.pressed.removeprefix("change:"))
    if number is None and call.pressed != "add":
        await in_modal(context, call, OutOfDate(), PARTNERSHIPS)
        return
    found = await context.desk.write(partnership_sheet, call.slack_id, number, now)
    await show_form(context, call, found, PartnershipSheet, partnership_view, PARTNERSHIPS)


async def on_partnership(context: Context, call: Call) -> None:
    """A partnership was sent: keep it, or say at the fields why not."""
    answer = parse_partnership(call.view)
    done = await context.desk.write(keep_partnership, call.slack_id, answer, context.clock.now())
    await settle(context, call, done, PartnershipsListed, PARTNERSHIPS)


async def on_remove_partnership(context: Context, call: Call) -> None:
    """Take a partnership away."""
    number = unpack_number(call.pressed) or 0
    done = await context.desk.write(remove_partnership, call.slack_id, number, context.clock.now())
    await call.ack()
    await removed(context, call, done, PartnershipsListed, PARTNERSHIPS)
