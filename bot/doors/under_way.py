"""Listeners that are under way, so that a closing door can wait for them.

Bolt answers Slack when a listener acknowledges and lets it work on by itself; nothing else
knows that it is not done. This owns the count, and must not know what a listener does.
"""

import asyncio

from slack_bolt.async_app import AsyncApp
from slack_bolt.listener.async_listener_completion_handler import (
    AsyncListenerCompletionHandler,
)
from slack_bolt.listener.async_listener_start_handler import AsyncListenerStartHandler
from slack_bolt.request.async_request import AsyncBoltRequest
from slack_bolt.response import BoltResponse


class UnderWay:
    """Counts the listeners of an app that have begun and not ended."""

    def __init__(self, app: AsyncApp) -> None:
        self._count = 0
        self._none = asyncio.Event()
        self._none.set()
        runner = app.listener_runner
        runner.listener_start_handler = _Begun(self)
        runner.listener_completion_handler = _Ended(self)

    def add(self, more: int) -> None:
        """Count one that begins (1) or ends (-1)."""
        self._count += more
        if self._count:
            self._none.clear()
        else:
            self._none.set()

    async def ended(self, seconds: float) -> bool:
        """Wait until none is under way, and no longer than this; whether that came."""
        await asyncio.sleep(0)  # Bolt starts an event's listener only after its answer
        try:
            async with asyncio.timeout(seconds):
                await self._none.wait()
        except TimeoutError:
            return False
        return True


class _Begun(AsyncListenerStartHandler):
    def __init__(self, counted: UnderWay) -> None:
        self._counted = counted

    async def handle(
        self,
        request: AsyncBoltRequest,  # noqa: ARG002  # Bolt's signature
        response: BoltResponse | None,  # noqa: ARG002  # as above
    ) -> None:
        self._counted.add(1)


class _Ended(AsyncListenerCompletionHandler):
    def __init__(self, counted: UnderWay) -> None:
        self._counted = counted

    async def handle(
        self,
        request: AsyncBoltRequest,  # noqa: ARG002  # Bolt's signature
        response: BoltResponse | None,  # noqa: ARG002  # as above
    ) -> None:
        self._counted.add(-1)
