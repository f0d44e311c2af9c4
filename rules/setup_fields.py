"""The fields of a set-up form: what each takes, read from what was typed and written back.

It owns reading and writing single values. It must not know what the values together mean:
that is `rules/setup_target.py` and its neighbours. A problem is a code at a field.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from rules.figures import FigureNotUnderstoodError, Unit, parse_figure
from rules.quarters import Quarter, QuarterNotUnderstoodError

Typed = Mapping[str, str]
"""What a form holds, by field: texts as typed, days as ISO, ticks with commas between."""
Values = dict[str, object]
NO_UNITS: Final[Mapping[str, str]] = MappingProxyType({})
YES: Final = "yes"
LONGEST_LINE: Final = 300
LONGEST_TEXT: Final = 3_000
MOST_WHOLE: Final = 9_999


class FieldKind(StrEnum):
    """What a field takes."""

    LINE = "LINE"
    TEXT = "TEXT"
    FIGURE = "FIGURE"
    WHOLE = "WHOLE"
    DAY = "DAY"
    QUARTER = "QUARTER"
    CHOICE = "CHOICE"
    TICKS = "TICKS"
    TICK = "TICK"


class SetupProblemCode(StrEnum):
    """Why what was typed is not taken."""

    REQUIRED = "REQUIRED"
    NOT_A_NUMBER = "NOT_A_NUMBER"
    NOT_WHOLE = "NOT_WHOLE"
    NOT_A_QUARTER = "NOT_A_QUARTER"
    NOT_OFFERED = "NOT_OFFERED"
    NOT_A_LINK = "NOT_A_LINK"
    REF_TAKEN = "REF_TAKEN"
    REF_NOT_USABLE = "REF_NOT_USABLE"
    TOO_MANY_DECIMALS = "TOO_MANY_DECIMALS"
    NEGATIVE = "NEGATIVE"
    TOLERANCES_CROSS = "TOLERANCES_CROSS"
    TOLERANCE_UNDEFINED = "TOLERANCE_UNDEFINED"
    RANGE_CROSSES = "RANGE_CROSSES"
    RANGE_HALF_GIVEN = "RANGE_HALF_GIVEN"
    REASON_REQUIRED = "REASON_REQUIRED"
    EXPECTED_DAY_REQUIRED = "EXPECTED_DAY_REQUIRED"
    NOT_AGREED_YET = "NOT_AGREED_YET"
    SOURCE_REQUIRED = "SOURCE_REQUIRED"
    ENDS_BEFORE_START = "ENDS_BEFORE_START"
    QUARTER_DONE = "QUARTER_DONE"
    LINKED_TO_ITSELF = "LINKED_TO_ITSELF"
    TARGET_GONE = "TARGET_GONE"


@dataclass(frozen=True, slots=True)
class SetupProblem:
    """One problem, at the field it is mended at. `more` are codes or words it speaks of."""

    code: SetupProblemCode
    field: str
    more: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Field:
    """One field. `options` are the values a choice or ticks can have; none where data say."""

    name: str
    kind: FieldKind
    options: tuple[str, ...] = ()
    longest: int = LONGEST_LINE


class _UnfitError(ValueError):
    def __init__(self, code: SetupProblemCode, *more: str) -> None:
        super().__init__(code)
        self.code, self.more = code, more


def read(
    fields: Iterable[Field], typed: Typed, units: Mapping[str, str] = NO_UNITS
) -> tuple[Values, tuple[SetupProblem, ...]]:
    """Every field's value, and what cannot be read. `units` are those of figures, by field.

    A field that cannot be read has no value.
    """
    values: Values = {}
    problems = []
    for field in fields:
        words = typed.get(field.name, "").strip()
        try:
            values[field.name] = _READERS[field.kind](words, field, units.get(field.name, ""))
        except _UnfitError as unfit:
            problems.append(SetupProblem(unfit.code, field.name, unfit.more))
    return values, tuple(problems)


def written(fields: Iterable[Field], values: object) -> dict[str, str]:
    """The attributes of a value as a form holds them; `read` gives them back."""
    return {field.name: write(getattr(values, field.name)) for field in fields}


def write(value: object) -> str:
    """One value as a form holds it."""
    if value is None or value is False:
        return ""
    if value is True:
        return YES
    if isinstance(value, tuple):
        return ",".join(str(part) for part in value)
    if isinstance(value, Decimal):
        return format(value, ",f")
    return value.isoformat() if isinstance(value, date) else str(value)


def _words(words: str, _field: Field, _unit: str) -> str:
    return words


def _figure(words: str, _field: Field, unit: str) -> Decimal | None:
    if not words:
        return None
    try:
        return parse_figure(words, Unit(unit))
    except FigureNotUnderstoodError as error:
        raise _UnfitError(SetupProblemCode.NOT_A_NUMBER, error.words) from error


def _whole(words: str, _field: Field, _unit: str) -> int | None:
    if not words:
        return None
    if not (words.isascii() and words.isdecimal() and int(words[:9]) <= MOST_WHOLE):
        raise _UnfitError(SetupProblemCode.NOT_WHOLE)
    return int(words[:9])


def _day(words: str, _field: Field, _unit: str) -> date | None:
    try:
        return date.fromisoformat(words) if words else None
    except ValueError as error:
        raise _UnfitError(SetupProblemCode.REQUIRED) from error


def _quarter(words: str, _field: Field, _unit: str) -> Quarter | None:
    try:
        return Quarter.parse(words) if words else None
    except QuarterNotUnderstoodError as error:
        raise _UnfitError(SetupProblemCode.NOT_A_QUARTER, str(error)) from error


def _choice(words: str, field: Field, _unit: str) -> str:
    if not words:
        raise _UnfitError(SetupProblemCode.REQUIRED)
    if field.options and words not in field.options:
        raise _UnfitError(SetupProblemCode.NOT_OFFERED)
    return words


def _ticks(words: str, field: Field, _unit: str) -> tuple[str, ...]:
    ticked = [word for word in words.split(",") if word]
    if field.options:
        return tuple(option for option in field.options if option in ticked)
    return tuple(dict.fromkeys(ticked))


def _tick(words: str, _field: Field, _unit: str) -> bool:
    return words == YES


_READERS: Final[dict[FieldKind, Callable[[str, Field, str], object]]] = {
    FieldKind.LINE: _words,
    FieldKind.TEXT: _words,
    FieldKind.FIGURE: _figure,
    FieldKind.WHOLE: _whole,
    FieldKind.DAY: _day,
    FieldKind.QUARTER: _quarter,
    FieldKind.CHOICE: _choice,
    FieldKind.TICKS: _ticks,
    FieldKind.TICK: _tick,
}
