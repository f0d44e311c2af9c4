"""Settings of an installation, from the environment and `.env`.

It owns their names, their defaults and what to do about each one that is missing or wrong. A
secret is never printed. Organisation facts are no settings: they are data in the database.
"""

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any, TypeVar
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import (
    AfterValidator,
    BeforeValidator,
    Field,
    SecretStr,
    ValidationError,
    ValidationInfo,
    field_validator,
)
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from store.address import DatabaseError, read_address, sqlite_file

SHORTEST_SETTLE, LONGEST_SETTLE = 60, 3600
SLACK = "https://slack.com/api/"
WHERE_TO_GET: Mapping[str, str] = {
    "SLACK_BOT_TOKEN": "It starts with xoxb-. Find it under OAuth & Permissions in your Slack "
    "app's settings, after installing the app (docs/install.md).",
    "SLACK_APP_TOKEN": "It starts with xapp-. Make one with the scope connections:write under "
    "Basic Information, App-Level Tokens, in your Slack app's settings.",
    "SLACK_SIGNING_SECRET": "Find it under Basic Information, App Credentials, Signing Secret, in "
    "your Slack app's settings.",
    "SLACK_API_URL": "Leave it out to use Slack, or give an address such as "
    "http://127.0.0.1:8080/api/ of a server that follows Slack's documentation.",
    "DATABASE_URL": "Leave it out for a SQLite file under var/, or give an address such as "
    "sqlite:////srv/quarterlight/quarterlight.db or postgresql://user:password@host/quarterlight.",
    "BOARD_CHANNEL": "Give the id of the board's channel, such as C0123456789. In Slack: open "
    "the channel's details; the id stands at the foot.",
    "CENTRAL_CHANNEL": "Give the id of the central team's channel, such as C0123456789. In "
    "Slack: open the channel's details; the id stands at the foot.",
    "CENTRAL_TEAM": "Give the Slack member ids of the first administrators, with commas "
    "between, such as U0123456789,U0987654321. In Slack: a person's profile, More, Copy member "
    "ID. Two or more are best, so that one can be on leave.",
    "TIME_ZONE": "Give a time zone by its name, such as Europe/London.",
    "SLASH_COMMAND": "Give the command as people type it, such as /laa.",
    "SETTLE_SECONDS": "Give the seconds to wait after an unclear answer, from 60 to 3600.",
}
_CHANNEL = re.compile(r"[CG][A-Z0-9]{2,}")
_MEMBER = re.compile(r"[UW][A-Z0-9]{2,}")


class SettingsError(ValueError):
    """One or more settings are missing or wrong; a line for each says where to get it."""


def _split(words: object) -> object:
    if not isinstance(words, str):
        return words
    return tuple(word for word in re.split(r"[,\s]+", words) if word)


def _bot_token(token: SecretStr) -> SecretStr:
    return _matching(token, r"xoxb-\S+", "it is no token of this kind")


def _app_token(token: SecretStr) -> SecretStr:
    return _matching(token, r"xapp-\S+", "it is no token of this kind")


def _signing_secret(secret: SecretStr) -> SecretStr:
    return _matching(secret, r"(?!xox|xapp)\S+", "it is no signing secret")


def _matching(secret: SecretStr, form: str, otherwise: str) -> SecretStr:
    if not re.fullmatch(form, secret.get_secret_value()):
        raise ValueError(otherwise)
    return secret


def _database(url: SecretStr) -> SecretStr:
    try:
        read_address(url.get_secret_value())
    except DatabaseError:
        raise ValueError("it is no address of a SQLite or PostgreSQL database") from None
    return url


class Records(BaseSettings):
    """Where the records are: all that imports and migrations need."""

    model_config = SettingsConfigDict(env_file=".env", extra="ignore", frozen=True)

    database_url: Annotated[SecretStr, AfterValidator(_database)] = SecretStr(
        "sqlite:///var/quarterlight.db"
    )

    @property
    def is_sqlite(self) -> bool:
        """Whether the records are in a SQLite file, which one process has to itself."""
        return self.file is not None

    @property
    def file(self) -> Path | None:
        """The SQLite file; none on a server. Raises `DatabaseError` for one in memory."""
        return sqlite_file(self.database_url.get_secret_value())


