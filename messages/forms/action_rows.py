"""The rows of actions in the second step: what is under way, and what will be done."""

from collections.abc import Iterator
from typing import Final

from slack_sdk.models.blocks import ActionsBlock, Block, ButtonElement

from messages.forms.context import MOST_ACTIONS
from messages.forms.pieces import chosen_day, told, typed_text
from messages.forms.risk_rows import LONGEST_OWNER
from messages.forms.state import Entered
from messages.ids import Action
from messages.ids import Block as Id
from messages.markup.blocks import plain
from messages.notices.common import ActionLine
from messages.notices.sheets import ReturnSheet
from messages.wording import days
from messages.wording.amounts import brief
from rules.answers import ActionAnswer

LONGEST_LINE: Final = 200
MOST_UNDER_WAY: Final = 10


def action_blocks(
    sheet: ReturnSheet, typed: tuple[ActionAnswer, ...], rows: int
) -> Iterator[Block]:
    """What is open from before, and `rows` rows with what was typed."""
    yield from told("\n".join(_under_way(sheet)))
    for row in range(rows):
        answer = typed[row] if row < len(typed) else ActionAnswer()
        label = f"Action {row + 1}"
        yield typed_text(
            f"action.{row}.text", f"{label}: what will be done", answer.text, multiline=True
        )
        yield typed_text(
            f"action.{row}.owner",
            f"{label}: who does it",
            answer.owner,
            placeholder="Such as housing lead",
            longest=LONGEST_OWNER,
        )
        yield chosen_day(f"action.{row}.due_on", f"{label}: by when", answer.due_on)
    if rows < MOST_ACTIONS:
        another = ButtonElement(text=plain("Add another action"), action_id=Action.ADD_ACTION)
        yield ActionsBlock(block_id=Id.ADD_ACTION, elements=[another])


def parse_action(entered: Entered, row: int) -> ActionAnswer:
    """One row as typed."""
    return ActionAnswer(
        entered.text(f"action.{row}.text"),
        entered.text(f"action.{row}.owner"),
        entered.day(f"action.{row}.due_on"),
    )


def _under_way(sheet: ReturnSheet) -> Iterator[str]:
    for action in sheet.open_actions[:MOST_UNDER_WAY]:
        yield _open_action(sheet, action)
    left = len(sheet.open_actions) - MOST_UNDER_WAY
    if left > 0:
        yield f"{left} more are open from before."


def _open_action(sheet: ReturnSheet, action: ActionLine) -> str:
    due = f", by {days.day(action.due_on, sheet.quarter.end.year)}" if action.due_on else ""
    owner = f" ({action.owner})" if action.owner else ""
    return f"Open from before: {brief(action.text, LONGEST_LINE)}{due}{owner}."
