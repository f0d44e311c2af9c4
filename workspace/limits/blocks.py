"""Blocks, field by field (limits sheet section 2)."""

from workspace.limits.elements import SELECTS, WRITTEN
from workspace.limits.kinds import (
    UNBOUNDED,
    Chars,
    Choice,
    Figure,
    Flag,
    Free,
    Part,
    Parts,
    Rows,
    Rule,
    Shape,
    Strings,
    Whole,
    Words,
)

BLOCK: dict[str, Rule] = {"type": Free(), "block_id": Chars(255)}
PICKERS = ("datepicker", "timepicker", "datetimepicker")
CLICKED = ("button", "overflow", "checkboxes", "radio_buttons", *SELECTS)
ACTIONS = (*CLICKED, *PICKERS)
ACCESSORIES = (*ACTIONS, "image_element")
INPUTS = ("checkboxes", "radio_buttons", *SELECTS, *WRITTEN)

PLAIN_BLOCKS: dict[str, Shape] = {
    "header": Shape(
        {**BLOCK, "text": Words(150), "level": Whole(1, 4)},
        ("text",),
    ),
    "divider": Shape({**BLOCK}),
    "section": Shape(
        {
            **BLOCK,
            "text": Words(3000, markup=True),
            "fields": Parts(("words_2000",), 10),
            "accessory": Part(ACCESSORIES),
            "expand": Flag(),
        },
        either=("text", "fields"),
    ),
    "context": Shape(
        {**BLOCK, "elements": Parts(("image_element", "words_3000"), 10)}, ("elements",)
    ),
    "actions": Shape({**BLOCK, "elements": Parts(ACTIONS, 25)}, ("elements",)),
    "input": Shape(
        {
            **BLOCK,
            "label": Words(2000),
            "hint": Words(2000),
            "element": Part(INPUTS),
            "optional": Flag(),
            "dispatch_action": Flag(),
        },
        ("label", "element"),
    ),
    "image": Shape(
        {
            **BLOCK,
            "image_url": Chars(3000),
            "slack_file": Free(),
            "alt_text": Chars(2000, 1),
            "title": Words(2000),
        },
        ("alt_text",),
        ("image_url", "slack_file"),
    ),
    "markdown": Shape({**BLOCK, "text": Chars(12_000, 1)}, ("text",)),
    "alert": Shape(
        {
            **BLOCK,
            "text": Words(200, markup=True),
            "level": Choice(frozenset({"default", "info", "warning", "error", "success"})),
        },
        ("text",),
    ),
    "file": Shape({**BLOCK, "external_id": Chars(255), "source": Free()}, ("external_id",)),
    "video": Shape(
        {
            **BLOCK,
            "alt_text": Chars(2000),
            "author_name": Chars(50),
            "description": Words(200),
            "provider_icon_url": Chars(2000),
            "provider_name": Chars(50),
            "title": Words(200),
            "title_url": Chars(2000),
            "thumbnail_url": Chars(3000),
            "video_url": Chars(3000),
        },
        ("alt_text", "title", "thumbnail_url", "video_url"),
    ),
    "words_2000": Shape({"": Words(2000, markup=True)}),
    "words_3000": Shape({"": Words(3000, markup=True)}),
}

CELLS = ("raw_text", "raw_number", "rich_text")
TABLES: dict[str, Shape] = {
    "table": Shape(
        {
            **BLOCK,
            "rows": Rows(CELLS, 100, 20),
            "column_settings": Parts(("column_setting",), 20, gaps=True),
        },
        ("rows",),
    ),
    "data_table": Shape(
        {
            **BLOCK,
            "rows": Rows(CELLS, 201, 20, least=2, square=True),
            "caption": Chars(UNBOUNDED, 1),
            "page_size": Whole(1, 100),
            "row_header_column_index": Whole(0, 19),
        },
        ("rows", "caption"),
    ),
    "column_setting": Shape(
        {"align": Choice(frozenset({"left", "center", "right"})), "is_wrapped": Flag()}
    ),
    "raw_text": Shape({"type": Free(), "text": Chars(UNBOUNDED, 1)}, ("text",)),
    "raw_number": Shape({"type": Free(), "value": Figure(), "text": Chars(UNBOUNDED)}, ("value",)),
}

