"""From a mapping to a frozen value, naming every mistake by the key it stands under.

Owns what a key may hold, by the type of the field it fills. Knows neither YAML nor what the
values are for.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import MISSING, Field, dataclass, fields
from difflib import get_close_matches
from types import NoneType
from typing import TYPE_CHECKING, Any, TypeVar, cast, get_args, get_origin, get_type_hints

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

T = TypeVar("T")
Where = tuple[str | int, ...]
"""The way to a key from outside in: names of keys, and positions in lists from 0."""
NO_FLAG = "must be true or false"
NO_TEXT = "must be text: put it in quotation marks"


@dataclass(frozen=True, slots=True)
class Mistake:
    """One thing that cannot be used, and where it stands."""

    where: Where
    says: str

    def __str__(self) -> str:
        """Read as a sentence that begins with the key."""
        return f"{path(self.where)} {self.says}".lstrip()


class ConfigError(ValueError):
    """A workspace description that cannot be used; the text says where and why."""

    def __init__(self, mistakes: Iterable[Mistake]) -> None:
        self.mistakes = tuple(mistakes)
        super().__init__("; ".join(map(str, self.mistakes)))


def path(where: Where) -> str:
    """Write a way as ``people[1].title``."""
    parts = (f"[{part}]" if isinstance(part, int) else f".{part}" for part in where)
    return "".join(parts).removeprefix(".")


@dataclass(slots=True)
class Reader:
    """Reads entries and keeps every mistake it meets."""

    mistakes: list[Mistake]

    def entries(self, kind: type[T], given: object, where: Where) -> tuple[T, ...]:
        """Read a list of entries; those with mistakes are left out."""
        if given is None:
            return ()
        if not isinstance(given, list | tuple):
            self._wrong(where, "must be a list of entries, each beginning with a dash")
            return ()
        read = (self.entry(kind, entry, (*where, at)) for at, entry in enumerate(given))
        return tuple(entry for entry in read if entry is not None)

    def entry(self, kind: type[T], given: object, where: Where) -> T | None:
        """Read one entry of a dataclass; None when it has a mistake."""
        if not isinstance(given, Mapping):
            self._wrong(where, "must be an entry with keys, such as name:")
            return None
        known = {f.name: f for f in fields(cast("type[DataclassInstance]", kind))}
        before = len(self.mistakes)
        self.keys(given, known, where)
        filled = {name: given[name] for name in known if given.get(name) is not None}
        self._missing(known, filled, where)
        hints = get_type_hints(kind)
        values = {
            name: self._value(hints[name], value, (*where, name)) for name, value in filled.items()
        }
        return kind(**values) if len(self.mistakes) == before else None

    def keys(self, given: Mapping[Any, object], known: Iterable[str], where: Where) -> None:
        """Name every key that means nothing here, with the one that may be meant."""
        names = list(known)
        for key in given:
            if key not in names:
                near = get_close_matches(str(key), names, n=1)
                meant = f"Did you mean {near[0]}?" if near else f"Known are {', '.join(names)}."
                self._wrong((*where, str(key)), f"is not a key here. {meant}")

    def _missing(
        self, known: Mapping[str, Field[Any]], filled: Mapping[str, object], where: Where
    ) -> None:
        for name, one in known.items():
            needed = one.default is MISSING and one.default_factory is MISSING
            if needed and filled.get(name, "") == "":
                self._wrong(where, f"has no {name}, which it needs")

    def _value(self, hint: Any, value: object, where: Where) -> object:  # noqa: ANN401 - a type
        kinds = [one for one in get_args(hint) if one is not NoneType]
        kind = kinds[0] if NoneType in get_args(hint) else hint
        made = get_origin(kind)
        if made in (frozenset, tuple):
            return self._texts(made, value, where)
        if not isinstance(value, kind):
            self._wrong(where, NO_FLAG if kind is bool else NO_TEXT)
        return value

    def _texts(self, made: Callable[[Any], object], value: object, where: Where) -> object:
        if not isinstance(value, list | tuple | set | frozenset):
            self._wrong(where, "must be a list, such as [one, another]")
            return made(())
        for at, one in enumerate(value):
            if not isinstance(one, str) or not one:
                self._wrong((*where, at), NO_TEXT)
        return made(value) if all(isinstance(one, str) for one in value) else made(())

    def _wrong(self, where: Where, says: str) -> None:
        self.mistakes.append(Mistake(where, says))
