"""Advice on a return's words before they are sent: by rules, and never in anybody's way.

It owns what is worth a second look: words said last time, words that speak against the
colour, something left unsaid, and a cause too long for the board's line. It must not stop a
return, which is `rules/commentary.py`, nor word its advice.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum, auto
from typing import Final

from rules.answers import ActionAnswer
from rules.vocabulary import Status

LONGEST_LINE: Final = 200
"""Characters of a cause that the digest's line shows (specification §13)."""
ALIKE_FROM: Final = 0.85
"""How much of two texts is the same, 0 to 1, from which one repeats the other."""
_LOOK_BACK: Final = 3
"""Words before a phrase in which `not` or `back` gives it another sense."""

_WORD: Final = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")  # noqa: RUF001  # as people type it
_WELL: Final = (
    "on track",
    "on target",
    "on profile",
    "on course",
    "ahead of profile",
    "ahead of target",
    "going well",
    "no concerns",
    "is green",
)
_BADLY: Final = (
    "behind",
    "below target",
    "below profile",
    "off track",
    "off target",
    "missed the target",
    "missing the target",
    "shortfall",
    "is red",
    "is amber",
)
_TURNS: Final = frozenset(
    {"not", "no", "never", "longer", "hardly", "without", "nor", "isn't", "aren't", "cannot"}
)
_NOT_YET: Final = frozenset({"back", "be", "bring", "get", "return", "until", "was", "were", "if"})
_SAYS_NOTHING: Final = frozenset(
    {"n a", "na", "none", "nil", "tbc", "tba", "to be confirmed", "as above", "as before", "same"}
    | {"see above", "see last quarter", "no change", "unknown", "not known", "various", "nothing"}
)


class Advice(StrEnum):
    """What is worth a second look."""

    REPEATS = auto()
    SOUNDS_WELL = auto()
    SOUNDS_BADLY = auto()
    NO_CAUSE = auto()
    NO_ACTION = auto()
    NO_OWNER = auto()
    NO_DATE = auto()
    TOO_LONG = auto()


@dataclass(frozen=True, slots=True)
class Words:
    """What was typed of a return. `status` is the colour that stands, `last_cause` last time's.

    `reason` is that of a `proposed` colour. `under_way` when an action is open from before.
    """

    status: Status
    cause: str = ""
    actions: tuple[ActionAnswer, ...] = ()
    last_cause: str = ""
    proposed: Status | None = None
    reason: str = ""
    under_way: bool = False


def advice(words: Words) -> tuple[Advice, ...]:
    """What to look at again, in the order of the form; nothing where all is well."""
    return tuple(dict.fromkeys([*_of_cause(words), *_of_actions(words), *_of_reason(words)]))


def _of_cause(words: Words) -> Iterator[Advice]:
    if not words.status.is_poor:
        return
    if says_nothing(words.cause):
        yield Advice.NO_CAUSE
        return
    if repeats(words.cause, words.last_cause):
        yield Advice.REPEATS
    yield from _against(words.status, words.cause)
    if len(" ".join(words.cause.split())) > LONGEST_LINE:
        yield Advice.TOO_LONG


def _of_actions(words: Words) -> Iterator[Advice]:
    if not words.status.is_poor:
        return
    started = [action for action in words.actions if not action.is_empty]
    if not any(not says_nothing(action.text) for action in started) and not words.under_way:
        yield Advice.NO_ACTION
    if any(says_nothing(action.owner) for action in started):
        yield Advice.NO_OWNER
    if any(action.due_on is None for action in started):
        yield Advice.NO_DATE


def _of_reason(words: Words) -> Iterator[Advice]:
    if words.proposed is not None:
        yield from _against(words.proposed, words.reason)


def _against(status: Status, text: str) -> Iterator[Advice]:
    """Words that speak for another colour than this one."""
    if status.is_poor and _says(text, _WELL, _BADLY):
        yield Advice.SOUNDS_WELL
    if status is Status.GREEN and _says(text, _BADLY, _WELL):
        yield Advice.SOUNDS_BADLY


def _says(text: str, phrases: tuple[str, ...], opposites: tuple[str, ...]) -> bool:
    """Whether the text says one of these now, or denies one of the opposites."""
    return _found(text, phrases, denied=False) or _found(text, opposites, denied=True)


def _found(text: str, phrases: tuple[str, ...], *, denied: bool) -> bool:
    for sentence in re.split(r"[.;:!?\n]", text):
        found = _words_of(sentence)
        for phrase in phrases:
            for before in _before_each(found, phrase.split()):
                if not before & _NOT_YET and bool(before & _TURNS) is denied:
                    return True
    return False


def _before_each(found: list[str], phrase: list[str]) -> Iterator[frozenset[str]]:
    for start in range(len(found) - len(phrase) + 1):
        if found[start : start + len(phrase)] == phrase:
            yield frozenset(found[max(0, start - _LOOK_BACK) : start])


def repeats(text: str, last: str) -> bool:
    """Whether a text is the last one again, but for a word here and there."""
    now, before = _words_of(text), _words_of(last)
    if not now or not before:
        return False
    return SequenceMatcher(None, now, before, autojunk=False).ratio() >= ALIKE_FROM


def says_nothing(text: str) -> bool:
    """Whether a text is empty, or one of the words people write in its place."""
    found = " ".join(_words_of(text))
    return not found or found in _SAYS_NOTHING


def _words_of(text: str) -> list[str]:
    return [word.casefold().replace("’", "'") for word in _WORD.findall(text)]  # noqa: RUF001  # as people type it
