"""The forms: which columns each has, what tells its rows apart, and where they are kept.

A table of contents. It owns no reading, no check and no query.
"""

import re
from dataclasses import dataclass, field
from decimal import Decimal

from sqlmodel import SQLModel

from rules.vocabulary import (
    Accumulation,
    ActionState,
    Frequency,
    NoteKind,
    Polarity,
    Role,
    TargetState,
    ToleranceMode,
)
from store.importing.registers import columns as c
from store.importing.registers.columns import Column
from store.importing.registers.special import financial_year, lists, numbers
from store.tables import (
    ActionRow,
    Block,
    BlockFocusRow,
    GrantPotential,
    KindRow,
    LightResult,
    Milestone,
    Note,
    Partnership,
    Person,
    ProxyMeasure,
    ProxyMilestone,
    QuarterRow,
    RiskRow,
    RoleAssignment,
    SpendLine,
    Target,
)

MOST_COUNTED = 1_000_000
MOST_POUNDS = 2_000_000_000
MOST_NI_NUMBER = 9_999


@dataclass(frozen=True, slots=True)
class Form:
    """A form. `key` are the columns that tell its rows apart; `one` and `many` name a row.

    `again` counts rows that are otherwise the same: empty for the first, 2 for the second.
    `also` are names a file or sheet may have beside the form's own.
    """

    name: str
    one: str
    many: str
    table: type[SQLModel]
    key: tuple[str, ...]
    columns: tuple[Column, ...]
    again: bool = False
    also: tuple[str, ...] = field(default=())

    @property
    def needed(self) -> tuple[str, ...]:
        """The columns that must stand."""
        return tuple(column.name for column in self.columns if column.needed)

    @property
    def by_name(self) -> dict[str, Column]:
        """The columns by name."""
        return {column.name: column for column in self.columns}

    def is_called(self, title: str) -> bool:
        """Whether a file or sheet of this name is of this form."""
        plain = re.sub(r"[\s\-]+", "_", title.casefold().strip())
        return any(re.fullmatch(rf"(.*_)?{name}(_.*)?", plain) for name in (self.name, *self.also))


_AGAIN = c.whole("again", 99, least=2)
_TARGET = c.reference("target", "target", "target_id", needed=True)
_PROFILE = (c.measured("profile"), c.measured("low"), c.measured("high"))
_TOLERANCES = (
    c.figure("green_tolerance", empty=Decimal(0)),
    c.figure("amber_tolerance", empty=Decimal(10)),
    c.word("tolerance_mode", ToleranceMode, empty=ToleranceMode.PERCENT),
)

