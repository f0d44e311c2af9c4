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
        if is_own(core, request):
            return await handler(request)
        if "text/html" in request.headers.get("Accept", ""):
            return web.Response(text=in_words(core), status=403)
        return web.json_response({"error": "not_this_workspace"}, status=403)

    return checked


def in_words(core: Core) -> str:
    """Say to a person in a browser where the workspace is to be found."""
    return f"This workspace does not answer at this address. Open {core.url} instead.\n"


def is_own(core: Core, request: web.Request) -> bool:
    """Tell whether Host, and Origin where there is one, are the workspace's own."""
    origin, port = request.headers.get("Origin"), port_of(core.address)
    if not answers_to(core, request.host):
        return False
    own = {(host_of(request.host), port), *((name, port) for name in LOOPBACK)}
    return origin is None or (
        origin.startswith("http://")
        and (host_of(there := origin.removeprefix("http://")), port_of(there)) in own
    )


def answers_to(core: Core, host: str) -> bool:
    """Tell whether a Host header means this workspace. Names are the same in any case."""
    # Slack's own client leaves the port out when it opens a socket.
    if has_port(host) and port_of(host) != port_of(core.address):
        return False
    name = host_of(host)
    names = {host_of(one) for one in core.names}
    return name in {*LOOPBACK, *names} or (core.by_figures and is_figures(name))


def has_port(place: str) -> bool:
    """Tell whether a port is named after a host, which may be in figures with colons."""
    return ":" in place.rpartition("]")[2]


def port_of(place: str) -> str:
    """Give the port a host is reached at; a browser leaves out the one that all have."""
    return place.rpartition(":")[2] if has_port(place) else "80"


def host_of(place: str) -> str:
    """Give the host without port, brackets and the full name's last dot, in small letters."""
    name = place.rpartition(":")[0] if has_port(place) else place
    return name.strip("[]").rstrip(".").casefold()


def is_figures(name: str) -> bool:
    """Tell an address in figures from a name."""
    try:
        ip_address(name.strip("[]"))
    except ValueError:
        return False
    return True
