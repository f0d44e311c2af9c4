"""The second step of a return: the status it came to, and only what that status needs."""

from collections.abc import Iterator
from enum import StrEnum
from typing import Any, Final, TypeVar

from slack_sdk.models.blocks import ActionsBlock, Block, ButtonElement

from messages.forms.changing import why_changed
from messages.forms.context import MOST_ACTIONS, packed, parse_context
from messages.forms.pieces import (
    choice,
    chosen_day,
    form,
    heading,
    ticks,
    title_of,
    told,
    typed_text,
)
from messages.forms.risk_rows import parse_risks, risk_blocks, shown_risks
from messages.forms.state import Entered, View
from messages.ids import Action, Callback
from messages.ids import Block as Id
from messages.markup.blocks import plain
from messages.notices.common import ActionLine
from messages.notices.sheets import Outcome, ReturnSheet
from messages.wording import colours, days
from messages.wording.amounts import against, brief, figure
from messages.wording.criteria import criteria
from rules.answers import ActionAnswer, CommentaryAnswer
from rules.commentary import Needs
from rules.grant import offered
from rules.vocabulary import GrantExpectation, Status, StatusReason

YES: Final = "yes"
LONGEST_LINE: Final = 200
LONGEST_OWNER: Final = 300
"""As many characters as the register of actions keeps of an owner."""
_Member = TypeVar("_Member", bound=StrEnum)


def commentary_view(
    sheet: ReturnSheet,
    outcome: Outcome,
    needs: Needs,
    typed: CommentaryAnswer | None = None,
    actions_shown: int = 1,
) -> dict[str, Any]:
    """The second step, with what was typed before and `actions_shown` rows for actions."""
    answer = typed or CommentaryAnswer()
    rows = max(1, min(MOST_ACTIONS, max(actions_shown, len(answer.actions))))
    risks = [risk.number for risk in shown_risks(sheet)] if needs.risks else []
    return form(
        _blocks(sheet, outcome, needs, answer, rows),
        callback=Callback.RETURN_COMMENTARY,
        title=title_of(f"Report {sheet.ref}", "Report a target"),
        submit="Send this return",
        close="Back",
        kept=packed(sheet, actions_shown=rows, risks=risks),
    )


def parse_commentary(view: View) -> CommentaryAnswer:
    """What was typed in the second step. Rows the form did not show are not read."""
    entered = Entered(view)
    context = parse_context(view)
    rows, risks = (context.actions_shown, context.risks) if context else (1, ())
    return CommentaryAnswer(
        cause=entered.text(Id.CAUSE),
        actions=tuple(_action(entered, row) for row in range(rows)),
        risks=parse_risks(entered, risks) if Id.RISKS_REVIEWED in entered.blocks else (),
        risks_reviewed=YES in entered.ticked(Id.RISKS_REVIEWED),
        reason=_member(StatusReason, entered.chosen(Id.REASON)),
        reason_text=entered.text(Id.REASON_TEXT),
        expected_on=entered.day(Id.EXPECTED_ON),
        significant_concern=YES in entered.ticked(Id.CONCERN),
        grant=_member(GrantExpectation, entered.chosen(Id.GRANT)),
        why=entered.text(Id.WHY),
    )


def _blocks(
    sheet: ReturnSheet, outcome: Outcome, needs: Needs, answer: CommentaryAnswer, rows: int
) -> list[Block]:
    return [
        *heading(f"{sheet.ref} is {colours.plainly(outcome.status)}"),
        *told("\n".join(_verdict(sheet, outcome))),
        *_reasons(outcome.status, needs, answer),
        *(_actions(sheet, answer.actions, rows) if needs.actions else ()),
        *_risks(sheet, needs, answer),
        *_judgements(sheet, outcome.status, needs, answer),
        *why_changed(sheet, answer.why),
    ]


def _verdict(sheet: ReturnSheet, outcome: Outcome) -> Iterator[str]:
    figures = against(outcome.actual, sheet.expected)
    yield " ".join(
        words
        for words in (
            f"{sheet.title}.",
            f"{figures[:1].upper()}{figures[1:]}." if figures else "",
            f"{figure(outcome.shortfall)} short." if outcome.shortfall else "",
            criteria(sheet),
        )
        if words
    )
    if outcome.status.is_colour:
        yield f"Direction of travel: {colours.DIRECTION[outcome.direction]}."
    if outcome.basis and colours.BASIS[outcome.basis]:
        yield f"It is {colours.BASIS[outcome.basis]}."
    if outcome.status in _BECAUSE:
        yield _BECAUSE[outcome.status]
    if outcome.status in _NEEDED:
        yield f"Needed now: {_NEEDED[outcome.status]}. {_CALLED_OPTIONAL}"


