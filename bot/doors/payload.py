"""What a request's body says: one mapping, from JSON or from a form.

It owns reading the two ways in which Slack writes over HTTP. What cannot be read is refused
here, with a reason, before anything else sees it.
"""

import json
from collections.abc import Mapping
from typing import Any
from urllib.parse import parse_qsl

JSON = "application/json"
FORM = "application/x-www-form-urlencoded"
PAYLOAD = "payload"
MOST_FIELDS = 100
"""Far more than any of Slack's forms has."""

# What a payload of Slack's holds as objects, lists of objects and text, wherever it has them.
OBJECTS = ("event", "view", "container")
LISTS = ("actions", "authorizations")
TEXTS = ("type", "callback_id", "action_id", "block_id", "trigger_id", "event_id")


class UnreadableError(ValueError):
    """The body is nothing that Slack sends; the sentence says what is wrong with it."""


def read_payload(content_type: str, body: bytes) -> dict[str, Any]:
    """An event, an interaction or a command as Slack describes it. Raises `UnreadableError`."""
    try:
        text = body.decode()
    except UnicodeDecodeError:
        raise UnreadableError("The body is not UTF-8.") from None
    kind = content_type.partition(";")[0].strip().lower()
    if kind == JSON:
        return _shaped(_object(text))
    if kind == FORM:
        fields = _form(text)
        return _shaped(_object(fields[PAYLOAD])) if PAYLOAD in fields else fields
    raise UnreadableError("The body is neither JSON nor a form.")


def _form(text: str) -> dict[str, Any]:
    try:
        pairs = parse_qsl(text, keep_blank_values=True, errors="strict", max_num_fields=MOST_FIELDS)
    except ValueError:
        raise UnreadableError("The form cannot be read.") from None
    fields = dict(pairs)
    if len(fields) < len(pairs):
        raise UnreadableError("A field of the form stands there twice.")
    if not fields:
        raise UnreadableError("The form is empty.")
    return fields


def _object(text: str) -> dict[str, Any]:
    try:
        read = json.loads(text)
    except (ValueError, RecursionError):
        raise UnreadableError("The JSON cannot be read.") from None
    if not isinstance(read, Mapping):
        raise UnreadableError("The JSON is no object.")
    return dict(read)


def _shaped(payload: dict[str, Any]) -> dict[str, Any]:
    """The payload, if what Bolt looks into has the shape it takes for granted."""
    if payload.get("actions") == []:
        raise UnreadableError("Nothing was pressed.")
    parts = [payload, *(payload[name] for name in OBJECTS if name in payload)]
    for name in LISTS:
        parts.extend(_listed(payload.get(name)))
    for part in parts:
        if not isinstance(part, Mapping):
            raise UnreadableError("A part that should be an object is none.")
        if any(not isinstance(part.get(name, ""), str) for name in TEXTS):
            raise UnreadableError("A part that should be text is none.")
    return payload


def _listed(part: object) -> list[Any]:
    if part is not None and not isinstance(part, list):
        raise UnreadableError("A part that should be a list is none.")
    return part or []
