"""The mark on every message of the bot's: an opaque key in its metadata.

It owns making it and reading it back. Any member may read metadata, so a mark is a hash that
says nothing about anyone. Who posted a message is not asked: an app that is installed anew has
another id, and its messages of yesterday are still its own. Nobody else can make a new mark; a
copy of one counts only where its message should stand.
"""

import hashlib
import hmac
from collections.abc import Mapping
from typing import Any

EVENT_TYPE = "quarterlight_delivery"
OPAQUE_LENGTH = 40


def opaque(secret: bytes, key: str) -> str:
    """A key as it stands in the metadata: an HMAC."""
    return hmac.new(secret, key.encode(), hashlib.sha256).hexdigest()[:OPAQUE_LENGTH]


def mark(secret: bytes, key: str) -> dict[str, Any]:
    """The metadata of the message with a key."""
    return {"event_type": EVENT_TYPE, "event_payload": {"key": opaque(secret, key)}}


def mark_on(message: Mapping[str, Any]) -> str | None:
    """The opaque key on a message that Slack shows, or none."""
    metadata = message.get("metadata") or {}
    if metadata.get("event_type") != EVENT_TYPE:
        return None
    key = (metadata.get("event_payload") or {}).get("key")
    return None if key is None else str(key)
