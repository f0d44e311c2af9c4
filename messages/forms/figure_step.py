"""The first step of a return: the figure, or none, and where it comes from."""

from collections.abc import Iterator
from typing import Any, Final
from zoneinfo import ZoneInfo

from slack_sdk.models.blocks import (
    ActionsBlock,
    Block,
    ButtonElement,
    ConfirmObject,
    ContextBlock,
)

from messages.forms.changing import came_back
from messages.forms.context import NEW, packed
from messages.forms.drafted import SAVED_AS_TYPED, saved_at
from messages.forms.pieces import (
    chosen_day,
    form,
    heading,
    ticks,
    title_of,
    told,
    typed_text,
)
from messages.forms.saving import saved
from messages.forms.state import Entered, View
from messages.ids import Action, Callback
from messages.ids import Block as Id
from messages.markup.blocks import plain
from messages.notices.sheets import ReturnSheet, Sitting
from messages.wording import colours, days
from messages.wording.amounts import against, brief
from messages.wording.criteria import criteria, expectation
from rules.answers import FigureAnswer
from rules.figures import Unit

NO_FIGURE: Final = "no_figure"
DISPUTED: Final = "disputed"
CONFIRMED: Final = "confirmed"


_DOUBTS: Final = {
    NO_FIGURE: "I have no figure this quarter",
    DISPUTED: "The data or the definition is in doubt",
}
_QUALITY: Final = {CONFIRMED: "I have checked the quality of these data"}
_MEASURED: Final = {
    "measure": "",
    "proxy": "This target is measured by a proxy: {proxy}.",
    "plan": "Without a figure this target is judged by its delivery plan.",
}
_UNSAID_UNITS: Final = frozenset({"", "number", "%", "£"})
_LONGEST_UNIT: Final = 100
LONGEST_SOURCE: Final = 200


def figure_view(
    sheet: ReturnSheet, typed: FigureAnswer | None = None, sitting: Sitting = NEW
) -> dict[str, Any]:
    """The first step, with what was typed before."""
    answer = typed or FigureAnswer(source=sheet.last_source, as_at=sheet.quarter.end)
    blocks = [
        *heading(f"{sheet.ref} {sheet.title}"),
        *came_back(sheet),
        *told("\n".join(_about(sheet))),
        *_drafts(sheet, sitting),
        *_fields(sheet, answer),
    ]
    due = days.day(sheet.due, sheet.quarter.end.year)
    closing = f"Due {due}. The next step asks only what the status needs. {SAVED_AS_TYPED}"
    return form(
        [
            # Another's draft that is taken over fills every field.
            *saved(blocks, turn=sitting.turn, filled=lambda _: True),
            ContextBlock(elements=[plain(closing)]),
        ],
        callback=Callback.RETURN_FIGURE,
        title=title_of(f"Report {sheet.ref}", "Report a target"),
        submit="Next",
        kept=packed(sheet, sitting=sitting),
    )


def _fields(sheet: ReturnSheet, answer: FigureAnswer) -> Iterator[Block]:
    came = f"Came in {brief(sheet.gathered_from, LONGEST_SOURCE)}; please check."
    yield typed_text(
        Id.FIGURE,
        _figure_label(sheet),
        answer.figure,
        placeholder=_such_as(sheet),
        hint=came if sheet.gathered_from else None,
    )
    yield ticks(Id.FIGURE_DOUBTS, "If the figure is missing or in doubt", _DOUBTS, _doubts(answer))
    yield typed_text(Id.SOURCE, "Where the figure comes from", answer.source)
    yield chosen_day(Id.AS_AT, "The day the figure describes", answer.as_at)
    yield ticks(Id.QUALITY, "Quality", _QUALITY, [CONFIRMED] if answer.quality_confirmed else [])


def _drafts(sheet: ReturnSheet, sitting: Sitting) -> Iterator[Block]:
    yield from saved_at(sheet, sitting)
    others = sitting.others
    if others is None:
        return
    when = days.moment(others.saved_at, ZoneInfo(sheet.zone), sheet.quarter.end.year)
    yield from told(f"{others.label} has a draft of this return from {when}.")
    take = ButtonElement(
        text=plain("Take over that draft"),
        action_id=Action.TAKE_DRAFT,
        value=str(others.number),
        confirm=ConfirmObject(
            title=plain("Take over this draft?"),
            text=plain("Its answers take the place of what stands in this form."),
            confirm=plain("Take it over"),
            deny=plain("Leave it"),
        ),
    )
    yield ActionsBlock(block_id=Id.OTHERS_DRAFT, elements=[take])


def parse_figure(view: View) -> FigureAnswer:
    """What was typed in the first step."""
    entered = Entered(view)
    doubts = entered.ticked(Id.FIGURE_DOUBTS)
    return FigureAnswer(
        figure=entered.text(Id.FIGURE),
        no_figure=NO_FIGURE in doubts,
        disputed=DISPUTED in doubts,
        source=entered.text(Id.SOURCE),
        as_at=entered.day(Id.AS_AT),
        quality_confirmed=CONFIRMED in entered.ticked(Id.QUALITY),
    )


def _doubts(answer: FigureAnswer) -> list[str]:
    found = {NO_FIGURE: answer.no_figure, DISPUTED: answer.disputed}
    return [name for name, ticked in found.items() if ticked]


def _about(sheet: ReturnSheet) -> list[str]:
    wanted = expectation(sheet)
    lines = [
        "You report this in the lead's place." if sheet.on_behalf_of is not None else "",
        f"What counts: {sheet.definition}." if sheet.definition else "",
        _MEASURED[sheet.measured].replace("{proxy}", sheet.proxy_title),
        f"Expected: {wanted}. {criteria(sheet)}"
        if wanted
        else "No milestone is set for this quarter.",
        _last_time(sheet),
    ]
    return [line for line in lines if line]


def _last_time(sheet: ReturnSheet) -> str:
    last = sheet.last
    if last is None:
        return "It was not reported before."
    figures = against(last.actual, last.expected)
    shown = f", {figures}" if figures else ""
    return f"Last time, in {days.months(last.quarter)}: {colours.plainly(last.status)}{shown}."


def _figure_label(sheet: ReturnSheet) -> str:
    said = sheet.unit not in _UNSAID_UNITS and len(sheet.unit) <= _LONGEST_UNIT
    return f"Figure for {days.months(sheet.quarter)}{f', in {sheet.unit}' if said else ''}"


def _such_as(sheet: ReturnSheet) -> str:
    unit = Unit(sheet.unit)
    if unit.is_percent:
        return "Such as 47 or 47%"
    return "Such as 1,200 or £3.5m" if unit.is_money else "Such as 1,200"
