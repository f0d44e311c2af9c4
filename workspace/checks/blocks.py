"""Checking a list of blocks as a whole: how many, of which types, with which ids.

Also measures the text that blocks hold together. Raises nothing: it lists flaws.
"""

from collections.abc import Iterable, Iterator
from typing import Any

from workspace.checks.charts import chart_flaws
from workspace.checks.initial import initial_flaws
from workspace.checks.length import escaped_length, units
from workspace.checks.walk import Flaw, known, shape_flaws
from workspace.limits import SHAPES
from workspace.limits.surfaces import BLOCKS_OF
from workspace.wire import Json

WORDED = {"text", "raw_text", "plain_text", "mrkdwn"}


def blocks_flaws(blocks: object, surface: str, most: int, at: str) -> Iterator[Flaw]:
    """Yield every flaw of the blocks of a ``message``, ``modal`` or ``home``."""
    if not isinstance(blocks, list):
        yield Flaw("must be a list", at)
        return
    if len(blocks) > most:
        yield Flaw(f"no more than {most} items allowed", at)
    for index, block in enumerate(blocks):
        yield from _block_flaws(block, surface, f"{at}/{index}")
    yield from _repeated(_block_ids(blocks), "block_id", at)


def _block_flaws(block: object, surface: str, at: str) -> Iterator[Flaw]:
    kind = block.get("type") if isinstance(block, dict) else None
    if not isinstance(block, dict) or not known(kind, BLOCKS_OF[surface]):
        yield Flaw(f"unsupported type: {kind}", f"{at}/type")
        return
    flaws = list(shape_flaws(block, SHAPES[str(kind)], at))
    yield from flaws or _within(block, at)


def _within(block: Json, at: str) -> Iterator[Flaw]:
    """Yield what the tables cannot say of one well-formed block."""
    ids = [e["action_id"] for e in elements_of(block) if e.get("action_id")]
    yield from _repeated(ids, "action_id", at)
    for element in elements_of(block):
        yield from initial_flaws(element, at)
    if block["type"] == "data_visualization":
        yield from chart_flaws(block["chart"], f"{at}/chart")


def _block_ids(blocks: list[Any]) -> list[str]:
    ids = [b.get("block_id") for b in blocks if isinstance(b, dict)]
    return [i for i in ids if isinstance(i, str) and i]


def _repeated(ids: Iterable[str], name: str, at: str) -> Iterator[Flaw]:
    seen: set[str] = set()
    for one in ids:
        if one in seen:
            yield Flaw(f"`{name}` already exists: {one}", at)
        seen.add(one)


def elements_of(block: Json) -> list[Json]:
    """List the interactive elements a block holds, wherever they stand in it."""
    held = [block.get("accessory"), block.get("element")]
    if block.get("type") == "actions":
        held += block.get("elements") or []
    return [e for e in held if isinstance(e, dict)]


def text_length(value: object) -> int:
    """Sum the length of all text in blocks: text objects, cells, rich text, markdown."""
    if isinstance(value, list):
        return sum(text_length(item) for item in value)
    if not isinstance(value, dict):
        return 0
    text = value.get("text")
    if isinstance(text, str):
        if value.get("type") in WORDED:
            return escaped_length(text, markup=value["type"] == "mrkdwn")
        return units(text)
    return sum(text_length(held) for held in value.values())


def of_type(blocks: list[Json], kind: str) -> list[Json]:
    """List the blocks of one type."""
    return [block for block in blocks if block.get("type") == kind]
