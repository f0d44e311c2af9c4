"""The acts of the ``/client`` roads: one name, one thing a person does.

Owns what each act reads from its body; the doing is the in-process client's.
"""

from collections.abc import Awaitable, Callable

from workspace.filling import CannotDoThat
from workspace.hands import Surface
from workspace.people import Client
from workspace.showing import home_json, message_json, modal_json, outcome_json
from workspace.wire import Json, as_flag, as_text


def surface_of(client: Client, given: object) -> Surface:
    """Find the surface a body names: a message by channel and ts, the modal, or Home."""
    named = given if isinstance(given, dict) else {}
    found: Surface | None = None
    if named.get("type") == "message":
        found = client.message(as_text(named.get("channel")), as_text(named.get("ts")))
    elif named.get("type") in {"modal", "home"}:
        found = client.modal if named["type"] == "modal" else client.home
        found = found if found is not None and named.get("id") in (None, found.id) else None
    if found is None:
        raise CannotDoThat("that is not open any more")
    return found


async def _press(client: Client, body: Json) -> Json:
    await client.press(
        surface_of(client, body.get("surface")),
        body.get("action_id"),
        block_id=body.get("block_id"),
        value=body.get("value"),
        label=body.get("label"),
        index=body.get("index"),
        confirm=as_flag(body.get("confirm"), default=True),
    )
    return {"modal": modal_json(client.modal)}


async def _choose(client: Client, body: Json) -> Json:
    surface = surface_of(client, body.get("surface"))
    await client.choose(surface, body["block_id"], body.get("action_id"), body.get("value"))
    return {"modal": modal_json(client.modal)}


async def _suggest(client: Client, body: Json) -> Json:
    surface = surface_of(client, body.get("surface"))
    query = as_text(body.get("query"))
    options = await client.suggest(surface, body["block_id"], body.get("action_id"), query)
    return {"options": options}


def _checked(client: Client, body: Json) -> None:
    """Refuse what was meant for a modal that is not on top any more."""
    if body.get("surface") is not None:
        surface_of(client, body["surface"])


async def _fill(client: Client, body: Json) -> Json:
    _checked(client, body)
    entered = as_flag(body.get("entered"), default=True)
    await client.fill(
        body["block_id"], body.get("value"), action_id=body.get("action_id"), entered=entered
    )
    return {"modal": modal_json(client.modal)}


async def _submit(client: Client, body: Json) -> Json:
    _checked(client, body)
    return outcome_json(await client.submit())


async def _close(client: Client, body: Json) -> Json:
    _checked(client, body)
    await client.close(everything=as_flag(body.get("everything")))
    return {"modal": modal_json(client.modal)}


async def _command(client: Client, body: Json) -> Json:
    replies = await client.command(
        as_text(body.get("name")), as_text(body.get("text")), channel=body.get("channel")
    )
    return {"replies": [message_json(client, m) for m in replies], "dm": client.dm_id}


async def _home(client: Client, _body: Json) -> Json:
    return {"home": home_json(await client.open_home())}


async def _read(client: Client, body: Json) -> Json:
    client.mark_read(client.channel(as_text(body.get("channel"))).id)
    return {"unread": client.unread}


async def _say(client: Client, body: Json) -> Json:
    text, thread = as_text(body.get("text")), body.get("thread_ts")
    channel = as_text(body.get("channel")) or client.core.team.open_dm(client.person_id).id
    return message_json(client, client.say(channel, text, thread_ts=thread))


ACTS: dict[str, Callable[[Client, Json], Awaitable[Json]]] = {
    "choose": _choose,
    "close": _close,
    "command": _command,
    "fill": _fill,
    "home": _home,
    "press": _press,
    "read": _read,
    "say": _say,
    "submit": _submit,
    "suggest": _suggest,
}
