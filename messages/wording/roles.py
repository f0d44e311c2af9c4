"""Roles in words: what each is called over what, and what it asks of whoever holds it."""

from typing import Final

from messages.wording.colours import ROLE
from rules.vocabulary import Role, RoleScope

ASKS: Final = {
    Role.TARGET_LEAD: "Each quarter you are asked how the target stands, in one message.",
    Role.TARGET_SPONSOR: (
        "You hear from me when the target is red or amber for a second quarter, and are asked to "
        "acknowledge that."
    ),
    Role.BLOCK_PERFORMANCE_LEAD: (
        "You answer for the block's targets that have no lead, and hear of returns that are late."
    ),
    Role.DELIVERY_GROUP: "You can add risks and actions to the target, and raise what is stuck.",
    Role.LIAISON_OFFICER: "Leads of the partnership's targets are sent to you when they need help.",
    Role.LAA_MANAGER: "You follow every quarter, and hear of what is not acknowledged.",
    Role.CENTRAL_TEAM: "You run the quarter and see to the set-up. Type help to see how.",
    Role.PSB_MEMBER: "You can see every target and ask questions about the digest.",
    Role.DISTRICT_COORDINATOR: "You see what districts have promised, and keep their actions.",
    Role.GO_CONTACT: "You are given the reports for the Government Office.",
}
TITLE: Final = {
    (Role.TARGET_LEAD, RoleScope.TARGET): "Lead",
    (Role.TARGET_SPONSOR, RoleScope.TARGET): "Sponsor",
    (Role.DELIVERY_GROUP, RoleScope.TARGET): "Delivery group",
    (Role.BLOCK_PERFORMANCE_LEAD, RoleScope.BLOCK): "Performance lead",
    (Role.LIAISON_OFFICER, RoleScope.PARTNERSHIP): "Liaison officer",
    (Role.TARGET_SPONSOR, RoleScope.PARTNERSHIP): "Members who can sponsor its targets",
    (Role.CENTRAL_TEAM, RoleScope.NONE): "Central team",
    (Role.LAA_MANAGER, RoleScope.NONE): "LAA manager",
    (Role.PSB_MEMBER, RoleScope.NONE): "Board members",
    (Role.DISTRICT_COORDINATOR, RoleScope.NONE): "District coordinators",
    (Role.GO_CONTACT, RoleScope.NONE): "Government Office contacts",
}


MEMBER: Final = (Role.TARGET_SPONSOR, RoleScope.PARTNERSHIP)


def held(role: Role, scope: RoleScope) -> str:
    """What somebody is who holds it, in a sentence."""
    if (role, scope) == MEMBER:
        return "a member of the partnership who can sponsor its targets"
    return ROLE[role]


def asks(role: Role, scope: RoleScope) -> str:
    """What it asks of them, in sentences."""
    if (role, scope) == MEMBER:
        return "The central team can name you as sponsor of one of its targets."
    return ASKS[role]


def title(role: Role, scope: RoleScope) -> str:
    """What a role is called over something, at the head of a line."""
    return TITLE.get((role, scope), "Role")
