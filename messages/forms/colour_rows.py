"""Another colour than the computed one: the choice, its reason, and what comes of it."""

from collections.abc import Iterator

from slack_sdk.models.blocks import Block

from messages.forms.pieces import choice, typed_text
from messages.ids import Block as Id
from messages.notices.sheets import Outcome
from messages.wording import colours
from rules.answers import CommentaryAnswer
from rules.vocabulary import Status


def colour_blocks(outcome: Outcome, answer: CommentaryAnswer) -> Iterator[Block]:
    """The choice, and the reason once another colour is chosen."""
    if not outcome.offered:
        return
    words = {status.value: colours.STATUS[status] for status in outcome.offered}
    words[outcome.status.value] = f"{colours.STATUS[outcome.status]}, as computed"
    chosen = answer.proposed if answer.proposed in outcome.offered else None
    computed = colours.STATUS[outcome.status]
    yield choice(
        Id.PROPOSED,
        "Propose another colour, if this one is not right",
        words,
        chosen.value if chosen else None,
        f"{computed} is computed and is kept beside it. A worse colour, or one in doubt, holds at "
        "once; a better one waits until the central team has agreed.",
    )
    if chosen is not None or answer.proposed_reason:
        yield typed_text(
            Id.PROPOSED_REASON,
            "Why another colour?",
            answer.proposed_reason,
            multiline=True,
            hint="The central team and the board can read this.",
        )


def verdict(outcome: Outcome) -> Iterator[str]:
    """What stands while another colour is proposed, in a sentence or none."""
    if outcome.stands is not None:
        yield (
            f"You set {_plainly(outcome.stands)} in place of {_plainly(outcome.status)}, which was "
            "computed. It holds when you send this return."
        )
    if outcome.waiting is not None:
        yield (
            f"You propose {_plainly(outcome.waiting)}. {_plainly(outcome.status)} stands until the "
            "central team has agreed, so what it needs is asked here."
        )


def _plainly(status: Status) -> str:
    return colours.plainly(status)
