"""``/client``: everything a person can do, over HTTP, for the page.

Owns reading requests and wording refusals; every act is the in-process client's.
"""

from collections.abc import Callable
from typing import Protocol, TypeVar

from aiohttp import web

from workspace.acts import ACTS
from workspace.core import Core
from workspace.deliveries import AppDidNotAnswer
from workspace.filling import CannotDoThat
from workspace.live import serve_live
from workspace.people import Client
from workspace.seen import Message
from workspace.showing import (
    at_host,
    channel_json,
    home_json,
    message_json,
    modal_json,
    person_json,
)
from workspace.team import later
from workspace.wire import Json

Seen = TypeVar("Seen")


class Rehearsal(Protocol):
    """What the endpoints need of a workspace."""

    @property
    def core(self) -> Core:
        """Its parts."""
        ...

    def client(self, person: str) -> Client:
        """One person's client; raises :class:`KeyError`."""
        ...


class Endpoints:
    """The roads under ``/client`` that belong to people."""

    def __init__(self, workspace: Rehearsal) -> None:
        self.workspace = workspace

    def routes(self) -> list[web.RouteDef]:
        """List the roads."""
        return [
            web.get("/client/team", self._team),
            web.get("/client/people", self._people),
            web.get("/client/live", self._live),
            web.get("/client/{user}/{what:channels|modal|home|ephemerals}", self._look),
            web.get("/client/{user}/channels/{channel}/messages", self._messages),
            web.get("/client/{user}/channels/{channel}/threads/{ts}", self._thread),
            web.post("/client/{user}/upload", self._upload),
            web.post("/client/{user}/{act}", self._act),
        ]

    async def _team(self, _request: web.Request) -> web.Response:
        core = self.workspace.core
        return web.json_response(
            {
                "id": core.config.team_id,
                "name": core.config.team_name,
                "app": {"user": core.bot.user_id, "name": core.bot.name},
                "home_tab": core.bot.home_tab,
                "connected": core.deliveries.is_open,
                "commands": [
                    {"name": c.name, "description": c.description, "usage_hint": c.usage_hint}
                    for c in core.config.commands
                ],
            }
        )

    async def _people(self, _request: web.Request) -> web.Response:
        people = self.workspace.core.team.people
        return web.json_response([person_json(self.workspace.client(p)) for p in people])

    async def _live(self, request: web.Request) -> web.StreamResponse:
        return await serve_live(self.workspace.core, request)

    async def _look(self, request: web.Request) -> web.Response:
        client = self._client(request)
        looks: dict[str, Callable[[Client], object]] = {
            "channels": lambda c: [channel_json(c, channel) for channel in c.channels],
            "ephemerals": lambda c: [message_json(c, m) for m in c.ephemerals],
            "modal": lambda c: modal_json(c.modal),
            "home": lambda c: home_json(c.home),
        }
        return self._shown(request, looks[request.match_info["what"]](client))

    async def _messages(self, request: web.Request) -> web.Response:
        """Give a stretch; with ``since``, what changed above it after that mark as well."""
        client = self._client(request)
        channel, asked = request.match_info["channel"], request.query
        shown, has_more = _allowed(
            lambda: client.stretch(channel, before=asked.get("before"), since=asked.get("from"))
        )
        changed = client.changed(channel, asked.get("since", ""))
        hidden = [m for m in client.ephemerals if m.channel == channel]
        return self._shown(
            request,
            {
                "messages": [message_json(client, m) for m in shown],
                "has_more": has_more,
                "ephemerals": [message_json(client, m) for m in hidden],
                "mark": client.core.team.touched.mark,
                "above": _above(client, changed, shown),
            },
        )

    async def _thread(self, request: web.Request) -> web.Response:
        client, where = self._client(request), request.match_info
        thread = _allowed(lambda: client.thread(where["channel"], where["ts"]))
        return self._shown(request, [message_json(client, m) for m in thread])

    async def _upload(self, request: web.Request) -> web.Response:
        """Take a file somebody put into a form; the name stands in the query."""
        name = request.query.get("name", "")
        if not name:
            raise web.HTTPBadRequest(text="a file needs its name")
        return web.json_response({"id": self._client(request).upload(name, await request.read())})

    async def _act(self, request: web.Request) -> web.Response:
        client = self._client(request)
        act = ACTS.get(request.match_info["act"])
        if act is None:
            raise web.HTTPNotFound(text="no such act")
        body = await _body(request)
        try:
            return self._shown(request, await act(client, body))
        except AppDidNotAnswer as fault:
            trouble = {"error": "app_did_not_answer", "line": fault.line, "reason": fault.reason}
            return web.json_response(trouble, status=504)
        except (CannotDoThat, KeyError) as fault:
            return _cannot(fault)

    def _shown(self, request: web.Request, value: object) -> web.Response:
        core = self.workspace.core
        if request.host != core.address:
            value = at_host(value, core.url, f"http://{request.host}/")
        return web.json_response(value)

    def _client(self, request: web.Request) -> Client:
        try:
            return self.workspace.client(request.match_info["user"])
        except KeyError:
            raise web.HTTPNotFound(text="nobody by that id") from None


def _allowed(look: Callable[[], Seen]) -> Seen:
    try:
        return look()
    except CannotDoThat as fault:
        raise web.HTTPNotFound(text=str(fault)) from None


def _above(
    client: Client, changed: tuple[list[Message], list[str]] | None, shown: list[Message]
) -> Json | None:
    """Give what changed further up than what is shown."""
    if changed is None:
        return None
    messages, gone = changed
    up = [m for m in messages if shown and later(shown[0].ts, m.ts)]
    return {"messages": [message_json(client, m) for m in up], "gone": gone}


def _cannot(fault: Exception) -> web.Response:
    return web.json_response({"error": "cannot_do_that", "line": str(fault)}, status=409)


async def _body(request: web.Request) -> Json:
    try:
        body = await request.json() if request.can_read_body else {}
    except ValueError:
        raise web.HTTPBadRequest(text="the body is not JSON") from None
    if not isinstance(body, dict):
        raise web.HTTPBadRequest(text="the body is not an object")
    return body
