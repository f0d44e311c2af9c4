"""What a return must hold beside its figure, by status (specification §6).

It owns the problems of a return and which fields a form shows. It must not word them: a
problem is a code at a field, named as in `rules/answers.py`.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from rules.answers import ActionAnswer, RiskAnswer
from rules.links import is_link
from rules.risk import SCALE, SIGNIFICANT_FROM
from rules.vocabulary import Status, StatusReason


class ProblemCode(StrEnum):
    """Why a return is not taken as it stands."""

    CAUSE_REQUIRED = "CAUSE_REQUIRED"
    ACTION_REQUIRED = "ACTION_REQUIRED"
    RISKS_REQUIRED = "RISKS_REQUIRED"
    RISK_INCOMPLETE = "RISK_INCOMPLETE"
    MITIGATION_REQUIRED = "MITIGATION_REQUIRED"
    REASON_REQUIRED = "REASON_REQUIRED"
    DATE_REQUIRED = "DATE_REQUIRED"
    SOURCE_REQUIRED = "SOURCE_REQUIRED"
    NOT_A_NUMBER = "NOT_A_NUMBER"
    NOT_YOURS = "NOT_YOURS"
    WINDOW_CLOSED = "WINDOW_CLOSED"
    NOT_A_LINK = "NOT_A_LINK"


@dataclass(frozen=True, slots=True)
class Problem:
    """One problem, at the field it is mended at: `cause`, `action.0.owner`, `expected_on`."""

    code: ProblemCode
    field: str


@dataclass(frozen=True, slots=True)
class Commentary:
    """A whole return as it would be kept, with the status that stands for it.

    `proposed` is another colour than the computed one, whether it stands or waits.
    """

    status: Status
    cause: str = ""
    actions: tuple[ActionAnswer, ...] = ()
    risks: tuple[RiskAnswer, ...] = ()
    risks_reviewed: bool = False
    reason: StatusReason | None = None
    reason_text: str = ""
    expected_on: date | None = None
    source: str = ""
    as_at: date | None = None
    quality_confirmed: bool = False
    proposed: Status | None = None
    proposed_reason: str = ""
    evidence: str = ""


@dataclass(frozen=True, slots=True)
class Needs:
    """Which fields a form shows for a status. What it does not need is not asked."""

    cause: bool
    actions: bool
    risks: bool
    reason: bool
    reason_text: bool
    expected_on: bool
    concern: bool
    source: bool
    grant: bool


def needs(status: Status, *, carries_grant: bool = False, judged: bool = False) -> Needs:
    """The fields of a status; a kind that carries grant is always asked what it expects.

    A significant concern is asked for where it decides: of an amber target. `judged` when the
    status was proposed: the reason for that says what is in doubt, and is not asked twice.
    """
    return Needs(
        cause=status.is_poor,
        actions=status.is_poor,
        risks=status.is_colour,
        reason=status in {Status.UNCERTAIN, Status.NO_DATA},
        reason_text=status is Status.UNCERTAIN and not judged,
        expected_on=status is Status.NO_DATA,
        concern=status is Status.AMBER,
        source=status.is_colour,
        grant=carries_grant,
    )


def problems(
    commentary: Commentary, *, significant_from: int = SIGNIFICANT_FROM
) -> tuple[Problem, ...]:
    """Everything that keeps a return from being taken, in the order of the form.

    Only rows with something in them count as actions and risks. A missing confirmation of
    quality is no problem: it is kept and flagged to the board (C22).
    """
    wanted = needs(commentary.status, judged=commentary.proposed is commentary.status)
    found: list[Problem] = []
    if wanted.cause and not commentary.cause.strip():
        found.append(Problem(ProblemCode.CAUSE_REQUIRED, "cause"))
    if wanted.actions:
        found.extend(_action_problems(commentary.actions))
    if wanted.risks:
        found.extend(_risk_problems(commentary, significant_from))
    found.extend(_reason_problems(commentary, wanted))
    found.extend(source_problems(commentary.status, commentary.source, commentary.as_at))
    found.extend(_free_problems(commentary))
    return tuple(found)


def _free_problems(commentary: Commentary) -> Iterator[Problem]:
    """What is wrong with answers that nobody has to give."""
    if commentary.proposed is not None and not commentary.proposed_reason.strip():
        yield Problem(ProblemCode.REASON_REQUIRED, "proposed_reason")
    if commentary.evidence and not is_link(commentary.evidence):
        yield Problem(ProblemCode.NOT_A_LINK, "evidence")


def source_problems(status: Status, source: str, as_at: date | None) -> tuple[Problem, ...]:
    """What the first step lacks: a coloured return says where its figure comes from, and when."""
    if not needs(status).source:
        return ()
    found = []
    if not source.strip():
        found.append(Problem(ProblemCode.SOURCE_REQUIRED, "source"))
    if as_at is None:
        found.append(Problem(ProblemCode.DATE_REQUIRED, "as_at"))
    return tuple(found)


def _action_problems(actions: tuple[ActionAnswer, ...]) -> Iterator[Problem]:
    started = [(row, action) for row, action in enumerate(actions) if not action.is_empty]
    if not started:
        yield Problem(ProblemCode.ACTION_REQUIRED, "action.0.text")
    for row, action in started:
        parts = {"text": action.text.strip(), "owner": action.owner.strip()}
        for name, value in {**parts, "due_on": action.due_on}.items():
            if not value:
                yield Problem(ProblemCode.ACTION_REQUIRED, f"action.{row}.{name}")


def _risk_problems(commentary: Commentary, significant_from: int) -> Iterator[Problem]:
    if not commentary.risks_reviewed:
        yield Problem(ProblemCode.RISKS_REQUIRED, "risks_reviewed")
    for row, risk in enumerate(commentary.risks):
        if risk.is_empty or risk.closed:
            continue
        yield from _incomplete(row, risk)
        unmitigated = _points(risk) >= significant_from and not risk.mitigation.strip()
        if commentary.status is Status.GREEN and unmitigated:
            yield Problem(ProblemCode.MITIGATION_REQUIRED, f"risk.{row}.mitigation")


def _incomplete(row: int, risk: RiskAnswer) -> Iterator[Problem]:
    missing = {
        "text": not risk.text.strip(),
        "likelihood": risk.likelihood not in SCALE,
        "impact": risk.impact not in SCALE,
    }
    for name, lacks in missing.items():
        if lacks:
            yield Problem(ProblemCode.RISK_INCOMPLETE, f"risk.{row}.{name}")


def _points(risk: RiskAnswer) -> int:
    return (risk.likelihood or 0) * (risk.impact or 0)


def _reason_problems(commentary: Commentary, wanted: Needs) -> Iterator[Problem]:
    if wanted.reason and commentary.reason is None:
        yield Problem(ProblemCode.REASON_REQUIRED, "reason")
    if wanted.reason_text and not commentary.reason_text.strip():
        yield Problem(ProblemCode.REASON_REQUIRED, "reason_text")
    if wanted.expected_on and commentary.expected_on is None:
        yield Problem(ProblemCode.DATE_REQUIRED, "expected_on")
