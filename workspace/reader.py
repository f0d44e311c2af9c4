"""What one person can see, without touching anything.

Owns reading; acting is ``people``'s.
"""

from collections.abc import Callable
from dataclasses import dataclass

from workspace.config import Channel, Person
from workspace.core import Core
from workspace.filling import CannotDoThat
from workspace.posts import Post
from workspace.seen import Home, Message, Modal, message_seen, modal_seen
from workspace.team import later
from workspace.values import Values, starting

PAGE = 50
"""Messages shown at once."""
LONGEST_STRETCH = 200
"""Messages shown at once to somebody who has gone up already."""
WAIT_SECONDS = 10.0
"""How long ``wait_for`` waits, in real seconds, before it gives up."""


@dataclass(slots=True)
class Reader:
    """One person's eyes on the workspace."""

    core: Core
    person_id: str

    @property
    def person(self) -> Person:
        """The person as they are now."""
        return self.core.team.people[self.person_id]

    def name_of(self, some_id: str) -> str:
        """Give the name behind an id: a person's, a channel's or the app's."""
        team = self.core.team
        if some_id in team.people:
            return team.people[some_id].name
        if some_id in team.channels:
            return team.channels[some_id].name
        return self.core.bot.name if some_id == self.core.bot.user_id else some_id

    @property
    def dm_id(self) -> str | None:
        """The id of the direct message with the app, None until one was opened."""
        dm = self.core.team.dm_of(self.person_id)
        return dm.id if dm is not None else None

    def dm(self) -> list[Message]:
        """List the direct message with the app, oldest first; empty until it was opened."""
        return self.messages(self.dm_id) if self.dm_id is not None else []

    def messages(self, channel_id: str) -> list[Message]:
        """List what stands in a channel, oldest first, replies left to :meth:`thread`."""
        self.channel(channel_id)
        return self._all_seen(channel_id, self.core.team.parents(channel_id))

    def stretch(
        self, channel_id: str, *, before: str | None = None, since: str | None = None
    ) -> tuple[list[Message], bool]:
        """List the newest page of a channel, and tell whether there are older ones.

        ``before`` leaves out that message and later ones; ``since`` goes back as far as that
        message, within reason.
        """
        self.channel(channel_id)
        posts = self.core.team.parents(channel_id)
        if before is not None:
            posts = [post for post in posts if later(before, post.ts)]
        back = 0 if since is None else sum(not later(since, post.ts) for post in posts)
        shown = posts[-min(max(PAGE, back), LONGEST_STRETCH) :]
        return self._all_seen(channel_id, shown), len(posts) > len(shown)

    def changed(self, channel_id: str, mark: str) -> tuple[list[Message], list[str]] | None:
        """List what was said or changed after a mark, and the ts of what was taken away.

        None where the mark means nothing any more, and all has to be read again.
        """
        self.channel(channel_id)
        touched = self.core.team.touched.since(channel_id, mark)
        if touched is None:
            return None
        posts = [post for post in self.core.team.parents(channel_id) if post.ts in touched]
        gone = touched - self.core.team.posts.get(channel_id, {}).keys()
        return self._all_seen(channel_id, posts), sorted(gone)

    def thread(self, channel_id: str, ts: str) -> list[Message]:
        """List a thread: the parent, then its replies, oldest first."""
        self.channel(channel_id)
        parent = self.core.team.post(channel_id, ts)
        if parent is None:
            raise CannotDoThat(f"no message {ts} in {channel_id}")
        return [self._seen(p) for p in (parent, *self.core.team.replies(channel_id, ts))]

    @property
    def ephemerals(self) -> list[Message]:
        """The messages only this person sees, oldest first."""
        return [self._seen(post) for post in self.core.team.ephemerals.get(self.person_id, [])]

    def message(self, channel_id: str, ts: str) -> Message:
        """Give one message, a reply or an ephemeral one among them."""
        hidden = self.core.team.ephemerals.get(self.person_id, [])
        post = self.core.team.post(self.channel(channel_id).id, ts)
        post = post or next((p for p in hidden if p.ts == ts), None)
        if post is None:
            raise CannotDoThat(f"no message {ts} in {channel_id}")
        return self._seen(post)

    def chosen_in(self, message: Message) -> Values:
        """Give what the person chose in a message's menus so far."""
        where = (self.person_id, message.channel, message.ts)
        return self.core.surfaces.in_messages.get(where) or starting(message.blocks)

    @property
    def channels(self) -> list[Channel]:
        """The channels and the direct message the person sees."""
        return self.core.team.channels_of(self.person_id)

    @property
    def unread(self) -> dict[str, int]:
        """How many messages are unread, by channel id."""
        return {c.id: self.core.team.unread(self.person_id, c.id) for c in self.channels}

    @property
    def modal(self) -> Modal | None:
        """The modal on top, if one is open."""
        view = self.core.surfaces.top(self.person_id)
        if view is None:
            return None
        return modal_seen(view, len(self.core.surfaces.stacks[self.person_id]), self.name_of)

    @property
    def home(self) -> Home | None:
        """The Home tab as the app last published it."""
        view = self.core.surfaces.homes.get(self.person_id)
        return Home(view.id, tuple(view.blocks), view.values, self.name_of) if view else None

    async def wait_for(
        self, predicate: Callable[[], object], seconds: float = WAIT_SECONDS
    ) -> None:
        """Wait until something holds, looking again at each change of the workspace.

        Raises :class:`TimeoutError`.
        """
        await self.core.team.changes.until(predicate, seconds)

    def channel(self, channel_id: str) -> Channel:
        """Give a channel the person is in; raises :class:`CannotDoThat`."""
        channel = self.core.team.channels.get(channel_id)
        if channel is None or self.person_id not in channel.members:
            raise CannotDoThat(f"{self.person_id} is not in {channel_id}")
        return channel

    def post_of(self, message: Message) -> Post:
        """Find a message as it stands now; raises :class:`CannotDoThat` when it is gone."""
        hidden = self.core.team.ephemerals.get(self.person_id, [])
        post = next((p for p in hidden if message.ephemeral and p.ts == message.ts), None)
        post = post or self.core.team.post(message.channel, message.ts)
        if post is None:
            raise CannotDoThat(f"message {message.ts} is not there any more")
        if not message.ephemeral:
            self.channel(message.channel)
        return post

    def _all_seen(self, channel_id: str, posts: list[Post]) -> list[Message]:
        counts = self.core.team.reply_counts(channel_id)
        return [message_seen(post, counts[post.ts], self.name_of) for post in posts]

    def _seen(self, post: Post) -> Message:
        replies = 0 if post.only_for else len(self.core.team.replies(post.channel, post.ts))
        return message_seen(post, replies, self.name_of)
