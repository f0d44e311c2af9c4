"""The forms of set-up: which there are, and what one is about.

It owns these names. What a form holds is for the modules of its subject.
"""

from dataclasses import dataclass
from enum import StrEnum

from rules.quarters import Quarter
from rules.setup_fields import SetupProblem


class FormKind(StrEnum):
    """A form of the set-up. The first six are parts of a target by the same name."""

    WORDS = "words"
    MEASURE = "measure"
    SMART = "smart"
    BELONGING = "belonging"
    CLOSING = "closing"
    CREATION = "creation"
    MILESTONES = "milestones"
    PROXY = "proxy"
    PROXY_MILESTONES = "proxy_milestones"
    LINKS = "links"
    NOTE = "note"
    PARTNERSHIP_NOTE = "partnership_note"


@dataclass(frozen=True, slots=True)
class FormKey:
    """Which form: of a target (or a partnership) by number, and of one thing that hangs on it.

    `item` is a note's number, 0 for a new one. `quarter` is the first a milestone form shows.
    """

    kind: FormKind
    number: int
    item: int = 0
    quarter: Quarter | None = None


@dataclass(frozen=True, slots=True)
class Unfit:
    """A form that is not taken as it stands: what is wrong, at its fields."""

    problems: tuple[SetupProblem, ...]
