"""Slack's limits as this room keeps to them: a little under Slack's own.

One measure serves everywhere: UTF-8 bytes after escaping. It is never less than characters
or UTF-16 units, whichever of them Slack counts.
"""

from typing import Final

HEADER: Final = 150
SECTION: Final = 2_800
LABEL: Final = 75
BUTTONS_IN_A_ROW: Final = 5
LIST_ITEMS: Final = 40
TABLE_ROWS: Final = 100
TABLE_COLUMNS: Final = 20
BLOCKS_A_PART: Final = 40
WEIGHT_A_PART: Final = 9_000
TEXT_A_PART: Final = 3_500
CONTINUATION: Final = 250


def escaped(text: str) -> str:
    """Text with Slack's three control characters made harmless. Apply it exactly once."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def weight(text: str) -> int:
    """How much a text counts against a limit: UTF-8 bytes after escaping."""
    return len(escaped(text).encode())
