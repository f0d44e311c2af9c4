"""The front layer of HTTP mode: two addresses, and what each answers.

It owns the order of the looks at a request, and the status each failing one gives: 401 for
what Slack did not sign, 413 and 408 for what is too large or too slow, 400 for what cannot be
read, 503 for what may be sent again. Only then Bolt hears of it.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from typing import Any

from slack_bolt.request.async_request import AsyncBoltRequest
from starlette.applications import Starlette
from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route

from bot.doors.once import SERVER_ERROR, Once
from bot.doors.payload import UnreadableError, read_payload
from bot.doors.signed import Checker, RefusedError, Signed
from bot.manifest import EVENTS
from bot.wiring import Bot
from store import requests
from store.requests import Answer

log = logging.getLogger(__name__)

HEALTH = "/healthz"
TOO_SLOW = 408
HEALTH_SECONDS = 2.0
DISCARDED_BYTES = 16_000_000
DISCARDING_SECONDS = 1.0
BAD_SHAPES = (AttributeError, IndexError, KeyError, TypeError, ValueError)


class Front:
    """Answers HTTP for one bot. `sends` is whether this process sends messages, too."""

    def __init__(self, bot: Bot, checker: Checker, once: Once, *, sends: bool) -> None:
        self._bot = bot
        self._sends = sends
        self._checker = checker
        self._once = once

    def application(self) -> Starlette:
        """The addresses."""
        return Starlette(
            routes=[
                Route(EVENTS, self._slack, methods=["POST"]),
                Route(HEALTH, self._health, methods=["GET"]),
            ]
        )

    async def _slack(self, request: Request) -> Response:
        """An event, an interaction or a command."""
        try:
            signed = await self._checker.check(request)
            asked = _as_bolt_has_it(signed)
        except RefusedError as refused:
            if refused.status != TOO_SLOW:
                await _discard(request)
            return PlainTextResponse(refused.words, refused.status)
        except UnreadableError as unreadable:
            return PlainTextResponse(str(unreadable), 400)
        try:
            answer = await self._once.answer(signed.digest, self._handling(asked))
        except Exception:  # whatever it was, it may be sent again
            log.exception("A request could not be handled")
            answer = None
        if answer is None or answer.status >= SERVER_ERROR:
            return PlainTextResponse("Not answered yet. Send it again.", 503)
        return Response(answer.body, answer.status, {"content-type": answer.content_type})

    def _handling(self, asked: AsyncBoltRequest) -> Callable[[], Awaitable[Answer]]:
        async def handle() -> Answer:
            response = await self._bot.app.async_dispatch(asked)
            kind = str(response.first_headers().get("content-type", "text/plain"))
            return Answer(response.status, kind, response.body or "")

        return handle

    async def _health(self, _request: Request) -> Response:
        """Whether the database keeps what it is given and nothing has stopped the sending."""
        found = {"database": await self._database()}
        if self._sends:
            stopped_by = self._bot.sender.stopped_by
            found["sender"] = f"stopped by {stopped_by}" if stopped_by else "ok"
        whole = all(words == "ok" for words in found.values())
        return JSONResponse({"ok": whole, **found}, 200 if whole else 503)

    async def _database(self) -> str:
        try:
            async with asyncio.timeout(HEALTH_SECONDS):
                await self._bot.desk.note(requests.probe)
        except Exception as failure:  # noqa: BLE001  # whatever keeps it from answering
            log.warning("The database does not answer: %s", type(failure).__name__)
            return "does not answer"
        return "ok"


def _as_bolt_has_it(signed: Signed) -> AsyncBoltRequest:
    """What Bolt's listeners are given, the same as from a socket. Raises `UnreadableError`.

    It is verified and read by now, so Bolt is told it came by a socket: it neither verifies
    again nor reads the body by its own rules, which lose a command that has “payload” in it.
    """
    payload = read_payload(signed.content_type, signed.body)
    headers: dict[str, Any] = dict(signed.retry)
    try:
        return AsyncBoltRequest(mode="socket_mode", body=payload, headers=headers)
    except BAD_SHAPES:
        raise UnreadableError("This has not the shape of anything Slack sends.") from None


async def _discard(request: Request) -> None:
    """Let go of the rest of a body, within bounds: closing on it would lose our answer."""
    if "expect" in request.headers:
        return  # whoever sends it waits to be told to go on, and is not
    left = DISCARDED_BYTES
    try:
        async with asyncio.timeout(DISCARDING_SECONDS):
            async for chunk in request.stream():
                left -= len(chunk)
                if left < 0:
                    return
    except (TimeoutError, ClientDisconnect, RuntimeError):
        return  # it came too slowly, went away, or was read to its end