class WorkerSettings(Records):
    """What every process needs. Names in the environment are the same in capitals."""

    slack_bot_token: Annotated[SecretStr, AfterValidator(_bot_token)]
    slack_api_url: str = SLACK
    board_channel: str
    central_channel: str
    central_team: Annotated[tuple[str, ...], NoDecode, BeforeValidator(_split)]
    time_zone: str = "Europe/London"
    slash_command: str = "/laa"
    settle_seconds: Annotated[int, Field(ge=SHORTEST_SETTLE, le=LONGEST_SETTLE)] = 120

    @field_validator("slack_api_url")
    @classmethod
    def _address(cls, address: str) -> str:
        if not re.fullmatch(r"https?://[^\s/]+(/\S*)?", address):
            raise ValueError("it is no web address")
        return address if address.endswith("/") else f"{address}/"

    @field_validator("board_channel", "central_channel")
    @classmethod
    def _channel(cls, channel: str) -> str:
        if not _CHANNEL.fullmatch(channel):
            raise ValueError("it is no channel id")
        return channel

    @field_validator("central_channel")
    @classmethod
    def _not_the_board(cls, channel: str, others: ValidationInfo) -> str:
        if channel == others.data.get("board_channel"):
            raise ValueError("it is the board's channel, which must not see previews")
        return channel

    @field_validator("central_team")
    @classmethod
    def _members(cls, members: tuple[str, ...]) -> tuple[str, ...]:
        wrong = [member for member in members if not _MEMBER.fullmatch(member)]
        if wrong or not members:
            raise ValueError("it holds something that is no member id")
        return members

    @field_validator("time_zone")
    @classmethod
    def _zone(cls, zone: str) -> str:
        try:
            return ZoneInfo(zone).key
        except (ZoneInfoNotFoundError, ValueError, OSError):
            raise ValueError("there is no such time zone") from None

    @field_validator("slash_command")
    @classmethod
    def _command(cls, command: str) -> str:
        if not re.fullmatch(r"/[a-z0-9_-]{1,31}", command):
            raise ValueError("a command is a slash and small letters, without blanks")
        return command


class Settings(WorkerSettings):
    """What `quarterlight run` needs, which speaks to Slack in Socket Mode."""

    slack_app_token: Annotated[SecretStr, AfterValidator(_app_token)]


class WebSettings(WorkerSettings):
    """What `quarterlight web` needs, which Slack speaks to over HTTP."""

    slack_signing_secret: Annotated[SecretStr, AfterValidator(_signing_secret)]


Kind = TypeVar("Kind", bound=WorkerSettings)


def load(env_file: Path | None = Path(".env"), **given: Any) -> Settings:  # noqa: ANN401  # any setting
    """What `quarterlight run` needs. Raises `SettingsError`, naming every fault."""
    return load_as(Settings, env_file, **given)


def load_as(kind: type[Kind], env_file: Path | None = Path(".env"), **given: Any) -> Kind:  # noqa: ANN401  # any setting
    """The settings of one kind of process, as the environment gives them.

    What another kind needs is not looked at. Raises `SettingsError`, naming every fault.
    """
    try:
        return kind(_env_file=env_file, **given)  # type: ignore[call-arg]  # pydantic's own name
    except ValidationError as wrong:
        raise _faults(wrong) from None


def database_url(env_file: Path | None = Path(".env")) -> str:
    """The database alone, for what needs no Slack. Raises `SettingsError`."""
    try:
        kept = Records(_env_file=env_file)  # type: ignore[call-arg]  # as above
        return kept.database_url.get_secret_value()
    except ValidationError as wrong:
        raise _faults(wrong) from None


def _faults(wrong: ValidationError) -> SettingsError:
    # pydantic's own text would print the value, and a value may be a secret.
    lines = [_fault(str(one["loc"][0]), one["type"], one["msg"]) for one in wrong.errors()]
    return SettingsError("\n".join(lines))


def _fault(field: str, kind: str, message: str) -> str:
    name = field.upper()
    what = "is missing" if kind == "missing" else f"cannot be used: {_plain(message)}"
    return f"{name} {what}. {WHERE_TO_GET.get(name, '')}"


def _plain(message: str) -> str:
    return message.removeprefix("Value error, ")
