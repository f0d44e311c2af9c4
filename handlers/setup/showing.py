"""Views to look at, which forms lie on top of, and showing them anew after a change.

It owns how such a view is named in its metadata: `card:12`, `notes:3`, `gaps:NO_LEAD@0`.
"""

import json
import logging
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Final

from slack_sdk.errors import SlackApiError

from flows.setup.card import card, partnership_notes
from flows.setup.check import check_setup, list_gaps
from handlers.call import Call
from handlers.context import Context
from messages.forms.answer_view import answer_view
from messages.forms.setup.setup_form import depth_of
from messages.forms.state import metadata
from messages.notices import Notice
from messages.notices.setup import GapsListed, SetupCheck
from messages.notices.setup_cards import PartnershipNotes, TargetCard
from messages.values import unpack_gaps, unpack_number

CARD: Final = "card"
NOTES: Final = "notes"
GAPS: Final = "gaps"
CHECK: Final = "check"
OTHER_FORM: Final = "form"
TITLES: Final = {
    TargetCard: "Target",
    PartnershipNotes: "Notes",
    GapsListed: "To be mended",
    SetupCheck: "Set-up check",
}

log = logging.getLogger(__name__)


def shows(call: Call) -> str:
    """What the view that was pressed in shows, another form, or nothing outside a view."""
    if not call.is_in_modal:
        return ""
    return str(metadata(call.view).get("shows") or OTHER_FORM)


def next_depth(call: Call) -> int:
    """How many views are stacked once another is opened."""
    return depth_of(call.view) + 1 if call.is_in_modal else 1


async def look(context: Context, call: Call, name: str, depth: int) -> dict[str, Any]:
    """The view of a name as it stands now."""
    notice = await _found(context, call, name)
    view = answer_view(TITLES.get(type(notice), "Set up"), await context.say(notice))
    return {**view, "private_metadata": json.dumps({"shows": name, "depth": depth})}


async def show_anew(context: Context, call: Call, name: str) -> None:
    """Show the view under a form anew, if it is still there."""
    below = call.view.get("previous_view_id")
    if not below:
        return
    view = await look(context, call, name, max(1, depth_of(call.view) - 1))
    with _only_shown_late():
        await call.client.views_update(view_id=below, view=view)


async def _found(context: Context, call: Call, name: str) -> Notice:
    what, _, which = name.partition(":")
    listed = unpack_gaps(which)
    if what == GAPS and listed is not None:
        return await context.desk.write(list_gaps, call.slack_id, *listed, context.clock.now())
    if what == CHECK:
        return await context.desk.write(check_setup, call.slack_id, context.clock.now())
    flow = partnership_notes if what == NOTES else card
    number = unpack_number(which) or 0
    return await context.desk.write(flow, call.slack_id, number, context.clock.now())


@contextmanager
def _only_shown_late() -> Iterator[None]:
    """Let it be when Slack does not take it: the change is kept, and the form was answered."""
    try:
        yield
    except (SlackApiError, OSError, TimeoutError) as fault:
        log.info("The view under a form was not shown anew: %s", fault)
