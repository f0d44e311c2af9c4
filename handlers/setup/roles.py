"""Listeners of roles: look at who holds what, give, hand over and end.

They receive, translate, call one flow and answer; nothing is decided here.
"""

import re

from flows.setup.roles import Done, end_role, ending, give_role, giving
from flows.setup.roles_over import roles_over
from handlers.answering import in_modal, instead
from handlers.call import Call
from handlers.context import Context
from handlers.setup.accounts import look_up
from handlers.setup.lists import refuse, renew, show_form, show_list, taken
from messages.forms.setup.parts import under
from messages.forms.setup.role_form import end_view, give_view, parse_end, parse_role
from messages.notices.organising_sheets import Ending, Giving, RoleAnswer
from messages.notices.refusals import OutOfDate
from messages.values import unpack_number, unpack_role
from rules.organising import Amiss, Faults
from rules.roles import Place
from rules.vocabulary import RoleScope

ROLES = "People and roles"
CANNOT = "This role"
_OVER = re.compile(
    r"over:(?P<scope>NONE|BLOCK|PARTNERSHIP|TARGET):(?P<at>\d{1,9}):(?P<page>\d{1,4})", re.ASCII
)


async def on_roles(context: Context, call: Call) -> None:
    """People and roles: a list, or the form a button of it asks for."""
    await call.ack()
    place = unpack_role(call.pressed)
    if place is not None:
        await _open_giving(context, call, Place(place[0], place[1], place[2] or None))
    elif call.pressed.startswith("end:"):
        await _open_ending(context, call)
    else:
        await _list(context, call)


async def _list(context: Context, call: Call) -> None:
    found = _OVER.fullmatch(call.pressed or "over:NONE:0:1")
    if found is None:
        await in_modal(context, call, OutOfDate(), ROLES)
        return
    where = (RoleScope(found["scope"]), int(found["at"]), int(found["page"]))
    shown = await context.desk.write(roles_over, call.slack_id, *where, context.clock.now())
    await show_list(context, call, shown, ROLES)


async def _open_giving(context: Context, call: Call, place: Place) -> None:
    found = await context.desk.write(giving, call.slack_id, place, context.clock.now())
    await show_form(context, call, found, Giving, give_view, CANNOT)


async def _open_ending(context: Context, call: Call) -> None:
    tenure = unpack_number(call.pressed.removeprefix("end:")) or 0
    found = await context.desk.write(ending, call.slack_id, tenure, context.clock.now())
    await show_form(context, call, found, Ending, end_view, CANNOT)


async def on_person_chosen(context: Context, call: Call) -> None:
    """Somebody was chosen: ask Slack who that is, and say so in the form."""
    await call.ack()
    answer = parse_role(call.view)
    if answer is not None and answer.person:
        await _say_who(context, call, answer)


async def on_give_role(context: Context, call: Call) -> None:
    """A role was given: keep it, or say at the fields why not."""
    answer = parse_role(call.view)
    if answer is None:
        await instead(context, call, OutOfDate(), CANNOT)
        return
    done = await context.desk.write(give_role, call.slack_id, answer, context.clock.now())
    await _answer(context, call, done)
    if isinstance(done, Faults) and any(one.code is Amiss.PERSON_LOOKED_UP for one in done.faults):
        # The answer about an earlier choice may have come last: ask once more.
        await _say_who(context, call, answer)


async def _say_who(context: Context, call: Call, answer: RoleAnswer) -> None:
    found = await context.desk.write(giving, call.slack_id, answer.place, context.clock.now())
    if not isinstance(found, Giving):
        return  # sending the form says why
    known = await look_up(call, answer.person)
    view = give_view(found, under(call.view), known, answer.seen)
    await renew(call, str(call.view.get("id", "")), view)


async def on_end_role(context: Context, call: Call) -> None:
    """A role was ended: keep it, or say at the day why not."""
    answer = parse_end(call.view)
    if answer is None:
        await instead(context, call, OutOfDate(), CANNOT)
        return
    done = await context.desk.write(end_role, call.slack_id, answer, context.clock.now())
    await _answer(context, call, done)


async def _answer(context: Context, call: Call, done: object) -> None:
    if not isinstance(done, Done):
        await refuse(context, call, done, CANNOT)  # type: ignore[arg-type]  # all that is left
        return
    now = context.clock.now()
    shown = await context.desk.write(roles_over, call.slack_id, done.scope, done.over, 1, now)
    await taken(context, call, shown, ROLES)
