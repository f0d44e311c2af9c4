"""Listeners of a lead's return: open the form, take the figure, take the rest.

They receive, translate, call one flow and answer; nothing is decided here. What changes the
open form without sending it is in `handlers/return_form.py`.
"""

from dataclasses import replace

from flows.report_target import FigureTaken, Opened, Problems, open_sheet, take_figure
from flows.submit_return import Advised, Submitted, submit
from handlers.answering import in_modal, instead, show
from handlers.call import Call
from handlers.context import Context
from handlers.home import refresh_home
from messages.forms.return_form import (
    FormContext,
    are_elsewhere,
    commentary_view,
    errors,
    figure_view,
    parse_commentary,
    parse_context,
    parse_figure,
    shown_fields,
)
from messages.notices.refusals import OutOfDate
from messages.values import unpack_target
from rules.figures import Unit

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
    await show(call, figure_view(found.sheet, found.typed, found.sitting))


async def on_figure(context: Context, call: Call) -> None:
    """Next: take the figure and show what its status needs."""
    view = call.view
    form = parse_context(view)
    if form is None:
        await instead(context, call, OutOfDate(), CANNOT_REPORT)
        return
    now, answer = context.clock.now(), parse_figure(view)
    taken = await context.desk.write(
        take_figure, call.slack_id, form.number, form.quarter, answer, now, call.form
    )
    if isinstance(taken, FigureTaken):
        following = commentary_view(
            taken.sheet, taken.outcome, taken.needs, taken.typed, sitting=taken.sitting
        )
        await call.ack(response_action="push", view=following)
    elif isinstance(taken, Problems):
        await _problems(call, taken)
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
        call.form,
        context.clock.now(),
        shown=shown_fields(view),
        advised=form.advised,
    )
    if isinstance(sent, Submitted):
        await call.ack(response_action="clear")
        await refresh_home(context, call)
    elif isinstance(sent, Problems) and sent.step and are_elsewhere(sent.problems, view):
        await _show_again(call, sent.step, form)
    elif isinstance(sent, Problems):
        await _problems(call, sent)
    elif isinstance(sent, Advised):
        await _show_again(call, sent.step, form)
    else:
        await instead(context, call, sent, CANNOT_REPORT)


async def _problems(call: Call, found: Problems) -> None:
    said = errors(found.problems, call.view, Unit(found.sheet.unit))
    await call.ack(response_action="errors", errors=said)


async def _show_again(call: Call, step: FigureTaken, form: FormContext) -> None:
    """The same form in its own place: what was typed stays where it is."""
    sitting = replace(step.sitting, turn=form.turn)
    view = commentary_view(
        step.sheet, step.outcome, step.needs, step.typed, form.actions_shown, sitting
    )
    await call.ack(response_action="update", view=view)
