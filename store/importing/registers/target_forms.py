"""The forms of targets: their facts, what is expected of them when, proxies and grants."""

from decimal import Decimal

from rules.vocabulary import (
    Accumulation,
    Frequency,
    Polarity,
    TargetState,
    ToleranceMode,
)
from store.importing.registers import columns as c
from store.importing.registers.form import AGAIN, TARGET, Form
from store.importing.registers.special import lists, numbers
from store.tables import (
    GrantPotential,
    Milestone,
    ProxyMeasure,
    ProxyMilestone,
    Target,
)

MOST_POUNDS = 2_000_000_000
MOST_NI_NUMBER = 9_999
_PROFILE = (c.measured("profile"), c.measured("low"), c.measured("high"))
_TOLERANCES = (
    c.figure("green_tolerance", empty=Decimal(0)),
    c.figure("amber_tolerance", empty=Decimal(10)),
    c.word("tolerance_mode", ToleranceMode, empty=ToleranceMode.PERCENT),
)
TARGETS = Form(
    "target_facts",
    "target",
    "targets",
    Target,
    ("ref",),
    (
        c.text("ref", 40, needed=True),
        c.reference("kind", "kind", needed=True),
        c.whole("ni_number", MOST_NI_NUMBER),
        c.text("title", needed=True),
        c.text("outcome"),
        c.text("definition"),
        c.reference("block", "block", "block_id", needed=True),
        c.reference("partnership", "partnership", "partnership_id", needed=True),
        c.word("state", TargetState, needed=True),
        c.word("polarity", Polarity, empty=Polarity.HIGHER),
        c.text("unit", 60),
        c.whole("decimals", 6, empty=0),
        c.word("accumulation", Accumulation, empty=Accumulation.POINT_IN_TIME),
        c.word("frequency", Frequency, empty=Frequency.QUARTERLY),
        numbers("due_quarters"),
        *_TOLERANCES,
        c.yes("plan_basis"),
        c.yes("action_plan_in_place"),
        c.day("expected_set_by"),
        c.text("set_reason"),
        c.yes("restricted"),
        c.yes("illustrative"),
        c.quarter("active_from"),
        c.quarter("active_to"),
        c.text("pledge"),
        c.text("strategic_objective"),
        c.text("related_psa"),
        *(
            c.yes(flag)
            for flag in ("specific", "measurable", "achievable", "relevant", "time_bound")
        ),
        c.measured("baseline_value"),
        c.day("baseline_on"),
        c.measured("end_value"),
        c.day("end_on"),
        c.measured("benchmark_value"),
        c.text("benchmark_source"),
        c.text("affected_groups"),
        c.text("fund_note"),
        lists("linked_targets", "target"),
    ),
)
MILESTONES = Form(
    "milestones",
    "milestone",
    "milestones",
    Milestone,
    ("target", "quarter"),
    (TARGET, c.quarter("quarter", needed=True), *_PROFILE, c.text("note")),
)
PROXIES = Form(
    "proxies",
    "proxy",
    "proxies",
    ProxyMeasure,
    ("target", "title"),
    (
        TARGET,
        c.text("title", 300, needed=True),
        AGAIN,
        c.word("polarity", Polarity, empty=Polarity.HIGHER),
        c.text("unit", 60),
        c.whole("decimals", 6, empty=0),
        *_TOLERANCES,
        c.yes("active", empty=True),
    ),
    again=True,
)
PROXY_MILESTONES = Form(
    "proxy_milestones",
    "milestone of a proxy",
    "milestones of proxies",
    ProxyMilestone,
    ("target", "proxy", "quarter"),
    (
        c.reference("target", "target", needed=True),
        c.text("proxy", 300, needed=True),
        AGAIN,
        c.quarter("quarter", needed=True),
        *_PROFILE,
    ),
    again=True,
)
GRANTS = Form(
    "grants",
    "grant",
    "grants",
    GrantPotential,
    ("target",),
    (
        TARGET,
        c.whole("potential_gbp", MOST_POUNDS, needed=True),
        c.measured("value_without_stretch"),
        c.measured("value_with_stretch"),
    ),
)
