"""Keeping other sites' pages out: only the workspace's own loopback address is answered.

Owns the check of Host and Origin; the app's own roads bring a token and are left alone.
"""

from collections.abc import Awaitable, Callable

from aiohttp import web
from aiohttp.typedefs import Middleware

from workspace.core import Core

APP_ROADS = ("/api/", "/link/", "/response/", "/upload/")
LOOPBACK = ("127.0.0.1", "localhost")
Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


def guard(core: Core) -> Middleware:
    """Refuse with 403 what a page of another origin, or under another name, asks for."""

    @web.middleware
    async def checked(request: web.Request, handler: Handler) -> web.StreamResponse:
        if not request.path.startswith(APP_ROADS) and not is_own(core, request):
            return web.json_response({"error": "not_this_workspace"}, status=403)
        return await handler(request)

    return checked


def is_own(core: Core, request: web.Request) -> bool:
    """Tell whether Host, and Origin where there is one, are the workspace's own."""
    port = core.address.rpartition(":")[2]
    own = {f"{name}:{port}" for name in LOOPBACK}
    origin = request.headers.get("Origin")
    return request.host in own and (origin is None or origin in {f"http://{h}" for h in own})
