"""Ways to answer: in the acknowledgement, privately beside a message, or in a modal.

It owns these few shapes, so that every listener answers alike.
"""

from collections.abc import Sequence
from typing import Any

from handlers.call import Call
from handlers.context import Context
from messages.forms.answer_view import answer_view
from messages.markup import Payload
from messages.notices import Notice

MOST_RESPONSES = 5
"""Slack takes five answers to one press or command."""


async def in_reply(call: Call, payloads: Sequence[Payload]) -> None:
    """Answer a command: the first part in the acknowledgement, the others after it."""
    first, *others = payloads
    await call.ack(text=first.text, blocks=list(first.blocks))
    for payload in others[:MOST_RESPONSES]:
        await call.respond(text=payload.text, blocks=list(payload.blocks))


async def privately(context: Context, call: Call, notice: Notice) -> None:
    """Answer a press beside its message, for whoever pressed alone; in a modal, on top of it."""
    if not call.can_respond:
        await in_modal(context, call, notice, "Please note")
        return
    for payload in (await context.say(notice))[:MOST_RESPONSES]:
        await call.respond(
            text=payload.text,
            blocks=list(payload.blocks),
            response_type="ephemeral",
            replace_original=False,
        )


async def in_modal(context: Context, call: Call, notice: Notice, title: str) -> None:
    """Answer a press with a modal to read."""
    await show(call, answer_view(title, await context.say(notice)))


async def show(call: Call, view: dict[str, Any]) -> None:
    """Open a modal; on top of the open one where there is one."""
    if call.is_in_modal:
        await call.client.views_push(trigger_id=call.trigger, view=view)
    else:
        await call.client.views_open(trigger_id=call.trigger, view=view)


async def instead(context: Context, call: Call, notice: Notice, title: str) -> None:
    """Answer a sent form with something to read in its place."""
    view = answer_view(title, await context.say(notice))
    await call.ack(response_action="update", view=view)
