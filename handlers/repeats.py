"""The same press, command or form delivered again: it is answered as before, and done once.

It owns this short memory of one process, by who acted and the trigger that Slack gives each act.
It saves people a second answer and the audit a second entry. What must hold after a restart, or
between processes, does not rest on it: that has keys of its own in the records.
"""

import asyncio
from collections import OrderedDict
from collections.abc import Awaitable, Callable
from dataclasses import replace

from slack_bolt import BoltResponse
from slack_bolt.context.ack.async_ack import AsyncAck

from handlers.call import Acknowledge, Call

REMEMBERED = 100
"""Deliveries of one listener; Slack sends again within minutes, or not at all."""

Acknowledgement = asyncio.Future[BoltResponse | None]
"""How the first of its kind was acknowledged, once it was; none where it was given up."""


class Repeats:
    """What one listener was asked of late, and how each was acknowledged."""

    def __init__(self) -> None:
        self._acknowledged: OrderedDict[tuple[str, str], Acknowledgement] = OrderedDict()

    async def once(
        self, ack: AsyncAck, call: Call, answer: Callable[[Call], Awaitable[None]]
    ) -> None:
        """Answer a delivery, or acknowledge it as the first of its kind was.

        A copy waits for that. Where the first was given up before it was acknowledged, the next
        one takes its place.
        """
        key = call.slack_id, call.trigger
        while first := self._acknowledged.get(key):
            response = await asyncio.shield(first)
            if response is not None:
                ack.response = response
                return
        given = self._remember(key)
        try:
            await answer(replace(call, ack=_noting(ack, given)))
        finally:
            if not given.done():
                given.set_result(None)
                if self._acknowledged.get(key) is given:
                    del self._acknowledged[key]

    def _remember(self, key: tuple[str, str]) -> Acknowledgement:
        given: Acknowledgement = asyncio.get_running_loop().create_future()
        if key[1]:
            self._acknowledged[key] = given
            if len(self._acknowledged) > REMEMBERED:
                self._acknowledged.popitem(last=False)
        return given


def _noting(ack: Acknowledge, given: Acknowledgement) -> Acknowledge:
    """An acknowledgement that its copies learn of."""

    async def noted(*args: object, **kwargs: object) -> BoltResponse:
        response = await ack(*args, **kwargs)
        if not given.done():
            given.set_result(response)
        return response

    return noted
