"""Reading back: what stands in a conversation or a thread under the bot's own opaque keys.

It owns these two Web API calls and how one page of an answer is read. It must not decide what
is missing, nor wait: a refusal is raised as it comes.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from slack_sdk.errors import SlackClientError
from slack_sdk.web.async_client import AsyncWebClient

from bot.marks import mark_on

PAGE = 200


@dataclass(frozen=True, slots=True)
class Place:
    """A conversation, by channel id; or one thread in it, by the ts of its first message."""

    channel: str
    thread: str | None = None


@dataclass(frozen=True, slots=True)
class Post:
    """A message of the bot's own: its opaque key, its ts, and whether it has replies."""

    key: str
    ts: str
    has_replies: bool


@dataclass(frozen=True, slots=True)
class Page:
    """One page: the bot's own messages on it, and where the next one begins, if there is one."""

    posts: tuple[Post, ...]
    cursor: str | None


class History:
    """Reads pages of history and replies."""

    def __init__(self, web: AsyncWebClient) -> None:
        self._web = web

    async def page(self, place: Place, oldest: datetime, cursor: str | None) -> Page:
        """One page of a place, nothing older than `oldest`. A thread's page may repeat its first.

        Raises what a call can fail with (`bot.fates.FAILURES`).
        """
        asked: dict[str, Any] = {
            "channel": place.channel,
            "oldest": f"{oldest.timestamp():.6f}",
            "limit": PAGE,
            "cursor": cursor,
            "include_all_metadata": True,
        }
        if place.thread is None:
            answer = await self._web.conversations_history(**asked)
        else:
            answer = await self._web.conversations_replies(ts=place.thread, **asked)
        if not isinstance(answer.data, dict):
            raise SlackClientError("The answer is no JSON object.")
        return _page(answer.data)


def _page(body: dict[str, Any]) -> Page:
    following = (body.get("response_metadata") or {}).get("next_cursor")
    posts = (_post(message) for message in body.get("messages") or ())
    return Page(tuple(post for post in posts if post is not None), following or None)


def _post(message: dict[str, Any]) -> Post | None:
    key = mark_on(message)
    return Post(key, str(message["ts"]), bool(message.get("reply_count"))) if key else None
