"""What a form says of the draft it shows: that it is saved, and when it was."""

from collections.abc import Iterator
from typing import Final
from zoneinfo import ZoneInfo

from slack_sdk.models.blocks import Block, ContextBlock

from messages.markup.blocks import plain
from messages.notices.sheets import ReturnSheet, Sitting
from messages.wording import days

SAVED_AS_TYPED: Final = "What you type is saved as you go."


def saved_at(sheet: ReturnSheet, sitting: Sitting) -> Iterator[Block]:
    """When what stands in the form was saved, if it was not sent."""
    if sitting.saved_at is None:
        return
    when = days.moment(sitting.saved_at, ZoneInfo(sheet.zone), sheet.quarter.end.year)
    words = f"Saved on {when}, and not sent yet."
    yield ContextBlock(elements=[plain(words)])
