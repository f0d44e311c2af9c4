"""What makes a block, a partnership or a kind of target whole, and what may not be changed.

It owns these judgements and the faults of every form of the organisation. It must not word one:
a fault is a code at a field, with what it names.
"""

import re
from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from rules.kinds import TargetKind

CODE_LENGTH: Final = 40
NAME_LENGTH: Final = 300
LABEL_LENGTH: Final = 100
MOST_LISTED: Final = 100
ANNEXES: Final = range(1, 10)
_CODE: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]*")


class Amiss(StrEnum):
    """What is wrong with an entry."""

    NAME_MISSING = "NAME_MISSING"
    TOO_LONG = "TOO_LONG"
    NAME_TAKEN = "NAME_TAKEN"
    CODE_MISSING = "CODE_MISSING"
    CODE_ODD = "CODE_ODD"
    CODE_TAKEN = "CODE_TAKEN"
    TOO_MANY = "TOO_MANY"
    GONE = "GONE"
    CHANGED_MEANWHILE = "CHANGED_MEANWHILE"
    STILL_USED = "STILL_USED"
    ANNEX_ODD = "ANNEX_ODD"
    LIGHT_AND_COLLECTED = "LIGHT_AND_COLLECTED"
    NEEDS_RETURNS = "NEEDS_RETURNS"
    ASKED_NOW = "ASKED_NOW"
    ANNEX_NEEDED = "ANNEX_NEEDED"
    GRANT_KEPT = "GRANT_KEPT"
    NOT_A_VALUE = "NOT_A_VALUE"
    BREAKS_DATES = "BREAKS_DATES"
    DATES_REFUSED = "DATES_REFUSED"
    DAY_MISSING = "DAY_MISSING"
    PERSON_MISSING = "PERSON_MISSING"
    PERSON_LOOKED_UP = "PERSON_LOOKED_UP"
    PERSON_UNFIT = "PERSON_UNFIT"
    PAST_DAY = "PAST_DAY"
    TOO_FAR = "TOO_FAR"
    HELD_ALREADY = "HELD_ALREADY"
    HANDED_OVER_LATER = "HANDED_OVER_LATER"
    NOT_A_MEMBER = "NOT_A_MEMBER"
    LAST_ADMINISTRATOR = "LAST_ADMINISTRATOR"
    NOT_HELD = "NOT_HELD"
    WRONG_SCOPE = "WRONG_SCOPE"


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong at which field. `named` is what the words speak of."""

    field: str
    code: Amiss
    named: str = ""


@dataclass(frozen=True, slots=True)
class Faults:
    """Everything that keeps a form from being taken."""

    faults: tuple[Fault, ...]


def named_faults(
    name: str, others: Collection[str], *, field: str = "name", longest: int = NAME_LENGTH
) -> list[Fault]:
    """What is wrong with a name, among the names of the others."""
    if not name:
        return [Fault(field, Amiss.NAME_MISSING)]
    if len(name) > longest:
        return [Fault(field, Amiss.TOO_LONG, str(longest))]
    if name.casefold() in {other.casefold() for other in others}:
        return [Fault(field, Amiss.NAME_TAKEN, name)]
    return []


def coded_faults(code: str, others: Collection[str]) -> list[Fault]:
    """What is wrong with a new code, among those there are."""
    if not code:
        return [Fault("code", Amiss.CODE_MISSING)]
    if len(code) > CODE_LENGTH:
        return [Fault("code", Amiss.TOO_LONG, str(CODE_LENGTH))]
    if _CODE.fullmatch(code) is None:
        return [Fault("code", Amiss.CODE_ODD)]
    if code.casefold() in {other.casefold() for other in others}:
        return [Fault("code", Amiss.CODE_TAKEN, code)]
    return []


@dataclass(frozen=True, slots=True)
class InUse:
    """How a kind is used: its targets, those with grant to earn, and whether a window is open."""

    targets: int = 0
    with_grant: int = 0
    window_open: bool = False


def kind_faults(kind: TargetKind, before: TargetKind | None, used: InUse) -> list[Fault]:
    """What is wrong with the flags of a kind, and what may not be taken from one in use."""
    found = [*_flags_that_clash(kind)]
    if before is not None and used.targets:
        found += _taken_in_use(kind, before, used)
    return found


def _flags_that_clash(kind: TargetKind) -> list[Fault]:
    found = []
    if kind.light_only and kind.collected:
        found.append(Fault("flags", Amiss.LIGHT_AND_COLLECTED))
    if (kind.escalates or kind.carries_grant) and not kind.collected:
        found.append(Fault("flags", Amiss.NEEDS_RETURNS))
    if kind.annex is None and kind.collected:
        found.append(Fault("annex", Amiss.ANNEX_NEEDED))
    return found


def _taken_in_use(kind: TargetKind, before: TargetKind, used: InUse) -> list[Fault]:
    found = []
    if used.window_open and kind.collected != before.collected:
        found.append(Fault("flags", Amiss.ASKED_NOW))
    if used.with_grant and before.carries_grant and not kind.carries_grant:
        found.append(Fault("flags", Amiss.GRANT_KEPT, str(used.with_grant)))
    return found
