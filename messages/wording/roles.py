"""What a role asks of whoever holds it, in a sentence or two."""

from typing import Final

from rules.vocabulary import Role

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
