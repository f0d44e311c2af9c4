"""Where concrete things are put together: nothing is built at import, nothing is global.

It owns the making of a running bot from its settings, a clock and a database.
"""

import random
import secrets
from dataclasses import dataclass
from datetime import timedelta

import aiohttp
from slack_bolt.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient
from sqlmodel import Session

from bot.auditor import Auditor
from bot.clock import Clock, WallClock
from bot.desk import Desk
from bot.directory import People
from bot.doors.under_way import UnderWay
from bot.history import History
from bot.lookout import Lookout
from bot.post_office import PostOffice
from bot.sender import Pace, Sender
from bot.settings import WorkerSettings
from bot.steadiness import steadiness_of
from bot.ticker import Ticker
from flows.places import BOARD, CENTRAL
from handlers.context import Context
from handlers.registry import register
from messages.say import Voice
from store import installation, people
from store.database import Database
from store.leading import Leadership

CALL_TIMEOUT_SECONDS = 10


@dataclass(frozen=True, slots=True)
class Bot:
    """A bot put together, and not yet running."""

    app: AsyncApp
    under_way: UnderWay
    desk: Desk
    sender: Sender
    ticker: Ticker
    auditor: Auditor
    leadership: Leadership
    http: aiohttp.ClientSession

    async def close(self) -> None:
        """Let go of connections and threads."""
        await self.http.close()
        self.leadership.resign()
        self.desk.close()


def directory(session: Session) -> People:
    """Everyone, for whoever words a message."""
    return People(people.everyone(session))


async def put_together(
    settings: WorkerSettings,
    clock: Clock,
    database: Database,
    pace: Pace | None = None,
    name: str = "",
) -> Bot:
    """Make a bot. One HTTP session is shared; its own timeout holds, not the client's.

    `name` is told in every call, so that several processes can be told apart.
    """
    http = aiohttp.ClientSession(
        timeout=aiohttp.ClientTimeout(total=CALL_TIMEOUT_SECONDS), trust_env=True
    )
    web = AsyncWebClient(
        token=settings.slack_bot_token.get_secret_value(),
        base_url=settings.slack_api_url,
        session=http,
        retry_handlers=[],
        user_agent_suffix=name or None,
    )
    desk = Desk(database)
    voice = Voice(settings.time_zone, settings.slash_command)
    # Who may come in is the doors' to see to, before Bolt hears of it.
    # Without a name Bolt walks the whole stack for one: a fifth of a second at every start.
    app = AsyncApp(
        name="quarterlight",
        client=web,
        request_verification_enabled=False,
        ssl_check_enabled=False,
    )
    register(app, Context(desk, clock, voice, directory, settings.slash_command))
    secret = await desk.write(installation.delivery_secret, clock.now())
    places = {BOARD: settings.board_channel, CENTRAL: settings.central_channel}
    office = PostOffice(web, secret)
    # Several processes must not all come back in the same moment; a rehearsal draws the same.
    seed = secrets.randbits(64) if isinstance(clock, WallClock) else 0
    dice = random.Random(seed)  # noqa: S311  # no secret
    settling = Pace(settle=timedelta(seconds=settings.settle_seconds))
    sender = Sender(desk, office, voice, clock, places, pace or settling, dice)
    leadership = Leadership(database)
    ticker = Ticker(desk, clock, steadiness_of(clock), Lookout(leadership))
    auditor = Auditor(desk, History(web), secret, clock, places)
    return Bot(app, UnderWay(app), desk, sender, ticker, auditor, leadership, http)
