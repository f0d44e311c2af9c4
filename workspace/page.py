"""The page of the workspace: one address where one can be any person and read, press and type.

Owns the shell, its files and the headers that keep it to itself. What it shows and does goes
over ``/client``; nothing here reads or changes the workspace's state.
"""

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Final, Protocol

from aiohttp import web
from jinja2 import Environment, PackageLoader, StrictUndefined, Template

from workspace.core import Core

STATIC: Final = Path(__file__).parent / "static"
TYPES: Final[Mapping[str, str]] = {
    ".css": "text/css",
    ".js": "text/javascript",
    ".svg": "image/svg+xml",
}


class Shown(Protocol):
    """What the page needs of a workspace."""

    @property
    def core(self) -> Core:
        """Its parts."""
        ...


def page_routes(workspace: Shown) -> list[web.RouteDef]:
    """List the roads of the page: the shell at ``/`` and its files under ``/static``."""
    return Page(workspace).routes()


def security(host: str) -> dict[str, str]:
    """Give the headers that let the page load from, and talk to, its own address only."""
    policy = {
        "default-src": "'self'",
        "connect-src": f"'self' ws://{host}",
        "img-src": "'self' data:",
        "object-src": "'none'",
        "base-uri": "'none'",
        "form-action": "'none'",
        "frame-ancestors": "'none'",
    }
    return {
        "Content-Security-Policy": "; ".join(f"{name} {value}" for name, value in policy.items()),
        "X-Content-Type-Options": "nosniff",
        "Referrer-Policy": "no-referrer",
        "Cross-Origin-Opener-Policy": "same-origin",
        "Cache-Control": "no-cache",
    }


@cache
def template(name: str) -> Template:
    """Give a page's template, compiled once, to be rendered as often as it is asked for."""
    return Environment(
        loader=PackageLoader("workspace"), autoescape=True, undefined=StrictUndefined
    ).get_template(name)


class Page:
    """The shell and its files. Files are looked up by name, so no path can lead elsewhere."""

    def __init__(self, workspace: Shown) -> None:
        self._workspace = workspace
        self._files = {
            path.relative_to(STATIC).as_posix(): path
            for path in STATIC.rglob("*")
            if path.suffix in TYPES
        }
        self._shell = template("page/page.html")

    def routes(self) -> list[web.RouteDef]:
        """List the roads."""
        return [web.get("/", self._page), web.get("/static/{file:.+}", self._file)]

    async def _page(self, request: web.Request) -> web.Response:
        config = self._workspace.core.config
        text = self._shell.render(team=config.team_name, app=config.bot.name)
        return web.Response(text=text, content_type="text/html", headers=security(request.host))

    async def _file(self, request: web.Request) -> web.FileResponse:
        path = self._files.get(request.match_info["file"])
        if path is None:
            raise web.HTTPNotFound(text="no such file")
        headers = {**security(request.host), "Content-Type": f"{TYPES[path.suffix]}; charset=utf-8"}
        return web.FileResponse(path, headers=headers)
