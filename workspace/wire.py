"""The shapes that cross the wire, and the errors Slack names.

Owns the JSON alias and Slack's error codes; knows nothing of people, channels or sockets.
"""

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

Json = dict[str, Any]


class Code(StrEnum):
    """Slack's error codes, as its method pages list them."""

    CANNOT_DM_BOT = "cannot_dm_bot"
    CANT_DELETE_MESSAGE = "cant_delete_message"
    CANT_UPDATE_MESSAGE = "cant_update_message"
    CHANNEL_NOT_FOUND = "channel_not_found"
    DUPLICATE_EXTERNAL_ID = "duplicate_external_id"
    EXCHANGED_TRIGGER_ID = "exchanged_trigger_id"
    EXPIRED_TRIGGER_ID = "expired_trigger_id"
    FILE_NOT_FOUND = "file_not_found"
    HASH_CONFLICT = "hash_conflict"
    INVALID_ARGUMENTS = "invalid_arguments"
    INVALID_AUTH = "invalid_auth"
    INVALID_BLOCKS = "invalid_blocks"
    INVALID_BLOCKS_FORMAT = "invalid_blocks_format"
    INVALID_CURSOR = "invalid_cursor"
    INVALID_LIMIT = "invalid_limit"
    INVALID_METADATA_FORMAT = "invalid_metadata_format"
    INVALID_TRIGGER_ID = "invalid_trigger_id"
    INVALID_TS_LATEST = "invalid_ts_latest"
    INVALID_TS_OLDEST = "invalid_ts_oldest"
    IS_ARCHIVED = "is_archived"
    MARKDOWN_TEXT_CONFLICT = "markdown_text_conflict"
    MESSAGES_TAB_DISABLED = "messages_tab_disabled"
    MESSAGE_NOT_FOUND = "message_not_found"
    METADATA_TOO_LARGE = "metadata_too_large"
    MISSING_SCOPE = "missing_scope"
    MSG_BLOCKS_TOO_LONG = "msg_blocks_too_long"
    MSG_TOO_LONG = "msg_too_long"
    NOT_ALLOWED_TOKEN_TYPE = "not_allowed_token_type"  # noqa: S105 - Slack's error code
    NOT_AUTHED = "not_authed"
    NOT_ENABLED = "not_enabled"
    NOT_FOUND = "not_found"
    NOT_IN_CHANNEL = "not_in_channel"
    NO_TEXT = "no_text"
    PUSH_LIMIT_REACHED = "push_limit_reached"
    RATELIMITED = "ratelimited"
    THREAD_NOT_FOUND = "thread_not_found"
    TOO_MANY_ATTACHMENTS = "too_many_attachments"
    TOO_MANY_USERS = "too_many_users"
    UNKNOWN_METHOD = "unknown_method"
    USER_DISABLED = "user_disabled"
    USER_NOT_FOUND = "user_not_found"
    USER_NOT_IN_CHANNEL = "user_not_in_channel"
    USERS_LIST_NOT_SUPPLIED = "users_list_not_supplied"
    VIEW_TOO_LARGE = "view_too_large"


@dataclass(slots=True)
class SlackError(Exception):
    """A refusal: HTTP 200 with ``ok: false``, as Slack answers.

    ``messages`` become ``response_metadata.messages``; ``extra`` is merged into the answer.
    """

    code: Code
    messages: tuple[str, ...] = ()
    extra: Json = field(default_factory=dict)

    def __str__(self) -> str:
        """Read as a sentence in a log."""
        return f"{self.code}: {'; '.join(self.messages)}" if self.messages else str(self.code)

    def answer(self) -> Json:
        """Build the body Slack sends."""
        body: Json = {"ok": False, "error": str(self.code), **self.extra}
        if self.messages:
            body["response_metadata"] = {"messages": list(self.messages)}
        return body


@dataclass(slots=True)
class RateLimitedError(Exception):
    """Too many calls: HTTP 429 with ``Retry-After`` in whole seconds."""

    retry_after: int


def as_text(value: object) -> str:
    """Give an argument as text; what is missing is the empty text."""
    return "" if value is None else str(value)


def as_flag(value: object, *, default: bool = False) -> bool:
    """Read a flag as Slack does: JSON booleans, and ``true``/``1`` in forms."""
    if value is None or value == "":
        return default
    return value is True or str(value).lower() in {"true", "1"}
