"""Ways to answer: in the acknowledgement, privately beside a message, or in a modal.

It owns these few shapes, so that every listener answers alike.
"""

import asyncio
from collections.abc import Awaitable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from typing import Any

from slack_sdk.errors import SlackApiError

from handlers.call import Call
from handlers.context import Context
from messages.forms.answer_view import answer_view
from messages.markup import Payload
from messages.notices import Notice
from messages.notices.refusals import MoreThanFits

MOST_RESPONSES = 5
"""Slack takes five answers to one press or command, beside its acknowledgement."""
LONGEST_BEFORE_ACK = 1.5
"""Seconds of work before the acknowledgement goes alone: Slack waits three at the most."""


async def in_reply(context: Context, call: Call, answer: Awaitable[Notice]) -> None:
    """Answer a command: in the acknowledgement, or after it when the work takes longer."""
    work = asyncio.ensure_future(_said(context, answer))
    await asyncio.wait([work], timeout=LONGEST_BEFORE_ACK)
    in_time = work.done()
    if not in_time:
        await call.ack()
    parts = _fitting(context, await work, MOST_RESPONSES + in_time)
    if in_time:
        first, *parts = parts
        await call.ack(text=first.text, blocks=list(first.blocks))
    await _respond(call, parts)


async def _said(context: Context, answer: Awaitable[Notice]) -> Sequence[Payload]:
    return await context.say(await answer)


async def privately(context: Context, call: Call, notice: Notice) -> None:
    """Answer a press beside its message, for whoever pressed alone; in a modal, on top of it."""
    if not call.can_respond:
        await in_modal(context, call, notice, "Please note")
        return
    await _respond(call, _fitting(context, await context.say(notice), MOST_RESPONSES))


async def _respond(call: Call, payloads: Sequence[Payload]) -> None:
    for payload in payloads:
        await call.respond(
            text=payload.text,
            blocks=list(payload.blocks),
            response_type="ephemeral",
            replace_original=False,
        )


def _fitting(context: Context, payloads: Sequence[Payload], most: int) -> list[Payload]:
    """As many messages as an answer may have; the last one says when there is more."""
    if len(payloads) <= most:
        return list(payloads)
    shown = list(payloads[: most - 1])
    return [*shown, *context.say_without_names(MoreThanFits(len(payloads) - len(shown)))]


async def in_place(context: Context, call: Call, notice: Notice, title: str) -> None:
    """Answer a press by what it was pressed in, said anew: a private answer, or a modal."""
    payloads = await context.say(notice)
    if call.is_in_modal:
        view = answer_view(title, payloads)
        with suppress_other_press():
            await call.client.views_update(
                view_id=call.view["id"], hash=call.view.get("hash"), view=view
            )
    elif len(payloads) == 1 and not call.is_in_message:
        (payload,) = payloads
        await call.respond(
            text=payload.text,
            blocks=list(payload.blocks),
            response_type="ephemeral",
            replace_original=True,
        )
    else:
        await _respond(call, _fitting(context, payloads, MOST_RESPONSES))


async def in_modal(context: Context, call: Call, notice: Notice, title: str) -> None:
    """Answer a press with a modal to read."""
    await show(call, answer_view(title, await context.say(notice)))


async def show(call: Call, view: dict[str, Any], *, closed: bool = False) -> None:
    """Open a modal; on top of the open one where there is one, and it was not `closed` by now.

    A trigger opens one modal: where it has done so, another process had the same press.
    """
    with _let_be("exchanged_trigger_id"):
        if call.is_in_modal and not closed:
            await call.client.views_push(trigger_id=call.trigger, view=view)
        else:
            await call.client.views_open(trigger_id=call.trigger, view=view)


def suppress_other_press() -> AbstractContextManager[None]:
    """Let it be when the form has changed since it was pressed: the other press has won."""
    return _let_be("hash_conflict")


@contextmanager
def _let_be(error: str) -> Iterator[None]:
    try:
        yield
    except SlackApiError as refused:
        if refused.response.get("error") != error:
            raise


async def instead(context: Context, call: Call, notice: Notice, title: str) -> None:
    """Answer a sent form with something to read in its place."""
    view = answer_view(title, await context.say(notice))
    await call.ack(response_action="update", view=view)
