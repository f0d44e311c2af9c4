"""A person in the workspace: everything one can do in Slack, done to the real protocols.

Owns commands, the Home tab and writing; elements and modals are in ``hands`` and ``modals``.
"""

import contextlib
from dataclasses import dataclass

from workspace.answers import reply_posted
from workspace.api.scopes import has_commands, hears
from workspace.deliveries import AppDidNotAnswer
from workspace.filling import CannotDoThat
from workspace.modals import ModalHands
from workspace.posts import Post
from workspace.seen import Home, Message

SLACKBOT = "USLACKBOT"


@dataclass(slots=True)
class Client(ModalHands):
    """One person: what they see, and all they can do."""

    async def command(
        self, name: str, text: str = "", *, channel: str | None = None
    ) -> list[Message]:
        """Type a slash command; gives what the app answered at once.

        Raises :class:`AppDidNotAnswer`, after which Slack's line stands among the ephemerals.
        """
        if name not in {command.name for command in self.core.config.commands}:
            raise CannotDoThat(f"{name} is not a command of this workspace")
        if not has_commands(self.core):
            raise CannotDoThat("the app was not given the scope commands")
        where = channel or self.core.team.open_dm(self.person_id).id
        self.channel(where)
        payload = self._payloads.command(name, text, where)
        try:
            answer = await self.core.deliveries.ask("slash_commands", name, payload)
            posted = reply_posted(self.core, self.person_id, where, answer)
        except AppDidNotAnswer as fault:
            line = f"{name} failed because the app did not respond."
            self._slackbot(where, line)
            raise AppDidNotAnswer(fault.reason, line) from None
        return [self._seen(posted)] if posted is not None else []

    async def open_home(self) -> Home | None:
        """Open the app's Home tab, wait for the app to publish, and give the tab."""
        before = self.core.surfaces.homes.get(self.person_id)
        was = before.hash if before is not None else None
        event = {
            "type": "app_home_opened",
            "user": self.person_id,
            "channel": self.core.team.open_dm(self.person_id).id,
            "tab": "home",
            **({"view": before.shown(self.core.team)} if before is not None else {}),
        }
        if "app_home_opened" in self.core.bot.events:
            self.core.deliveries.emit("app_home_opened", self._payloads.event(event))
            with contextlib.suppress(TimeoutError):
                await self.wait_for(lambda: self._home_hash() != was, self.core.patience.ack)
        return self.home

    def _home_hash(self) -> str | None:
        home = self.core.surfaces.homes.get(self.person_id)
        return home.hash if home is not None else None

    def say(self, channel_id: str, text: str, *, thread_ts: str | None = None) -> Message:
        """Write a message; the app hears of it where it asked to."""
        channel = self.channel(channel_id)
        post = self.core.team.keep(
            Post(
                channel_id,
                self.core.team.ids.ts(),
                self.person_id,
                text,
                thread_ts=thread_ts,
                by_app=False,
            )
        )
        kind = "im" if channel.person else "group" if channel.private else "channel"
        heard = {"im": "message.im", "group": "message.groups", "channel": "message.channels"}
        if channel.bot_in and hears(self.core, heard[kind]):
            event = {
                "type": "message",
                "user": self.person_id,
                "text": text,
                "ts": post.ts,
                "channel": channel_id,
                "channel_type": kind,
                **({"thread_ts": thread_ts} if thread_ts else {}),
            }
            self.core.deliveries.emit("message", self._payloads.event(event))
        return self._seen(post)

    def mark_read(self, channel_id: str) -> None:
        """Take everything in a channel as read."""
        self.core.team.mark_read(self.person_id, channel_id)

    def _slackbot(self, channel: str, line: str) -> None:
        self.core.team.keep(
            Post(
                channel,
                self.core.team.ids.ts(),
                SLACKBOT,
                line,
                by_app=False,
                only_for=self.person_id,
                subtype="slackbot",
            )
        )
