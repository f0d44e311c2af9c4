"""Checking a view before it is shown. Raises the refusal Slack would answer."""

import json
from collections.abc import Iterator

from workspace.checks.blocks import blocks_flaws, of_type
from workspace.checks.walk import Flaw, walk
from workspace.limits import surfaces
from workspace.limits.kinds import Chars, Flag, Free, Rule, Words
from workspace.wire import Code, Json, SlackError

FIELDS: dict[str, Rule] = {
    "type": Free(),
    "blocks": Free(),
    "title": Words(surfaces.VIEW_TITLE),
    "submit": Words(surfaces.VIEW_TITLE),
    "close": Words(surfaces.VIEW_TITLE),
    "private_metadata": Chars(surfaces.PRIVATE_METADATA),
    "callback_id": Chars(surfaces.VIEW_ID),
    "external_id": Chars(surfaces.VIEW_ID),
    "clear_on_close": Flag(),
    "notify_on_close": Flag(),
    "submit_disabled": Flag(),
}


def check_view(view: object, kind: str) -> Json:
    """Give a ``modal`` or ``home`` view that Slack would take; raises :class:`SlackError`."""
    if not isinstance(view, dict):
        raise SlackError(Code.INVALID_ARGUMENTS, ("[ERROR] missing required field: view",))
    flaws = tuple(str(flaw) for flaw in _flaws(view, kind))
    if flaws:
        raise SlackError(Code.INVALID_ARGUMENTS, flaws)
    if len(json.dumps(view)) > surfaces.VIEW_SIZE:
        raise SlackError(Code.VIEW_TOO_LARGE)
    return view


def _flaws(view: Json, kind: str) -> Iterator[Flaw]:
    if view.get("type") != kind:
        yield Flaw(f"must be a {kind} view", "/view/type")
        return
    for name, held in view.items():
        if name not in FIELDS:
            yield Flaw(f"invalid additional property: {name}", "/view")
        elif held is not None:
            yield from walk(held, FIELDS[name], f"/view/{name}")
    yield from blocks_flaws(view.get("blocks"), kind, surfaces.VIEW_BLOCKS, "/view/blocks")
    if kind == "modal":
        yield from _modal_flaws(view)


def _modal_flaws(view: Json) -> Iterator[Flaw]:
    if view.get("title") is None:
        yield Flaw("missing required field: title", "/view")
    blocks = [b for b in view.get("blocks") or [] if isinstance(b, dict)]
    if of_type(blocks, "input") and view.get("submit") is None:
        yield Flaw("missing required field: submit", "/view")
