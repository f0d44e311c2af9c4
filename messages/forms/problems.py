"""The errors of a return's forms: what is wrong, how to mend it, and that nothing was lost."""

from collections.abc import Sequence
from typing import Final

from messages.forms.state import Entered, View
from rules.commentary import Problem, ProblemCode

KEPT: Final = "Your other answers are kept."
_ELSEWHERE: Final = "Press Back to mend it."
_WORDS: Final = {
    (ProblemCode.NOT_A_NUMBER, "figure"): (
        "Enter a number, such as 1200 or 1,200, or tick that you have no figure."
    ),
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
    (ProblemCode.DATE_REQUIRED, "expected_on"): "Choose the day a figure is expected.",
}
_ANYWHERE: Final = {
    ProblemCode.NOT_YOURS: "This target is not yours to report. Its lead can, or the central team.",
    ProblemCode.WINDOW_CLOSED: (
        "The window has closed. Tell the central team if you have a figure after all."
    ),
    ProblemCode.NOT_A_NUMBER: "Enter a number, such as 1200 or 1,200.",
}


def errors(problems: Sequence[Problem], view: View) -> dict[str, str]:
    """Problems as Slack shows them, at the blocks of the view that was sent.

    What has no block there stands at the first input. Empty when there is nothing to say.
    """
    blocks = Entered(view).blocks
    found: dict[str, list[str]] = {}
    for problem in problems:
        block = _block(problem.field, blocks)
        away = problem.code not in _ANYWHERE and block is None
        words = f"{_words(problem)} {_ELSEWHERE}" if away else _words(problem)
        found.setdefault(block or (blocks[0] if blocks else problem.field), []).append(words)
    return {block: " ".join([*dict.fromkeys(words), KEPT]) for block, words in found.items()}


def _block(field: str, blocks: Sequence[str]) -> str | None:
    """The field's own block, or the first of its row where the whole row is meant."""
    return next((name for name in (field, f"{field}.text") if name in blocks), None)


def _words(problem: Problem) -> str:
    part = problem.field.rpartition(".")[2]
    name = "text" if part.isdigit() else part
    specific = _WORDS.get((problem.code, name)) or _ANYWHERE.get(problem.code)
    return specific or "Something is missing here."
