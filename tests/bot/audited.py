"""A post room with an auditor in it, and a quarter whose window has opened."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from slack_sdk.web.async_client import AsyncWebClient
from sqlmodel import Session

from bot.auditor import SLOW_TO_SHOW, Auditor
from bot.history import History
from bot.rehearsal.playhouse import CENTRAL_ID
from bot.sender import Pace
from flows import posting
from flows.places import BOARD, CENTRAL
from messages.notices.deliveries import DeliveriesAmiss, DeliveriesCertified
from rules.vocabulary import QuarterState
from store import outbox, quarters
from store.quarters import QuarterRecord
from tests.bot.post_room import PLACES, SECRET, PostRoom, to_lead, to_team
from tests.sample import QUARTER
from workspace.posts import Post

OPENED = "certificate:2008/09 Q2:open"
DUE = 5
"""How many messages the opening makes due."""
LATER = SLOW_TO_SHOW + timedelta(seconds=1)
HISTORY, REPLIES, POST = "conversations.history", "conversations.replies", "chat.postMessage"
MOMENT = timedelta(microseconds=1)
LEADS = {"one": 1, "two": 2}


@dataclass
class Audited:
    """Opens a window with a few messages, sends, checks, and spoils what stands."""

    room: PostRoom
    auditor: Auditor = field(init=False)

    def __post_init__(self) -> None:
        self.restart()

    def restart(self) -> None:
        """A sender and an auditor that remember nothing, as after a restart of the process."""
        room = self.room
        web = AsyncWebClient(
            token=room.workspace.core.bot.bot_token,
            base_url=room.workspace.api_url,
            session=room.http,
            retry_handlers=[],
        )
        room.restart(Pace())
        self.auditor = Auditor(room.desk, History(web), SECRET, room.clock, PLACES)

    async def open(self) -> None:
        """A window that has just opened: two people are asked, and both channels told."""
        now = self.room.clock.now()
        await self.room.desk.write(_open, now)
        await self.perform("open")
        for key, person in LEADS.items():
            await self.room.keep(key, to_lead(), person=person)
        await self.room.keep("team", to_team(), channel=CENTRAL)
        await self.room.keep("parent", to_team(), channel=BOARD)
        await self.room.keep("reply", to_team("reply"), channel=BOARD, follows="parent")

    async def perform(self, stage: str, *, passed_over: bool = False) -> None:
        """Mark a stage as done now."""
        now = self.room.clock.now()
        await self.room.desk.write(
            quarters.begin_stage, QUARTER, stage, due_at=now, now=now, passed_over=passed_over
        )

    async def check(self) -> list[datetime]:
        """Check until there is nothing more to check, and send what is to be said of it.

        Returns the instants at which there was more to do.
        """
        instants = []
        while (following := await self.auditor.check()) is not None:
            instants.append(following)
            self.room.clock.move_to(max(following, self.room.clock.now() + MOMENT))
        await self.room.until_quiet()
        return instants

    async def certificate(self, key: str = OPENED) -> DeliveriesCertified:
        """A certificate as it was last kept."""
        notice = await self.room.desk.read(posting.said, key)
        assert isinstance(notice, DeliveriesCertified)
        return notice

    async def alarm(self, night: str) -> DeliveriesAmiss | None:
        """What a night's check told, or none."""
        key = f"certificate:2008/09 Q2:night {night}"
        notice = await self.room.desk.read(posting.said, key)
        assert notice is None or isinstance(notice, DeliveriesAmiss)
        return notice

    async def certificates(self) -> list[str]:
        """The keys of all certificates and alarms, oldest first."""
        lines = await self.room.desk.read(outbox.ledger)
        return [line.key for line in lines if line.key.startswith("certificate:")]

    def central(self) -> list[str]:
        """The words that stand in the central channel, newest last."""
        return [post.text for post in self.room.standing(CENTRAL_ID)]

    async def post_of(self, key: str) -> Post:
        """The message that stands for a row."""
        row = await self.room.row(key)
        post = self.room.workspace.core.team.post(str(row.channel), str(row.ts))
        assert post is not None
        return post

    async def delete(self, key: str) -> None:
        """Somebody deletes a message in Slack."""
        self.room.workspace.core.team.remove(await self.post_of(key))

    async def say_twice(self, key: str) -> None:
        """A message is posted a second time, past every safety."""
        post = await self.post_of(key)
        team = self.room.workspace.core.team
        ts = team.ids.ts()
        team.keep(Post(post.channel, ts, post.user, post.text, (), post.thread_ts, post.metadata))


def _open(session: Session, now: datetime) -> None:
    quarters.keep(session, QuarterRecord(QUARTER, QuarterState.OPEN, opened_at=now))
