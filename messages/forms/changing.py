"""What a return's form shows of a return that is in: why it came back, and why it is changed.

It owns these two pieces for both steps.
"""

from collections.abc import Iterator

from slack_sdk.models.blocks import Block

from messages.forms.pieces import told, typed_text
from messages.ids import Block as Id
from messages.notices.sheets import ReturnSheet


def came_back(sheet: ReturnSheet) -> list[Block]:
    """The reason a return came back for, or nothing."""
    return told(f"This came back to you because: {sheet.back.why}") if sheet.back else []


def why_changed(sheet: ReturnSheet, typed: str) -> Iterator[Block]:
    """The question why a return that is in is changed; nothing for one that is not, or came back.

    Whoever changes what somebody else answers for must say it.
    """
    if not sheet.changes or sheet.back is not None:
        return
    must = "It is needed, because you change what somebody else has said."
    may = "You may leave it empty."
    yield typed_text(
        Id.WHY,
        "Why has it changed?",
        typed,
        multiline=True,
        hint=f"It is kept with this version. {must if sheet.why_needed else may}",
    )
