"""The second step's questions of why: the cause of a poor figure, or why there is no colour."""

from collections.abc import Iterator
from typing import Final

from slack_sdk.models.blocks import ActionsBlock, Block, ButtonElement

from messages.forms.pieces import choice, chosen_day, typed_text
from messages.ids import Action
from messages.ids import Block as Id
from messages.markup.blocks import plain
from messages.notices.sheets import ReturnSheet
from messages.wording import colours
from rules.answers import CommentaryAnswer
from rules.commentary import Needs
from rules.vocabulary import Status, StatusReason


def last_words_block(sheet: ReturnSheet, needs: Needs) -> Iterator[Block]:
    """A button where last time's words would fill a field that is shown."""
    last = sheet.last_words
    if not ((needs.cause and last.cause) or (needs.reason_text and last.reason_text)):
        return
    start = ButtonElement(text=plain("Start from last time's words"), action_id=Action.LAST_WORDS)
    yield ActionsBlock(block_id=Id.LAST_WORDS, elements=[start])


def reason_blocks(status: Status, needs: Needs, answer: CommentaryAnswer) -> Iterator[Block]:
    """What this status has to explain."""
    if needs.cause:
        yield typed_text(
            Id.CAUSE,
            "Why is it behind what was expected?",
            answer.cause,
            multiline=True,
            hint="The board reads this.",
        )
    if needs.reason:
        words = {
            reason.value: colours.REASON[reason] for reason in _REASONS.get(status, StatusReason)
        }
        yield choice(Id.REASON, "Why is there no colour?", words, answer.reason)
    if needs.reason_text:
        yield typed_text(
            Id.REASON_TEXT, "What is in doubt, in your words", answer.reason_text, multiline=True
        )
    if needs.expected_on:
        yield chosen_day(Id.EXPECTED_ON, "When will there be a figure?", answer.expected_on)


_REASONS: Final = {
    Status.UNCERTAIN: (
        StatusReason.BASE_DATA_DOUBT,
        StatusReason.DEFINITION_DISPUTED,
        StatusReason.NO_MILESTONE,
        StatusReason.OTHER,
    ),
    Status.NO_DATA: (
        StatusReason.AWAITING_RELEASE,
        StatusReason.NO_DATA_AND_NO_MILESTONE,
        StatusReason.BASE_DATA_DOUBT,
        StatusReason.OTHER,
    ),
}
