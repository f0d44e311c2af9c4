"""A target as the central team sets it up: its values, and the parts its forms show.

It owns this shape. It must not judge it: `rules/setup_invariants.py` does. What the records
offer (kinds, blocks, partnerships) is checked by whoever has them.
"""

from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Final

from rules.due_returns import due_quarters_of
from rules.quarters import Quarter
from rules.setup_fields import Field, FieldKind, Values, written
from rules.vocabulary import Accumulation, Frequency, Polarity, TargetState, ToleranceMode

SMART: Final = ("specific", "measurable", "achievable", "relevant", "time_bound")


class Part(StrEnum):
    """A form's part of a target."""

    WORDS = "words"
    MEASURE = "measure"
    SMART = "smart"
    BELONGING = "belonging"
    CLOSING = "closing"
    CREATION = "creation"


@dataclass(frozen=True, slots=True)
class TargetPlan:
    """Everything of a target that can be set. `block` and `partnership` are numbers as text.

    `due` are the quarters of a year it is due in, and `smart` which of the five were confirmed.
    """

    ref: str
    kind: str
    block: str
    partnership: str
    title: str
    outcome: str = ""
    definition: str = ""
    pledge: str = ""
    strategic_objective: str = ""
    related_psa: str = ""
    affected_groups: str = ""
    fund_note: str = ""
    polarity: Polarity = Polarity.HIGHER
    unit: str = ""
    decimals: int | None = 0
    accumulation: Accumulation = Accumulation.POINT_IN_TIME
    frequency: Frequency = Frequency.QUARTERLY
    due: tuple[str, ...] = ("1", "2", "3", "4")
    green: Decimal | None = Decimal(0)
    amber: Decimal | None = Decimal(10)
    mode: ToleranceMode = ToleranceMode.PERCENT
    plan_basis: bool = False
    smart: tuple[str, ...] = ()
    baseline_value: Decimal | None = None
    baseline_on: date | None = None
    end_value: Decimal | None = None
    end_on: date | None = None
    range_low: Decimal | None = None
    range_high: Decimal | None = None
    benchmark_value: Decimal | None = None
    benchmark_source: str = ""
    state: TargetState = TargetState.DRAFT
    set_reason: str = ""
    expected_set_by: date | None = None
    ni_number: int | None = None
    restricted: bool = False
    action_plan_in_place: bool = False
    active_from: Quarter | None = None
    active_to: Quarter | None = None


_LINE, _TEXT, _FIGURE, _DAY = FieldKind.LINE, FieldKind.TEXT, FieldKind.FIGURE, FieldKind.DAY
_CHOICE, _TICKS, _TICK = FieldKind.CHOICE, FieldKind.TICKS, FieldKind.TICK
_REF: Final = Field("ref", _LINE, longest=40)
_TITLE: Final = Field("title", _LINE, longest=1_000)
_POLARITY: Final = Field("polarity", _CHOICE, tuple(Polarity))
_UNIT: Final = Field("unit", _LINE, longest=60)
_FREQUENCY: Final = Field("frequency", _CHOICE, tuple(Frequency))
_OWNERS: Final = (Field("kind", _CHOICE), Field("block", _CHOICE), Field("partnership", _CHOICE))
_LONG: Final = 3_000
RANGE_FIELDS: Final = (Field("range_low", _FIGURE), Field("range_high", _FIGURE))

