"""A modal that shows an answer: the same words as a message would have, to read and close."""

from collections.abc import Sequence
from typing import Any

from messages.forms.pieces import BLOCKS_A_VIEW, title_of
from messages.ids import Callback
from messages.markup import Payload


def answer_view(title: str, payloads: Sequence[Payload]) -> dict[str, Any]:
    """A modal with an answer's blocks. What does not fit is asked for with the command."""
    blocks = [block for payload in payloads for block in payload.blocks]
    return {
        "type": "modal",
        "callback_id": Callback.TELLING.value,
        "title": {"type": "plain_text", "text": title_of(title, "Please note")},
        "close": {"type": "plain_text", "text": "Close"},
        "blocks": blocks[:BLOCKS_A_VIEW],
    }


def home_view(payloads: Sequence[Payload]) -> dict[str, Any]:
    """A Home tab with an answer's blocks."""
    blocks = [block for payload in payloads for block in payload.blocks]
    return {"type": "home", "blocks": blocks[:BLOCKS_A_VIEW]}
