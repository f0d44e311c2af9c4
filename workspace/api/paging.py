"""Pages and their cursors."""

import base64
import binascii
from collections.abc import Sequence
from typing import TypeVar

from workspace.limits.surfaces import PAGE, PAGE_MOST
from workspace.wire import Code, Json, SlackError

T = TypeVar("T")


def page(items: Sequence[T], args: Json, *, most: int = PAGE_MOST) -> tuple[list[T], str]:
    """Give one page and the cursor of the next, empty at the end.

    ``limit`` defaults to 100; raises ``invalid_limit`` and ``invalid_cursor``.
    """
    start = _position(str(args.get("cursor") or ""))
    size = _size(args.get("limit"), most)
    following = start + size
    cursor = _cursor(following) if following < len(items) else ""
    return list(items[start:following]), cursor


def next_cursor(cursor: str) -> Json:
    """Give the part of an answer that carries the cursor."""
    return {"response_metadata": {"next_cursor": cursor}}


def _size(given: object, most: int) -> int:
    if given is None or given == "":
        return PAGE
    text = str(given)
    if not text.isdecimal():
        raise SlackError(Code.INVALID_LIMIT)
    return max(1, min(most, int(text))) if int(text) else PAGE


def _cursor(position: int) -> str:
    return base64.b64encode(f"next:{position}".encode()).decode()


def _position(cursor: str) -> int:
    if not cursor:
        return 0
    try:
        word, _, position = base64.b64decode(cursor, validate=True).decode().partition(":")
    except (binascii.Error, UnicodeDecodeError):
        raise SlackError(Code.INVALID_CURSOR) from None
    if word != "next" or not position.isdecimal():
        raise SlackError(Code.INVALID_CURSOR)
    return int(position)
