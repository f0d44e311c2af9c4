"""A whole return judged: its computed decision, what stands in its place, and its problems.

It owns putting a return's parts together for `rules/commentary.py` and `rules/override.py`.
"""

from dataclasses import dataclass, replace
from datetime import datetime

from flows import lines
from flows.report_target import judge
from flows.sheet import Reporting
from rules.answers import ActionAnswer, CommentaryAnswer, FigureAnswer, RiskAnswer
from rules.commentary import Commentary, Problem, problems
from rules.override import Override, standing
from rules.status import Decision
from rules.vocabulary import Status, StatusReason


@dataclass(frozen=True, slots=True)
class Judged:
    """What a whole return came to: the computed decision, and what stands in its place."""

    computed: Decision
    override: Override

    @property
    def stands(self) -> Decision:
        """The decision that counts."""
        return self.override.decision

    @property
    def proposed(self) -> Status | None:
        """The colour proposed in place of the computed one, whether it stands or waits."""
        if self.stands.status is not self.computed.status:
            return self.stands.status
        return self.override.waiting


def judge_all(
    one: Reporting, figure: FigureAnswer, answer: CommentaryAnswer, now: datetime
) -> Judged | tuple[Problem, ...]:
    """What a whole return comes to, or what keeps it from being taken."""
    computed = judge(one, figure, now)
    if isinstance(computed, tuple):
        return computed
    judged = Judged(computed, standing(computed, answer.proposed))
    under_way = tuple(
        ActionAnswer(action.text, action.owner, action.due_on)
        for action in lines.open_actions(one.actions)
    )
    typed_now = tuple(action for action in answer.actions if not action.is_empty)
    found = problems(
        Commentary(
            judged.stands.status,
            cause=answer.cause,
            # An action already under way answers for a poor figure as a new one does.
            actions=(*answer.actions, *under_way) if not typed_now else answer.actions,
            risks=_with_register(one, answer.risks),
            risks_reviewed=answer.risks_reviewed,
            reason=answer.reason,
            reason_text=answer.reason_text,
            expected_on=answer.expected_on,
            source=figure.source,
            as_at=figure.as_at,
            proposed=judged.proposed,
            proposed_reason=answer.proposed_reason,
            evidence=answer.evidence,
        ),
        significant_from=one.planned.settings.significant_risk,
    )
    if found:
        return found
    stands = replace(judged.stands, reason=_reason(answer, judged.stands))
    return replace(judged, override=replace(judged.override, decision=stands))


def _reason(answer: CommentaryAnswer, decision: Decision) -> StatusReason | None:
    """The rule's own reason for a missing milestone stands, whatever else was chosen (§4)."""
    if decision.reason in {StatusReason.NO_MILESTONE, StatusReason.NO_DATA_AND_NO_MILESTONE}:
        return decision.reason
    return answer.reason or decision.reason


def _with_register(one: Reporting, risks: tuple[RiskAnswer, ...]) -> tuple[RiskAnswer, ...]:
    """Risks as typed; where the words of one in the register were cleared, its own words."""
    texts = {risk.number: risk.text for risk in one.risks}
    return tuple(replace(risk, text=risk.text or texts.get(risk.number or 0, "")) for risk in risks)