KINDS = Form(
    "kinds",
    "kind of target",
    "kinds of target",
    KindRow,
    ("code",),
    (
        c.text("code", 40, needed=True),
        c.text("label", 100, needed=True),
        *(
            c.yes(flag)
            for flag in ("collected", "escalates", "carries_grant", "light_only", "agreed_first")
        ),
        c.whole("annex", 99),
    ),
)
BLOCKS = Form(
    "blocks",
    "block",
    "blocks",
    Block,
    ("code",),
    (
        c.text("code", 40, needed=True),
        c.text("name", 300, needed=True),
        c.whole("position", 999, empty=0),
    ),
)
PARTNERSHIPS = Form(
    "partnerships",
    "partnership",
    "partnerships",
    Partnership,
    ("code",),
    (
        c.text("code", 60, needed=True),
        c.text("name", 300, needed=True),
        c.reference("block", "block", "block_id"),
        c.day("data_sharing_agreed_on"),
    ),
)
PEOPLE = Form(
    "people",
    "person",
    "people",
    Person,
    ("slack_user_id",),
    (
        c.text("slack_user_id", 40, needed=True),
        c.text("label", 300, needed=True),
        c.text("zone", 60),
        c.yes("active", empty=True),
        c.clock("day_starts"),
        c.clock("day_ends"),
    ),
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
ROLES = Form(
    "roles",
    "role",
    "roles",
    RoleAssignment,
    ("person", "role", "block", "partnership", "target", "starts"),
    (
        c.reference("person", "person", "person_id", needed=True),
        c.word("role", Role, needed=True),
        c.reference("block", "block", "block_id"),
        c.reference("partnership", "partnership", "partnership_id"),
        c.reference("target", "target", "target_id"),
        c.day("starts", needed=True),
        c.day("ends"),
    ),
)
MILESTONES = Form(
    "milestones",
    "milestone",
    "milestones",
    Milestone,
    ("target", "quarter"),
    (_TARGET, c.quarter("quarter", needed=True), *_PROFILE, c.text("note")),
)
PROXIES = Form(
    "proxies",
    "proxy",
    "proxies",
    ProxyMeasure,
    ("target", "title"),
    (
        _TARGET,
        c.text("title", 300, needed=True),
        _AGAIN,
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
        _AGAIN,
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
        _TARGET,
        c.whole("potential_gbp", MOST_POUNDS, needed=True),
        c.measured("value_without_stretch"),
        c.measured("value_with_stretch"),
    ),
)
FOCUS = Form(
    "block_focus",
    "block in focus",
    "blocks in focus",
    BlockFocusRow,
    ("quarter",),
    (c.quarter("quarter", needed=True), c.reference("block", "block", "block_id", needed=True)),
)
CALENDAR = Form(
    "calendar",
    "quarter's dates",
    "quarters' dates",
    QuarterRow,
    ("quarter",),
    (
        c.quarter("quarter", needed=True, attribute="label"),
        c.day("opens"),
        c.day("due"),
        c.day("board"),
        c.yes("board_confirmed"),
    ),
)
ACTIONS = Form(
    "actions",
    "action",
    "actions",
    ActionRow,
    ("target", "text"),
    (
        _TARGET,
        c.text("text", needed=True),
        _AGAIN,
        c.text("owner", 300, needed=True),
        c.day("due_on", needed=True),
        c.word("state", ActionState, empty=ActionState.OPEN),
        c.quarter("raised_in"),
        c.text("update_note"),
        c.quarter("updated_in"),
        lists("districts"),
    ),
    again=True,
)
RISKS = Form(
    "risks",
    "risk",
    "risks",
    RiskRow,
    ("target", "text"),
    (
        _TARGET,
        c.text("text", needed=True),
        _AGAIN,
        c.whole("likelihood", 5, needed=True, least=1),
        c.whole("impact", 5, needed=True, least=1),
        c.text("mitigation"),
        c.text("owner", 300),
        c.day("review_on"),
        c.yes("open", empty=True),
    ),
    again=True,
)
LIGHTS = Form(
    "light_results",
    "partnership's result",
    "partnerships' results",
    LightResult,
    ("partnership", "kind", "quarter"),
    (
        c.reference("partnership", "partnership", "partnership_id", needed=True),
        c.reference("kind", "kind", needed=True),
        c.quarter("quarter", needed=True),
        *(
            c.whole(count, MOST_COUNTED, needed=True)
            for count in ("managed", "due", "returned", "on_target")
        ),
    ),
    also=("ni_results", "ni_counts", "2030_results", "results_2030"),
)
SPEND = Form(
    "spend",
    "block's spend",
    "blocks' spend",
    SpendLine,
    ("block", "year", "half"),
    (
        c.reference("block", "block", "block_id", needed=True),
        financial_year("year"),
        c.whole("half", 2, needed=True, least=1),
        c.figure("planned", unit="£"),
        c.figure("actual", unit="£"),
    ),
)
NOTES = Form(
    "notes",
    "note",
    "notes",
    Note,
    ("target", "partnership", "kind", "on_day", "text"),
    (
        c.reference("target", "target", "target_id"),
        c.reference("partnership", "partnership", "partnership_id"),
        c.word("kind", NoteKind, needed=True),
        c.day("on_day", needed=True),
        c.text("text", needed=True),
        _AGAIN,
        c.text("link"),
    ),
    again=True,
)

FORMS: tuple[Form, ...] = (
    KINDS,
    BLOCKS,
    PARTNERSHIPS,
    PEOPLE,
    TARGETS,
    ROLES,
    MILESTONES,
    PROXIES,
    PROXY_MILESTONES,
    GRANTS,
    FOCUS,
    CALENDAR,
    ACTIONS,
    RISKS,
    LIGHTS,
    SPEND,
    NOTES,
)
"""In the order in which they are kept: what is referred to comes first."""

BY_NAME = {form.name: form for form in FORMS}


def form_called(title: str) -> Form | None:
    """The form that a file's or sheet's name says, the longest name that fits; or none."""
    fits = [form for form in FORMS if form.is_called(title)]
    return max(fits, key=lambda form: len(form.name), default=None)
