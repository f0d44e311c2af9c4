"""The areas of set-up in words."""

from typing import Final

from messages.ids import Action

AREA: Final = {
    Action.SETUP_TARGETS: "Targets",
    Action.SETUP_ROLES: "People and roles",
    Action.SETUP_BLOCKS: "Blocks",
    Action.SETUP_PARTNERSHIPS: "Partnerships",
    Action.SETUP_SETTINGS: "Thresholds and settings",
    Action.SETUP_KINDS: "Kinds of target",
    Action.SETUP_CALENDAR: "Dates",
}
AREA_HOLDS: Final = {
    Action.SETUP_TARGETS: (
        "Their words, measure, state and owners; milestones, proxies, links and notes."
    ),
    Action.SETUP_ROLES: "Who leads, sponsors and looks after what, and from when.",
    Action.SETUP_BLOCKS: "The groups targets are reported in.",
    Action.SETUP_PARTNERSHIPS: "Who owns targets, and whether data sharing is agreed.",
    Action.SETUP_SETTINGS: "Limits of lights, risks and grant, and how days are counted.",
    Action.SETUP_KINDS: "Which targets are asked for, escalate or carry grant.",
    Action.SETUP_CALENDAR: "When a quarter opens, is due and goes to the board.",
}
