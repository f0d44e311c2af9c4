"""Listeners of a lead's return: open the form, take the figure, take the rest.

They receive, translate, call one flow and answer; nothing is decided here.
"""

from flows.report_target import FigureTaken, Opened, Problems, open_sheet, take_figure
from flows.reshow import reshow
from flows.submit_return import Submitted, submit
from handlers.answering import in_modal, instead, show, suppress_other_press
from handlers.call import Call
from handlers.context import Context
from handlers.home import refresh_home
from messages.forms.return_form import (
    MOST_ACTIONS,
    commentary_view,
    errors,
    figure_view,
    parse_commentary,
    parse_context,
    parse_figure,
)
from messages.ids import unpack_target
from messages.notices.refusals import OutOfDate

CANNOT_REPORT = "Nothing to report here"


async def on_report(context: Context, call: Call) -> None:
    """Report this target: open its form."""
    await call.ack()
    named = unpack_target(call.pressed)
    if named is None:
        await in_modal(context, call, OutOfDate(), CANNOT_REPORT)
        return
    found = await context.desk.write(open_sheet, call.slack_id, *named, context.clock.now())
    if not isinstance(found, Opened):
        await in_modal(context, call, found, CANNOT_REPORT)
        return
    await show(call, figure_view(found.sheet, found.typed))


async def on_figure(context: Context, call: Call) -> None:
    """Next: take the figure and show what its status needs."""
    view = call.view
    form = parse_context(view)
    if form is None:
        await instead(context, call, OutOfDate(), CANNOT_REPORT)
        return
    answer = parse_figure(view)
    now = context.clock.now()
    taken = await context.desk.write(
        take_figure, call.slack_id, form.number, form.quarter, answer, now
    )
    if isinstance(taken, FigureTaken):
        following = commentary_view(taken.sheet, taken.outcome, taken.needs, taken.typed)
        await call.ack(response_action="push", view=following)
    elif isinstance(taken, Problems):
        await call.ack(response_action="errors", errors=errors(taken.problems, view))
    else:
        await instead(context, call, taken, CANNOT_REPORT)


async def on_commentary(context: Context, call: Call) -> None:
    """Send this return: keep it, or say at the fields what is missing."""
    view = call.view
    form = parse_context(view)
    if form is None:
        await instead(context, call, OutOfDate(), CANNOT_REPORT)
        return
    sent = await context.desk.write(
        submit,
        call.slack_id,
        form.number,
        form.quarter,
        parse_commentary(view),
        str(view.get("root_view_id") or view["id"]),
        context.clock.now(),
    )
    if isinstance(sent, Submitted):
        await call.ack(response_action="clear")
        await refresh_home(context, call)
    elif isinstance(sent, Problems):
        await call.ack(response_action="errors", errors=errors(sent.problems, view))
    else:
        await instead(context, call, sent, CANNOT_REPORT)


async def on_add_action(context: Context, call: Call) -> None:
    """Add another action: the same form with one more row, everything typed kept."""
    await call.ack()
    view = call.view
    form = parse_context(view)
    if form is None:
        return
    answer = parse_commentary(view)
    taken = await context.desk.write(
        reshow, call.slack_id, form.number, form.quarter, answer, context.clock.now()
    )
    if not isinstance(taken, FigureTaken):
        await in_modal(context, call, OutOfDate(), CANNOT_REPORT)
        return
    rows = min(MOST_ACTIONS, form.actions_shown + 1)
    with suppress_other_press():
        await call.client.views_update(
            view_id=view["id"],
            hash=view.get("hash"),
            view=commentary_view(taken.sheet, taken.outcome, taken.needs, answer, rows),
        )
