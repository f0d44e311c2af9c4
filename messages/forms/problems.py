"""The errors of a return's forms: what is wrong, how to mend it, and that nothing was lost."""

from collections.abc import Sequence
from typing import Final

from messages.forms.state import Entered, View
from messages.ids import Block as Id
from rules.commentary import Problem, ProblemCode
from rules.figures import Unit, what_to_enter

KEPT: Final = "Your other answers are kept."
NO_UNIT: Final = Unit("")
_FIRST_STEP: Final = frozenset({Id.FIGURE, Id.SOURCE, Id.AS_AT})
_ELSEWHERE: Final = "Press Back to mend it."
_WORDS: Final = {
    (ProblemCode.SOURCE_REQUIRED, "source"): "Say where the figure comes from.",
    (ProblemCode.DATE_REQUIRED, "as_at"): "Choose the day the figure describes.",
    (ProblemCode.CAUSE_REQUIRED, "cause"): (
        "Enter the cause. The board asks for one when a target is red or amber."
    ),
    (ProblemCode.ACTION_REQUIRED, "text"): (
        "Say what will be done. A red or amber target needs one action at least."
    ),
    (ProblemCode.ACTION_REQUIRED, "owner"): "Say who does it, by role, such as housing lead.",
    (ProblemCode.ACTION_REQUIRED, "due_on"): "Choose the day it will be done by.",
    (ProblemCode.RISKS_REQUIRED, "risks_reviewed"): "Tick this once you have looked at the risks.",
    (ProblemCode.RISK_INCOMPLETE, "text"): "Say what the risk is, or clear its other answers.",
    (ProblemCode.RISK_INCOMPLETE, "likelihood"): "Choose how likely the risk is.",
    (ProblemCode.RISK_INCOMPLETE, "impact"): "Choose how much the risk would matter.",
    (ProblemCode.MITIGATION_REQUIRED, "mitigation"): (
        "Say what keeps this risk down. A green target with a high risk needs it."
    ),
    (ProblemCode.REASON_REQUIRED, "reason"): "Choose why there is no colour.",
    (ProblemCode.REASON_REQUIRED, "reason_text"): "Say in your words what is in doubt.",
    (ProblemCode.REASON_REQUIRED, "why"): (
        "Say why it is changed: it is kept with the record, because somebody else sent it in."
    ),
    (ProblemCode.REASON_REQUIRED, "proposed_reason"): (
        "Say why another colour. It is kept beside the computed one, and the board can ask."
    ),
    (ProblemCode.DATE_REQUIRED, "expected_on"): "Choose the day a figure is expected.",
}
_ANYWHERE: Final = {
    ProblemCode.NOT_YOURS: "This target is not yours to report. Its lead can, or the central team.",
    ProblemCode.WINDOW_CLOSED: (
        "The window has closed. Tell the central team if you have a figure after all."
    ),
    ProblemCode.NOT_A_NUMBER: "Enter a number, such as 1200 or 1,200.",
    ProblemCode.NOT_A_LINK: (
        "Enter a whole web address that begins with https:// or http://, or clear this field."
    ),
}


def errors(problems: Sequence[Problem], view: View, unit: Unit = NO_UNIT) -> dict[str, str]:
    """Problems as Slack shows them, at the blocks of the view that was sent.

    What has no block there stands at the first input. A figure's error speaks of its `unit`.
    Empty when there is nothing to say.
    """
    entered = Entered(view)
    fields = entered.fields
    found: dict[str, list[str]] = {}
    for problem in problems:
        field = _field(problem.field, fields)
        away = problem.code not in _ANYWHERE and field is None
        words = f"{_words(problem, unit)} {_ELSEWHERE}" if away else _words(problem, unit)
        found.setdefault(field or (fields[0] if fields else problem.field), []).append(words)
    return {
        entered.block_of(field): " ".join([*dict.fromkeys(words), KEPT])
        for field, words in found.items()
    }


def are_elsewhere(problems: Sequence[Problem], view: View) -> bool:
    """Whether the second step lacks a field it needs, so that it must be shown anew."""
    fields = Entered(view).fields
    return any(
        problem.field not in _FIRST_STEP and _field(problem.field, fields) is None
        for problem in problems
    )


def _field(name: str, fields: Sequence[str]) -> str | None:
    """The field itself, or the first of its row where the whole row is meant."""
    return next((one for one in (name, f"{name}.text") if one in fields), None)


def _words(problem: Problem, unit: Unit) -> str:
    part = problem.field.rpartition(".")[2]
    name = "text" if part.isdigit() else part
    if (problem.code, name) == (ProblemCode.NOT_A_NUMBER, "figure"):
        return f"{what_to_enter(unit)[:-1]}, or tick that you have no figure."
    specific = _WORDS.get((problem.code, name)) or _ANYWHERE.get(problem.code)
    return specific or "Something is missing here."
