"""The second step of a return: the status it came to, and only what that status needs."""

from collections.abc import Iterator
from enum import StrEnum
from typing import Any, Final, TypeVar

from slack_sdk.models.blocks import Block

from messages.forms.action_rows import action_blocks, parse_action
from messages.forms.changing import why_changed
from messages.forms.coached import coached
from messages.forms.colour_rows import colour_blocks, verdict
from messages.forms.context import MOST_ACTIONS, NEW, packed, parse_context
from messages.forms.drafted import saved_at
from messages.forms.pieces import (
    choice,
    form,
    heading,
    ticks,
    title_of,
    told,
    typed_text,
)
from messages.forms.reason_rows import last_words_block, reason_blocks
from messages.forms.risk_rows import parse_risks, risk_blocks, shown_risks
from messages.forms.saving import saved
from messages.forms.state import Entered, View
from messages.ids import Block as Id
from messages.ids import Callback
from messages.notices.sheets import Outcome, ReturnSheet, Sitting
from messages.wording import colours
from messages.wording.amounts import against, figure
from messages.wording.criteria import criteria
from rules.answers import CommentaryAnswer
from rules.commentary import Needs
from rules.grant import offered
from rules.links import LONGEST_LINK
from rules.vocabulary import GrantExpectation, Status, StatusReason

YES: Final = "yes"
LONGEST_LINE: Final = 200
MOST_UNDER_WAY: Final = 10
_REVIEWED: Final = "I have reviewed the risks: no change, but for what I changed here"
_Member = TypeVar("_Member", bound=StrEnum)


def commentary_view(
    sheet: ReturnSheet,
    outcome: Outcome,
    needs: Needs,
    typed: CommentaryAnswer | None = None,
    actions_shown: int = 1,
    sitting: Sitting = NEW,
) -> dict[str, Any]:
    """The second step, with what was typed before and `actions_shown` rows for actions."""
    answer = typed or CommentaryAnswer()
    rows = max(1, min(MOST_ACTIONS, max(actions_shown, len(answer.actions))))
    risks = [risk.number for risk in shown_risks(sheet)] if needs.risks else []
    blocks = _blocks(sheet, outcome, needs, answer, rows, sitting)
    return form(
        saved(blocks, turn=sitting.turn, filled=_has_last_words),
        callback=Callback.RETURN_COMMENTARY,
        title=title_of(f"Report {sheet.ref}", "Report a target"),
        submit="Send it as it is" if sitting.advised and sitting.advice else "Send this return",
        close="Back",
        kept=packed(sheet, actions_shown=rows, risks=risks, sitting=sitting),
    )


def shown_fields(view: View) -> frozenset[str]:
    """The fields of the second step that a form shows; the others stay as they were typed."""
    entered = Entered(view)
    names = {field.partition(".")[0] for field in entered.fields}
    return frozenset({_ROWS.get(name, name) for name in names})


_ROWS: Final = {"action": "actions", "risk": "risks"}


def _has_last_words(field: str) -> bool:
    return field in {Id.CAUSE, Id.REASON_TEXT} or field.endswith(".mitigation")


def parse_commentary(view: View) -> CommentaryAnswer:
    """What was typed in the second step. Rows the form did not show are not read."""
    entered = Entered(view)
    context = parse_context(view)
    rows, risks = (context.actions_shown, context.risks) if context else (1, ())
    return CommentaryAnswer(
        cause=entered.text(Id.CAUSE),
        actions=tuple(parse_action(entered, row) for row in range(rows)),
        risks=parse_risks(entered, risks) if Id.RISKS_REVIEWED in entered.fields else (),
        risks_reviewed=YES in entered.ticked(Id.RISKS_REVIEWED),
        reason=_member(StatusReason, entered.chosen(Id.REASON)),
        reason_text=entered.text(Id.REASON_TEXT),
        expected_on=entered.day(Id.EXPECTED_ON),
        significant_concern=YES in entered.ticked(Id.CONCERN),
        grant=_member(GrantExpectation, entered.chosen(Id.GRANT)),
        why=entered.text(Id.WHY),
        proposed=_member(Status, entered.chosen(Id.PROPOSED)),
        proposed_reason=entered.text(Id.PROPOSED_REASON),
        evidence=entered.text(Id.EVIDENCE),
    )


def _blocks(
    sheet: ReturnSheet,
    outcome: Outcome,
    needs: Needs,
    answer: CommentaryAnswer,
    rows: int,
    sitting: Sitting,
) -> list[Block]:
    return [
        *heading(f"{sheet.ref} is {colours.plainly(outcome.standing)}"),
        *told("\n".join(_verdict(sheet, outcome))),
        *saved_at(sheet, sitting),
        *colour_blocks(outcome, answer),
        *last_words_block(sheet, needs),
        *reason_blocks(outcome.standing, needs, answer),
        *(action_blocks(sheet, answer.actions, rows) if needs.actions else ()),
        *_risks(sheet, needs, answer),
        *_judgements(sheet, outcome.standing, needs, answer),
        *_evidence(outcome, answer),
        *why_changed(sheet, answer.why),
        *coached(sitting),
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
    yield from verdict(outcome)
    if outcome.status in _BECAUSE:
        yield _BECAUSE[outcome.status]
    if outcome.standing in _NEEDED:
        yield f"Needed now: {_NEEDED[outcome.standing]}. {_CALLED_OPTIONAL}"


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


def _risks(sheet: ReturnSheet, needs: Needs, answer: CommentaryAnswer) -> Iterator[Block]:
    if needs.risks:
        yield from risk_blocks(sheet, answer.risks)
        reviewed = [YES] if answer.risks_reviewed else []
        words = {YES: _REVIEWED if sheet.open_risks else "I have reviewed the risks"}
        yield ticks(Id.RISKS_REVIEWED, "Risks", words, reviewed)


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


def _evidence(outcome: Outcome, answer: CommentaryAnswer) -> Iterator[Block]:
    if outcome.offered:
        yield typed_text(
            Id.EVIDENCE,
            "A link to evidence, if there is one",
            answer.evidence,
            placeholder="https://",
            longest=LONGEST_LINK,
        )


def _member(kind: type[_Member], value: str) -> _Member | None:
    return kind(value) if value in {member.value for member in kind} else None
