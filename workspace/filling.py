"""From what a person types or picks to what an element holds, and what Slack refuses first.

Owns the client's own checks: a modal with such a fault is not sent to the app at all.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from datetime import date, datetime
from decimal import Decimal, InvalidOperation

from workspace.values import HOLDINGS, Values, held
from workspace.wire import Json


class CannotDoThat(Exception):  # noqa: N818 - said as a person would say it
    """What a person tried cannot be done in Slack: no such button, option or open modal."""


EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
WEB = re.compile(r"https?://\S+")
REQUIRED = "This is a required field"


def offered(element: Json) -> list[Json]:
    """List the options an element shows, groups opened."""
    groups = element.get("option_groups") or []
    return [*(element.get("options") or []), *(o for g in groups for o in g["options"])]


def holding(element: Json, value: object, options: Iterable[Json] = ()) -> Json:
    """Give the state entry for a value; ``options`` are those an external menu suggested.

    Text, numbers, dates and ids are given as such, options by their value, several as a list;
    None or nothing clears. Raises :class:`CannotDoThat`.
    """
    kind = str(element["type"])
    if kind not in HOLDINGS:
        raise CannotDoThat(f"a {kind} holds no value")
    held_as = HOLDINGS[kind]
    shown = [*offered(element), *options]
    if held_as.many:
        several = list(value) if isinstance(value, list | tuple | set) else [value]
        chosen = [_one(kind, one, shown) for one in several if not _blank(one)]
        return {"type": kind, held_as.key: _few(element, chosen)}
    return {"type": kind, held_as.key: None if _blank(value) else _one(kind, value, shown)}


def _blank(value: object) -> bool:
    return value is None or value == ""


def _few(element: Json, chosen: list[object]) -> list[object]:
    most = element.get("max_selected_items")
    if most is not None and len(chosen) > most:
        raise CannotDoThat(f"no more than {most} can be chosen")
    return chosen


def _one(kind: str, value: object, shown: list[Json]) -> object:
    if "option" in HOLDINGS[kind].key:
        return _option(value, shown)
    convert = CONVERTERS.get(kind, str)
    try:
        return convert(value)
    except ValueError as fault:
        raise CannotDoThat(f"a {kind} does not take {value!r}") from fault


def _option(value: object, shown: list[Json]) -> Json:
    for option in shown:
        if option["value"] == value:
            return option
    raise CannotDoThat(f"no option {value!r} is offered")


def _day(value: object) -> str:
    return (
        value.isoformat() if isinstance(value, date) else date.fromisoformat(str(value)).isoformat()
    )


def _time(value: object) -> str:
    return datetime.strptime(str(value), "%H:%M").strftime("%H:%M")  # noqa: DTZ007 - a time of day has no zone


def _instant(value: object) -> int:
    return int(value.timestamp()) if isinstance(value, datetime) else int(str(value))


def _rich(value: object) -> Json:
    if isinstance(value, dict):
        return value
    text = {"type": "text", "text": str(value)}
    return {"type": "rich_text", "elements": [{"type": "rich_text_section", "elements": [text]}]}


def _file(value: object) -> Json:
    if isinstance(value, dict):
        return value
    raise CannotDoThat("a file field holds files")


CONVERTERS: dict[str, Callable[[object], object]] = {
    "datepicker": _day,
    "timepicker": _time,
    "datetimepicker": _instant,
    "rich_text_input": _rich,
    "file_input": _file,
}


def problems(blocks: Iterable[Json], values: Values) -> dict[str, str]:
    """Give what stops a submission, by block id: Slack shows it and sends nothing."""
    found: dict[str, str] = {}
    for block in blocks:
        if block["type"] != "input":
            continue
        element = block["element"]
        value = held(values[block["block_id"]][element["action_id"]])
        first = next(_problems(block, element, value), None)
        if first is not None:
            found[block["block_id"]] = first
    return found


def _problems(block: Json, element: Json, value: object) -> Iterator[str]:
    if value in (None, "", []):
        if not block.get("optional"):
            yield REQUIRED
        return
    if isinstance(value, str) and not value.strip() and not block.get("optional"):
        yield REQUIRED
    check = TYPED.get(str(element["type"]))
    if check is not None:
        yield from check(element, str(value))


def _text(element: Json, value: str) -> Iterator[str]:
    least, most = element.get("min_length") or 0, element.get("max_length") or 3000
    if len(value) < least:
        yield f"Enter at least {least} characters"
    if len(value) > most:
        yield f"Enter no more than {most} characters"


def _number(element: Json, value: str) -> Iterator[str]:
    try:
        number = Decimal(value)
    except InvalidOperation:
        yield "Enter a number"
        return
    if not number.is_finite():
        yield "Enter a number"
    elif "." in value and not element.get("is_decimal_allowed"):
        yield "Enter a whole number"
    else:
        yield from _between(element, number)


def _between(element: Json, number: Decimal) -> Iterator[str]:
    least, most = element.get("min_value"), element.get("max_value")
    if least is not None and number < Decimal(least):
        yield f"Enter a number of at least {least}"
    if most is not None and number > Decimal(most):
        yield f"Enter a number of at most {most}"


def _email(_element: Json, value: str) -> Iterator[str]:
    if not EMAIL.fullmatch(value):
        yield "Enter an email address"


def _web(_element: Json, value: str) -> Iterator[str]:
    if not WEB.fullmatch(value):
        yield "Enter a web address"


TYPED: dict[str, Callable[[Json, str], Iterator[str]]] = {
    "plain_text_input": _text,
    "number_input": _number,
    "email_text_input": _email,
    "url_text_input": _web,
}
