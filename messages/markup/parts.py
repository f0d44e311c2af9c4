"""Parts of a message: blocks packed so that each part keeps to every limit.

It owns the packing, the ids of blocks and the plain text that notifications show and screen
readers read, which holds everything the blocks hold.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from slack_sdk.models.blocks import ActionsBlock, ContextBlock, InteractiveElement

from messages.markup import limits
from messages.markup.blocks import Piece, plain
from messages.markup.limits import escaped, weight
from messages.markup.split import split_text


@dataclass(frozen=True, slots=True)
class Payload:
    """One message for Slack: its plain text and its blocks, both ready to send."""

    text: str
    blocks: tuple[dict[str, Any], ...]


def payloads(found: Iterable[Piece], foot: Sequence[Piece] = ()) -> tuple[Payload, ...]:
    """Blocks as one message, or as several where one cannot hold them.

    `foot` is one row of buttons for the end of the first. There is room for it: no other part's
    first line stands there.
    """
    groups = list(_packed(found))
    if groups and foot:
        groups[0] = _footed(groups[0], foot[0])
    subject = groups[0][0].text if groups else ""
    return tuple(
        _payload(_continued(group, number, len(groups), subject))
        for number, group in enumerate(groups, start=1)
    )


def unparted(found: Iterable[Piece]) -> Payload:
    """Blocks all in one, for a view, which has a limit of its own."""
    return _payload(list(found))


def _packed(found: Iterable[Piece]) -> Iterator[list[Piece]]:
    group: list[Piece] = []
    for piece in found:
        if group and not _has_room(group, piece):
            carried = [group.pop()] if len(group) > 1 and group[-1].leads else []
            yield group
            group = carried
        group.append(piece)
    if group:
        yield group


def _has_room(group: list[Piece], piece: Piece) -> bool:
    pieces = [*group, piece]
    text = sum(weight(one.text) + 1 for one in pieces)
    return (
        len(pieces) < limits.BLOCKS_A_PART
        and sum(one.weight for one in pieces) <= limits.WEIGHT_A_PART - limits.CONTINUATION
        and text <= limits.TEXT_A_PART - limits.CONTINUATION
        and not (piece.table and any(one.table for one in group))
    )


def _footed(group: list[Piece], foot: Piece) -> list[Piece]:
    """A group with the foot's buttons at its end, in the row of buttons that ends it if it can."""
    last, row = group[-1].block, foot.block
    if not (isinstance(last, ActionsBlock) and isinstance(row, ActionsBlock)):
        return [*group, foot]
    both = (*last.elements, *row.elements)
    buttons = [one for one in both if isinstance(one, InteractiveElement)]
    if len(buttons) > limits.BUTTONS_IN_A_ROW:
        return [*group, foot]
    weighed = group[-1].weight + foot.weight
    return [*group[:-1], replace(group[-1], block=ActionsBlock(elements=buttons), weight=weighed)]


def _continued(group: list[Piece], number: int, of: int, subject: str) -> list[Piece]:
    if number == 1:
        return group
    about = split_text(subject.replace("\n", " "), limits.CONTINUATION - 60)
    more = "…" if len(about) > 1 else ""
    text = f"Part {number} of {of}: {about[0] if about else ''}{more}"
    return [Piece(ContextBlock(elements=[plain(text)]), text, weight(text)), *group]


def _payload(group: list[Piece]) -> Payload:
    text = "\n".join(piece.text for piece in group if piece.text)
    blocks = tuple(
        {**piece.block.to_dict(), "block_id": f"block-{number}"}
        for number, piece in enumerate(group, start=1)
    )
    return Payload(escaped(text), blocks)
