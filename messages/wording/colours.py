"""Statuses, directions and the other closed lists, in words with a mark of their own shape."""

from collections.abc import Iterable
from typing import Final

from messages.notices.common import KindCount
from messages.wording.amounts import joined
from rules.annex import AnnexSection
from rules.permissions import Capability
from rules.vocabulary import (
    ActionState,
    Direction,
    EscalationEvent,
    GrantExpectation,
    QuarterState,
    ReturnState,
    RiskRating,
    Role,
    Status,
    StatusBasis,
    StatusReason,
)

NONE: Final = "–"  # noqa: RUF001  # the mark for what carries no colour

STATUS: Final = {
    Status.RED: "● RED",
    Status.AMBER: "▲ AMBER",
    Status.GREEN: "■ GREEN",
    Status.UNCERTAIN: "? UNCERTAIN",
    Status.NO_DATA: f"{NONE} no data",
    Status.TARGET_TO_BE_SET: f"{NONE} to be set",
    Status.NOT_REQUIRED: f"{NONE} not required",
    Status.NOT_SUBMITTED: f"{NONE} not submitted",
}
KEY: Final = (
    f"● RED, ▲ AMBER, ■ GREEN, ? UNCERTAIN, {NONE} no colour; ▲ improving, ▬ steady, ▼ worsening"
)

COUNTED: Final = {
    Status.RED: "red",
    Status.AMBER: "amber",
    Status.GREEN: "green",
    Status.UNCERTAIN: "uncertain",
    Status.NO_DATA: "without data",
    Status.NOT_SUBMITTED: "not submitted",
    Status.TARGET_TO_BE_SET: "to be set",
    Status.NOT_REQUIRED: "not required",
}
DIRECTION: Final = {
    Direction.IMPROVING: "▲ improving",
    Direction.STEADY: "▬ steady",
    Direction.WORSENING: "▼ worsening",
    Direction.NOT_COMPARABLE: "not comparable with last time",
}
BASIS: Final = {
    StatusBasis.MEASURE: "",
    StatusBasis.PROXY: "measured by a proxy",
    StatusBasis.DELIVERY_PLAN: "judged by its delivery plan",
    StatusBasis.OVERRIDE: "set by judgement",
    StatusBasis.DATA_GAP: "red for want of data or milestones",
    StatusBasis.IMPORT: "",
}
RISK: Final = {RiskRating.LOW: "low", RiskRating.MEDIUM: "medium", RiskRating.HIGH: "high"}
ACTION: Final = {
    ActionState.OPEN: "not started",
    ActionState.IN_PROGRESS: "in progress",
    ActionState.DONE: "done",
    ActionState.DROPPED: "dropped",
}
GRANT: Final = {
    GrantExpectation.FULL: "Full grant expected",
    GrantExpectation.PARTIAL: "Part of the grant expected",
    GrantExpectation.NONE: "No grant expected",
    GrantExpectation.DOUBTFUL: "Doubtful",
    GrantExpectation.UNDER_DISCUSSION: "Under discussion",
    GrantExpectation.NOT_AVAILABLE: "Not yet known",
}
REASON: Final = {
    StatusReason.BASE_DATA_DOUBT: "The base data are in doubt",
    StatusReason.DEFINITION_DISPUTED: "The definition is disputed",
    StatusReason.NO_MILESTONE: "There is no milestone for this quarter",
    StatusReason.AWAITING_RELEASE: "The figure has not been released yet",
    StatusReason.NO_DATA_AND_NO_MILESTONE: "There is neither a figure nor a milestone",
    StatusReason.OTHER: "Another reason",
}
QUARTER_STATE: Final = {
    QuarterState.FUTURE: "not open yet",
    QuarterState.OPEN: "open for returns",
    QuarterState.CLOSED: "closed to returns",
    QuarterState.FROZEN: "frozen for the board",
    QuarterState.PUBLISHED: "published",
}
DATE_NAME: Final = {
    "opens": "Window opens",
    "reminder": "Reminder to those who still owe",
    "due": "Returns due",
    "close": "Window closes",
    "escalation_run": "Escalations go to their sponsors",
    "card_due": "Report cards due",
    "pack": "Digest published",
    "board": "Board meets",
}
RETURN_STATE: Final = {
    "reported": "reported",
    "missing": "not yet reported",
    "accepted": "accepted",
    "sent_back": "sent back",
    "drafts": "begun and not sent",
}
LIFE: Final = {
    ReturnState.NOT_STARTED: "not started",
    ReturnState.DRAFT: "a draft",
    ReturnState.SUBMITTED: "sent in",
    ReturnState.SENT_BACK: "sent back",
    ReturnState.ACCEPTED: "accepted",
    ReturnState.LOCKED: "locked",
    ReturnState.LAPSED: "not submitted",
}
EVENT: Final = {
    EscalationEvent.NEW: "new, a second red or amber quarter running",
    EscalationEvent.CONTINUING: "continuing",
    EscalationEvent.HELD: "still open; this quarter brought no colour",
    EscalationEvent.RESOLVED: "over, the target is green again",
    EscalationEvent.WITHDRAWN: "withdrawn, the records no longer call for it",
}
ROLE: Final = {
    Role.PSB_MEMBER: "a board member",
    Role.TARGET_LEAD: "the target's lead",
    Role.TARGET_SPONSOR: "the target's sponsor",
    Role.BLOCK_PERFORMANCE_LEAD: "the block's performance lead",
    Role.DELIVERY_GROUP: "the delivery group",
    Role.LIAISON_OFFICER: "the partnership's liaison officer",
    Role.LAA_MANAGER: "the LAA manager",
    Role.CENTRAL_TEAM: "the central team",
    Role.DISTRICT_COORDINATOR: "the district coordinator",
    Role.GO_CONTACT: "the Government Office contact",
}
SECTION: Final = {
    AnnexSection.RED: "Red",
    AnnexSection.AMBER_SIGNIFICANT_CONCERN: "Amber, of significant concern",
    AnnexSection.UNCERTAIN: "Uncertain",
    AnnexSection.GREEN_SIGNIFICANT_RISK: "Green, with a significant risk",
    AnnexSection.TARGET_TO_BE_SET: "Targets still to be set",
    AnnexSection.NOT_REQUIRED: "Not required this quarter",
    AnnexSection.NO_DATA: "Without data",
}
MAY: Final = {
    Capability.SEE_TODO: "see this list",
    Capability.SEE_STATUS: "see this target",
    Capability.SEE_DRAFTS: "see drafts",
    Capability.SUBMIT_RETURN: "report this target",
    Capability.LATE_RETURN: "let a late return in, or lock or reopen one",
    Capability.ACCEPT_RETURN: "accept this return or send it back",
    Capability.AGREE_BETTER_COLOUR: "agree a better colour",
    Capability.ADD_RISK: "add a risk to this target",
    Capability.CHANGE_RISK: "change this risk",
    Capability.CHANGE_ACTION: "change this action",
    Capability.RAISE_TO_SPONSOR: "raise this with the sponsor",
    Capability.ACKNOWLEDGE: "acknowledge this",
    Capability.WRITE_CARD: "write this report card",
    Capability.RECORD_STEP: "record this step",
    Capability.BLOCK_FOCUS: "write this block's focus",
    Capability.LIGHT_RETURNS: "report these counts",
    Capability.GRANT_EXPECTATION: "say what grant is expected",
    Capability.FOLLOW_QUARTER: "follow a quarter or send reminders",
    Capability.RUN_QUARTER: "open or pause a quarter, or set its dates",
    Capability.PARTNERSHIP_RECORD: "see this partnership's record",
    Capability.PREVIEW_DIGEST: "preview the digest",
    Capability.POST_DIGEST: "publish the digest",
    Capability.SET_UP: "change the set-up",
    Capability.EXPORT: "export this",
    Capability.ASK_QUESTION: "ask a question here",
    Capability.SEE_TO_SENDING: "see to messages that were not sent, or release them",
}
_APART: Final = (Status.TARGET_TO_BE_SET, Status.NOT_REQUIRED)
_TENS: Final = {1: "first", 2: "second", 3: "third", 4: "fourth", 5: "fifth", 6: "sixth"}


