"""The workspace's state: people, channels, direct messages, messages, read marks.

Owns what is kept in memory and tells when it changes; checks no limit and speaks no protocol.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from itertools import takewhile

from workspace.changes import Change, Changes
from workspace.clock import Clock
from workspace.config import Channel, Person, WorkspaceConfig
from workspace.ids import Ids
from workspace.posts import Completion, Post, ThreadSummary
from workspace.touched import Touched


@dataclass(slots=True)
class Team:
    """Everything that is in the workspace. One event loop only; nothing here waits."""

    config: WorkspaceConfig
    clock: Clock
    changes: Changes = field(default_factory=Changes)
    ids: Ids = field(init=False)
    completion: Completion = field(init=False)
    people: dict[str, Person] = field(init=False)
    channels: dict[str, Channel] = field(init=False)
    posts: dict[str, dict[str, Post]] = field(default_factory=dict)
    ephemerals: dict[str, list[Post]] = field(default_factory=dict)
    read: dict[tuple[str, str], str] = field(default_factory=dict)
    touched: Touched = field(default_factory=Touched)

    def __post_init__(self) -> None:
        """Take the people and channels the description starts with."""
        self.ids = Ids(self.clock)
        self.completion = Completion(self.ids)
        self.people = {person.id: person for person in self.config.people}
        self.channels = {channel.id: channel for channel in self.config.channels}

    # channels

    def dm_of(self, person: str) -> Channel | None:
        """Find the direct message between a person and the app, if it was ever opened."""
        return next((c for c in self.channels.values() if c.person == person), None)

    def open_dm(self, person: str) -> Channel:
        """Give the direct message with a person: opened once, and kept."""
        found = self.dm_of(person)
        if found is None:
            number = 1 + sum(c.person is not None for c in self.channels.values())
            found = Channel(f"D{number:08d}", "directmessage", frozenset({person}), person=person)
            self.channels[found.id] = found
        return found

    def change_channel(self, channel: Channel) -> None:
        """Put a channel in the place of the one with its id: renamed, archived, left."""
        self.channels[channel.id] = channel
        self.changes.announce(Change("message", channel=channel.id))

    def change_person(self, person: Person) -> None:
        """Put a person in the place of the one with their id: deactivated, renamed."""
        self.people[person.id] = person
        self.changes.announce(Change("unread", person=person.id))

    def channels_of(self, person: str) -> list[Channel]:
        """List the channels and the direct message a person sees."""
        return [c for c in self.channels.values() if person in c.members]

    # messages

    def keep(self, post: Post) -> Post:
        """Keep a message, new or changed, and say so. Ephemeral ones are kept for one person."""
        if post.only_for is not None:
            self._keep_ephemeral(post.only_for, post)
            self.changes.announce(Change("ephemeral", post.only_for, post.channel))
            return post
        self.posts.setdefault(post.channel, {})[post.ts] = post
        self.touched.touch(post.channel, post.ts, post.thread_ts)
        self.changes.announce(Change("message", channel=post.channel))
        return post

    def _keep_ephemeral(self, person: str, post: Post) -> None:
        held = self.ephemerals.setdefault(person, [])
        at = next((i for i, old in enumerate(held) if old.ts == post.ts), None)
        if at is None:
            held.append(post)
        else:
            held[at] = post

    def remove(self, post: Post) -> None:
        """Take a message away, and say so."""
        if post.only_for is not None:
            held = self.ephemerals[post.only_for]
            self.ephemerals[post.only_for] = [old for old in held if old.ts != post.ts]
            self.changes.announce(Change("ephemeral", post.only_for, post.channel))
            return
        del self.posts[post.channel][post.ts]
        self.touched.touch(post.channel, post.ts, post.thread_ts)
        self.changes.announce(Change("message", channel=post.channel))

    def post(self, channel: str, ts: str) -> Post | None:
        """Find one message, not an ephemeral one."""
        return self.posts.get(channel, {}).get(ts)

    def parents(self, channel: str) -> list[Post]:
        """List what stands in the channel itself, oldest first: no replies."""
        return [p for p in self.posts.get(channel, {}).values() if not p.is_reply]

    def replies(self, channel: str, ts: str) -> list[Post]:
        """List the replies to a message, oldest first, without the message."""
        held = self.posts.get(channel, {}).values()
        return [p for p in held if p.is_reply and p.thread_ts == ts]

    def reply_counts(self, channel: str) -> Counter[str]:
        """Count the replies of every thread in a channel, by the parent's ts."""
        held = self.posts.get(channel, {}).values()
        return Counter(p.thread_ts for p in held if p.is_reply and p.thread_ts is not None)

    def summary(self, channel: str, ts: str) -> ThreadSummary | None:
        """Sum up a thread for its parent; None without replies."""
        replies = self.replies(channel, ts)
        if not replies:
            return None
        users = tuple(dict.fromkeys(p.user for p in replies))
        return ThreadSummary(len(replies), users, replies[-1].ts)

    # reading

    def mark_read(self, person: str, channel: str) -> None:
        """Take everything in a channel as read by a person."""
        self.read[person, channel] = newest(self.parents(channel))
        self.changes.announce(Change("unread", person, channel))

    def unread(self, person: str, channel: str) -> int:
        """Count what a person has not read in a channel, their own messages left out.

        Messages are kept in the order of their ts, so only what came after the mark is looked at.
        """
        mark = self.read.get((person, channel), "")
        posts = reversed(self.posts.get(channel, {}).values())
        fresh = takewhile(lambda post: later(post.ts, mark), posts)
        return sum(p.user != person and not p.is_reply for p in fresh)

    def edited(self, post: Post, **changed: object) -> Post:
        """Keep a message as changed by the app, with the mark Slack puts on it."""
        return self.keep(replace(post, edited=self.ids.ts(), **changed))  # type: ignore[arg-type] # mypy cannot see the names


def newest(posts: Iterable[Post]) -> str:
    """Give the ts of the last message, or the empty text."""
    return max((p.ts for p in posts), key=order, default="")


def order(ts: str) -> tuple[int, str]:
    """Give a key that sorts timestamps as instants: they are text, not numbers."""
    return (len(ts.partition(".")[0]), ts)


def later(one: str, other: str) -> bool:
    """Tell whether one timestamp is after another; the empty text is before all."""
    return order(one) > order(other)
