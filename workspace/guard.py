"""Keeping other sites' pages out: only the workspace's own addresses are answered.

Owns the check of Host, Origin and what else a browser says of who asks, on the app's roads, too:
the tokens of a practice workspace are no secrets. As a rule its addresses are those of loopback.
Where others are let in, they are the host's own name too, or any address in figures: a foreign
site can point its name at this machine, but cannot make a browser send figures in its place.
"""

from collections.abc import Awaitable, Callable, Mapping
from ipaddress import ip_address

from aiohttp import web
from aiohttp.typedefs import Middleware

from workspace.core import Core
from workspace.loopback import LOOPBACK

ELSEWHERE = ("cross-site", "same-site")
"""What a browser says of another site's page, and of one at another port of this machine."""
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
    """Tell whether Host is the workspace's own, and so is the page that asks, if one does."""
    if not answers_to(core, request.host):
        return False
    origin = request.headers.get("Origin")
    return is_not_elsewhere(request.headers) if origin is None else is_page(core, request, origin)


def is_page(core: Core, request: web.Request, origin: str) -> bool:
    """Tell whether an Origin is that of the workspace's page."""
    port = port_of(core.address)
    own = {(host_of(request.host), port), *((name, port) for name in LOOPBACK)}
    there = origin.removeprefix("http://")
    return there != origin and (host_of(there), port_of(there)) in own


def is_not_elsewhere(headers: Mapping[str, str]) -> bool:
    """Tell whether what comes without an Origin is not a foreign page's picture or frame.

    A link on such a page may be followed.
    """
    followed = (headers.get("Sec-Fetch-Mode"), headers.get("Sec-Fetch-Dest"))
    return headers.get("Sec-Fetch-Site") not in ELSEWHERE or followed == ("navigate", "document")


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
