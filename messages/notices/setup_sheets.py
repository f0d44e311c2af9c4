"""What a set-up form shows: a frozen snapshot a flow hands to the form.

It owns the shape only; the form words it.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from rules.quarters import Quarter
from rules.setup_fields import Field, Typed
from rules.setup_forms import FormKey


@dataclass(frozen=True, slots=True)
class Overtaken:
    """Somebody changed the same while the form was open. `by` is a label; none is a rule."""

    by: str | None
    at: datetime
    now: Typed


@dataclass(frozen=True, slots=True)
class Row:
    """A quarter of a milestone form with the fields of its row."""

    quarter: Quarter
    names: tuple[str, ...]
    due: bool


@dataclass(frozen=True, slots=True)
class FormSheet:
    """A form to fill in. `mark` tells whether what it shows has been changed since.

    `offered` holds, by field, the values the records offer with their words. `rows` are the
    quarters of a milestone form, `title` that of the measure they are of.
    """

    key: FormKey
    about: str
    fields: tuple[Field, ...]
    typed: Typed
    mark: str = ""
    unit: str = ""
    offered: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    rows: tuple[Row, ...] = ()
    title: str = ""
    overtaken: Overtaken | None = None


@dataclass(frozen=True, slots=True)
class Suggested:
    """What a menu offers for the words typed: values with their words, and how many fit in all."""

    options: tuple[tuple[str, str], ...] = ()
    count: int = 0
