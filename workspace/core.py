"""What a running workspace is made of, put together in one place.

Owns no behaviour: the API, the sockets and the people all work on these parts.
"""

from dataclasses import dataclass, field

from aiohttp import web

from workspace.changes import Changes
from workspace.clock import Clock
from workspace.config import Bot, WorkspaceConfig
from workspace.deliveries import Deliveries
from workspace.files import Files
from workspace.inspector_record import telling
from workspace.limits.surfaces import ACK_SECONDS, TRIGGER_SECONDS
from workspace.log import Log
from workspace.rate import Rates
from workspace.surfaces import Surfaces
from workspace.team import Team
from workspace.triggers import ResponseUrls, Triggers


@dataclass(frozen=True, slots=True)
class Patience:
    """How long Slack waits, in real seconds. Only a test that must wait shortens it."""

    ack: float = ACK_SECONDS
    trigger: float = TRIGGER_SECONDS


@dataclass(slots=True)
class Core:
    """The parts of one workspace.

    ``names`` are host names it answers to besides loopback's; ``by_figures`` lets it answer to
    any address in figures as well.
    """

    config: WorkspaceConfig
    clock: Clock
    patience: Patience = field(default_factory=Patience)
    enforce_rates: bool = True
    uncounted: frozenset[str] = frozenset()
    address: str = ""
    names: frozenset[str] = frozenset()
    by_figures: bool = False
    log: Log = field(default_factory=Log)
    tickets: set[str] = field(default_factory=set)
    lives: set[web.WebSocketResponse] = field(default_factory=set)
    team: Team = field(init=False)
    surfaces: Surfaces = field(init=False)
    triggers: Triggers = field(init=False)
    response_urls: ResponseUrls = field(init=False)
    deliveries: Deliveries = field(init=False)
    rates: Rates = field(init=False)
    files: Files = field(init=False)

    def __post_init__(self) -> None:
        """Make the parts that lean on others."""
        self._furnish(Changes())
        self.deliveries = Deliveries(self.team, self.log, self.patience.ack)
        self.deliveries.naming = self.name_of
        self.log.record.secrets = telling(
            self.bot.bot_token, self.bot.app_token, self.bot.signing_secret
        )

    def _furnish(self, changes: Changes) -> None:
        self.team = Team(self.config, self.clock, changes)
        self.surfaces = Surfaces(self.team)
        self.triggers = Triggers(self.team.ids, self.patience.trigger)
        self.response_urls = ResponseUrls(self.clock, self.team.ids)
        self.rates = Rates(self.clock, self.enforce_rates, self.uncounted)
        self.files = Files(self.team.ids)

    async def begin_again(self) -> None:
        """Forget what was said, opened and delivered. Whoever looks on stays connected.

        The clock may have gone back. The app should not be connected meanwhile.
        """
        await self.deliveries.close()
        self._furnish(self.team.changes)
        self.deliveries.team = self.team
        self.log.clear()
        self.tickets.clear()

    @property
    def bot(self) -> Bot:
        """The app as the configuration describes it."""
        return self.config.bot

    def name_of(self, some_id: str) -> str:
        """Give the name behind an id: a person's, a channel's or the app's; else the id."""
        person, channel = self.team.people.get(some_id), self.team.channels.get(some_id)
        if person is not None:
            return person.name
        if channel is not None:
            return self.name_of(channel.person) if channel.person else f"#{channel.name}"
        return self.bot.name if some_id == self.bot.user_id else some_id

    @property
    def url(self) -> str:
        """Where the workspace is reached, with a slash at the end."""
        return f"http://{self.address}/"
