"""One web socket to Slack, from its opening to its end.

It owns reading envelopes and answering each on the socket it came by. Which sockets there are
is `sockets.py`'s to say. The SDK's own client closes its socket before it opens the next one
and answers on whichever is open then, so that a press in between is lost; here every socket
ends by itself, after its last answer.
"""

import asyncio
import contextlib
import json
import logging
from collections.abc import Mapping
from typing import Any

from aiohttp import ClientError, ClientWebSocketResponse, WSMsgType
from slack_bolt.adapter.socket_mode.async_internals import run_async_bolt_app
from slack_bolt.async_app import AsyncApp
from slack_bolt.response import BoltResponse
from slack_sdk.socket_mode.request import SocketModeRequest
from slack_sdk.socket_mode.response import SocketModeResponse

log = logging.getLogger(__name__)

OK = 200
JSON = "application/json"


class Line:
    """A socket at work. `leaving` is set once Slack has announced its end, or it has ended."""

    def __init__(self, app: AsyncApp, socket: ClientWebSocketResponse) -> None:
        self._app = app
        self._socket = socket
        self._answering: set[asyncio.Task[None]] = set()
        self.leaving = asyncio.Event()
        self.reason = "it broke off"
        self._reading = asyncio.create_task(self._read())

    async def ended(self, seconds: float) -> None:
        """Wait until Slack has closed it, and no longer than this."""
        await asyncio.wait([self._reading], timeout=seconds)

    async def close(self, seconds: float) -> None:
        """Give the answers that Slack waits for their time, and close."""
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                while self._answering:  # more may come by until the socket is closed
                    await asyncio.wait(self._answering)
        await self._socket.close()
        await asyncio.wait([self._reading], timeout=seconds)
        for task in (self._reading, *self._answering):
            task.cancel()

    async def _read(self) -> None:
        try:
            async for message in self._socket:
                if message.type is WSMsgType.TEXT:
                    self._take(message.data)
        finally:
            self.leaving.set()

    def _take(self, text: str) -> None:
        try:
            envelope = json.loads(text)
        except (ValueError, RecursionError):
            log.warning("Slack sent something that is no envelope")
            return
        if not isinstance(envelope, dict):
            return
        if envelope.get("type") == "disconnect":
            self.reason = str(envelope.get("reason", ""))
            self.leaving.set()
        elif "envelope_id" in envelope:
            task = asyncio.create_task(self._answer(envelope))
            self._answering.add(task)
            task.add_done_callback(self._answering.discard)

    async def _answer(self, envelope: Mapping[str, Any]) -> None:
        request = SocketModeRequest.from_dict(dict(envelope))
        if request is None:
            return
        try:
            response = await run_async_bolt_app(self._app, request)
            payload = _payload(response)
        except Exception:  # one envelope that cannot be read must not end the others
            log.exception("An envelope could not be handled")
            return
        if response.status != OK:
            log.info("An envelope was not taken (status %s)", response.status)
            return
        answer = SocketModeResponse(request.envelope_id, payload)
        try:
            await self._socket.send_str(json.dumps(answer.to_dict()))
        except (ConnectionError, ClientError):
            log.warning("A socket closed before the answer was given: %s", self.reason)


def _payload(response: BoltResponse) -> dict[str, Any] | None:
    if not response.body:
        return None
    if str(response.first_headers().get("content-type", "")).startswith(JSON):
        body: dict[str, Any] = json.loads(response.body)
        return body
    return {"text": response.body}
