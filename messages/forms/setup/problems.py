"""The errors of set-up forms: what is wrong, how to mend it, and that nothing was lost."""

from collections.abc import Iterable
from typing import Final

from messages.forms.problems import KEPT
from messages.forms.state import Entered, View
from messages.wording.setup_values import lacking
from rules.setup_fields import SetupProblem, SetupProblemCode
from rules.setup_invariants import MOST_DECIMALS, Missing

_REQUIRED: Final = {
    "title": "Give it a title.",
    "ref": "Give it a reference, such as LAA1-03.",
    "kind": "Choose a kind.",
    "block": "Choose a block.",
    "partnership": "Choose the partnership that owns it.",
    "active_to": "Write the last quarter it is reported for, such as 2008/09 Q4.",
    "on_day": "Choose the day it is of.",
    "text": "Say what it is.",
    "green": "Enter how far short is still green; 0 for not at all.",
    "amber": "Enter how far short is still amber.",
}
_WORDS: Final = {
    SetupProblemCode.REQUIRED: "Choose one.",
    SetupProblemCode.NOT_WHOLE: "Enter a whole number, such as 154.",
    SetupProblemCode.NOT_OFFERED: "This is not there any more. Choose another.",
    SetupProblemCode.NOT_A_LINK: "Enter a web address that begins with https:// or http://.",
    SetupProblemCode.REF_NOT_USABLE: (
        "Write the reference as one word, such as LAA1-03, and not as one the command reads "
        "otherwise."
    ),
    SetupProblemCode.TOO_MANY_DECIMALS: f"Enter a whole number from 0 to {MOST_DECIMALS}.",
    SetupProblemCode.NEGATIVE: "Enter 0 or more: it is how far short a figure may fall.",
    SetupProblemCode.TOLERANCES_CROSS: (
        "Enter at least what green allows: amber begins where green ends."
    ),
    SetupProblemCode.TOLERANCE_UNDEFINED: (
        "A per cent of 0 cannot be worked out. A milestone of 0 needs tolerances in the unit of "
        "the measure."
    ),
    SetupProblemCode.RANGE_CROSSES: "Enter more than the lower end.",
    SetupProblemCode.RANGE_HALF_GIVEN: "A range has two ends. Enter this one too.",
    SetupProblemCode.REASON_REQUIRED: "Say why.",
    SetupProblemCode.EXPECTED_DAY_REQUIRED: "Choose the day it is expected to be set by.",
    SetupProblemCode.SOURCE_REQUIRED: "Say where the benchmark comes from.",
    SetupProblemCode.ENDS_BEFORE_START: "This lies before its start. Give a later one.",
    SetupProblemCode.QUARTER_DONE: (
        "This quarter's records are locked, so its milestone stands as it was."
    ),
    SetupProblemCode.LINKED_TO_ITSELF: "A target is not linked to itself. Take it out.",
    SetupProblemCode.TARGET_GONE: "One of these targets is not there any more. Choose again.",
}

_AS_A_DRAFT: Final = (
    "Make it a draft under Agreement first; then change this, give it the end that fits, and "
    "agree it again."
)


def setup_errors(problems: Iterable[SetupProblem], view: View) -> dict[str, str]:
    """Problems as Slack shows them, at their fields; at the first where a form lacks one."""
    blocks = Entered(view).blocks
    found: dict[str, list[str]] = {}
    for problem in problems:
        block = problem.field if problem.field in blocks else (*blocks, problem.field)[0]
        found.setdefault(block, []).append(_words(problem))
    return {block: " ".join([*dict.fromkeys(words), KEPT]) for block, words in found.items()}


def _words(problem: SetupProblem) -> str:
    code, more = problem.code, problem.more
    if code is SetupProblemCode.NOT_AGREED_YET:
        needs = f"An agreed target needs {lacking(Missing(one) for one in more)}."
        return f"{needs} {_AS_A_DRAFT}" if problem.field == "polarity" else needs
    if code is SetupProblemCode.REF_TAKEN:
        return f"There is a target {more[0]} already. Give another reference."
    if code in {SetupProblemCode.NOT_A_NUMBER, SetupProblemCode.NOT_A_QUARTER}:
        return more[0]
    if code is SetupProblemCode.REQUIRED:
        return _REQUIRED.get(problem.field, _WORDS[code])
    return _WORDS[code]
