"""The areas of set-up: what the menu offers, and who answers its buttons.

It owns this table.
"""

from collections.abc import Mapping
from typing import Final

from handlers.guard import Listener
from handlers.setup.blocks import on_blocks
from handlers.setup.dates import on_calendar
from handlers.setup.finding import on_setup_notes, on_setup_targets
from handlers.setup.kinds import on_kinds
from handlers.setup.partnerships import on_partnerships
from handlers.setup.roles import on_roles
from handlers.setup.settings import on_settings
from messages.ids import Action

AREAS: Final[Mapping[Action, Listener]] = {
    Action.SETUP_TARGETS: on_setup_targets,
    Action.SETUP_NOTES: on_setup_notes,
    Action.SETUP_ROLES: on_roles,
    Action.SETUP_BLOCKS: on_blocks,
    Action.SETUP_PARTNERSHIPS: on_partnerships,
    Action.SETUP_SETTINGS: on_settings,
    Action.SETUP_KINDS: on_kinds,
    Action.SETUP_CALENDAR: on_calendar,
}
"""The area a button of the menu opens, in the order of the menu."""


def offered() -> tuple[Action, ...]:
    """The areas the menu shows."""
    return tuple(AREAS)
