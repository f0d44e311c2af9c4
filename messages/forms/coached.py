"""The coach's advice in words: what is worth a second look before a return is sent.

It owns these sentences. Advice never keeps a return from being sent, and says so.
"""

from collections.abc import Iterator
from typing import Final

from slack_sdk.models.blocks import Block, DividerBlock

from messages.forms.pieces import told
from messages.notices.sheets import Sitting
from rules.coach import LONGEST_LINE, Advice

_WORDS: Final = {
    Advice.REPEATS: "The cause says almost the same as last quarter's. What is new?",
    Advice.SOUNDS_WELL: "The words sound as if all were well, beside a colour that says otherwise.",
    Advice.SOUNDS_BADLY: "The words speak of being behind, beside a colour that says all is well.",
    Advice.NO_CAUSE: "The cause does not say why yet.",
    Advice.NO_ACTION: "No action says yet what will be done.",
    Advice.NO_OWNER: "An action does not say yet who does it.",
    Advice.NO_DATE: "An action has no day yet by which it is done.",
    Advice.TOO_LONG: (
        f"The board's line shows the first {LONGEST_LINE} characters of the cause, and this is "
        "longer. Put the main thing first; the whole text is kept."
    ),
}
_ONCE: Final = (
    "Nothing is sent yet. Change what you like, or press “Send it as it is”: this is advice, "
    "and you are not asked again."
)


def coached(sitting: Sitting) -> Iterator[Block]:
    """What the coach says, at the end of the form, where one looks before sending."""
    if not sitting.advice:
        return
    lines = [f"• {_WORDS[advice]}" for advice in sitting.advice]
    closing = [_ONCE] if sitting.advised else []
    yield DividerBlock()
    yield from told("\n".join(["Worth a second look", *lines, *closing]))
