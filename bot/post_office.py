"""The calls that carry messages: open a direct message, post, edit, and look for a key.

It owns these Web API calls and the opaque key in a message's metadata. It must not decide
what a failure means (`bot/fates.py`) nor what comes next (`bot/sender.py`).
"""

import hashlib
import hmac
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from slack_sdk.web.async_client import AsyncWebClient

from messages.markup import Payload

EVENT_TYPE = "quarterlight_delivery"
PAGE = 200
OPAQUE_LENGTH = 40
BEFORE_FIRST_ATTEMPT = timedelta(seconds=60)


@dataclass(frozen=True, slots=True)
class Standing:
    """A message that stands in Slack."""

    channel: str
    ts: str


def opaque(secret: bytes, key: str) -> str:
    """A key for the metadata, which any member may read: an HMAC, no personal data."""
    return hmac.new(secret, key.encode(), hashlib.sha256).hexdigest()[:OPAQUE_LENGTH]


class PostOffice:
    """Posts under opaque keys. The client must not retry by itself: that posts twice."""

    def __init__(self, web: AsyncWebClient, secret: bytes) -> None:
        if web.retry_handlers:
            raise ValueError("The posting client must have no retry handlers.")
        self._web = web
        self._secret = secret

    async def open_direct(self, slack_id: str) -> str:
        """The channel of a person's direct messages."""
        answer = await self._web.conversations_open(users=slack_id)
        return str(answer["channel"]["id"])

    async def post(
        self, channel: str, key: str, payload: Payload, *, thread: str | None, plain: bool
    ) -> Standing:
        """Post a message with its key; as plain text when its blocks were refused before."""
        answer = await self._web.chat_postMessage(
            channel=channel,
            text=payload.text,
            blocks=None if plain else list(payload.blocks),
            thread_ts=thread,
            metadata={
                "event_type": EVENT_TYPE,
                "event_payload": {"key": opaque(self._secret, key)},
            },
            unfurl_links=False,
            unfurl_media=False,
        )
        return Standing(str(answer["channel"]), str(answer["ts"]))

    async def edit(self, channel: str, ts: str, payload: Payload, *, plain: bool) -> Standing:
        """Say a message anew in its place. Saying the same twice changes nothing."""
        answer = await self._web.chat_update(
            channel=channel,
            ts=ts,
            text=payload.text,
            blocks=[] if plain else list(payload.blocks),
        )
        return Standing(str(answer["channel"]), str(answer["ts"]))

    async def look(
        self, channel: str, key: str, *, since: datetime, thread: str | None
    ) -> Standing | None:
        """The message with a key, posted since the first attempt, or none.

        Replies are looked for under their parent: a channel's history never holds them.
        """
        wanted = opaque(self._secret, key)
        oldest = f"{(since - BEFORE_FIRST_ATTEMPT).timestamp():.6f}"
        cursor: str | None = None
        while True:
            page = await self._page(channel, thread, oldest, cursor)
            for message in page.get("messages", []):
                if _key_of(message) == wanted:
                    return Standing(channel, str(message["ts"]))
            cursor = (page.get("response_metadata") or {}).get("next_cursor") or None
            if not cursor:
                return None

    async def _page(
        self, channel: str, thread: str | None, oldest: str, cursor: str | None
    ) -> dict[str, Any]:
        if thread is None:
            answer = await self._web.conversations_history(
                channel=channel,
                oldest=oldest,
                limit=PAGE,
                cursor=cursor,
                include_all_metadata=True,
            )
        else:
            answer = await self._web.conversations_replies(
                channel=channel,
                ts=thread,
                oldest=oldest,
                limit=PAGE,
                cursor=cursor,
                include_all_metadata=True,
            )
        return dict(answer.data) if isinstance(answer.data, dict) else {}


def _key_of(message: dict[str, Any]) -> str | None:
    metadata = message.get("metadata") or {}
    if metadata.get("event_type") != EVENT_TYPE:
        return None
    key = (metadata.get("event_payload") or {}).get("key")
    return str(key) if key is not None else None
