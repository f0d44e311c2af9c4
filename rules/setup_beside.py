"""What hangs on a target: the measure that stands in for its own, and dated notes.

It owns their shapes and what must hold of them. A problem is a code at a field.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Final

from rules.setup_fields import Field, FieldKind, SetupProblem, SetupProblemCode, Values
from rules.setup_invariants import problem, tolerance_problems
from rules.vocabulary import NoteKind, Polarity, ToleranceMode

_LINK: Final = re.compile(r"https?://[^\s/]+\.[^\s]+", re.IGNORECASE)

PROXY_FIELDS: Final = (
    Field("title", FieldKind.LINE, longest=1_000),
    Field("polarity", FieldKind.CHOICE, tuple(Polarity)),
    Field("unit", FieldKind.LINE, longest=60),
    Field("decimals", FieldKind.WHOLE),
    Field("mode", FieldKind.CHOICE, tuple(ToleranceMode)),
    Field("green", FieldKind.FIGURE),
    Field("amber", FieldKind.FIGURE),
    Field("retired", FieldKind.TICK),
)
NOTE_FIELDS: Final = (
    Field("kind", FieldKind.CHOICE, tuple(NoteKind)),
    Field("on_day", FieldKind.DAY),
    Field("text", FieldKind.TEXT, longest=3_000),
    Field("link", FieldKind.LINE, longest=2_000),
    Field("removed", FieldKind.TICK),
)


@dataclass(frozen=True, slots=True)
class ProxyPlan:
    """A measure that stands in. At most one of a target is not `retired`."""

    title: str = ""
    polarity: Polarity = Polarity.HIGHER
    unit: str = ""
    decimals: int | None = 0
    mode: ToleranceMode = ToleranceMode.PERCENT
    green: Decimal | None = Decimal(0)
    amber: Decimal | None = Decimal(10)
    retired: bool = False


@dataclass(frozen=True, slots=True)
class NotePlan:
    """A dated note: what it is of, when, and where more can be read."""

    kind: NoteKind = NoteKind.EVIDENCE
    on_day: date | None = None
    text: str = ""
    link: str = ""
    removed: bool = False


def proxy_with(plan: ProxyPlan, values: Values) -> ProxyPlan:
    """The measure with what was read of its form."""
    enums = {"polarity": Polarity, "mode": ToleranceMode}
    chosen = {name: kind(str(values[name])) for name, kind in enums.items() if name in values}
    return replace(plan, **values | chosen)  # type: ignore[arg-type]  # each field reads its own


def note_with(plan: NotePlan, values: Values) -> NotePlan:
    """The note with what was read of its form."""
    chosen = {"kind": NoteKind(str(values["kind"]))} if "kind" in values else {}
    return replace(plan, **values | chosen)  # type: ignore[arg-type]  # each field reads its own


def proxy_problems(plan: ProxyPlan, *, zero_milestone: bool = False) -> Iterator[SetupProblem]:
    """What keeps a measure from standing in. One that is retired is not judged any more."""
    if plan.retired:
        return
    if not plan.title:
        yield problem(SetupProblemCode.REQUIRED, "title")
    yield from tolerance_problems(plan.green, plan.amber, plan.decimals)
    if zero_milestone and plan.mode is ToleranceMode.PERCENT:
        yield problem(SetupProblemCode.TOLERANCE_UNDEFINED, "mode")


def note_problems(plan: NotePlan) -> Iterator[SetupProblem]:
    """What a note lacks."""
    if plan.on_day is None:
        yield problem(SetupProblemCode.REQUIRED, "on_day")
    if not plan.text:
        yield problem(SetupProblemCode.REQUIRED, "text")
    if plan.link and not _LINK.fullmatch(plan.link):
        yield problem(SetupProblemCode.NOT_A_LINK, "link")
