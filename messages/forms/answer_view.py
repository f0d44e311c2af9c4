"""Views that show an answer: the same words as a message would have, in a modal or at Home."""

from collections.abc import Sequence
from typing import Any, Final

from messages.forms.pieces import BLOCKS_A_VIEW, title_of, told
from messages.ids import Callback
from messages.markup import Payload

_MORE: Final = "There is more than fits here. Ask for it with the command."


def answer_view(title: str, payloads: Sequence[Payload]) -> dict[str, Any]:
    """A modal with an answer's blocks, to read and close."""
    return {
        "type": "modal",
        "callback_id": Callback.TELLING.value,
        "title": {"type": "plain_text", "text": title_of(title, "Please note")},
        "close": {"type": "plain_text", "text": "Close"},
        "blocks": _blocks(payloads),
    }


def home_view(payloads: Sequence[Payload], kept: str = "") -> dict[str, Any]:
    """A Home tab with an answer's blocks. `kept` comes back with every press in it."""
    return {"type": "home", "private_metadata": kept, "blocks": _blocks(payloads)}


def _blocks(payloads: Sequence[Payload]) -> list[dict[str, Any]]:
    """All blocks, numbered anew: a view has one numbering, where each part had its own."""
    found = [block for payload in payloads for block in payload.blocks]
    if len(found) > BLOCKS_A_VIEW:
        found = [*found[: BLOCKS_A_VIEW - 1], *(block.to_dict() for block in told(_MORE))]
    return [{**block, "block_id": f"block-{n}"} for n, block in enumerate(found, start=1)]
