"""The running workspace: one address on loopback for the API, the sockets and the people.

Owns starting and stopping; every road is served elsewhere.
"""

import asyncio
from collections.abc import Callable, Iterable
from contextlib import suppress
from socket import getfqdn, gethostname

from aiohttp import web

from workspace.api.call import serve
from workspace.app_roads import AppRoads
from workspace.changes import Change
from workspace.clock import Clock
from workspace.clock_endpoints import ClockEndpoints, MoveClock, Next, Steering
from workspace.config import WorkspaceConfig
from workspace.core import Core, Patience
from workspace.endpoints import Endpoints
from workspace.faults import FaultPlan, Faults
from workspace.guard import guard
from workspace.http_mode import Address, Outgoing, RealNow, checked_url
from workspace.inspector import Inspector
from workspace.log import Log, Watcher
from workspace.loopback import LOOPBACK
from workspace.page import page_routes
from workspace.people import Client
from workspace.socket_mode import DisconnectReason, Socket, Sockets

BODY_BYTES = 60 * 1024 * 1024
EVERYWHERE = ("0.0.0.0", "::")  # noqa: S104 - told from other hosts, and let in on request only


class Workspace:
    """A Slack workspace in a box.

    ``clock`` tells the time of messages, rates and response URLs. ``on_move_clock`` and
    ``on_next`` are asked when somebody moves the clock from outside; ``steering`` says all
    that can be done with the time, in place of these two. ``real_now`` tells the
    real time, by which requests are signed; without it deliveries go over sockets only.
    ``faults`` go wrong from the start, as :meth:`spoil` does later. Calls of ``uncounted``
    methods never meet a rate limit.
    """

    def __init__(
        self,
        config: WorkspaceConfig,
        clock: Clock,
        *,
        on_move_clock: MoveClock | None = None,
        on_next: Next | None = None,
        steering: Steering | None = None,
        patience: Patience | None = None,
        enforce_rates: bool = True,
        uncounted: frozenset[str] = frozenset(),
        real_now: RealNow | None = None,
        faults: FaultPlan | None = None,
    ) -> None:
        self.core = Core(config, clock, patience or Patience(), enforce_rates, uncounted)
        self.sockets = Sockets(self.core)
        clock_roads = ClockEndpoints(self.core, steering or Steering(on_move_clock, on_next))
        self._routes: list[web.AbstractRouteDef] = [
            *clock_roads.routes(),
            *Endpoints(self).routes(),
            *page_routes(self),
            *Inspector(self).routes(),
        ]
        self._clients: dict[str, Client] = {}
        self._runner: web.AppRunner | None = None
        self._outgoing = Outgoing(config.bot.signing_secret, real_now) if real_now else None
        if config.bot.request_urls:
            self.deliver_to(*config.bot.request_urls)
        self.faults = self.spoil(faults) if faults is not None else None

    def add_routes(self, routes: Iterable[web.AbstractRouteDef]) -> None:
        """Add roads of a page, before :meth:`start`. Other origins are refused there too."""
        self._routes.extend(routes)

    # running

    async def start(
        self, host: str = "127.0.0.1", port: int = 0, *, let_others_in: bool = False
    ) -> None:
        """Listen; port 0 takes a free one. After :meth:`stop` it may start again, as it was.

        Whoever reaches the workspace can act as anybody in it, so a host other than loopback
        wants ``let_others_in``. Raises :class:`OSError` when the port is taken,
        :class:`ValueError` for another host without it.
        """
        if host not in LOOPBACK and not let_others_in:
            raise ValueError(f"{host} is not loopback")
        self._runner = web.AppRunner(self._application(), shutdown_timeout=1.0)
        await self._runner.setup()
        site = web.TCPSite(self._runner, host, port)
        try:
            await site.start()
        except OSError:
            await self._runner.cleanup()
            raise
        taken = self._runner.addresses[0][1]
        self._known_as(host, taken)

    def _known_as(self, host: str, port: int) -> None:
        core, everywhere = self.core, host in EVERYWHERE
        name = "127.0.0.1" if everywhere else f"[{host}]" if ":" in host else host
        core.address, core.by_figures = f"{name}:{port}", everywhere
        core.names = frozenset({gethostname(), getfqdn()} if everywhere else {name})

    async def stop(self) -> None:
        """Close every socket and stop listening.

        People, channels, messages, read marks, modals, Home tabs, what was typed, files and
        the record of the inspector stay; what was being delivered is let go.
        """
        # First of all: who comes while the rest ends would be left standing.
        for site in tuple(self._runner.sites) if self._runner is not None else ():
            await site.stop()
        await self.core.deliveries.close()
        if self._outgoing is not None:
            await self._outgoing.close()
        await self.sockets.close()
        # Together: a page that is asleep is waited for, and not once for each.
        await asyncio.gather(*(stream.close() for stream in tuple(self.core.lives)))
        if self._runner is not None:
            await self._runner.cleanup()
            self._runner = None

    def _application(self) -> web.Application:
        application = web.Application(client_max_size=BODY_BYTES, middlewares=[guard(self.core)])
        application.add_routes(
            [
                web.route("*", "/api/{method}", self._api),
                web.get("/link/", self.sockets.serve),
                *AppRoads(self.core).routes(),
                *self._routes,
            ]
        )
        return application

    @property
    def url(self) -> str:
        """The address of the workspace, for people."""
        return self.core.url

    @property
    def api_url(self) -> str:
        """The address of the Web API, for ``base_url``."""
        return f"{self.core.url}api/"

    def deliver_to(self, *urls: str) -> None:
        """Deliver by signed HTTP to where the app listens, in turn; with none, over sockets.

        What is under way already stays where it went. Raises :class:`ValueError` for an
        address that is not on this machine, and without a ``real_now`` to sign by.
        """
        if urls and self._outgoing is None:
            raise ValueError("signed HTTP is dated by the real time: hand in real_now")
        outgoing = self._outgoing
        self.core.deliveries.listening(
            [Address(checked_url(url), outgoing) for url in urls] if outgoing else []
        )

    # people and watchers

    def client(self, person: str) -> Client:
        """Give one person's client, the same one each time; raises :class:`KeyError`."""
        if person not in self.core.team.people:
            raise KeyError(person)
        return self._clients.setdefault(person, Client(self.core, person))

    @property
    def log(self) -> Log:
        """Every call and delivery so far, within bounds."""
        return self.core.log

    def watch(self, watcher: Watcher) -> Callable[[], None]:
        """Be told of every call and delivery, and spoil some; gives the way to stop."""
        self.core.log.watchers.append(watcher)

        def stop() -> None:
            with suppress(ValueError):
                self.core.log.watchers.remove(watcher)

        return stop

    def spoil(self, plan: FaultPlan) -> Faults:
        """Let calls and deliveries go wrong by a plan from now on; gives the count of it.

        The same calls after it meet the same faults, whatever came before.
        """
        self.faults = Faults(plan)
        self.core.log.count_anew()
        self.core.log.spoiler = self.core.deliveries.disorder.mischief = self.faults
        self.core.log.record.changed()
        return self.faults

    def mend(self) -> None:
        """Let nothing go wrong any more."""
        self.faults = None
        self.core.log.spoiler = self.core.deliveries.disorder.mischief = None
        self.core.log.record.changed()

    def clock_moved(self) -> None:
        """Say that the clock was moved: what waited for it is looked at again."""
        self.core.team.changes.announce(Change("clock"))

    async def begin_again(self) -> None:
        """Put everything back to the start: nothing said, nothing open, nothing read."""
        await self.core.begin_again()
        self._clients.clear()

    async def announce_disconnect(
        self, reason: DisconnectReason = "warning", *, only: Socket | None = None
    ) -> None:
        """Tell the app's sockets, or one of ``sockets.open``, that they will be closed."""
        await self.sockets.announce_disconnect(reason, only=only)

    async def connected(self, seconds: float = 10.0) -> None:
        """Wait until there is a socket open or an address; raises :class:`TimeoutError`."""
        await self.core.team.changes.until(lambda: self.core.deliveries.is_open, seconds)

    # roads

    async def _api(self, request: web.Request) -> web.StreamResponse:
        return await serve(self.core, request)
