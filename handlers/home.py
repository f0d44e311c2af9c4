"""The Home tab: everything that is somebody's, shown anew after every press in it."""

import logging
from dataclasses import replace

from slack_sdk.errors import SlackApiError

from flows import events
from flows.home.gather import home
from flows.nudging import Empty, Writing, may_write, nudge, write_to_owing
from handlers.answering import in_modal, instead, privately, show
from handlers.call import Call
from handlers.context import Context
from handlers.setup.areas import offered
from messages.forms.answer_view import home_view
from messages.forms.home_pages import Pages, home_tab, pages_of, turned
from messages.forms.note_form import note_errors, note_view, parse_note
from messages.notices.home import Home, NoteSent, Nudged
from messages.notices.refusals import OutOfDate
from messages.values import unpack_person

log = logging.getLogger(__name__)

CANNOT_WRITE = "Nothing was sent"


async def on_home(context: Context, call: Call) -> None:
    """Somebody opened the Home tab."""
    await call.ack()
    if call.event.get("tab", "home") != "home":
        return
    if await context.desk.read(events.was_heard, call.event_id):
        return
    await _publish(context, call, {})
    now = context.clock.now()
    await context.desk.write(events.hear_of_home, call.event_id, call.slack_id, now)


async def on_turn_page(context: Context, call: Call) -> None:
    """Next or Previous: show another page of a part."""
    await call.ack()
    pages = turned(pages_of(call.view), call.pressed)
    if pages is None or not call.is_in_home:
        await privately(context, call, OutOfDate())
        return
    await publish_home(context, call, pages)


async def on_nudge(context: Context, call: Call) -> None:
    """Nudge: remind one person, and say so in place."""
    named = unpack_person(call.pressed)
    if named is None:
        await call.ack()
        await privately(context, call, OutOfDate())
        return
    done = await context.desk.write(nudge, call.slack_id, *named, context.clock.now())
    await call.ack()
    if isinstance(done, Nudged) and call.is_in_home:
        await publish_home(context, call)
    else:
        await privately(context, call, done)


async def on_write_to_owing(context: Context, call: Call) -> None:
    """Write to all who owe: open the form for it."""
    await call.ack()
    found = await context.desk.write(may_write, call.slack_id, context.clock.now())
    if isinstance(found, Writing):
        await show(call, note_view(found.quarter, found.people, found.returns))
    else:
        await in_modal(context, call, found, CANNOT_WRITE)


async def on_note_to_owing(context: Context, call: Call) -> None:
    """A note was sent: keep it for everybody who owes."""
    text, form = parse_note(call.view), str(call.view["id"])
    done = await context.desk.write(write_to_owing, call.slack_id, text, form, context.clock.now())
    if isinstance(done, Empty):
        await call.ack(response_action="errors", errors=note_errors())
        return
    sent = isinstance(done, NoteSent)
    await instead(context, call, done, "On its way" if sent else CANNOT_WRITE)


async def publish_home(context: Context, call: Call, pages: Pages | None = None) -> None:
    """Show the Home somebody pressed in as it stands now, at the page they had turned to."""
    at = pages_of(call.view) if pages is None else pages
    try:
        await _publish(context, call, at, str(call.view.get("hash") or ""))
    except SlackApiError as refused:
        if refused.response.get("error") != "hash_conflict":
            raise
        # It has been shown anew since the press: what stands now is newer than either.
        await _publish(context, call, at)


async def refresh_home(context: Context, call: Call) -> None:
    """Show somebody's Home anew after a form, where they have had it open lately.

    The form is kept by then: a Home that cannot be shown is no reason to say otherwise.
    """
    if not await context.desk.read(events.has_home, call.slack_id):
        return
    try:
        await _publish(context, call, {})
    except (SlackApiError, OSError, TimeoutError):
        log.warning("A Home could not be shown anew after a form.", exc_info=True)


async def _publish(context: Context, call: Call, pages: Pages, stands: str = "") -> None:
    found = await context.desk.read(home, call.slack_id, context.clock.now())
    word = await context.say_in_view()
    if isinstance(found, Home):
        view = home_tab(replace(found, areas=offered() if found.sets_up else ()), pages, word)
    else:
        view = home_view((word(found),))
    await call.client.views_publish(user_id=call.slack_id, view=view, hash=stands or None)
