"""What an element starts with: among what it offers, and within its own bounds.

Owns what the tables cannot say of one well-formed element. Raises nothing: it lists flaws.
"""

from collections.abc import Iterator
from decimal import Decimal, InvalidOperation

from workspace.checks.length import units
from workspace.checks.walk import Flaw
from workspace.wire import Json


def initial_flaws(element: Json, at: str) -> Iterator[Flaw]:
    """Yield every way in which an element contradicts itself."""
    yield from _options(element, at)
    if element["type"] == "plain_text_input":
        yield from _text(element, at)
    if element["type"] == "number_input":
        yield from _number(element, at)


def _options(element: Json, at: str) -> Iterator[Flaw]:
    """Slack wants an initial option word for word; what an app suggests is not known here."""
    if "external" in element["type"]:
        return
    groups = element.get("option_groups") or []
    offered = [*(element.get("options") or []), *(o for g in groups for o in g["options"])]
    one, several = element.get("initial_option"), element.get("initial_options") or []
    for chosen in [one, *several] if one is not None else several:
        if chosen not in offered:
            yield Flaw("must be one of the options, word for word", f"{at}/initial_option")


def _text(element: Json, at: str) -> Iterator[Flaw]:
    least, most = element.get("min_length") or 0, element.get("max_length")
    if most is not None and least > most:
        yield Flaw("min_length must not be more than max_length", at)
    if most is not None and units(element.get("initial_value") or "") > most:
        yield Flaw("must not be longer than max_length", f"{at}/initial_value")


def _number(element: Json, at: str) -> Iterator[Flaw]:
    names = ("min_value", "initial_value", "max_value")
    given = [element[name] for name in names if element.get(name) is not None]
    if not all(_is_figure(one) for one in given):
        yield Flaw("bounds and first value must be numbers", at)
        return
    figures = [Decimal(one) for one in given]
    if figures != sorted(figures):
        yield Flaw("must go from min_value over initial_value to max_value", at)


def _is_figure(text: str) -> bool:
    try:
        return Decimal(text).is_finite()
    except InvalidOperation:
        return False
