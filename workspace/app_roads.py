"""What an app asks for beside the Web API: response URLs, uploads and files.

Owns reading these requests; what they do is elsewhere.
"""

from aiohttp import web

from workspace.answers import responded
from workspace.core import Core
from workspace.inspector_record import Opened
from workspace.wire import Json, SlackError

SIGN_IN = "<!DOCTYPE html><html><title>Slack</title><body>Sign in to Slack</body></html>"


class AppRoads:
    """The roads whose addresses were given out for one use or a few."""

    def __init__(self, core: Core) -> None:
        self.core = core

    def routes(self) -> list[web.RouteDef]:
        """List the roads."""
        return [
            web.post("/response/{key}", self._response),
            web.post("/upload/{file}", self._upload),
            web.get("/files/{file}", self._file),
            web.get("/files/{file}/download", self._download),
        ]

    async def _response(self, request: web.Request) -> web.StreamResponse:
        body = await _json(request)
        core = self.core
        with core.log.record.entry(
            core.clock.now(), "call", "response_url", request.match_info["key"], body
        ) as entry:
            status, text = self._responded(request.match_info["key"], body)
            return _ended(entry, status, text)

    def _responded(self, key: str, body: Json | None) -> tuple[int, str]:
        url = self.core.response_urls.use(key)
        if url is None:
            return 404, "expired_url"
        if body is None:
            return 400, "invalid_payload"
        try:
            responded(self.core, url, body)
        except SlackError as refusal:
            return 400, str(refusal.code)
        return 200, "ok"

    async def _upload(self, request: web.Request) -> web.StreamResponse:
        content, file, core = await request.read(), request.match_info["file"], self.core
        about = {"file": file, "bytes": len(content)}
        with core.log.record.entry(core.clock.now(), "call", "upload", file, about) as entry:
            if not core.files.arrived(file, content):
                return _ended(entry, 404, "no file of this size is expected here")
            return _ended(entry, 200, f"OK - {len(content)}")

    async def _download(self, request: web.Request) -> web.StreamResponse:
        """Give a file to whoever shows the app's token and may read files; else a page."""
        core, file = self.core, request.match_info["file"]
        token = request.headers.get("Authorization", "").removeprefix("Bearer ")
        scopes = core.bot.scopes
        allowed = scopes is None or "files:read" in scopes
        with core.log.record.entry(core.clock.now(), "call", "download", file, {}) as entry:
            if token != core.bot.bot_token or not allowed:
                # Slack answers a page to sign in on, and no error.
                entry.ends("error", "Refused: no token that may read files", "")
                return web.Response(text=SIGN_IN, content_type="text/html")
            entry.ends("fine", "Answered", "")
        return await self._file(request)

    async def _file(self, request: web.Request) -> web.StreamResponse:
        stored = self.core.files.held.get(request.match_info["file"])
        if stored is None or stored.content is None:
            return web.Response(status=404)
        name = stored.name.replace('"', "")
        headers = {"Content-Disposition": f'attachment; filename="{name}"'}
        return web.Response(body=stored.content, headers=headers)


def _ended(entry: Opened, status: int, text: str) -> web.Response:
    if status < web.HTTPBadRequest.status_code:
        entry.ends("fine", "Answered", text)
    else:
        entry.ends("error", f"Refused ({status}): {text}", text)
    return web.Response(status=status, text=text)


async def _json(request: web.Request) -> Json | None:
    """Read an object; None where the body is no JSON, nothing where it is no object."""
    try:
        body = await request.json()
    except (ValueError, RecursionError):
        return None
    return body if isinstance(body, dict) else {}
