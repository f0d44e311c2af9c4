"""Checking a message before it is kept. Raises the refusal Slack would answer."""

import json

from workspace.checks.blocks import blocks_flaws, of_type, text_length
from workspace.limits import surfaces
from workspace.wire import Code, Json, SlackError


def check_message(text: str, blocks: object, attachments: object = None) -> list[Json]:
    """Give the blocks of a message that Slack would take; raises :class:`SlackError`.

    ``blocks`` is the decoded argument: None or a list.
    """
    if blocks is not None and not isinstance(blocks, list):
        raise SlackError(Code.INVALID_BLOCKS_FORMAT)
    if isinstance(attachments, list) and len(attachments) > surfaces.ATTACHMENTS:
        raise SlackError(Code.TOO_MANY_ATTACHMENTS)
    if not text.strip() and not blocks and not attachments:
        raise SlackError(Code.NO_TEXT)
    _check_blocks(blocks or [])
    return list(blocks or [])


def _check_blocks(blocks: list[Json]) -> None:
    flaws = [str(f) for f in blocks_flaws(blocks, "message", surfaces.MESSAGE_BLOCKS, "/blocks")]
    if flaws:
        raise SlackError(Code.INVALID_BLOCKS, tuple(flaws))
    flaws = list(_sums(blocks))
    if flaws:
        raise SlackError(Code.INVALID_BLOCKS, tuple(flaws))
    if text_length(blocks) > surfaces.MESSAGE_BLOCK_TEXT:
        raise SlackError(Code.MSG_BLOCKS_TOO_LONG)


def _sums(blocks: list[Json]) -> list[str]:
    """List the limits that hold over all blocks of a kind together."""
    totals = (
        ("table", surfaces.TABLE_TEXT),
        ("data_table", surfaces.DATA_TABLE_TEXT),
        ("markdown", surfaces.MARKDOWN_TEXT),
    )
    flaws = [
        f"[ERROR] all {kind} blocks together must be less than {most + 1} characters"
        for kind, most in totals
        if text_length(of_type(blocks, kind)) > most
    ]
    if len(of_type(blocks, "data_visualization")) > surfaces.CHARTS:
        flaws.append(f"[ERROR] no more than {surfaces.CHARTS} data_visualization blocks allowed")
    return flaws


def check_metadata(metadata: object) -> Json | None:
    """Give message metadata that Slack would take; raises :class:`SlackError`."""
    if metadata is None or metadata == {}:
        return None
    if not isinstance(metadata, dict) or not _well_formed(metadata):
        raise SlackError(Code.INVALID_METADATA_FORMAT)
    if len(json.dumps(metadata)) > surfaces.METADATA:
        raise SlackError(Code.METADATA_TOO_LARGE)
    return metadata


def _well_formed(metadata: Json) -> bool:
    return (
        isinstance(metadata.get("event_type"), str)
        and bool(metadata["event_type"])
        and isinstance(metadata.get("event_payload"), dict)
    )
