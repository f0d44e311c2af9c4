"""Who and what is in a workspace at its start: team, app, people, channels, commands.

Owns reading a mapping into frozen values with errors that name the place; keeps no state.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, fields
from itertools import chain
from typing import TYPE_CHECKING, Any, Self, TypeVar, cast

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

T = TypeVar("T")
IN_ORDER = frozenset({"request_urls"})
"""Keys whose lists keep their order; all others are sets."""


class ConfigError(ValueError):
    """A workspace description that cannot be used; the text says where and why."""


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

    Raises :class:`ConfigError` for ids given twice and members nobody knows.
    """

    team_name: str = "Workspace"
    team_id: str = "TWORKSPACE"
    bot: Bot = field(default_factory=Bot)
    people: tuple[Person, ...] = ()
    channels: tuple[Channel, ...] = ()
    commands: tuple[Command, ...] = ()

    def __post_init__(self) -> None:
        """Refuse a description that contradicts itself."""
        faults = list(chain(self._twice(), self._strangers(), self._slashes()))
        if faults:
            raise ConfigError("; ".join(faults))

    def _twice(self) -> Iterator[str]:
        ids = [self.bot.user_id, *(p.id for p in self.people), *(c.id for c in self.channels)]
        yield from (f"id {i} is given twice" for i in sorted({i for i in ids if ids.count(i) > 1}))

    def _strangers(self) -> Iterator[str]:
        known = {p.id for p in self.people}
        for channel in self.channels:
            for member in sorted(channel.members - known):
                yield f"channel {channel.id}: member {member} is not among the people"

    def _slashes(self) -> Iterator[str]:
        for command in self.commands:
            if not command.name.startswith("/"):
                yield f"command {command.name}: the name starts with a slash"

    @classmethod
    def from_mapping(cls, mapping: Mapping[str, Any]) -> Self:
        """Read a mapping with keys ``team``, ``bot``, ``people``, ``channels``, ``commands``.

        Raises :class:`ConfigError` that names the entry and the key at fault.
        """
        _known(mapping, {"team", "bot", "people", "channels", "commands"}, "workspace")
        team = dict(mapping.get("team", {}))
        _known(team, {"name", "id"}, "team")
        return cls(
            team_name=str(team.get("name", "Workspace")),
            team_id=str(team.get("id", "TWORKSPACE")),
            bot=_entry(Bot, mapping.get("bot", {}), "bot"),
            people=_entries(Person, mapping.get("people", ()), "people"),
            channels=_entries(Channel, mapping.get("channels", ()), "channels"),
            commands=_entries(Command, mapping.get("commands", ()), "commands"),
        )


def _known(given: Mapping[str, Any], known: set[str], where: str) -> None:
    unknown = sorted(set(given) - known)
    if unknown:
        raise ConfigError(f"{where}: unknown key {unknown[0]}")


def _entries(kind: type[T], given: Sequence[Mapping[str, Any]], where: str) -> tuple[T, ...]:
    return tuple(_entry(kind, entry, f"{where}[{at}]") for at, entry in enumerate(given))


def _entry(kind: type[T], given: Mapping[str, Any], where: str) -> T:
    if not isinstance(given, Mapping):
        raise ConfigError(f"{where}: expected a mapping, got {type(given).__name__}")
    _known(given, {f.name for f in fields(cast("type[DataclassInstance]", kind))}, where)
    values = {key: _frozen(key, value) for key, value in given.items()}
    try:
        return kind(**values)
    except TypeError as fault:
        missing = str(fault).rpartition(": ")[2]
        raise ConfigError(f"{where}: missing {missing}") from fault


def _frozen(key: str, value: object) -> object:
    if not isinstance(value, list | set | tuple):
        return value
    return tuple(value) if key in IN_ORDER else frozenset(value)
