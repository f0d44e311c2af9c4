"""Figures for whole messages and views (limits sheet sections 1, 2 and 4)."""

MESSAGE_BLOCKS = 50
MESSAGE_BLOCK_TEXT = 13_200
"""Characters over all block text, above which Slack was seen to refuse a message."""
MESSAGE_TEXT = 40_000
"""Characters of ``text``; Slack cuts a longer one on posting."""
UPDATE_TEXT = 4_000
"""Of ``text`` in chat.update, counted in the larger of characters and UTF-8 bytes."""
ATTACHMENTS = 100
METADATA = 8_000
"""Characters of metadata as JSON. Slack has a cap and gives no figure: this one is ours."""
MARKDOWN_TEXT = 12_000
TABLE_TEXT = 10_000
DATA_TABLE_TEXT = 20_000
CHARTS = 2

VIEW_BLOCKS = 100
VIEW_TITLE = 24
VIEW_ID = 255
PRIVATE_METADATA = 3_000
STACKED_VIEWS = 3
VIEW_SIZE = 250_000
"""Bytes of a view as JSON. Slack has a cap and gives no figure: this one is ours."""

TRIGGER_SECONDS = 3.0
ACK_SECONDS = 3.0
RESPONSE_USES = 5
RESPONSE_MINUTES = 30
SOCKETS = 10

PAGE = 100
PAGE_MOST = 999

BLOCKS_OF = {
    "message": frozenset(
        {
            "actions", "context", "data_table", "data_visualization", "divider", "file",
            "header", "image", "input", "markdown", "rich_text", "section", "table", "video",
        }
    ),
    "modal": frozenset(
        {
            "actions", "alert", "context", "divider", "header", "image", "input", "rich_text",
            "section", "video",
        }
    ),
    "home": frozenset(
        {
            "actions", "context", "data_table", "data_visualization", "divider", "header",
            "image", "input", "rich_text", "section", "table", "video",
        }
    ),
}  # fmt: skip
"""Which blocks a surface takes. The newest ones (cards, carousels, containers, plans) are
refused, as on workspaces that do not have them yet."""
