"""One call of the Web API: read it, judge it, answer it, and let watchers spoil it.

Owns the road every call takes; the methods themselves are beside it.
"""

import asyncio
import json
from dataclasses import dataclass, replace

from aiohttp import web

from workspace.api import METHODS
from workspace.api.scopes import check_scopes
from workspace.changes import Change
from workspace.core import Core
from workspace.inspector_record import Opened
from workspace.inspector_words import about_call, ended_call, spoilt_call
from workspace.log import Entry, Fault, Stage
from workspace.wire import Code, Json, RateLimitedError, SlackError, as_text

STRUCTURED = ("attachments", "blocks", "files", "metadata", "view")
"""Arguments that hold JSON, sent as text in forms."""


@dataclass(frozen=True, slots=True)
class Call:
    """A call as it came: the method, its arguments and the token."""

    method: str
    args: Json
    token: str


@dataclass(frozen=True, slots=True)
class Answer:
    """What goes back."""

    body: Json
    status: int = 200
    retry_after: int | None = None

    def response(self) -> web.Response:
        """Give the HTTP answer."""
        headers = {"Retry-After": str(self.retry_after)} if self.retry_after is not None else {}
        return web.json_response(self.body, status=self.status, headers=headers)


async def serve(core: Core, request: web.Request) -> web.StreamResponse:
    """Answer one request to ``/api/<method>``."""
    call = await read_call(request)
    if call.token not in tokens(core):
        # Whoever has no token has no room in the record, nor a say in what it shows.
        call = replace(call, args={})
    args = readable(call.args)
    about = about_call(args, core.name_of)
    with core.log.record.entry(core.clock.now(), "call", call.method, about, args) as entry:
        return await _served(core, request, call, entry)


async def _served(
    core: Core, request: web.Request, call: Call, entry: Opened
) -> web.StreamResponse:
    what: Json = {
        "method": call.method,
        "args": call.args,
        "token": call.token,
        "agent": request.headers.get("User-Agent", ""),
        "nth": core.log.nth(call.method),
    }
    fault = await _meets(core, "before", what)
    if fault is not None and fault.spoils:
        entry.ends(*spoilt_call(fault, done=False))
        return spoiled(request, fault)
    answer = judge(core, call)
    core.log.keep(Entry(core.clock.now(), "call", call.method, call.args, answer.body))
    core.team.changes.announce(Change("call"))
    entry.ends(*ended_call(answer.body, answer.status, answer.retry_after), answer.body)
    fault = await _meets(core, "after", {**what, "answer": answer.body})
    if fault is not None and fault.spoils:
        entry.ends(*spoilt_call(fault, done=True), answer.body)
        return spoiled(request, fault)
    return answer.response()


async def _meets(core: Core, stage: Stage, what: Json) -> Fault | None:
    """Give the fault a call meets, once its delay is over."""
    fault = await core.log.tell(stage, what)
    if fault is not None:
        await asyncio.sleep(fault.delay)
    return fault


def readable(args: Json) -> Json:
    """Give arguments as they are read: what holds JSON as text, decoded where it can be."""
    try:
        return _structured(args)
    except SlackError:
        return args


def spoiled(request: web.Request, fault: Fault) -> web.StreamResponse:
    """Give what a fault makes of the answer."""
    if fault.drop and request.transport is not None:
        request.transport.abort()
    status = fault.status or 200
    if fault.error is None and fault.status is not None:
        return web.Response(status=status, text="upstream trouble")
    return Answer({"ok": False, "error": fault.error}, status, fault.retry_after).response()


def judge(core: Core, call: Call) -> Answer:
    """Do what the call asks and give the answer, refusals among them."""
    try:
        return Answer({"ok": True, **_done(core, call)})
    except SlackError as refusal:
        return Answer(refusal.answer())
    except RateLimitedError as slow:
        body = {"ok": False, "error": str(Code.RATELIMITED)}
        return Answer(body, 429, slow.retry_after)


def _done(core: Core, call: Call) -> Json:
    method = METHODS.get(call.method)
    if method is None:
        raise SlackError(Code.UNKNOWN_METHOD, extra={"req_method": call.method})
    _check_token(core, call)
    check_scopes(core, call.method, call.args)
    core.rates.spend(call.method, _channel(core, call.args))
    return method(core, _structured(call.args))


def _channel(core: Core, args: Json) -> str:
    """Give the channel a call counts against: a person's id counts as their direct message."""
    given = as_text(args.get("channel"))
    dm = core.team.dm_of(given)
    return dm.id if dm is not None else given


def _check_token(core: Core, call: Call) -> None:
    if not call.token:
        raise SlackError(Code.NOT_AUTHED)
    if call.token not in tokens(core):
        raise SlackError(Code.INVALID_AUTH)
    wants_app = call.method == "apps.connections.open"
    if (call.token == core.bot.app_token) != wants_app:
        raise SlackError(Code.NOT_ALLOWED_TOKEN_TYPE)


def tokens(core: Core) -> frozenset[str]:
    """Give the tokens of the app."""
    return frozenset({core.bot.bot_token, core.bot.app_token})


def _structured(args: Json) -> Json:
    """Decode the arguments that hold JSON."""
    decoded = {name: args[name] for name in args if args[name] is not None}
    for name in STRUCTURED:
        if isinstance(decoded.get(name), str):
            decoded[name] = _decoded(name, decoded[name])
    return decoded


def _decoded(name: str, text: str) -> object:
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        code = Code.INVALID_BLOCKS_FORMAT if name == "blocks" else Code.INVALID_ARGUMENTS
        raise SlackError(code) from None


async def read_call(request: web.Request) -> Call:
    """Read arguments from the query and from a JSON or form body, the token from header or body.

    A token in the query is none, as with Slack: any page's picture can ask for an address.
    """
    body = await _body(request)
    header = request.headers.get("Authorization", "")
    token = header.removeprefix("Bearer ") if header.startswith("Bearer ") else ""
    given = as_text(body.get("token", ""))
    args = {name: value for name, value in {**request.query, **body}.items() if name != "token"}
    return Call(request.match_info["method"], args, token or given)


async def _body(request: web.Request) -> Json:
    if request.content_type == "application/json":
        try:
            read = json.loads(await request.text() or "{}")
        except (ValueError, RecursionError):
            return {}
        return read if isinstance(read, dict) else {}
    return dict(await request.post())