def plainly(status: Status) -> str:
    """A status inside a sentence: a colour keeps its mark, `not required` needs none."""
    return STATUS[status].removeprefix(f"{NONE} ")


def row(statuses: Iterable[Status | None]) -> str:
    """Statuses of quarters one after the other; a quarter without a return says so."""
    return ", ".join(STATUS[status] if status else f"{NONE} no return" for status in statuses)


def tally(count: KindCount) -> str:
    """`8 red (3 for want of data or milestones), 10 amber; 16 to be set`, noughts left out."""
    numbers = dict(count.counts)
    judged = [_counted(count, s) for s in COUNTED if s not in _APART and numbers.get(s)]
    apart = [_counted(count, s) for s in _APART if numbers.get(s)]
    return "; ".join(filter(None, (", ".join(judged), ", ".join(apart)))) or "none"


def uncoloured(counts: tuple[tuple[Status, int], ...]) -> int:
    """How many carry neither a colour nor the mark of doubt."""
    named = {Status.RED, Status.AMBER, Status.GREEN, Status.UNCERTAIN}
    return sum(number for status, number in counts if status not in named)


def ordinal(streak: int) -> str:
    """`second`, `third` … and `11th` from the seventh on."""
    ending = (
        "th" if streak % 100 in {11, 12, 13} else {1: "st", 2: "nd", 3: "rd"}.get(streak % 10, "th")
    )
    return _TENS.get(streak, f"{streak}{ending}")


def who(roles: tuple[str, ...]) -> str:
    """Roles in words: `the target's lead or the central team`."""
    named = [ROLE[Role(role)] for role in roles if role in set(Role)]
    return joined(named, "or")


def _counted(count: KindCount, status: Status) -> str:
    words = f"{dict(count.counts)[status]} {COUNTED[status]}"
    if status is Status.RED and count.red_for_want_of_data:
        return f"{words} ({count.red_for_want_of_data} for want of data or milestones)"
    return words
