"""The same press, command or form delivered again: it is answered as before, and done once.

It owns this short memory of one process, by the trigger that Slack gives each of them. It saves
people a second answer and the audit a second entry. What must hold after a restart, or between
processes, does not rest on it: that has keys of its own in the records.
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


class Repeats:
    """What one listener was asked of late, and how each was acknowledged."""

    def __init__(self) -> None:
        self._acknowledged: OrderedDict[str, asyncio.Future[BoltResponse | None]] = OrderedDict()

    async def once(
        self, ack: AsyncAck, call: Call, answer: Callable[[Call], Awaitable[None]]
    ) -> None:
        """Answer a delivery, or acknowledge it as the first of its kind was.

        A copy waits for that. Where the first was given up before it was acknowledged, the next
        one takes its place.
        """
        while first := self._acknowledged.get(call.trigger):
            response = await asyncio.shield(first)
            if response is not None:
                ack.response = response
                return
        given = self._remember(call.trigger)
        try:
            await answer(replace(call, ack=_noting(ack, given)))
        finally:
            if not given.done():
                given.set_result(None)
                self._acknowledged.pop(call.trigger, None)

    def _remember(self, trigger: str) -> asyncio.Future[BoltResponse | None]:
        given: asyncio.Future[BoltResponse | None] = asyncio.get_running_loop().create_future()
        if trigger:
            self._acknowledged[trigger] = given
            if len(self._acknowledged) > REMEMBERED:
                self._acknowledged.popitem(last=False)
        return given


def _noting(ack: Acknowledge, given: asyncio.Future[BoltResponse | None]) -> Acknowledge:
    """An acknowledgement that its copies learn of."""

    async def noted(*args: object, **kwargs: object) -> BoltResponse:
        response = await ack(*args, **kwargs)
        if not given.done():
            given.set_result(response)
        return response

    return noted
