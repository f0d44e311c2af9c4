"""What a person typed, before it is judged.

It owns the frozen shapes that travel from a form to a flow, and the names of their fields
(`figure`, `cause`, `action.0.due_on`, `risk.1.mitigation` …), which problems point at. It
must not judge: that is `rules/figures.py`, `rules/status.py` and `rules/commentary.py`.
"""

from dataclasses import dataclass
from datetime import date

from rules.vocabulary import GrantExpectation, StatusReason


@dataclass(frozen=True, slots=True)
class FigureAnswer:
    """The first step of a return: a figure as typed, or none, and where it comes from."""

    figure: str = ""
    no_figure: bool = False
    disputed: bool = False
    source: str = ""
    as_at: date | None = None
    quality_confirmed: bool = False


@dataclass(frozen=True, slots=True)
class ActionAnswer:
    """One action as typed."""

    text: str = ""
    owner: str = ""
    due_on: date | None = None

    @property
    def is_empty(self) -> bool:
        """Whether nothing at all was typed, so that the row is passed over."""
        return not (self.text or self.owner or self.due_on)


@dataclass(frozen=True, slots=True)
class RiskAnswer:
    """One risk as typed. `number` is its number in the register, or none for a new one."""

    number: int | None = None
    text: str = ""
    likelihood: int | None = None
    impact: int | None = None
    mitigation: str = ""

    @property
    def is_empty(self) -> bool:
        """Whether nothing at all was typed for a new risk, so that the row is passed over."""
        return self.number is None and not (
            self.text or self.likelihood or self.impact or self.mitigation
        )


@dataclass(frozen=True, slots=True)
class CommentaryAnswer:
    """The second step of a return: only what the computed status needs.

    `why` is why a return that was in is changed.
    """

    cause: str = ""
    actions: tuple[ActionAnswer, ...] = ()
    risks: tuple[RiskAnswer, ...] = ()
    risks_reviewed: bool = False
    reason: StatusReason | None = None
    reason_text: str = ""
    expected_on: date | None = None
    significant_concern: bool = False
    grant: GrantExpectation | None = None
    why: str = ""