AXES: dict[str, Rule] = {
    "type": Free(),
    "series": Parts(("series",), 12),
    "axis_config": Part(("axis_config",)),
}
CHARTS: dict[str, Shape] = {
    "data_visualization": Shape(
        {**BLOCK, "title": Chars(50, 1), "chart": Part(("pie", "bar", "area", "line"))},
        ("title", "chart"),
    ),
    "pie": Shape({"type": Free(), "segments": Parts(("segment",), 12)}, ("segments",)),
    "bar": Shape(AXES, ("series", "axis_config")),
    "area": Shape(AXES, ("series", "axis_config")),
    "line": Shape(AXES, ("series", "axis_config")),
    "segment": Shape({"label": Chars(20, 1), "value": Figure(above_zero=True)}, ("label", "value")),
    "series": Shape({"name": Chars(20, 1), "data": Parts(("point",), 20)}, ("name", "data")),
    "point": Shape({"label": Chars(20, 1), "value": Figure()}, ("label", "value")),
    "axis_config": Shape(
        {"categories": Strings(20, 1, 20), "x_label": Chars(50), "y_label": Chars(50)},
        ("categories",),
    ),
}

INLINE = ("text", "link", "user", "usergroup", "channel", "emoji", "broadcast", "date", "color")
STYLED: dict[str, Rule] = {"type": Free(), "style": Free()}
BORDER: dict[str, Rule] = {"border": Whole(0, 1)}
RICH: dict[str, Shape] = {
    "rich_text": Shape(
        {
            **BLOCK,
            "elements": Parts(
                (
                    "rich_text_section",
                    "rich_text_list",
                    "rich_text_quote",
                    "rich_text_preformatted",
                ),
                UNBOUNDED,
            ),
        },
        ("elements",),
    ),
    "rich_text_section": Shape(
        {"type": Free(), "elements": Parts(INLINE, UNBOUNDED, 0)}, ("elements",)
    ),
    "rich_text_quote": Shape(
        {"type": Free(), "elements": Parts(INLINE, UNBOUNDED, 0), **BORDER}, ("elements",)
    ),
    "rich_text_preformatted": Shape(
        {
            "type": Free(),
            "elements": Parts(("text", "link"), UNBOUNDED, 0),
            "language": Chars(255),
            **BORDER,
        },
        ("elements",),
    ),
    "rich_text_list": Shape(
        {
            "type": Free(),
            "style": Choice(frozenset({"bullet", "ordered"})),
            "elements": Parts(("rich_text_section",), UNBOUNDED),
            "indent": Whole(0, 8),
            "offset": Whole(0, UNBOUNDED),
            **BORDER,
        },
        ("style", "elements"),
    ),
    "text": Shape({**STYLED, "text": Chars(UNBOUNDED, 1)}, ("text",)),
    "link": Shape(
        {**STYLED, "url": Chars(3000, 1), "text": Chars(UNBOUNDED), "unsafe": Flag()}, ("url",)
    ),
    "user": Shape({**STYLED, "user_id": Chars(255, 1)}, ("user_id",)),
    "usergroup": Shape({**STYLED, "usergroup_id": Chars(255, 1)}, ("usergroup_id",)),
    "channel": Shape({**STYLED, "channel_id": Chars(255, 1)}, ("channel_id",)),
    "emoji": Shape({**STYLED, "name": Chars(255, 1), "unicode": Chars(255)}, ("name",)),
    "broadcast": Shape(
        {**STYLED, "range": Choice(frozenset({"here", "channel", "everyone"}))}, ("range",)
    ),
    "date": Shape(
        {
            **STYLED,
            "timestamp": Whole(0, 9_999_999_999),
            "format": Chars(255, 1),
            "url": Chars(3000),
            "fallback": Chars(3000),
        },
        ("timestamp", "format"),
    ),
    "color": Shape({**STYLED, "value": Chars(255, 1)}, ("value",)),
}

BLOCKS: dict[str, Shape] = {**PLAIN_BLOCKS, **TABLES, **CHARTS, **RICH}
