"""Socket Mode: tickets become sockets; envelopes go out, acks come in.

Owns one connection's life; which envelope goes where is ``deliveries``'s to say.
"""

import contextlib
import json
from dataclasses import dataclass, field
from typing import Literal

from aiohttp import WSMsgType, web

from workspace.core import Core
from workspace.limits.surfaces import SOCKETS
from workspace.wire import Json

HEARTBEAT_SECONDS = 30.0
DisconnectReason = Literal["warning", "refresh_requested", "link_disabled", "too_many_websockets"]
DEBUG: Json = {"host": "workspace", "build_number": 1, "approximate_connection_time": 18060}


@dataclass(slots=True, eq=False)
class Socket:
    """One socket of the app."""

    stream: web.WebSocketResponse
    request: web.Request

    async def send(self, message: Json) -> None:
        """Send one message; raises :class:`ConnectionError` when the app is gone."""
        if self.stream.closed:
            raise ConnectionResetError
        await self.stream.send_str(json.dumps(message))

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
            self.core.deliveries.gone(socket)

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
            self.core.deliveries.acked(
                str(message["envelope_id"]), payload if isinstance(payload, dict) else {}
            )

    async def announce_disconnect(self, reason: DisconnectReason = "warning") -> None:
        """Tell every socket that it will be closed.

        After ``refresh_requested`` nothing new is given to it; the app connects anew.
        """
        for socket in tuple(self.open):
            if reason != "warning":
                self.core.deliveries.retired(socket)
            await self._disconnect(socket, reason)

    async def _disconnect(self, socket: Socket, reason: DisconnectReason) -> None:
        with contextlib.suppress(ConnectionError):
            await socket.send({"type": "disconnect", "reason": reason, "debug_info": DEBUG})

    def cut(self) -> None:
        """Cut every socket without a word."""
        for socket in tuple(self.open):
            self.core.deliveries.gone(socket)
            socket.cut()

    async def close(self) -> None:
        """Close every socket in good order."""
        for socket in tuple(self.open):
            await socket.stream.close()
