"""The calls that carry messages: open a direct message, post, edit, and look for a key.

It owns these Web API calls. It must not decide what a failure means (`bot/fates.py`) nor what
comes next (`bot/sender.py`).
"""

from dataclasses import dataclass
from datetime import datetime

from slack_sdk.web.async_client import AsyncWebClient

from bot.history import History, Place
from bot.marks import mark, opaque
from messages.markup import Payload


@dataclass(frozen=True, slots=True)
class Standing:
    """A message that stands in Slack."""

    channel: str
    ts: str


class PostOffice:
    """Posts under opaque keys. The client must not retry by itself: that posts twice."""

    def __init__(self, web: AsyncWebClient, secret: bytes) -> None:
        if web.retry_handlers:
            raise ValueError("The posting client must have no retry handlers.")
        self._web = web
        self._history = History(web)
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
            metadata=mark(self._secret, key),
            unfurl_links=False,
            unfurl_media=False,
        )
        return Standing(str(answer["channel"]), str(answer["ts"]))

    async def edit(self, place: Standing, key: str, payload: Payload, *, plain: bool) -> Standing:
        """Say a message anew in its place, under its own key. Saying it twice changes nothing."""
        answer = await self._web.chat_update(
            channel=place.channel,
            ts=place.ts,
            text=payload.text,
            blocks=[] if plain else list(payload.blocks),
            metadata=mark(self._secret, key),
        )
        return Standing(str(answer["channel"]), str(answer["ts"]))

    async def look(
        self, channel: str, key: str, *, since: datetime, thread: str | None
    ) -> Standing | None:
        """The message with a key, posted since an instant, or none.

        Replies are looked for under their parent: a channel's history never holds them.
        """
        wanted = opaque(self._secret, key)
        place = Place(channel, thread)
        cursor: str | None = None
        while True:
            page = await self._history.page(place, since, cursor)
            for post in page.posts:
                if post.key == wanted:
                    return Standing(channel, post.ts)
            if page.cursor is None:
                return None
            cursor = page.cursor
