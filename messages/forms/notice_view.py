"""A modal that only tells something: a closed window, someone else's target, a stale form."""

from typing import Any

from messages.forms.pieces import BLOCKS_A_VIEW, form, heading, title_of, told
from messages.ids import Callback


def notice_view(title: str, *words: str) -> dict[str, Any]:
    """A modal with a title and paragraphs, and nothing to send."""
    short = title_of(title, "Please note")
    blocks = [*([] if short == title else heading(title))]
    for paragraph in words:
        blocks += told(paragraph)
    return form(
        (blocks or told("There is nothing to show."))[:BLOCKS_A_VIEW],
        callback=Callback.TELLING,
        title=short,
        close="Close",
        kept="",
    )
