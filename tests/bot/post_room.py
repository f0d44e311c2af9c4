"""A sender, a workspace over HTTP and a clock moved by hand; nothing ticks and nobody answers."""

import random
from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

import aiohttp
from slack_sdk.web.async_client import AsyncWebClient
from sqlmodel import Session, select

from bot.clock import Clock, HandClock
from bot.desk import Desk
from bot.post_office import PostOffice
from bot.rehearsal.playhouse import BOARD_ID, CENTRAL_ID
from bot.sender import Pace, Sender
from flows.places import BOARD, CENTRAL
from messages.notices import Notice, dumps, kind_of
from messages.notices.digest import DigestPublished
from messages.notices.escalations import SponsorAcknowledged
from messages.say import Voice
from rules.quarters import Quarter
from store import outbox
from store.outbox import Outgoing
from store.tables import OutboxRow
from tests.sample import QUARTER, london
from workspace.log import Fault, Stage
from workspace.posts import Post
from workspace.server import Workspace

SECRET = b"a secret for tests"
PATIENCE_SECONDS = 5.0
TOO_LONG_SECONDS = 6.0
PLACES = {BOARD: BOARD_ID, CENTRAL: CENTRAL_ID}
POST, EDIT = "chat.postMessage", "chat.update"


def to_lead(note: str = "note", ref: str = "LAA2-NI154") -> Notice:
    """A short message for a person; the note tells one from another."""
    return SponsorAcknowledged(
        QUARTER, ref, "Net additional homes provided", 1, london(11, 1), note
    )


def to_team(check: str = "a1b2c3d4", quarter: Quarter = QUARTER) -> Notice:
    """A short message for a channel."""
    return DigestPublished(quarter, 9, check)


@dataclass
class Spoiler:
    """Spoils the calls of one method, in order: a fault at a stage, or none."""

    method: str
    stage: Stage
    faults: list[Fault | None]
    channel: str | None = None

    async def __call__(self, stage: Stage, what: dict[str, Any]) -> Fault | None:
        if stage != self.stage or what.get("method") != self.method or not self.faults:
            return None
        if self.channel is not None and what["args"].get("channel") != self.channel:
            return None
        return self.faults.pop(0)


@dataclass
class PostRoom:
    """Everything between the outbox and Slack."""

    workspace: Workspace
    clock: HandClock
    desk: Desk
    http: aiohttp.ClientSession
    sender: Sender = field(init=False)

    def __post_init__(self) -> None:
        self.restart()

    def restart(self, pace: Pace | None = None, seed: int = 0, clock: Clock | None = None) -> None:
        """A sender that remembers nothing, as after a restart of the process."""
        web = AsyncWebClient(
            token=self.workspace.core.bot.bot_token,
            base_url=self.workspace.api_url,
            session=self.http,
            retry_handlers=[],
        )
        office = PostOffice(web, SECRET)
        dice = random.Random(seed)  # noqa: S311  # no secret
        self.sender = Sender(
            self.desk, office, Voice(), clock or self.clock, PLACES, pace or Pace(), dice
        )

    async def keep(
        self,
        key: str,
        notice: Notice,
        *,
        person: int | None = None,
        channel: str | None = None,
        follows: str | None = None,
    ) -> None:
        """Keep a message to be said."""
        outgoing = Outgoing(key, kind_of(notice), dumps(notice), person, channel, follows)
        now = self.clock.now()
        await self.desk.write(outbox.post, outgoing, due_at=now, now=now)

    async def edit(self, key: str, notice: Notice) -> None:
        """Keep a message to be said anew in its place."""
        now = self.clock.now()
        await self.desk.write(outbox.edit, key, kind_of(notice), dumps(notice), now=now)

    def spoil(self, method: str, stage: Stage, *faults: Fault | None) -> Spoiler:
        """Spoil the coming calls of a method."""
        spoiler = Spoiler(method, stage, list(faults))
        self.workspace.watch(spoiler)
        return spoiler

    async def until_quiet(self, longest: timedelta = timedelta(days=3)) -> list[datetime]:
        """Send, moving the clock to whenever there is more, until there is none; the instants."""
        end, instants = self.clock.now() + longest, []
        while (following := await self.sender.drain()) is not None and following <= end:
            instants.append(following)
            self.clock.move_to(max(following, self.clock.now() + timedelta(microseconds=1)))
        return instants

    async def row(self, key: str) -> OutboxRow:
        """An outbox row as it stands."""
        return await self.desk.read(_row, key)

    def standing(self, channel: str) -> list[Post]:
        """What stands in a channel, replies included, oldest first."""
        return list(self.workspace.core.team.posts.get(channel, {}).values())

    def direct(self, slack_id: str) -> list[str]:
        """The words that stand in a person's direct messages."""
        return [message.text for message in self.workspace.client(slack_id).dm()]

    def calls(self, method: str = POST) -> int:
        """How often a method was called and done."""
        return len(self.workspace.log.calls(method))

    def doubled(self) -> list[str]:
        """Opaque keys under which more than one message stands."""
        keys = Counter(
            str(post.metadata["event_payload"]["key"])
            for posts in self.workspace.core.team.posts.values()
            for post in posts.values()
            if post.metadata
        )
        return [key for key, count in keys.items() if count > 1]


def _row(session: Session, key: str) -> OutboxRow:
    return session.exec(select(OutboxRow).where(OutboxRow.key == key)).one()
