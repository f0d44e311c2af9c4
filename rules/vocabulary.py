"""The words of the field as enumerations (specification §1).

It owns the closed lists of the domain. It must not hold target kinds, which are data
(`rules/kinds.py`), nor any label a person reads: wording belongs to the messages room.
"""

from enum import StrEnum


class TargetState(StrEnum):
    """Where a target stands in its own life."""

    DRAFT = "DRAFT"
    TO_BE_SET = "TO_BE_SET"
    AGREED = "AGREED"
    CLOSED = "CLOSED"


class Polarity(StrEnum):
    """Which way is better: more, less, or inside a range."""

    HIGHER = "HIGHER"
    LOWER = "LOWER"
    RANGE = "RANGE"


class Frequency(StrEnum):
    """How often a measure comes out. A label only: the list of due quarters decides."""

    QUARTERLY = "QUARTERLY"
    BIANNUAL = "BIANNUAL"
    ANNUAL = "ANNUAL"
    BIENNIAL = "BIENNIAL"
    SURVEY = "SURVEY"


class Accumulation(StrEnum):
    """What a figure counts: a point, the year to date, or the last twelve months."""

    POINT_IN_TIME = "POINT_IN_TIME"
    CUMULATIVE_YTD = "CUMULATIVE_YTD"
    ROLLING_YEAR = "ROLLING_YEAR"


class ToleranceMode(StrEnum):
    """Whether tolerances are per cent of the profile or in the measure's own unit."""

    PERCENT = "PERCENT"
    ABSOLUTE = "ABSOLUTE"


class Status(StrEnum):
    """The status of a target in a quarter: three colours and five non-colours."""

    RED = "RED"
    AMBER = "AMBER"
    GREEN = "GREEN"
    UNCERTAIN = "UNCERTAIN"
    NO_DATA = "NO_DATA"
    TARGET_TO_BE_SET = "TARGET_TO_BE_SET"
    NOT_REQUIRED = "NOT_REQUIRED"
    NOT_SUBMITTED = "NOT_SUBMITTED"

    @property
    def is_colour(self) -> bool:
        """Whether it is red, amber or green."""
        return self in {Status.RED, Status.AMBER, Status.GREEN}

    @property
    def is_poor(self) -> bool:
        """Whether it is red or amber."""
        return self in {Status.RED, Status.AMBER}


class StatusBasis(StrEnum):
    """What a status rests on."""

    MEASURE = "MEASURE"
    PROXY = "PROXY"
    DELIVERY_PLAN = "DELIVERY_PLAN"
    OVERRIDE = "OVERRIDE"
    DATA_GAP = "DATA_GAP"
    IMPORT = "IMPORT"


class StatusReason(StrEnum):
    """Why a return carries no colour."""

    BASE_DATA_DOUBT = "BASE_DATA_DOUBT"
    DEFINITION_DISPUTED = "DEFINITION_DISPUTED"
    NO_MILESTONE = "NO_MILESTONE"
    AWAITING_RELEASE = "AWAITING_RELEASE"
    NO_DATA_AND_NO_MILESTONE = "NO_DATA_AND_NO_MILESTONE"
    OTHER = "OTHER"


class ReturnState(StrEnum):
    """The life of a return."""

    NOT_STARTED = "NOT_STARTED"
    DRAFT = "DRAFT"
    SUBMITTED = "SUBMITTED"
    SENT_BACK = "SENT_BACK"
    ACCEPTED = "ACCEPTED"
    LOCKED = "LOCKED"
    LAPSED = "LAPSED"


class QuarterState(StrEnum):
    """The life of a quarter's cycle."""

    FUTURE = "FUTURE"
    OPEN = "OPEN"
    CLOSED = "CLOSED"
    FROZEN = "FROZEN"
    PUBLISHED = "PUBLISHED"


class Direction(StrEnum):
    """Direction of travel, in the sense of the target's polarity."""

    IMPROVING = "IMPROVING"
    STEADY = "STEADY"
    WORSENING = "WORSENING"
    NOT_COMPARABLE = "NOT_COMPARABLE"


class EscalationEvent(StrEnum):
    """What a quarter's run did to a target's escalation."""

    NONE = "NONE"
    NEW = "NEW"
    CONTINUING = "CONTINUING"
    HELD = "HELD"
    RESOLVED = "RESOLVED"
    WITHDRAWN = "WITHDRAWN"

    @property
    def asks_sponsor(self) -> bool:
        """Whether the sponsor must acknowledge in this quarter."""
        return self in {EscalationEvent.NEW, EscalationEvent.CONTINUING}


class EscalationState(StrEnum):
    """The life of an escalation."""

    AWAITING_ACK = "AWAITING_ACK"
    ACKNOWLEDGED = "ACKNOWLEDGED"
    RESOLVED = "RESOLVED"
    WITHDRAWN = "WITHDRAWN"


class ActionState(StrEnum):
    """The life of an action. Overdue is derived, never kept."""

    OPEN = "OPEN"
    IN_PROGRESS = "IN_PROGRESS"
    DONE = "DONE"
    DROPPED = "DROPPED"


class ProposalState(StrEnum):
    """The life of a colour proposed in place of the computed one (specification §4).

    A worse colour is taken at once; a better one waits for the central team. A later version
    of the return overtakes what still waits.
    """

    TAKEN = "TAKEN"
    WAITING = "WAITING"
    AGREED = "AGREED"
    DECLINED = "DECLINED"
    OVERTAKEN = "OVERTAKEN"


class NoteKind(StrEnum):
    """What a dated note about a target or a partnership is of."""

    INSPECTION = "INSPECTION"
    SURVEY = "SURVEY"
    EVIDENCE = "EVIDENCE"
    WORKSHOP = "WORKSHOP"
    FUND = "FUND"
    OTHER = "OTHER"


class GrantExpectation(StrEnum):
    """How much of a target's reward grant its lead expects."""

    FULL = "FULL"
    PARTIAL = "PARTIAL"
    NONE = "NONE"
    DOUBTFUL = "DOUBTFUL"
    UNDER_DISCUSSION = "UNDER_DISCUSSION"
    NOT_AVAILABLE = "NOT_AVAILABLE"


class Light(StrEnum):
    """The light of a partnership's indicators."""

    GREEN = "GREEN"
    AMBER = "AMBER"
    RED = "RED"
    NO_RETURN = "NO_RETURN"
    NOT_APPLICABLE = "NOT_APPLICABLE"


class RiskRating(StrEnum):
    """A risk's rating from likelihood times impact."""

    LOW = "LOW"
    MEDIUM = "MEDIUM"
    HIGH = "HIGH"


class Role(StrEnum):
    """What a person is in the partnership."""

    PSB_MEMBER = "PSB_MEMBER"
    TARGET_LEAD = "TARGET_LEAD"
    TARGET_SPONSOR = "TARGET_SPONSOR"
    BLOCK_PERFORMANCE_LEAD = "BLOCK_PERFORMANCE_LEAD"
    DELIVERY_GROUP = "DELIVERY_GROUP"
    LIAISON_OFFICER = "LIAISON_OFFICER"
    LAA_MANAGER = "LAA_MANAGER"
    CENTRAL_TEAM = "CENTRAL_TEAM"
    DISTRICT_COORDINATOR = "DISTRICT_COORDINATOR"
    GO_CONTACT = "GO_CONTACT"


class RoleScope(StrEnum):
    """What a role is held over."""

    NONE = "NONE"
    BLOCK = "BLOCK"
    PARTNERSHIP = "PARTNERSHIP"
    TARGET = "TARGET"
