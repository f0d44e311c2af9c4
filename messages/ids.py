"""The ids Slack gives back to us: actions, blocks, callbacks, and the values buttons carry.

It owns every id once, so that nobody types one twice. A value holds our own numbers only and
is never trusted: whoever reads one checks again what it names and who may touch it. Reading
never raises; what is malformed gives none.
"""

import re
from enum import StrEnum
from typing import Final

from rules.quarters import Quarter
from rules.vocabulary import Role, RoleScope

_PACKED: Final = re.compile(
    r"(?P<number>[1-9]\d{0,17})@(?P<year>(?:19|20|21)\d{2})q(?P<quarter>[1-4])", re.ASCII
)
_NUMBER: Final = re.compile(r"[1-9]\d{0,17}", re.ASCII)
_QUARTER: Final = re.compile(r"(?P<year>(?:19|20|21)\d{2})q(?P<quarter>[1-4])", re.ASCII)

_ROLE: Final = re.compile(
    r"role:(?P<role>[A-Z_]{1,40}):(?P<scope>[A-Z]{1,20}):(?P<number>0|[1-9]\d{0,17})", re.ASCII
)


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
    SETUP_TARGETS = "setup_targets"
    SETUP_ROLES = "setup_roles"
    SETUP_BLOCKS = "setup_blocks"
    SETUP_PARTNERSHIPS = "setup_partnerships"
    SETUP_SETTINGS = "setup_settings"
    SETUP_KINDS = "setup_kinds"
    SETUP_CALENDAR = "setup_calendar"
    SETUP_PERSON = "setup_person"
    REMOVE_BLOCK = "remove_block"
    REMOVE_PARTNERSHIP = "remove_partnership"


class Callback(StrEnum):
    """Which form was sent."""

    RETURN_FIGURE = "return_figure"
    RETURN_COMMENTARY = "return_commentary"
    ACKNOWLEDGE_NOTE = "acknowledge_note"
    BOARD_DATE = "board_date"
    TELLING = "telling"
    GIVE_ROLE = "give_role"
    END_ROLE = "end_role"
    SETUP_BLOCK = "setup_block"
    SETUP_PARTNERSHIP = "setup_partnership"
    SETUP_KIND = "setup_kind"
    SETUP_SETTING = "setup_setting"
    SETUP_DATES = "setup_dates"


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
    OPENS = "opens"
    DUE = "due"
    FOCUS = "focus"
    PERSON = "setup_person"
    STARTS = "starts"
    ENDS = "ends"
    CODE = "code"
    NAME = "name"
    POSITION = "position"
    IN_BLOCK = "in_block"
    SHARING = "sharing_agreed_on"
    LABEL = "label"
    FLAGS = "flags"
    ANNEX = "annex"
    VALUE = "value"


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


def pack_role(role: Role, scope: RoleScope, number: int = 0) -> str:
    """A place for a button's value: a role and what it is held over, 0 over nothing.

    `role:TARGET_LEAD:TARGET:12`, `role:CENTRAL_TEAM:NONE:0`.
    """
    return f"role:{role.value}:{scope.value}:{number}"


def unpack_role(value: str) -> tuple[Role, RoleScope, int] | None:
    """The role, its scope and the number it is held over in a button's value, or none."""
    found = _ROLE.fullmatch(value)
    if found is None or found["role"] not in set(Role) or found["scope"] not in set(RoleScope):
        return None
    scope, number = RoleScope(found["scope"]), int(found["number"])
    over_nothing = scope is RoleScope.NONE
    return (Role(found["role"]), scope, number) if over_nothing == (number == 0) else None
