"""Who and what is in a workspace at its start: team, app, people, channels, commands.

Owns the frozen values and what may not contradict itself in them; keeps no state. How a key
is read is ``mapping``'s, and which line it stands on ``description``'s.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import chain
from typing import Any, Self
from zoneinfo import ZoneInfo

from workspace.loopback import is_on_this_machine
from workspace.mapping import ConfigError, Mistake, Reader, Where

__all__ = ["Bot", "Channel", "Command", "ConfigError", "Person", "WorkspaceConfig"]
EVENTS = ("app_home_opened", "message.channels", "message.groups", "message.im")
"""The events that people's doings make here."""
IN_ROADS = re.compile(r"[A-Za-z0-9_-]+")
TOP = ("team", "bot", "people", "channels", "commands")


@dataclass(frozen=True, slots=True)
class Team:
    """What the workspace is called. ``id`` is what Slack calls the team."""

    name: str = "Workspace"
    id: str = "TWORKSPACE"


@dataclass(frozen=True, slots=True)
class Bot:
    """The app installed in the workspace.

    ``scopes`` of ``None`` means every scope is granted. With ``request_urls``, deliveries go
    there as signed HTTP instead of over sockets. The tokens are obviously fake.
    """

    user_id: str = "UBOT00001"
    name: str = "quarterlight"
    bot_id: str = "BBOT00001"
    app_id: str = "AAPP00001"
    bot_token: str = "xoxb-workspace"  # noqa: S105 - obviously fake
    app_token: str = "xapp-workspace"  # noqa: S105 - obviously fake
    signing_secret: str = "workspace"  # noqa: S105 - obviously fake
    scopes: frozenset[str] | None = None
    events: frozenset[str] = frozenset({"app_home_opened"})
    home_tab: bool = True
    messages_tab: bool = True
    request_urls: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Person:
    """A member of the workspace. ``tz`` is an IANA zone name."""

    id: str
    name: str
    title: str = ""
    tz: str = "Europe/London"
    is_bot: bool = False
    is_restricted: bool = False
    deleted: bool = False


@dataclass(frozen=True, slots=True)
class Channel:
    """A channel, or a direct message when ``person`` is set. ``members`` are people's ids."""

    id: str
    name: str
    members: frozenset[str] = frozenset()
    archived: bool = False
    bot_in: bool = True
    private: bool = False
    person: str | None = None


@dataclass(frozen=True, slots=True)
class Command:
    """A slash command of the app, with its leading slash."""

    name: str
    description: str = ""
    usage_hint: str = ""


@dataclass(frozen=True, slots=True)
class WorkspaceConfig:
    """Everything a workspace starts with.

    Raises :class:`ConfigError` for ids given twice, members nobody knows and what else cannot be.
    """

    team_name: str = "Workspace"
    team_id: str = "TWORKSPACE"
    bot: Bot = field(default_factory=Bot)
    people: tuple[Person, ...] = ()
    channels: tuple[Channel, ...] = ()
    commands: tuple[Command, ...] = ()

    def __post_init__(self) -> None:
        """Refuse a description that contradicts itself."""
        mistakes = [
            *chain(
                self._twice(),
                self._unfit(),
                self._nameless(),
                self._strangers(),
                self._slashes(),
                self._zones(),
                self._addresses(),
                self._events(),
                self._tokens(),
            ),
        ]
        if mistakes:
            raise ConfigError(mistakes)

    def _ids(self) -> Iterator[tuple[Where, str]]:
        yield ("bot", "user_id"), self.bot.user_id
        yield from ((("people", at, "id"), one.id) for at, one in enumerate(self.people))
        yield from ((("channels", at, "id"), one.id) for at, one in enumerate(self.channels))

    def _twice(self) -> Iterator[Mistake]:
        commands = ((("commands", at, "name"), c.name) for at, c in enumerate(self.commands))
        seen: set[str] = set()
        for where, one in chain(self._ids(), commands):
            if one in seen:
                yield Mistake(where, f"is {one}, which is given twice")
            seen.add(one)

    def _unfit(self) -> Iterator[Mistake]:
        for where, one in self._ids():
            if not IN_ROADS.fullmatch(one):
                yield Mistake(where, f"is {one}; an id has letters, figures, - and _ only")

    def _nameless(self) -> Iterator[Mistake]:
        yield from self._blank(("team", "name"), self.team_name)
        yield from self._blank(("bot", "name"), self.bot.name)
        taken: set[str] = set()
        for at, person in enumerate(self.people):
            yield from self._blank(("people", at, "name"), person.name)
        for at, channel in enumerate(self.channels):
            where: Where = ("channels", at, "name")
            yield from self._blank(where, channel.name)
            if channel.name in taken:
                yield Mistake(where, f"is {channel.name}, as another channel's is")
            taken |= {channel.name} if channel.person is None else set()

    @staticmethod
    def _blank(where: Where, name: str) -> Iterator[Mistake]:
        if not name.strip():
            yield Mistake(where, "is blank: people see it on the page")

    def _events(self) -> Iterator[Mistake]:
        for one in sorted(self.bot.events - set(EVENTS)):
            says = f"names {one}, which never happens here. Known are {', '.join(EVENTS)}."
            yield Mistake(("bot", "events"), says)

    def _tokens(self) -> Iterator[Mistake]:
        if self.bot.app_token == self.bot.bot_token:
            yield Mistake(("bot", "app_token"), "is the same as bot_token: give each its own")

    def _strangers(self) -> Iterator[Mistake]:
        known = {p.id for p in self.people}
        for at, channel in enumerate(self.channels):
            for member in sorted(channel.members - known):
                where = ("channels", at, "members")
                yield Mistake(where, f"names {member}, who is not among the people")
            if channel.person is not None and channel.person not in known:
                where = ("channels", at, "person")
                yield Mistake(where, f"names {channel.person}, who is not among the people")

    def _slashes(self) -> Iterator[Mistake]:
        for at, command in enumerate(self.commands):
            if not command.name.startswith("/"):
                where = ("commands", at, "name")
                yield Mistake(where, f"is {command.name}; it starts with a slash: /{command.name}")

    def _zones(self) -> Iterator[Mistake]:
        for at, person in enumerate(self.people):
            try:
                ZoneInfo(person.tz)
            except (KeyError, ValueError, OSError):
                where = ("people", at, "tz")
                yield Mistake(where, f"is {person.tz}, which is no time zone such as Europe/London")

    def _addresses(self) -> Iterator[Mistake]:
        for at, url in enumerate(self.bot.request_urls):
            if not is_on_this_machine(url):
                where = ("bot", "request_urls", at)
                yield Mistake(where, f"is {url}, which is not an http address on loopback")

    @classmethod
    def from_mapping(cls, mapping: Mapping[str, Any]) -> Self:
        """Read a mapping with keys ``team``, ``bot``, ``people``, ``channels``, ``commands``.

        Raises :class:`ConfigError` that names every key at fault.
        """
        reader = Reader([])
        reader.keys(mapping, TOP, ())
        team = reader.entry(Team, mapping.get("team") or {}, ("team",))
        bot = reader.entry(Bot, mapping.get("bot") or {}, ("bot",))
        people = reader.entries(Person, mapping.get("people"), ("people",))
        channels = reader.entries(Channel, mapping.get("channels"), ("channels",))
        commands = reader.entries(Command, mapping.get("commands"), ("commands",))
        if reader.mistakes or team is None or bot is None:
            raise ConfigError(reader.mistakes)
        return cls(team.name, team.id, bot, people, channels, commands)
