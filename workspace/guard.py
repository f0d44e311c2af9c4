"""Keeping other sites' pages out: only the workspace's own addresses are answered.

Owns the check of Host and Origin, on the app's roads, too: the tokens of a practice workspace are
no secrets. As a rule its addresses are those of loopback. Where others are let in, they are the
host's own name too, or any address in figures: a foreign site can point its name at this machine,
but cannot make a browser send figures in its place.
"""

from collections.abc import Awaitable, Callable
from ipaddress import ip_address

from aiohttp import web
from aiohttp.typedefs import Middleware

from workspace.core import Core
from workspace.loopback import LOOPBACK

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


def guard(core: Core) -> Middleware:
    """Refuse with 403 what a page of another origin, or under another name, asks for."""

    @web.middleware
    async def checked(request: web.Request, handler: Handler) -> web.StreamResponse:
        if not is_own(core, request):
            return web.json_response({"error": "not_this_workspace"}, status=403)
        return await handler(request)

    return checked


def is_own(core: Core, request: web.Request) -> bool:
    """Tell whether Host, and Origin where there is one, are the workspace's own."""
    port = core.address.rpartition(":")[2]
    origins = {None, f"http://{request.host}", *(f"http://{name}:{port}" for name in LOOPBACK)}
    return answers_to(core, request.host) and request.headers.get("Origin") in origins


def answers_to(core: Core, host: str) -> bool:
    """Tell whether a Host header means this workspace."""
    # Slack's own client leaves the port out when it opens a socket.
    name, _, port = host.rpartition(":") if host.rpartition("]")[2].count(":") else (host, "", "")
    if port not in {"", core.address.rpartition(":")[2]}:
        return False
    return name in {*LOOPBACK, *core.names} or (core.by_figures and is_figures(name))


def is_figures(name: str) -> bool:
    """Tell an address in figures from a name."""
    try:
        ip_address(name.strip("[]"))
    except ValueError:
        return False
    return True
