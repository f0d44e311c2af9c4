"""Whether somebody in Slack can hold a role.

It owns this judgement about what Slack says of an account. It must not ask Slack.
"""

from dataclasses import dataclass
from enum import StrEnum
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

LABEL_LENGTH = 300
SLACKBOT = "USLACKBOT"


class Unfit(StrEnum):
    """Why an account cannot hold a role."""

    DEACTIVATED = "DEACTIVATED"
    BOT = "BOT"
    GUEST = "GUEST"
    STRANGER = "STRANGER"
    UNKNOWN = "UNKNOWN"
    NOT_ASKED = "NOT_ASKED"


@dataclass(frozen=True, slots=True)
class Account:
    """What Slack says of an account. `at_home` when it is of this very workspace."""

    slack_id: str
    label: str
    zone: str
    deactivated: bool = False
    bot: bool = False
    guest: bool = False
    at_home: bool = True


@dataclass(frozen=True, slots=True)
class Known:
    """An account that was looked up: who it is, or why it cannot hold a role."""

    slack_id: str
    label: str = ""
    zone: str = ""
    unfit: Unfit | None = None


def judged(account: Account) -> Known:
    """Whether an account can hold a role: a full, human, active member of this workspace."""
    label = account.label[:LABEL_LENGTH] or account.slack_id
    return Known(account.slack_id, label, _zone(account.zone), _unfit(account))


def _zone(words: str) -> str:
    """The time zone, or nothing where there is none of that name."""
    try:
        return ZoneInfo(words).key if words else ""
    except (ValueError, OSError, ZoneInfoNotFoundError):
        return ""


def _unfit(account: Account) -> Unfit | None:
    reasons = (
        (not account.at_home, Unfit.STRANGER),
        (account.deactivated, Unfit.DEACTIVATED),
        (account.bot or account.slack_id == SLACKBOT, Unfit.BOT),
        (account.guest, Unfit.GUEST),
    )
    return next((why for holds, why in reasons if holds), None)
