"""What every form of set-up gives the one flow that opens and takes forms.

It owns these shapes. Each form's own file shows and judges it.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from sqlmodel import Session

from flows.standing import Asker
from messages.notices.setup_sheets import Row
from rules.setup_fields import Field, SetupProblem, Typed
from rules.setup_forms import FormKey


@dataclass(frozen=True, slots=True)
class Shown:
    """A form as it is shown now. `subject` is what the audit calls it."""

    about: str
    subject: str
    fields: tuple[Field, ...]
    typed: Typed
    unit: str = ""
    offered: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    rows: tuple[Row, ...] = ()
    title: str = ""


@dataclass(frozen=True, slots=True)
class Kept:
    """A change that is kept, or that needed none. `number` is the target's or partnership's."""

    number: int


@dataclass(frozen=True, slots=True)
class Judged:
    """What was sent, judged: problems, or how to keep it; neither where nothing would change."""

    problems: tuple[SetupProblem, ...] = ()
    keep: Callable[[], int] | None = None


@dataclass(frozen=True, slots=True)
class Sent:
    """What was sent, by whom and when."""

    key: FormKey
    typed: Typed
    who: Asker
    now: datetime


class Form(Protocol):
    """One form: how it stands, and what is to be done with what was sent."""

    @staticmethod
    def shown(session: Session, key: FormKey, now: datetime) -> Shown | None:
        """The form now, or none where what it is about is not there."""

    @staticmethod
    def judged(session: Session, sent: Sent) -> Judged:
        """What was sent, judged. Nothing is changed before `keep` is called."""