FIELDS: Final[dict[Part, tuple[Field, ...]]] = {
    Part.WORDS: (
        _TITLE,
        *(
            Field(name, _TEXT, longest=_LONG)
            for name in ("outcome", "definition", "affected_groups")
        ),
        Field("pledge", _LINE, longest=1_000),
        Field("strategic_objective", _LINE, longest=1_000),
        Field("related_psa", _LINE, longest=1_000),
        Field("fund_note", _TEXT, longest=_LONG),
    ),
    Part.MEASURE: (
        _POLARITY,
        _UNIT,
        Field("decimals", FieldKind.WHOLE),
        Field("accumulation", _CHOICE, tuple(Accumulation)),
        _FREQUENCY,
        Field("due", _TICKS, ("1", "2", "3", "4")),
        Field("mode", _CHOICE, tuple(ToleranceMode)),
        Field("green", _FIGURE),
        Field("amber", _FIGURE),
        Field("plan_basis", _TICK),
    ),
    Part.SMART: (
        Field("state", _CHOICE, tuple(TargetState)),
        Field("smart", _TICKS, SMART),
        Field("baseline_value", _FIGURE),
        Field("baseline_on", _DAY),
        Field("end_value", _FIGURE),
        *RANGE_FIELDS,
        Field("end_on", _DAY),
        Field("set_reason", _TEXT, longest=_LONG),
        Field("expected_set_by", _DAY),
        Field("benchmark_value", _FIGURE),
        Field("benchmark_source", _LINE, longest=1_000),
    ),
    Part.BELONGING: (
        *_OWNERS,
        Field("ni_number", FieldKind.WHOLE),
        Field("active_from", FieldKind.QUARTER),
        Field("active_to", FieldKind.QUARTER),
        Field("action_plan_in_place", _TICK),
        Field("restricted", _TICK),
    ),
    Part.CLOSING: (
        Field("active_to", FieldKind.QUARTER),
        Field("set_reason", _TEXT, longest=_LONG),
    ),
    Part.CREATION: (_REF, _TITLE, *_OWNERS, _POLARITY, _UNIT, _FREQUENCY),
}


def fields_of(part: Part, plan: TargetPlan) -> tuple[Field, ...]:
    """The fields a form of this target shows: a range where it must stay inside one.

    A target is closed in a form of its own, so closed is no state to choose for one that is not.
    """
    left_out = {"end_value"} if plan.polarity is Polarity.RANGE else {"range_low", "range_high"}
    shown_ones = (field for field in FIELDS[part] if field.name not in left_out)
    open_states = tuple(state for state in TargetState if state is not TargetState.CLOSED)
    states = tuple(TargetState) if plan.state is TargetState.CLOSED else open_states
    return tuple(
        replace(field, options=states) if field.name == "state" else field for field in shown_ones
    )


def units_of(plan: TargetPlan, typed_unit: str | None, typed_mode: str | None) -> dict[str, str]:
    """The unit each figure is in; those of tolerances follow what is typed beside them."""
    unit = plan.unit if typed_unit is None else typed_unit
    mode = plan.mode if typed_mode is None else typed_mode
    tolerance = "%" if mode == ToleranceMode.PERCENT else unit
    values = ("baseline_value", "end_value", "range_low", "range_high", "benchmark_value")
    return {**dict.fromkeys(values, unit), "green": tolerance, "amber": tolerance}


def with_values(plan: TargetPlan, part: Part, values: Values) -> TargetPlan:
    """The target with what was read of a form."""
    if part is Part.CLOSING:
        values = {**values, "state": TargetState.CLOSED}
    enums = {name: kind(str(values[name])) for name, kind in _ENUMS.items() if values.get(name)}
    return replace(plan, **values | enums)  # type: ignore[arg-type]  # each field reads its own


def begun(values: Values) -> TargetPlan:
    """A new target of what was read of its form, due as its frequency says."""
    frequency = Frequency(str(values.get("frequency") or Frequency.QUARTERLY))
    due = tuple(str(number) for number in due_quarters_of(frequency))
    bare = TargetPlan("", "", "", "", "", due=due)
    return with_values(bare, Part.CREATION, values)


def shown(plan: TargetPlan, part: Part) -> dict[str, str]:
    """A part as its form holds it."""
    return written(fields_of(part, plan), plan)


_ENUMS: Final = {
    "polarity": Polarity,
    "accumulation": Accumulation,
    "frequency": Frequency,
    "mode": ToleranceMode,
    "state": TargetState,
}
