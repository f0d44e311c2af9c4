"""Listeners of the buttons under a lead's list: remind me later, this isn't mine, I need help."""

from collections.abc import Callable
from typing import Any

from flows import need_help, not_mine, snooze
from flows.asked_list import AskedList, left_of
from flows.snooze import DayImpossible, PutOffSheet
from handlers.answering import in_modal, instead, show
from handlers.call import Call
from handlers.context import Context
from messages.forms import asides_forms
from messages.forms.asides_forms import AsideAnswer, parse_aside
from messages.notices import Notice
from messages.notices.refusals import OutOfDate
from messages.values import unpack_target

LATER, NOT_MINE, HELP = "Remind me later", "This isn't mine", "I need help"


async def on_put_off(context: Context, call: Call) -> None:
    """Remind me later: open its form."""
    await call.ack()
    named = unpack_target(call.pressed)
    if named is None:
        await in_modal(context, call, OutOfDate(), LATER)
        return
    found = await context.desk.write(snooze.sheet_of, call.slack_id, *named, context.clock.now())
    if not isinstance(found, PutOffSheet):
        await in_modal(context, call, found, LATER)
        return
    view = asides_forms.put_off_view(
        found.person, found.quarter, found.targets, found.usual, found.due
    )
    await show(call, view)


async def on_not_mine(context: Context, call: Call) -> None:
    """This isn't mine: open its form."""
    await _open(context, call, asides_forms.not_mine_view, NOT_MINE)


async def on_need_help(context: Context, call: Call) -> None:
    """I need help: open its form."""
    await _open(context, call, asides_forms.need_help_view, HELP)


async def on_target_put_off(context: Context, call: Call) -> None:
    """A day was sent."""
    answer = await _answer(context, call, LATER)
    if answer is None or answer.target is None:
        return
    named = (call.slack_id, answer.target, answer.quarter)
    done = await context.desk.write(snooze.put_off, *named, answer.until, context.clock.now())
    if isinstance(done, DayImpossible):
        errors = asides_forms.day_impossible(done.due)
        await call.ack(response_action="errors", errors=errors)
        return
    await _said(context, call, answer, done, LATER)


async def on_target_not_mine(context: Context, call: Call) -> None:
    """It was said that a target is not theirs."""
    answer = await _answer(context, call, NOT_MINE)
    if answer is None or answer.target is None:
        return
    named = (call.slack_id, answer.target, answer.quarter)
    done = await context.desk.write(not_mine.not_mine, *named, answer.words, context.clock.now())
    await _said(context, call, answer, done, NOT_MINE)


async def on_help_wanted(context: Context, call: Call) -> None:
    """The trouble was sent."""
    answer = await _answer(context, call, HELP)
    if answer is None or answer.target is None:
        return
    if not answer.words:
        await call.ack(response_action="errors", errors=asides_forms.trouble_missing())
        return
    form = str(call.view.get("id", ""))
    named = (call.slack_id, answer.target, answer.quarter)
    done = await context.desk.write(
        need_help.need_help, *named, answer.words, form, context.clock.now()
    )
    await _said(context, call, answer, done, HELP)


async def _open(
    context: Context, call: Call, view: Callable[..., dict[str, Any]], title: str
) -> None:
    await call.ack()
    named = unpack_target(call.pressed)
    if named is None:
        await in_modal(context, call, OutOfDate(), title)
        return
    found = await context.desk.write(left_of, call.slack_id, *named, context.clock.now())
    if not isinstance(found, AskedList):
        await in_modal(context, call, found, title)
        return
    await show(call, view(found.person, found.planned.quarter, found.targets))


async def _answer(context: Context, call: Call, title: str) -> AsideAnswer | None:
    """What was sent; where no target is named this is answered here."""
    answer = parse_aside(call.view)
    if answer is None:
        await instead(context, call, OutOfDate(), title)
    elif answer.target is None:
        await call.ack(response_action="errors", errors=asides_forms.target_missing())
    return answer


async def _said(
    context: Context, call: Call, answer: AsideAnswer, done: Notice, title: str
) -> None:
    """Show the answer in the form's place; a reference that is none is told at its field."""
    if isinstance(done, OutOfDate) and isinstance(answer.target, str):
        await call.ack(response_action="errors", errors=asides_forms.target_not_known())
        return
    await instead(context, call, done, title)
