"""What Slack's answer means for a message: posted, refused, or nobody knows.

It owns the one table of Slack's error codes. A code that is in no list is unclear, never
refused: to send again blindly is to say a thing twice.
"""

import asyncio
import re
from dataclasses import dataclass
from datetime import timedelta
from enum import Enum, auto

from aiohttp import ClientConnectorError, ClientError
from slack_sdk.errors import SlackApiError, SlackClientError

TOO_MANY_REQUESTS = 429
DEFAULT_HOLD = timedelta(seconds=30)
LONGEST_HOLD = timedelta(hours=1)
SERVER_ERROR = 500

HELD = frozenset({"ratelimited", "rate_limited"})
WRONG_PLACE = frozenset(
    {
        "cannot_dm_bot",
        "cant_update_message",
        "channel_not_found",
        "edit_window_closed",
        "is_archived",
        "message_not_found",
        "messages_tab_disabled",
        "not_in_channel",
        "restricted_action",
        "restricted_action_non_threadable_channel",
        "restricted_action_read_only_channel",
        "restricted_action_thread_locked",
        "restricted_action_thread_only_channel",
        "thread_not_found",
        "user_disabled",
        "user_not_found",
        "user_not_visible",
        "users_not_found",
    }
)
WRONG_FORM = frozenset(
    {
        "invalid_blocks",
        "invalid_blocks_format",
        "metadata_too_large",
        "msg_blocks_too_long",
        "msg_too_long",
        "no_text",
    }
)
WRONG_KEY = frozenset(
    {
        "access_denied",
        "account_inactive",
        "invalid_auth",
        "missing_scope",
        "no_permission",
        "not_allowed_token_type",
        "not_authed",
        "token_expired",
        "token_revoked",
    }
)


class Fate(Enum):
    """What became of a request to post."""

    HELD = auto()
    NOT_POSTED = auto()
    WRONG_PLACE = auto()
    WRONG_FORM = auto()
    WRONG_KEY = auto()
    UNKNOWN = auto()


@dataclass(frozen=True, slots=True)
class Verdict:
    """A fate, Slack's word for it, and for a held one how long to hold which method."""

    fate: Fate
    word: str
    hold: timedelta = DEFAULT_HOLD
    method: str = ""


FAILURES = (SlackClientError, ClientError, asyncio.TimeoutError, OSError)
"""Everything a call can fail with; anything else is a fault of ours and is not caught."""


def verdict(failure: BaseException) -> Verdict:
    """What a failed call means for its message."""
    if isinstance(failure, SlackApiError):
        return _of_answer(failure)
    if isinstance(failure, ClientConnectorError):
        # The connection was never made, so nothing can have been posted.
        return Verdict(Fate.NOT_POSTED, type(failure).__name__)
    return Verdict(Fate.UNKNOWN, type(failure).__name__)


def _of_answer(failure: SlackApiError) -> Verdict:
    answer = failure.response
    status = getattr(answer, "status_code", 0)
    body = getattr(answer, "data", answer)
    # A gateway before Slack answers in words of its own, not in JSON.
    word = str(body.get("error", "")) if isinstance(body, dict) else ""
    if status == TOO_MANY_REQUESTS or word in HELD:
        hold = _hold(getattr(answer, "headers", {}))
        method = str(getattr(answer, "api_url", "")).rpartition("/")[2]
        return Verdict(Fate.HELD, word or "ratelimited", hold, method)
    if status >= SERVER_ERROR:
        return Verdict(Fate.UNKNOWN, word or f"HTTP {status}")
    return Verdict(_fate_of(word), word or "no error named")


def _fate_of(word: str) -> Fate:
    for words, fate in (
        (WRONG_PLACE, Fate.WRONG_PLACE),
        (WRONG_FORM, Fate.WRONG_FORM),
        (WRONG_KEY, Fate.WRONG_KEY),
    ):
        if word in words:
            return fate
    return Fate.UNKNOWN


def _hold(headers: object) -> timedelta:
    get = getattr(headers, "get", None)
    seconds = str(get("Retry-After") or get("retry-after") or "") if get else ""
    if not re.fullmatch(r"[0-9]+", seconds):
        return DEFAULT_HOLD
    # Five digits are more than a day: whoever asks for so long is asked again after an hour.
    return min(timedelta(seconds=int(seconds[:5])), LONGEST_HOLD)
