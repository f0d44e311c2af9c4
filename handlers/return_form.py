"""Listeners of a return's open form: save what is typed, and show it anew with more in it.

Nothing is sent here. What is typed is saved quietly: whatever fails, nobody is interrupted.
"""

import logging
from dataclasses import replace

from flows import typed
from flows.report_target import FigureTaken, Opened, Problems
from flows.reshow import reshow
from flows.take_draft import take_over
from flows.typed import Typing
from handlers.answering import in_modal, suppress_other_press
from handlers.call import Call
from handlers.context import Context
from handlers.returns import CANNOT_REPORT
from messages.forms.return_form import (
    MOST_ACTIONS,
    FormContext,
    commentary_view,
    figure_view,
    parse_commentary,
    parse_context,
    parse_figure,
    shown_fields,
)
from messages.ids import Callback
from messages.notices.refusals import OutOfDate
from messages.values import unpack_number

log = logging.getLogger(__name__)
STEPS = frozenset({Callback.RETURN_FIGURE, Callback.RETURN_COMMENTARY})


async def on_typing(context: Context, call: Call) -> None:
    """A pause in typing: keep the whole form as a draft."""
    form = parse_context(call.view) if call.view.get("callback_id") in STEPS else None
    if form is not None and call.acted_at is not None:
        try:
            await context.desk.write(
                typed.keep,
                call.slack_id,
                form.number,
                form.quarter,
                _typing(call),
                context.clock.now(),
            )
        except Exception:  # the next pause saves it again, and sending the form says what is wrong
            log.exception("A draft could not be kept")
    await call.ack()


def _typing(call: Call) -> Typing:
    view = call.view
    if view.get("callback_id") == Callback.RETURN_FIGURE:
        return Typing(call.form, call.acted_at, figure=parse_figure(view))
    return Typing(
        call.form, call.acted_at, commentary=parse_commentary(view), shown=shown_fields(view)
    )


async def on_add_action(context: Context, call: Call) -> None:
    """Add another action: the same form with one more row, everything typed kept."""
    await _show_anew(context, call, more=1)


async def on_propose(context: Context, call: Call) -> None:
    """Another colour: the same form with what that colour needs, everything typed kept."""
    await _show_anew(context, call)


async def on_last_words(context: Context, call: Call) -> None:
    """Start from last time's words: the same form with them in it."""
    await _show_anew(context, call, from_last_time=True)


async def _show_anew(
    context: Context, call: Call, *, more: int = 0, from_last_time: bool = False
) -> None:
    view = call.view
    form = parse_context(view)
    if form is None:
        await call.ack()
        return
    taken = await context.desk.write(
        reshow,
        call.slack_id,
        form.number,
        form.quarter,
        parse_commentary(view),
        context.clock.now(),
        shown=shown_fields(view),
        from_last_time=from_last_time,
        at=call.acted_at,
    )
    await call.ack()
    if isinstance(taken, FigureTaken):
        rows = min(MOST_ACTIONS, form.actions_shown + more)
        anew = replace(form, actions_shown=rows, turn=form.turn + from_last_time)
        await _update(call, _second_step(taken, anew))
    else:
        told = OutOfDate() if isinstance(taken, Problems) else taken
        await in_modal(context, call, told, CANNOT_REPORT)


def _second_step(taken: FigureTaken, form: FormContext) -> dict[str, object]:
    sitting = replace(taken.sitting, turn=form.turn, advised=form.advised)
    return commentary_view(
        taken.sheet, taken.outcome, taken.needs, taken.typed, form.actions_shown, sitting
    )


async def on_take_draft(context: Context, call: Call) -> None:
    """Take over that draft: the first step with what somebody else typed."""
    form, author = parse_context(call.view), unpack_number(call.pressed)
    if form is None or author is None:
        await call.ack()
        return
    found = await context.desk.write(
        take_over, call.slack_id, form.number, form.quarter, author, context.clock.now()
    )
    await call.ack()
    if isinstance(found, Opened):
        sitting = replace(found.sitting, turn=form.turn + 1)
        await _update(call, figure_view(found.sheet, found.typed, sitting))
    else:
        await in_modal(context, call, found, CANNOT_REPORT)


async def _update(call: Call, view: dict[str, object]) -> None:
    with suppress_other_press():
        await call.client.views_update(
            view_id=call.view["id"], hash=call.view.get("hash"), view=view
        )
