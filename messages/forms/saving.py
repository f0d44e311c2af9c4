"""Fields that are saved as they are typed, and fields that are filled for the person.

It owns what Slack has to be told for that. A field that is dispatched sends the whole form at
every pause in typing. A field that gets new words needs a new id: over an update Slack keeps
what was typed where the id is the same, and would show the old words.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from typing import Final

from slack_sdk.models.blocks import (
    Block,
    InputBlock,
    InputInteractiveElement,
    PlainTextInputElement,
)
from slack_sdk.models.blocks.basic_components import DispatchActionConfig

from messages.forms.state import TURN
from messages.ids import Block as Id

FIELDS: Final = (
    Id.FIGURE,
    Id.FIGURE_DOUBTS,
    Id.SOURCE,
    Id.AS_AT,
    Id.QUALITY,
    Id.CAUSE,
    Id.REASON,
    Id.REASON_TEXT,
    Id.EXPECTED_ON,
    Id.RISKS_REVIEWED,
    Id.CONCERN,
    Id.GRANT,
    Id.PROPOSED_REASON,
    Id.EVIDENCE,
    Id.WHY,
)
"""The fields of a return that are saved as they are typed; rows come beside them."""
_ROWS: Final = r"(?:action|risk)\.\d+\.[a-z_]+"
_AS_TYPED: Final = DispatchActionConfig(trigger_actions_on=["on_character_entered"])


def typed_field() -> re.Pattern[str]:
    """What the action of a field that is saved as it is typed is called, whatever its turn."""
    names = "|".join([*(re.escape(field) for field in FIELDS), _ROWS])
    return re.compile(rf"\A(?:{names})(?:{TURN}\d+)?\Z")


def saved(
    blocks: Iterable[Block], *, turn: int = 0, filled: Callable[[str], bool] | None = None
) -> Iterator[Block]:
    """The blocks, every input dispatched; those `filled` for the person with the turn's ids."""
    for block in blocks:
        if isinstance(block, InputBlock):
            _dispatch(block)
            if turn and filled is not None and filled(str(block.block_id)):
                _rename(block, f"{block.block_id}{TURN}{turn}")
        yield block


def _dispatch(block: InputBlock) -> None:
    block.dispatch_action = True
    if isinstance(block.element, PlainTextInputElement):
        block.element.dispatch_action_config = _AS_TYPED


def _rename(block: InputBlock, name: str) -> None:
    block.block_id = name
    if isinstance(block.element, InputInteractiveElement):
        block.element.action_id = name
