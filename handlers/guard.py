"""When a listener fails: the person hears that nothing was saved, the log has the rest.

It owns the one wrapper every listener wears. It must not hide a failure from the log.
"""

import logging
import secrets
from collections.abc import Awaitable, Callable
from typing import Any

from slack_bolt.context.ack.async_ack import AsyncAck
from slack_bolt.context.respond.async_respond import AsyncRespond
from slack_sdk.web.async_client import AsyncWebClient

from handlers.answering import show
from handlers.call import Call
from handlers.context import Context
from handlers.repeats import Repeats
from messages.forms.answer_view import answer_view
from messages.forms.state import Entered
from messages.notices.refusals import NothingSaved

log = logging.getLogger(__name__)

Listener = Callable[[Context, Call], Awaitable[None]]
BoltListener = Callable[..., Awaitable[None]]
REFERENCE_BYTES = 2


def guarded(context: Context, listener: Listener) -> BoltListener:
    """The listener as Bolt calls it: once for each press, and with an answer for when it fails."""
    repeats = Repeats()

    async def on_delivery(
        ack: AsyncAck, respond: AsyncRespond, body: dict[str, Any], client: AsyncWebClient
    ) -> None:
        await repeats.once(ack, Call(body, ack, respond, client), answer)

    async def answer(call: Call) -> None:
        try:
            await listener(context, call)
        except Exception:  # whatever it was, the person must not be left without an answer
            reference = secrets.token_hex(REFERENCE_BYTES).upper()
            log.exception("Reference %s: %s failed", reference, listener.__name__)
            await _apologise(context, call, reference)

    return on_delivery


def kept_before_ack(context: Context, listener: Listener) -> BoltListener:
    """The listener of an event that is kept, as a middleware.

    Bolt acknowledges an event before its listener runs; a middleware comes before that. What
    fails here is not acknowledged, so Slack delivers it again.
    """

    async def keep(
        ack: AsyncAck,
        respond: AsyncRespond,
        body: dict[str, Any],
        client: AsyncWebClient,
        next_: Callable[[], Awaitable[None]],
    ) -> None:
        await listener(context, Call(body, ack, respond, client))
        await next_()

    return keep


async def nothing_more() -> None:
    """What is left to do for an event once it is kept."""


async def _apologise(context: Context, call: Call, reference: str) -> None:
    # The database may be what failed, so the answer is worded without it.
    payloads = context.say_without_names(NothingSaved(reference, draft_kept=False))
    words = " ".join(payload.text for payload in payloads)
    blocks = Entered(call.view).blocks
    if call.is_form and blocks:
        # An error at a field leaves the form, and everything typed in it, where it is.
        await call.ack(response_action="errors", errors={blocks[0]: words})
    elif call.is_form:
        await call.ack(response_action="update", view=answer_view("Nothing was saved", payloads))
    else:
        await call.ack()
        if call.can_respond:
            await call.respond(text=words, response_type="ephemeral", replace_original=False)
        elif call.trigger:
            await show(call, answer_view("Nothing was saved", payloads))
