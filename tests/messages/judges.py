"""Who judges what the bot would send: three libraries that know Slack's limits, and ten lines."""

import html
import json
from collections.abc import Callable, Iterator
from typing import Any

import blockkit
import slackblocks
from slack_sdk.models.blocks import Block

from messages.markup import Payload
from messages.markup.limits import weight


def judge(payload: Payload) -> None:
    """Fail where Slack would refuse the message, or where it is over our own budget."""
    blocks = list(payload.blocks)
    judge_blocks(blocks)
    slackblocks.Message(channel="C1", text=payload.text, blocks=_third_opinion(blocks))
    assert 1 <= len(blocks) <= 40
    assert sum(weight(text) for text in texts(blocks)) <= 9_000
    assert 0 < len(payload.text.encode()) <= 3_500
    assert sum(block["type"] == "table" for block in blocks) <= 1
    assert "mrkdwn" not in json.dumps(blocks)
    assert not set("<>") & set(payload.text)


def judge_view(view: dict[str, Any]) -> None:
    """Fail where Slack would refuse the view."""
    judge_blocks(view["blocks"])
    assert 1 <= len(view["blocks"]) <= 100
    assert len(view.get("private_metadata", "")) <= 3_000
    for name in ("title", "submit", "close"):
        assert name not in view or 0 < weight(view[name]["text"]) <= 24


def judge_blocks(blocks: list[dict[str, Any]]) -> None:
    for parsed in Block.parse_all(blocks):
        parsed.to_dict()
    named = [block["block_id"] for block in blocks if "block_id" in block]
    assert len(set(named)) == len(named)
    for block in blocks:
        ids = [found["action_id"] for found in _inside(block) if "action_id" in found]
        assert len(set(ids)) == len(ids)
        if block["type"] in _SECOND_OPINION:
            _SECOND_OPINION[block["type"]](block)
    for found in _inside(blocks):
        if isinstance(found.get("text"), str):
            assert found["text"].strip() if found["type"] == "plain_text" else found["text"]


def texts(blocks: list[dict[str, Any]]) -> list[str]:
    """Every text a reader sees, buttons too."""
    return [
        found["text"]
        for block in blocks
        for found in _inside(block)
        if isinstance(found.get("text"), str)
    ]


def read(payloads: tuple[Payload, ...]) -> str:
    """What all parts say, without the lines that only continue, spaces taken out."""
    first, *others = [html.unescape(payload.text) for payload in payloads]
    said = [first, *(text.partition("\n")[2] for text in others)]
    return solid("".join(said))


def solid(text: str) -> str:
    return "".join(text.replace("•", "").split())


def _inside(value: Any) -> Iterator[dict[str, Any]]:
    if isinstance(value, dict):
        yield value
        for part in value.values():
            yield from _inside(part)
    elif isinstance(value, list | tuple):
        for part in value:
            yield from _inside(part)


def _third_opinion(blocks: list[dict[str, Any]]) -> list[slackblocks.Block]:
    """Blocks in the third library, which cannot read buttons, tables or rich text.

    Buttons and tables are made anew; rich text, which has no limits of its own, becomes a divider.
    """
    return [_third(block) for block in blocks]


def _third(block: dict[str, Any]) -> slackblocks.Block:
    made: slackblocks.Block
    if block["type"] == "actions":
        made = slackblocks.ActionsBlock([_third_button(e) for e in block["elements"]])
    elif block["type"] == "table":
        rows: Any = [[slackblocks.RawText(cell["text"]) for cell in row] for row in block["rows"]]
        made = slackblocks.TableBlock(rows=rows)
    elif block["type"] == "rich_text":
        made = slackblocks.DividerBlock()
    else:
        made = slackblocks.Block.from_dict({k: v for k, v in block.items() if k != "accessory"})
    return made


def _third_button(found: dict[str, Any]) -> slackblocks.Button:
    return slackblocks.Button(
        found["text"]["text"], found["action_id"], value=found.get("value") or None
    )


def _text(found: dict[str, Any]) -> blockkit.Text:
    return blockkit.Text(found["text"]).type("plain_text")


def _button(found: dict[str, Any]) -> blockkit.Button:
    button = blockkit.Button(_text(found["text"])).action_id(found["action_id"])
    return button.value(found["value"]) if "value" in found else button


def _build(made: Any) -> None:
    made.build()


def _section(block: dict[str, Any]) -> None:
    section = blockkit.Section(_text(block["text"]))
    if "accessory" in block:
        section.accessory(_button(block["accessory"]))
    _build(section)


_SECOND_OPINION: dict[str, Callable[[dict[str, Any]], None]] = {
    "header": lambda block: _build(blockkit.Header(_text(block["text"]))),
    "section": _section,
    "context": lambda block: _build(blockkit.Context([_text(e) for e in block["elements"]])),
    "actions": lambda block: _build(blockkit.Actions([_button(e) for e in block["elements"]])),
}
