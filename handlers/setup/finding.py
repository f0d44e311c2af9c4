"""Listeners that find what to set up: open the search, look up what is typed, open it."""

from flows.setup.admission import admitted
from flows.setup.suggest import suggest_offered, suggest_targets
from flows.standing import Asker
from handlers.answering import in_modal, instead, show
from handlers.call import Call
from handlers.context import Context
from handlers.setup.showing import CARD, NOTES, look
from messages.forms.setup.find_form import (
    find_errors,
    find_partnership_view,
    find_target_view,
    parse_find,
)
from messages.forms.setup.menus import suggestions
from messages.ids import Menu
from messages.notices.refusals import OutOfDate

TITLE = "Set up"
TARGETS = frozenset({Menu.WHICH_TARGET, Menu.LINKS})


async def on_setup_targets(context: Context, call: Call) -> None:
    """Targets: open the search for one."""
    await call.ack()
    who = await context.desk.write(admitted, call.slack_id, context.clock.now())
    if isinstance(who, Asker):
        await show(call, find_target_view())
    else:
        await in_modal(context, call, who, TITLE)


async def on_setup_notes(context: Context, call: Call) -> None:
    """Notes about a partnership: open the search for one."""
    await call.ack()
    who = await context.desk.write(admitted, call.slack_id, context.clock.now())
    if isinstance(who, Asker):
        await show(call, find_partnership_view())
    else:
        await in_modal(context, call, who, TITLE)


async def on_find(context: Context, call: Call) -> None:
    """One was chosen: show it."""
    found = parse_find(call.view)
    if found is None:
        await instead(context, call, OutOfDate(), TITLE)
    elif found.number is None:
        await call.ack(response_action="errors", errors=find_errors(found))
    else:
        what = CARD if found.menu is Menu.WHICH_TARGET else NOTES
        view = await look(context, call, f"{what}:{found.number}", 1)
        await call.ack(response_action="update", view=view)


async def on_suggest(context: Context, call: Call) -> None:
    """Something was typed into a menu: offer what fits."""
    menu, typed, now = call.menu, call.typed, context.clock.now()
    if menu in TARGETS:
        found = await context.desk.read(suggest_targets, call.slack_id, typed, now)
    else:
        field = Menu.PARTNERSHIP if menu == Menu.WHICH_PARTNERSHIP else menu
        found = await context.desk.read(suggest_offered, call.slack_id, field, typed, now)
    await call.ack(**suggestions(found))
