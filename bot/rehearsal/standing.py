"""What stands in the workspace after a performance: each message, where and in which words.

It owns reading the workspace's channels, replies included, and telling our messages by their
marks. It must not judge what should stand.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from bot.marks import EVENT_TYPE
from workspace.posts import Post
from workspace.server import Workspace


@dataclass(frozen=True, slots=True, order=True)
class Stands:
    """One message: in whose conversation or which channel, under which message, and its words.

    `under` is the key of the message it replies to, or empty. `words` are its text and blocks.
    """

    where: str
    under: str
    words: str


@dataclass(frozen=True, slots=True)
class Standing:
    """Every message by its key, and how many there are that no key explains."""

    by_key: Mapping[str, tuple[Stands, ...]]
    strangers: int

    def times(self, key: str) -> int:
        """How often the message of a key stands."""
        return len(self.by_key.get(key, ()))


def standing(workspace: Workspace, keys: Mapping[str, str]) -> Standing:
    """What stands. `keys` gives the key of each mark that a message may carry."""
    found: dict[str, tuple[Stands, ...]] = {}
    strangers = 0
    for post in _by_the_app(workspace):
        key = keys.get(_mark(post))
        if key is None:
            strangers += 1
        else:
            found[key] = (*found.get(key, ()), _seen(workspace, post, keys))
    return Standing(found, strangers)


def _by_the_app(workspace: Workspace) -> Iterator[Post]:
    for posts in workspace.core.team.posts.values():
        yield from (post for post in posts.values() if post.by_app and post.only_for is None)


def _seen(workspace: Workspace, post: Post, keys: Mapping[str, str]) -> Stands:
    team = workspace.core.team
    under = ""
    if post.is_reply:
        parent = team.posts[post.channel][str(post.thread_ts)]
        under = keys.get(_mark(parent), "a message of somebody else")
    words = json.dumps([post.text, post.blocks], ensure_ascii=False, sort_keys=True)
    return Stands(team.channels[post.channel].person or post.channel, under, words)


def _mark(post: Post) -> str:
    if not post.metadata or post.metadata.get("event_type") != EVENT_TYPE:
        return ""
    return str(post.metadata["event_payload"]["key"])
