"""Walking a block, element or object along the tables of limits and naming each flaw.

Owns the reading of ``workspace.limits``; knows nothing of messages, views or who sent them.
"""

from collections.abc import Callable, Container, Iterator
from dataclasses import dataclass
from typing import Any

from workspace.checks.length import escaped_length, units
from workspace.limits import SHAPES
from workspace.limits.kinds import (
    Chars,
    Choice,
    Figure,
    Flag,
    Free,
    Part,
    Parts,
    Rows,
    Rule,
    Shape,
    Strings,
    Whole,
    Words,
)

WORDS_SHAPES = {"plain_text", "mrkdwn"}


@dataclass(frozen=True, slots=True)
class Flaw:
    """One thing Slack would not take, and the JSON pointer to it."""

    says: str
    pointer: str

    def __str__(self) -> str:
        """Read as Slack words it in ``response_metadata.messages``."""
        return f"[ERROR] {self.says} [json-pointer:{self.pointer}]"


def known(name: object, names: Container[str]) -> bool:
    """Tell whether something is one of the names; what is no text is none of them."""
    return isinstance(name, str) and name in names


def walk(value: object, rule: Rule, at: str) -> Iterator[Flaw]:
    """Yield every flaw of a value under a rule, in the order of reading."""
    yield from CHECKS[type(rule)](value, rule, at)


def _words(value: object, rule: Words, at: str) -> Iterator[Flaw]:
    if not isinstance(value, dict) or not known(value.get("type"), WORDS_SHAPES):
        yield Flaw("must be a valid text object", at)
        return
    markup = value["type"] == "mrkdwn"
    if markup and not rule.markup:
        yield Flaw("must be a plain_text object", at)
    text = value.get("text")
    if not isinstance(text, str):
        yield Flaw("missing required field: text", at)
        return
    yield from _length(escaped_length(text, markup=markup), rule.longest, f"{at}/text")
    if len(text.strip()) < rule.shortest:
        yield Flaw(f"must be more than {rule.shortest - 1} characters", f"{at}/text")


def _length(length: int, longest: int, at: str) -> Iterator[Flaw]:
    if length > longest:
        yield Flaw(f"must be less than {longest + 1} characters", at)


def _chars(value: object, rule: Chars, at: str) -> Iterator[Flaw]:
    if not isinstance(value, str):
        yield Flaw("must be a string", at)
        return
    yield from _length(units(value), rule.longest, at)
    if len(value) < rule.shortest:
        yield Flaw(f"must be more than {rule.shortest - 1} characters", at)


def _whole(value: object, rule: Whole, at: str) -> Iterator[Flaw]:
    if not isinstance(value, int) or isinstance(value, bool):
        yield Flaw("must be a whole number", at)
    elif not rule.least <= value <= rule.most:
        yield Flaw(f"must be between {rule.least} and {rule.most}", at)


def _figure(value: object, rule: Figure, at: str) -> Iterator[Flaw]:
    if not isinstance(value, int | float) or isinstance(value, bool):
        yield Flaw("must be a number", at)
    elif rule.above_zero and value <= 0:
        yield Flaw("must be more than 0", at)


def _choice(value: object, rule: Choice, at: str) -> Iterator[Flaw]:
    if not known(value, rule.of):
        yield Flaw(f"must be one of {', '.join(sorted(rule.of))}", at)


def _flag(value: object, _rule: Flag, at: str) -> Iterator[Flaw]:
    if not isinstance(value, bool):
        yield Flaw("must be a boolean", at)


def _free(_value: object, _rule: Free, _at: str) -> Iterator[Flaw]:
    yield from ()


def _count(value: list[Any], least: int, most: int, at: str) -> Iterator[Flaw]:
    if len(value) > most:
        yield Flaw(f"no more than {most} items allowed", at)
    if len(value) < least:
        yield Flaw(f"must provide at least {least} items", at)


def _strings(value: object, rule: Strings, at: str) -> Iterator[Flaw]:
    if not isinstance(value, list):
        yield Flaw("must be a list", at)
        return
    yield from _count(value, rule.least, rule.most, at)
    for index, item in enumerate(value):
        yield from _chars(item, Chars(rule.longest, 1), f"{at}/{index}")


def _part(value: object, rule: Part, at: str) -> Iterator[Flaw]:
    if not isinstance(value, dict):
        yield Flaw("must be an object", at)
        return
    name = shape_name(value, rule.of)
    if name is None:
        yield Flaw(f"unsupported type: {value.get('type')}", f"{at}/type")
    elif name.startswith("words_"):
        yield from walk(value, SHAPES[name].fields[""], at)
    else:
        yield from shape_flaws(value, SHAPES[name], at)


def _parts(value: object, rule: Parts, at: str) -> Iterator[Flaw]:
    if not isinstance(value, list):
        yield Flaw("must be a list", at)
        return
    yield from _count(value, rule.least, rule.most, at)
    for index, item in enumerate(value):
        if not (rule.gaps and item is None):
            yield from _part(item, Part(rule.of), f"{at}/{index}")


def _rows(value: object, rule: Rows, at: str) -> Iterator[Flaw]:
    if not isinstance(value, list) or not all(isinstance(row, list) for row in value):
        yield Flaw("must be a list of rows", at)
        return
    yield from _count(value, rule.least, rule.most, at)
    for index, row in enumerate(value):
        yield from _parts(row, Parts(rule.of, rule.widest), f"{at}/{index}")
        if rule.square and len(row) != len(value[0]):
            yield Flaw("every row must have as many cells as the first", f"{at}/{index}")


def shape_name(value: dict[str, Any], names: tuple[str, ...]) -> str | None:
    """Tell which of the named shapes an object is meant to be, or None."""
    kind = value.get("type")
    if known(kind, WORDS_SHAPES):
        return next((name for name in names if name.startswith("words_")), None)
    if kind == "image" and "image_element" in names:
        return "image_element"
    if known(kind, names) and kind != "image_element":
        return str(kind)
    typed = [name for name in names if "type" not in SHAPES[name].fields]
    return typed[0] if len(names) == 1 and typed else None


def shape_flaws(value: dict[str, Any], shape: Shape, at: str) -> Iterator[Flaw]:
    """Yield what is missing, what does not belong, and the flaws of every field."""
    yield from _absent(value, shape, at)
    for name, held in value.items():
        if name not in shape.fields:
            yield Flaw(f"invalid additional property: {name}", at)
        elif held is not None:
            yield from walk(held, shape.fields[name], f"{at}/{name}")


def _absent(value: dict[str, Any], shape: Shape, at: str) -> Iterator[Flaw]:
    missing = [name for name in shape.needs if value.get(name) is None]
    yield from (Flaw(f"missing required field: {name}", at) for name in missing)
    if shape.either and not any(value.get(name) for name in shape.either):
        yield Flaw(f"must have one of: {', '.join(shape.either)}", at)
    if shape.only_one and all(value.get(name) for name in shape.only_one):
        yield Flaw(f"must have only one of: {', '.join(shape.only_one)}", at)


CHECKS: dict[type[Rule], Callable[[Any, Any, str], Iterator[Flaw]]] = {
    Words: _words,
    Chars: _chars,
    Whole: _whole,
    Figure: _figure,
    Choice: _choice,
    Flag: _flag,
    Free: _free,
    Strings: _strings,
    Part: _part,
    Parts: _parts,
    Rows: _rows,
}
