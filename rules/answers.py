"""What a person typed, before it is judged.

It owns the frozen shapes that travel from a form to a flow, and the names of their fields
(`figure`, `cause`, `action.0.due_on`, `risk.1.mitigation` …), which problems point at. It
must not judge: that is `rules/figures.py`, `rules/status.py` and `rules/commentary.py`.
"""

from collections.abc import Container
from dataclasses import dataclass, fields, replace
from datetime import date

from rules.vocabulary import GrantExpectation, Status, StatusReason


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
    """One risk as typed. `number` is its number in the register, or none for a new one.

    `closed` when it is over, and leaves the register's open ones.
    """

    number: int | None = None
    text: str = ""
    likelihood: int | None = None
    impact: int | None = None
    mitigation: str = ""
    owner: str = ""
    review_on: date | None = None
    closed: bool = False

    @property
    def is_empty(self) -> bool:
        """Whether nothing at all was typed for a new risk, so that the row is passed over."""
        return self.number is None and not (
            self.text
            or self.likelihood
            or self.impact
            or self.mitigation
            or self.owner
            or self.review_on
        )


@dataclass(frozen=True, slots=True)
class CommentaryAnswer:
    """The second step of a return: only what the status that stands needs.

    `proposed` is another colour than the computed one, with its reason; `evidence` is a link.
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
    proposed: Status | None = None
    proposed_reason: str = ""
    evidence: str = ""


def over(
    before: CommentaryAnswer | None, now: CommentaryAnswer, shown: Container[str]
) -> CommentaryAnswer:
    """What was typed now, and below it what was typed before in fields not `shown` this time.

    Another colour asks other fields; what stands in those that are away is kept.
    """
    if before is None:
        return now
    away = (field.name for field in fields(now) if field.name not in shown)
    return replace(now, **{name: getattr(before, name) for name in away})
