"""The ids Slack gives back to us: actions, blocks, callbacks, and the values buttons carry.

It owns every id once, so that nobody types one twice. A value holds our own numbers only and
is never trusted: whoever reads one checks again what it names and who may touch it. Reading
never raises; what is malformed gives none.
"""

import re
from enum import StrEnum
from typing import Final

from rules.quarters import Quarter

_PACKED: Final = re.compile(
    r"(?P<number>[1-9]\d{0,17})@(?P<year>(?:19|20|21)\d{2})q(?P<quarter>[1-4])", re.ASCII
)
_NUMBER: Final = re.compile(r"[1-9]\d{0,17}", re.ASCII)
_QUARTER: Final = re.compile(r"(?P<year>(?:19|20|21)\d{2})q(?P<quarter>[1-4])", re.ASCII)


class Action(StrEnum):
    """What a press or a choice asks for."""

    REPORT = "report"
    ACKNOWLEDGE = "acknowledge"
    ACKNOWLEDGE_WITH_NOTE = "acknowledge_with_note"
    OPEN_TARGET = "open_target"
    CONFIRM_BOARD = "confirm_board"
    CHANGE_BOARD = "change_board"
    ADD_ACTION = "add_action"
    SEND_AGAIN = "send_again"
    DEALT_WITH = "dealt_with"
    RELEASE = "release"
    IMPORT_THESE = "import_these"
    CONFIRM_FIGURE = "confirm_figure"
    MAP_COLUMNS = "map_columns"
    KEEP_FIGURES = "keep_figures"


class Callback(StrEnum):
    """Which form was sent."""

    RETURN_FIGURE = "return_figure"
    RETURN_COMMENTARY = "return_commentary"
    ACKNOWLEDGE_NOTE = "acknowledge_note"
    BOARD_DATE = "board_date"
    TELLING = "telling"
    IMPORT_FILE = "import_file"
    COLUMN_MAPPING = "column_mapping"


class Block(StrEnum):
    """The blocks of forms. Rows of actions and risks add their number: `action.0.text`."""

    FIGURE = "figure"
    FIGURE_DOUBTS = "figure_doubts"
    SOURCE = "source"
    AS_AT = "as_at"
    QUALITY = "quality_confirmed"
    CAUSE = "cause"
    ADD_ACTION = "add_action"
    REASON = "reason"
    REASON_TEXT = "reason_text"
    EXPECTED_ON = "expected_on"
    RISKS_REVIEWED = "risks_reviewed"
    CONCERN = "significant_concern"
    GRANT = "grant"
    NOTE = "note"
    BOARD = "board"
    FILE = "file"
    TARGET_COLUMN = "target_column"
    FIGURE_COLUMN = "figure_column"
    SOURCE_COLUMN = "source_column"
    AS_AT_COLUMN = "as_at_column"
    QUARTER_COLUMN = "quarter_column"
    SHEET_NAME = "sheet_name"


def unpack_number(value: str) -> int | None:
    """The number in a button's value, or none."""
    return int(value) if _NUMBER.fullmatch(value) else None


def pack_quarter(quarter: Quarter) -> str:
    """A quarter for a button's value."""
    return f"{quarter.year}q{quarter.number}"


def unpack_quarter(value: str) -> Quarter | None:
    """The quarter in a button's value, or none."""
    found = _QUARTER.fullmatch(value)
    return Quarter(int(found["year"]), int(found["quarter"])) if found else None


def pack_target(number: int, quarter: Quarter) -> str:
    """A target's number and a quarter for a button's value."""
    return f"{number}@{pack_quarter(quarter)}"


def unpack_target(value: str) -> tuple[int, Quarter] | None:
    """The target's number and the quarter in a button's value, or none."""
    found = _PACKED.fullmatch(value)
    if found is None:
        return None
    return int(found["number"]), Quarter(int(found["year"]), int(found["quarter"]))


def pack_escalation(escalation: int, quarter: Quarter) -> str:
    """An escalation's number and a quarter for a button's value."""
    return pack_target(escalation, quarter)


def unpack_escalation(value: str) -> tuple[int, Quarter] | None:
    """The escalation's number and the quarter in a button's value, or none."""
    return unpack_target(value)
