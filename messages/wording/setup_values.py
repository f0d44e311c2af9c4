"""The closed lists of set-up in words: how measures count, states, kinds of notes, gaps."""

from collections.abc import Iterable
from decimal import Decimal
from typing import Final

from messages.wording.amounts import joined, number
from rules.setup_invariants import Missing
from rules.vocabulary import (
    Accumulation,
    Frequency,
    NoteKind,
    Polarity,
    Role,
    TargetState,
    ToleranceMode,
)

POLARITY: Final = {
    Polarity.HIGHER: "Higher is better",
    Polarity.LOWER: "Lower is better",
    Polarity.RANGE: "Inside a range is best",
}
ACCUMULATION: Final = {
    Accumulation.POINT_IN_TIME: "As it stands at the end of the quarter",
    Accumulation.CUMULATIVE_YTD: "All of the year so far",
    Accumulation.ROLLING_YEAR: "The last twelve months",
}
FREQUENCY: Final = {
    Frequency.QUARTERLY: "Every quarter",
    Frequency.BIANNUAL: "Twice a year",
    Frequency.ANNUAL: "Once a year",
    Frequency.BIENNIAL: "Every second year",
    Frequency.SURVEY: "By survey",
}
TOLERANCE_MODE: Final = {
    ToleranceMode.PERCENT: "Per cent of the milestone",
    ToleranceMode.ABSOLUTE: "In the unit of the measure",
}
TOLERANCE_IN: Final = {
    ToleranceMode.PERCENT: "in per cent of it",
    ToleranceMode.ABSOLUTE: "in the measure's unit",
}
TARGET_STATE: Final = {
    TargetState.DRAFT: "Draft",
    TargetState.TO_BE_SET: "To be set",
    TargetState.AGREED: "Agreed",
    TargetState.CLOSED: "Closed",
}
SMART: Final = {
    "specific": "Specific",
    "measurable": "Measurable",
    "achievable": "Achievable",
    "relevant": "Relevant",
    "time_bound": "Time-bound",
}
CONFIRMED: Final = {
    Missing.SPECIFIC: "specific",
    Missing.MEASURABLE: "measurable",
    Missing.ACHIEVABLE: "achievable",
    Missing.RELEVANT: "relevant",
    Missing.TIME_BOUND: "time-bound",
}
MISSING: Final = {
    Missing.UNIT: "a unit (under Measure)",
    Missing.BASELINE_VALUE: "a baseline",
    Missing.BASELINE_ON: "the day of the baseline",
    Missing.END_VALUE: "an end value",
    Missing.END_ON: "the day of the end value",
}
NOTE_KIND: Final = {
    NoteKind.INSPECTION: "Inspection",
    NoteKind.SURVEY: "Survey",
    NoteKind.EVIDENCE: "Evidence",
    NoteKind.WORKSHOP: "Review workshop",
    NoteKind.FUND: "A fund's own monitoring",
    NoteKind.OTHER: "Other",
}
ROLE_HELD: Final = {
    Role.PSB_MEMBER: "board member",
    Role.TARGET_LEAD: "lead",
    Role.TARGET_SPONSOR: "sponsor",
    Role.BLOCK_PERFORMANCE_LEAD: "performance lead",
    Role.DELIVERY_GROUP: "member of the delivery group",
    Role.LIAISON_OFFICER: "liaison officer",
    Role.LAA_MANAGER: "LAA manager",
    Role.CENTRAL_TEAM: "member of the central team",
    Role.DISTRICT_COORDINATOR: "district coordinator",
    Role.GO_CONTACT: "contact of the Government Office",
}


def lacking(missing: Iterable[Missing]) -> str:
    """What a target lacks: `a unit, an end value and confirmation that it is relevant`."""
    found = tuple(missing)
    confirmed = joined([CONFIRMED[one] for one in found if one in CONFIRMED])
    others = [MISSING[one] for one in found if one in MISSING]
    return joined([*others, *([f"confirmation that it is {confirmed}"] if confirmed else [])])


def digits(value: Decimal | None) -> str:
    """A figure with the decimals it was given with, nothing where there is none."""
    if value is None:
        return ""
    exponent = value.normalize().as_tuple().exponent
    return number(value, max(0, -exponent) if isinstance(exponent, int) else 0)
