"""How the areas of set-up show their lists and take their forms.

It owns these few steps, so that every area does alike: a list opens in a modal of its own, is
turned or entered in place, and is shown anew once a form opened from it was taken.
"""

import re
from collections.abc import Callable
from typing import Any, TypeVar

from slack_sdk.errors import SlackApiError

from handlers.answering import in_modal, instead, show, suppress_other_press
from handlers.call import Call
from handlers.context import Context
from messages.forms.answer_view import answer_view
from messages.forms.notice_view import notice_view
from messages.forms.setup.parts import errors, under, words
from messages.notices import Notice
from rules.organising import Fault, Faults

Sheet = TypeVar("Sheet")
_PAGE = re.compile(r"page:(?P<page>\d{1,4})", re.ASCII)
GONE = frozenset({"not_found", "view_not_found"})


async def show_list(context: Context, call: Call, notice: Notice, title: str) -> None:
    """Show a list in a modal; in place of the one it was pressed in, where it was."""
    view = answer_view(title, await context.say(notice))
    if not call.is_in_modal:
        await show(call, view)
        return
    with suppress_other_press():
        await call.client.views_update(
            view_id=call.view["id"], hash=call.view.get("hash"), view=view
        )


async def show_form(
    context: Context,
    call: Call,
    found: Sheet | Notice,
    shape: type[Sheet],
    view: Callable[[Sheet, str], dict[str, Any]],
    title: str,
) -> None:
    """Open a form over the list it was pressed in; say why where there is none."""
    if not isinstance(found, shape):
        await in_modal(context, call, found, title)  # type: ignore[arg-type]  # all that is left
        return
    below = str(call.view.get("id", "")) if call.is_in_modal else ""
    await show(call, view(found, below))


async def settle(
    context: Context, call: Call, done: Faults | Notice, shape: type[Notice], title: str
) -> None:
    """Answer a form by what came of it: the list it belongs to, or why it was not taken."""
    if isinstance(done, Faults) or not isinstance(done, shape):
        await refuse(context, call, done, title)
    else:
        await taken(context, call, done, title)


async def refuse(context: Context, call: Call, found: Faults | Notice, title: str) -> None:
    """Say at its fields what keeps a form from being taken, or say in its place why not."""
    if isinstance(found, Faults):
        await call.ack(response_action="errors", errors=errors(found.faults, call.view))
    else:
        await instead(context, call, found, title)


async def taken(context: Context, call: Call, notice: Notice, title: str) -> None:
    """Close a form that was taken, and show the list it belongs to as it stands now."""
    view = answer_view(title, await context.say(notice))
    below = under(call.view)
    if not below:
        await call.ack(response_action="update", view=view)
        return
    await call.ack()
    await renew(call, below, view)


async def removed(
    context: Context, call: Call, done: Notice | Fault, shape: type, title: str
) -> None:
    """Show, in place of the form, that something was taken away, or why it was not.

    The list below is shown as it stands now.
    """
    if isinstance(done, Fault):
        view = notice_view(title, words(done))
    else:
        view = answer_view(title, await context.say(done))
    if isinstance(done, shape) and (below := under(call.view)):
        await renew(call, below, view)
    if call.is_in_modal:
        await renew(call, str(call.view.get("id", "")), view)
    else:
        await show(call, view)


def page_in(pressed: str) -> int | None:
    """The page a button asks for, the first one where it has no value; none for another."""
    found = _PAGE.fullmatch(pressed or "page:1")
    return int(found["page"]) if found else None


async def renew(call: Call, view_id: str, view: dict[str, Any]) -> None:
    """Show a view anew, unless it was closed meanwhile."""
    try:
        await call.client.views_update(view_id=view_id, view=view)
    except SlackApiError as refused:
        if refused.response.get("error") not in GONE:
            raise
