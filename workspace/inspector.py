"""The inspector: a page that shows a developer every call and delivery, and why.

Owns its roads under ``/inspector``. What is kept is ``inspector_record``'s, what goes wrong
``inspector_faults``'s; the app's state is neither read nor changed here.
"""

import asyncio
import json
from collections import Counter
from dataclasses import dataclass, field
from typing import Protocol

from aiohttp import web
from jinja2 import Template

from workspace.core import Core
from workspace.inspector_faults import FaultsRefusedError, Spoilt, in_words, shown, switch
from workspace.inspector_record import KEPT, Asked, Exchange, Record
from workspace.live import kept_open
from workspace.page import security, template
from workspace.wire import Json

DIGITS = 15
"""Of the longest whole number that a page's script can hold exactly."""


class Inspected(Spoilt, Protocol):
    """What the inspector needs of a workspace."""

    @property
    def core(self) -> Core:
        """Its parts."""
        ...


@dataclass(slots=True)
class Inspector:
    """The roads of the inspector."""

    workspace: Inspected
    _shell: Template = field(init=False)

    def __post_init__(self) -> None:
        """Read the page's template once."""
        self._shell = template("inspector/inspector.html")

    def routes(self) -> list[web.RouteDef]:
        """List the roads."""
        return [
            web.get("/inspector", self._page),
            web.get("/inspector/entries", self._entries),
            web.get("/inspector/entries/{number:[0-9]{1,15}}", self._entry),
            web.get("/inspector/faults", self._faults),
            web.post("/inspector/faults", self._switch),
            web.get("/inspector/live", self._live),
        ]

    @property
    def _record(self) -> Record:
        return self.workspace.core.log.record

    async def _page(self, request: web.Request) -> web.Response:
        config = self.workspace.core.config
        zones = Counter(person.tz for person in config.people).most_common(1)
        text = self._shell.render(
            team=config.team_name, zone=zones[0][0] if zones else "UTC", kept=f"{KEPT:,}"
        )
        return web.Response(text=text, content_type="text/html", headers=security(request.host))

    async def _entries(self, request: web.Request) -> web.Response:
        """Give the newest entries asked for; with ``since`` all that changed after that turn.

        ``left`` are numbers of those that changed and are not, or no longer, among them.
        """
        query, record = request.query, self._record
        asked = Asked(*(query.get(key, "") for key in ("q", "kind", "name", "level")))
        since, before = _number(query.get("since")), _number(query.get("before"))
        fresh = since is None or since < record.began
        left: list[int] = []
        if fresh:
            found, more = record.newest(asked, before=before)
        else:
            (found, left), more = record.since(asked, since or 0), False
        answer = {
            "entries": [_row(exchange) for exchange in found],
            "left": left,
            "more": more,
            "fresh": fresh,
            "turn": record.turn,
            "names": record.names(),
            "kept": len(record.held),
        }
        return web.json_response(answer)

    async def _entry(self, request: web.Request) -> web.Response:
        exchange = self._record.held.get(int(request.match_info["number"]))
        if exchange is None:
            raise web.HTTPNotFound(text="no longer kept")
        whole = {**_row(exchange), "payload": exchange.payload, "answer": exchange.answer}
        return web.json_response(whole)

    async def _faults(self, _request: web.Request) -> web.Response:
        return web.json_response(shown(self.workspace.faults))

    async def _switch(self, request: web.Request) -> web.Response:
        try:
            body = await request.json()
            switch(self.workspace, body if isinstance(body, dict) else {})
        except FaultsRefusedError as refusal:
            return web.json_response({"line": str(refusal)}, status=400)
        except (json.JSONDecodeError, UnicodeDecodeError, RecursionError):
            return web.json_response({"line": "The body is not JSON."}, status=400)
        return await self._faults(request)

    async def _live(self, request: web.Request) -> web.StreamResponse:
        """Say at once, and on every change, how far the record is and which faults are on.

        With ``?only=faults`` nothing is said of the record.
        """
        changed = asyncio.Event()
        changed.set()
        faults_only = request.query.get("only") == "faults"
        self._record.listeners.append(changed.set)
        try:
            return await kept_open(
                self.workspace.core,
                request,
                lambda stream: self._tell(stream, changed, faults_only=faults_only),
            )
        finally:
            self._record.listeners.remove(changed.set)

    async def _tell(
        self, stream: web.WebSocketResponse, changed: asyncio.Event, *, faults_only: bool
    ) -> None:
        told: Json = {}
        while not stream.closed:
            await changed.wait()
            changed.clear()
            news: Json = {"faults": in_words(self.workspace.faults)}
            if not faults_only:
                news["turn"] = self._record.turn
            if news != told:
                told = news
                await stream.send_json(news)


def _row(exchange: Exchange) -> Json:
    return {
        "number": exchange.number,
        "at": exchange.at.isoformat(),
        "kind": exchange.kind,
        "name": exchange.name,
        "about": exchange.about,
        "ms": exchange.ms if exchange.ms is None else round(exchange.ms, 1),
        "level": exchange.level,
        "says": exchange.says,
    }


def _number(given: str | None) -> int | None:
    is_number = given is not None and given.isdecimal() and len(given) <= DIGITS
    return int(given) if given is not None and is_number else None
