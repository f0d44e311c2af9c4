"""When a listener fails: the person hears what became of it, the log has the rest.

It owns the one wrapper every listener wears. It must not hide a failure from the log.
"""

import json
import logging
import secrets
from collections.abc import Awaitable, Callable
from functools import partial
from typing import Any

from slack_bolt import BoltResponse
from slack_bolt.context.ack.async_ack import AsyncAck
from slack_bolt.context.respond.async_respond import AsyncRespond
from slack_sdk.web.async_client import AsyncWebClient

from handlers.answering import show
from handlers.call import Call
from handlers.context import Context
from handlers.repeats import Repeats
from messages.forms.answer_view import answer_view
from messages.forms.state import Entered
from messages.notices.refusals import MayBeSaved, NothingSaved

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
        call = Call(body, ack, respond, client)
        await repeats.once(ack, call, partial(answer, ack))

    async def answer(taken: AsyncAck, call: Call) -> None:
        try:
            await listener(context, call)
        except Exception:  # whatever it was, the person must not be left without an answer
            reference = secrets.token_hex(REFERENCE_BYTES).upper()
            log.exception("Reference %s: %s failed", reference, listener.__name__)
            if taken.response is None:
                await _apologise(context, call, reference)
            else:
                await _leave_open(context, call, taken.response, reference)

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
        await _beside(call, words, answer_view("Nothing was saved", payloads))


async def _leave_open(
    context: Context, call: Call, acknowledged: BoltResponse, reference: str
) -> None:
    """Say that it may have been saved: it was acknowledged, be it as kept or to open a form."""
    payloads = context.say_without_names(MayBeSaved(reference))
    words = " ".join(payload.text for payload in payloads)
    closed = call.is_form and _is_closed(call, acknowledged)
    await _beside(call, words, answer_view("Please look again", payloads), closed=closed)


def _is_closed(call: Call, acknowledged: BoltResponse) -> bool:
    """Whether no form is open by now: the one that was sent has gone, and none was under it."""
    action = json.loads(acknowledged.body or "{}").get("response_action")
    return action == "clear" or (action is None and not call.view.get("previous_view_id"))


async def _beside(call: Call, words: str, view: dict[str, Any], *, closed: bool = False) -> None:
    if call.can_respond:
        await call.respond(text=words, response_type="ephemeral", replace_original=False)
    elif call.trigger:
        await show(call, view, closed=closed)
