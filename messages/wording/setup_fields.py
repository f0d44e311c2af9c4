"""The fields of set-up forms in words: titles, introductions, labels, hints, choices.

It owns one phrase for each. A key `kind.field` goes before the field's own.
"""

from collections.abc import Mapping
from typing import Any, Final

from messages.wording import setup_values as values
from rules.setup_forms import FormKind

TITLE: Final = {
    FormKind.WORDS: "Words",
    FormKind.MEASURE: "Measure",
    FormKind.SMART: "Agreement",
    FormKind.BELONGING: "Belonging",
    FormKind.CLOSING: "Close this target",
    FormKind.CREATION: "A new target",
    FormKind.MILESTONES: "Milestones",
    FormKind.PROXY: "Proxy",
    FormKind.PROXY_MILESTONES: "Milestones of the proxy",
    FormKind.LINKS: "Linked targets",
    FormKind.NOTE: "Note",
    FormKind.PARTNERSHIP_NOTE: "Note",
}
SEND: Final = {
    FormKind.CLOSING: "Close this target",
    FormKind.CREATION: "Make this target",
    FormKind.NOTE: "Save this note",
    FormKind.PARTNERSHIP_NOTE: "Save this note",
}
SEND_OTHERWISE: Final = "Save these changes"
ABOUT: Final = {
    FormKind.MEASURE: (
        "What is changed here counts for returns sent from now on. What was sent keeps the "
        "criteria it was judged by."
    ),
    FormKind.SMART: (
        "To be agreed a target needs all five confirmations, a unit, a baseline and an end. To be "
        "set it needs a reason and an expected day."
    ),
    FormKind.CLOSING: (
        "Nobody is asked for it any more. What was reported stays. It can be opened again by "
        "giving it another state."
    ),
    FormKind.CREATION: "It begins as a draft: nobody is asked for it before it is agreed.",
    FormKind.MILESTONES: (
        "What is expected by the end of each quarter. An empty box is no milestone; without one a "
        "figure gets no colour. Quarters whose records are locked are not shown."
    ),
    FormKind.PROXY: (
        "It is asked for in the quarters in which the target itself is not due. A target has one "
        "at most."
    ),
    FormKind.PROXY_MILESTONES: (
        "What the proxy is expected to show by the end of each quarter. An empty box is no "
        "milestone."
    ),
    FormKind.LINKS: "Targets that bear on this one. The link shows with both.",
}
LABEL: Final = {
    "ref": "Reference",
    "title": "Title",
    "proxy.title": "What is measured",
    "outcome": "Outcome",
    "definition": "What counts",
    "affected_groups": "Groups affected",
    "pledge": "Pledge",
    "strategic_objective": "Strategic objective",
    "related_psa": "Related national target",
    "fund_note": "Monitoring by funds",
    "kind": "Kind",
    "note.kind": "What it is of",
    "partnership_note.kind": "What it is of",
    "block": "Block",
    "partnership": "Partnership",
    "polarity": "Which way is better",
    "unit": "Unit",
    "decimals": "Decimals shown",
    "accumulation": "What a figure counts",
    "frequency": "How often it comes out",
    "due": "Due in",
    "mode": "Tolerances are",
    "green": "Green up to this far short",
    "amber": "Amber up to this far short",
    "plan_basis": "Without a figure",
    "state": "State",
    "smart": "Confirmed to be",
    "baseline_value": "Baseline",
    "baseline_on": "Day of the baseline",
    "end_value": "End value",
    "range_low": "At the end, not below",
    "range_high": "At the end, not above",
    "end_on": "Day of the end value",
    "set_reason": "Why it is still to be set",
    "closing.set_reason": "Why it is closed",
    "expected_set_by": "Expected to be set by",
    "benchmark_value": "Benchmark",
    "benchmark_source": "Where the benchmark comes from",
    "ni_number": "Number of the national indicator",
    "active_from": "First quarter reported",
    "active_to": "Last quarter reported",
    "action_plan_in_place": "Action plan",
    "restricted": "Data sharing",
    "retired": "No longer used",
    "links": "Linked to",
    "on_day": "Day",
    "text": "What it says",
    "link": "Link to more",
    "removed": "Remove this note",
}
HINT: Final = {
    "ref": "One word, such as LAA1-03 or LAA2-NI154. It cannot be changed later.",
    "outcome": "What is better for people. The board reads it above the figure.",
    "definition": "What is in the figure and what is not. The lead sees it beside the request.",
    "affected_groups": "Whom it touches more than others.",
    "fund_note": "What a fund asks for of its own, such as monthly figures.",
    "unit": "Such as homes, % or £.",
    "decimals": "From 0 to 6.",
    "green": "0 makes every figure short of its milestone amber or red.",
    "baseline_value": "Where it started.",
    "set_reason": "For a target that is to be set.",
    "closing.set_reason": "Kept with the target and in the audit.",
    "expected_set_by": "For a target that is to be set.",
    "benchmark_source": "Needed with a benchmark.",
    "active_from": "Such as 2008/09 Q2. Empty is from the start.",
    "active_to": "Such as 2010/11 Q4. Empty is without an end.",
    "closing.active_to": "Such as 2008/09 Q4.",
    "link": "A web address, if there is one.",
}
TICK: Final = {
    "plan_basis": "Judge it by its delivery plan",
    "action_plan_in_place": "An action plan is in place",
    "restricted": "Show its figures inside its partnership only",
    "retired": "Another proxy from now on, or none",
    "removed": "Take this note away",
}
CHOICES: Final[dict[str, Mapping[Any, str]]] = {
    "polarity": values.POLARITY,
    "accumulation": values.ACCUMULATION,
    "frequency": values.FREQUENCY,
    "mode": values.TOLERANCE_MODE,
    "state": values.TARGET_STATE,
    "note.kind": values.NOTE_KIND,
    "partnership_note.kind": values.NOTE_KIND,
    "smart": values.SMART,
    "due": {
        "1": "April to June",
        "2": "July to September",
        "3": "October to December",
        "4": "January to March",
    },
}


def said(table: Mapping[str, str], kind: FormKind, field: str) -> str:
    """The phrase for a field of a form, or nothing."""
    return table.get(f"{kind}.{field}") or table.get(field, "")


def choices(kind: FormKind, field: str) -> Mapping[str, str]:
    """The values of a closed list with their words, or none."""
    found = CHOICES.get(f"{kind}.{field}") or CHOICES.get(field, {})
    return {str(value): words for value, words in found.items()}


LONGEST_UNIT: Final = 100
"""Characters of a unit that a label still takes."""