_POOR: Final = "the cause, one action with who does it and by when, and a look at the risks"
_NEEDED: Final = {
    Status.RED: _POOR,
    Status.AMBER: _POOR,
    Status.GREEN: "a look at the risks",
    Status.UNCERTAIN: "the reason, and what is in doubt in your words",
    Status.NO_DATA: "the reason, and the day a figure is expected",
}
# Slack sends nothing while a required field is empty: closing would lose what was typed.
_CALLED_OPTIONAL: Final = (
    "Slack calls every field optional, so that what you typed is kept if one is missing."
)
_BECAUSE: Final = {
    Status.UNCERTAIN: "A figure that is in doubt, or that has no milestone, gets no colour.",
    Status.NO_DATA: "A return without a figure gets no colour. It is not red for that.",
}


def _reasons(status: Status, needs: Needs, answer: CommentaryAnswer) -> Iterator[Block]:
    if needs.cause:
        yield typed_text(
            Id.CAUSE,
            "Why is it behind what was expected?",
            answer.cause,
            multiline=True,
            hint="The board reads this.",
        )
    if needs.reason:
        words = {
            reason.value: colours.REASON[reason] for reason in _REASONS.get(status, StatusReason)
        }
        yield choice(Id.REASON, "Why is there no colour?", words, answer.reason)
    if needs.reason_text:
        yield typed_text(
            Id.REASON_TEXT, "What is in doubt, in your words", answer.reason_text, multiline=True
        )
    if needs.expected_on:
        yield chosen_day(Id.EXPECTED_ON, "When will there be a figure?", answer.expected_on)


_REASONS: Final = {
    Status.UNCERTAIN: (
        StatusReason.BASE_DATA_DOUBT,
        StatusReason.DEFINITION_DISPUTED,
        StatusReason.NO_MILESTONE,
        StatusReason.OTHER,
    ),
    Status.NO_DATA: (
        StatusReason.AWAITING_RELEASE,
        StatusReason.NO_DATA_AND_NO_MILESTONE,
        StatusReason.BASE_DATA_DOUBT,
        StatusReason.OTHER,
    ),
}


def _actions(sheet: ReturnSheet, typed: tuple[ActionAnswer, ...], rows: int) -> Iterator[Block]:
    yield from told("\n".join(_open_action(sheet, action) for action in sheet.open_actions))
    for row in range(rows):
        answer = typed[row] if row < len(typed) else ActionAnswer()
        label = f"Action {row + 1}"
        yield typed_text(
            f"action.{row}.text", f"{label}: what will be done", answer.text, multiline=True
        )
        yield typed_text(
            f"action.{row}.owner",
            f"{label}: who does it",
            answer.owner,
            placeholder="Such as housing lead",
            longest=LONGEST_OWNER,
        )
        yield chosen_day(f"action.{row}.due_on", f"{label}: by when", answer.due_on)
    if rows < MOST_ACTIONS:
        another = ButtonElement(text=plain("Add another action"), action_id=Action.ADD_ACTION)
        yield ActionsBlock(block_id=Id.ADD_ACTION, elements=[another])


def _open_action(sheet: ReturnSheet, action: ActionLine) -> str:
    due = f", by {days.day(action.due_on, sheet.quarter.end.year)}" if action.due_on else ""
    owner = f" ({action.owner})" if action.owner else ""
    return f"Open from before: {brief(action.text, LONGEST_LINE)}{due}{owner}."


def _risks(sheet: ReturnSheet, needs: Needs, answer: CommentaryAnswer) -> Iterator[Block]:
    if needs.risks:
        yield from risk_blocks(sheet, answer.risks)
        reviewed = [YES] if answer.risks_reviewed else []
        yield ticks(Id.RISKS_REVIEWED, "Risks", {YES: "I have reviewed the risks"}, reviewed)


def _judgements(
    sheet: ReturnSheet, status: Status, needs: Needs, answer: CommentaryAnswer
) -> Iterator[Block]:
    if needs.concern:
        ticked = [YES] if answer.significant_concern else []
        words = {YES: "This is of significant concern: put it before the board"}
        yield ticks(Id.CONCERN, "Significant concern", words, ticked)
    if needs.grant:
        words = {expected.value: colours.GRANT[expected] for expected in GrantExpectation}
        last = f"Last time: {colours.GRANT[sheet.last_grant]}." if sheet.last_grant else None
        yield choice(Id.GRANT, "Reward grant", words, answer.grant or offered(status), last)


def _action(entered: Entered, row: int) -> ActionAnswer:
    return ActionAnswer(
        entered.text(f"action.{row}.text"),
        entered.text(f"action.{row}.owner"),
        entered.day(f"action.{row}.due_on"),
    )


def _member(kind: type[_Member], value: str) -> _Member | None:
    return kind(value) if value in {member.value for member in kind} else None
