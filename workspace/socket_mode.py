"""Socket Mode: tickets become sockets; envelopes go out, acks come in.

Owns one connection's life and what waits for an ack on it; which envelope goes where is
``deliveries``'s to say.
"""

import asyncio
import contextlib
import json
from dataclasses import dataclass, field
from typing import Literal

from aiohttp import WSMsgType, web

from workspace.core import Core
from workspace.deliveries import AppDidNotAnswer, NotTaken, Parcel
from workspace.limits.surfaces import SOCKETS
from workspace.wire import Json

HEARTBEAT_SECONDS = 30.0
PASSES = 3
"""Turns of the event loop before an envelope goes out: what has come in already, the app's
close among it, is read, parsed and acted upon first."""
DisconnectReason = Literal["warning", "refresh_requested", "link_disabled", "too_many_websockets"]
DEBUG: Json = {"host": "workspace", "build_number": 1, "approximate_connection_time": 18060}


@dataclass(slots=True, eq=False)
class Socket:
    """One socket of the app."""

    stream: web.WebSocketResponse
    request: web.Request
    waiting: dict[str, asyncio.Future[Json]] = field(default_factory=dict)

    @property
    def is_closing(self) -> bool:
        """Tell whether nothing can be sent any more: either side has begun to close."""
        transport = self.request.transport
        return self.stream.closed or transport is None or transport.is_closing()

    async def send(self, message: Json) -> None:
        """Send one message; raises :class:`ConnectionError` when the app is gone."""
        if self.is_closing:
            raise ConnectionResetError
        await self.stream.send_str(json.dumps(message))

    async def carry(self, parcel: Parcel) -> Json:
        """Send one envelope and wait for its ack.

        Raises :class:`NotTaken` on a closing socket, :class:`AppDidNotAnswer` on one that
        closes before the ack.
        """
        for _ in range(PASSES):
            await asyncio.sleep(0)
        if self.is_closing:
            raise NotTaken("the socket closed before the envelope")
        envelope_id = parcel.envelope["envelope_id"]
        acked: asyncio.Future[Json] = asyncio.get_running_loop().create_future()
        self.waiting[envelope_id] = acked
        try:
            await self._sent(parcel)
            return await acked
        except ConnectionError:
            raise AppDidNotAnswer("the socket closed before the ack") from None
        finally:
            del self.waiting[envelope_id]

    async def _sent(self, parcel: Parcel) -> None:
        """Send an envelope; where the socket is to be cut, that is the last of it."""
        if parcel.cut != "before":
            await self.send(parcel.envelope)
        if parcel.cut is not None:
            self.cut()
            self.gone()

    def acked(self, envelope_id: str, payload: Json) -> None:
        """Take an ack in; one that comes too late, or twice, changes nothing."""
        waiting = self.waiting.get(envelope_id)
        if waiting is not None and not waiting.done():
            waiting.set_result(payload)

    def gone(self) -> None:
        """Give up on everything that waits for an ack here."""
        for waiting in self.waiting.values():
            if not waiting.done():
                waiting.set_exception(AppDidNotAnswer("the socket closed before the ack"))

    def cut(self) -> None:
        """End the connection without a word, as a broken network does."""
        if self.request.transport is not None:
            self.request.transport.abort()


@dataclass(slots=True)
class Sockets:
    """Every socket the app has open."""

    core: Core
    open: list[Socket] = field(default_factory=list)

    async def serve(self, request: web.Request) -> web.StreamResponse:
        """Take a connection with a ticket, used once, and serve it to its end."""
        ticket = request.query.get("ticket", "")
        if ticket not in self.core.tickets:
            return web.Response(status=404)
        self.core.tickets.discard(ticket)
        stream = web.WebSocketResponse(heartbeat=HEARTBEAT_SECONDS)
        await stream.prepare(request)
        socket = Socket(stream, request)
        if len(self.open) >= SOCKETS:
            await self._disconnect(socket, "too_many_websockets")
            await stream.close()
            return stream
        await self._live(socket)
        return stream

    async def _live(self, socket: Socket) -> None:
        self.open.append(socket)
        try:
            await socket.send(self._hello())
            self.core.deliveries.connected(socket)
            async for message in socket.stream:
                if message.type is WSMsgType.TEXT:
                    self._read(message.data)
        finally:
            self.open.remove(socket)
            self._gone(socket)

    def _gone(self, socket: Socket) -> None:
        self.core.deliveries.retired(socket)
        socket.gone()

    def _hello(self) -> Json:
        return {
            "type": "hello",
            "num_connections": len(self.open),
            "debug_info": DEBUG,
            "connection_info": {"app_id": self.core.bot.app_id},
        }

    def _read(self, text: str) -> None:
        try:
            message = json.loads(text)
        except ValueError:
            return
        if isinstance(message, dict) and "envelope_id" in message:
            payload = message.get("payload")
            # The app may ack on any of its sockets.
            for socket in self.open:
                socket.acked(
                    str(message["envelope_id"]), payload if isinstance(payload, dict) else {}
                )

    async def announce_disconnect(
        self, reason: DisconnectReason = "warning", *, only: Socket | None = None
    ) -> None:
        """Tell every socket, or only one, that it will be closed.

        After ``refresh_requested`` nothing new is given to it; the app connects anew.
        """
        for socket in tuple(self.open) if only is None else (only,):
            if reason != "warning":
                self.core.deliveries.retired(socket)
            await self._disconnect(socket, reason)

    async def _disconnect(self, socket: Socket, reason: DisconnectReason) -> None:
        with contextlib.suppress(ConnectionError):
            await socket.send({"type": "disconnect", "reason": reason, "debug_info": DEBUG})

    def cut(self) -> None:
        """Cut every socket without a word."""
        for socket in tuple(self.open):
            self._gone(socket)
            socket.cut()

    async def close(self) -> None:
        """Close every socket in good order."""
        for socket in tuple(self.open):
            await socket.stream.close()
