"""Messages as they are kept, and as the Web API shows them.

Owns the record of one message; knows no channel's membership and checks nothing.
"""

from dataclasses import dataclass, field
from typing import Literal

from workspace.checks.blocks import elements_of
from workspace.config import Bot
from workspace.ids import Ids
from workspace.wire import Json


@dataclass(frozen=True, slots=True)
class Post:
    """One message. ``only_for`` is set on ephemeral ones, which no history shows."""

    channel: str
    ts: str
    user: str
    text: str
    blocks: tuple[Json, ...] = ()
    thread_ts: str | None = None
    metadata: Json | None = None
    edited: str | None = None
    by_app: bool = True
    only_for: str | None = None
    files: tuple[Json, ...] = ()
    attachments: tuple[Json, ...] = ()
    subtype: Literal["slackbot"] | None = None

    @property
    def is_reply(self) -> bool:
        """Tell a reply in a thread from a message that starts one."""
        return self.thread_ts is not None and self.thread_ts != self.ts


@dataclass(frozen=True, slots=True)
class ThreadSummary:
    """What a parent shows of its replies."""

    count: int
    users: tuple[str, ...]
    latest: str


def shown(post: Post, bot: Bot, team: str, *, metadata: bool = False) -> Json:
    """Give a message as the Web API and payloads show it."""
    body: Json = {"type": "message", "user": post.user, "ts": post.ts, "text": post.text}
    if post.by_app:
        body |= {"bot_id": bot.bot_id, "app_id": bot.app_id, "team": team}
    body |= {
        name: value
        for name, value in (
            ("thread_ts", post.thread_ts),
            ("blocks", list(post.blocks)),
            ("attachments", list(post.attachments)),
            ("files", list(post.files)),
        )
        if value
    }
    if post.edited:
        body["edited"] = {"user": post.user, "ts": post.edited}
    if metadata and post.metadata:
        body["metadata"] = post.metadata
    return body


def with_thread(body: Json, summary: ThreadSummary | None) -> Json:
    """Add what Slack adds to a parent that has replies."""
    if summary is None:
        return body
    return body | {
        "thread_ts": body["ts"],
        "reply_count": summary.count,
        "reply_users_count": len(summary.users),
        "reply_users": list(summary.users),
        "latest_reply": summary.latest,
        "is_locked": False,
        "subscribed": False,
    }


@dataclass(slots=True)
class Completion:
    """Fills in what Slack fills in: ids left out, and the flags of text objects."""

    ids: Ids
    text_flags: dict[str, Json] = field(
        default_factory=lambda: {"plain_text": {"emoji": True}, "mrkdwn": {"verbatim": False}}
    )

    def blocks(self, blocks: list[Json]) -> tuple[Json, ...]:
        """Give new blocks with every id there; the ones sent in stay as they were."""
        return tuple(self._block(self._filled(block)) for block in blocks)

    def _block(self, block: Json) -> Json:
        block.setdefault("block_id", self.ids.next("b"))
        for element in elements_of(block):
            if element.get("type") != "image":
                element.setdefault("action_id", self.ids.next("a"))
        return {"type": block["type"], "block_id": block["block_id"], **block}

    def _filled(self, value: Json) -> Json:
        filled = {key: self._any(held) for key, held in value.items() if held is not None}
        return {**self.text_flags.get(str(value.get("type")), {}), **filled}

    def _any(self, value: object) -> object:
        if isinstance(value, dict):
            return self._filled(value)
        if isinstance(value, list):
            return [self._any(item) for item in value]
        return value
