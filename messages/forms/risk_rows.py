"""The rows of risks in the second step: open ones from the register, and one new one."""

from typing import Final

from slack_sdk.models.blocks import Block

from messages.forms.context import MOST_RISKS
from messages.forms.pieces import choice, chosen_day, ticks, told, typed_text
from messages.forms.state import Entered
from messages.notices.sheets import OpenRisk, ReturnSheet
from rules.answers import RiskAnswer
from rules.risk import score

LIKELIHOOD: Final = {
    "1": "1 rare",
    "2": "2 unlikely",
    "3": "3 possible",
    "4": "4 likely",
    "5": "5 almost certain",
}
IMPACT: Final = {
    "1": "1 slight",
    "2": "2 minor",
    "3": "3 moderate",
    "4": "4 major",
    "5": "5 severe",
}


OVER: Final = "over"
LONGEST_OWNER: Final = 300
"""As many characters as the registers keep of an owner."""


def shown_risks(sheet: ReturnSheet) -> tuple[OpenRisk, ...]:
    """The open risks a form shows, highest first, as many as fit."""
    ranked = sorted(sheet.open_risks, key=lambda risk: (-_points(risk), risk.number))
    return tuple(ranked[:MOST_RISKS])


def risk_blocks(sheet: ReturnSheet, typed: tuple[RiskAnswer, ...]) -> list[Block]:
    """Every row, with what was typed before or what the register holds."""
    shown = shown_risks(sheet)
    before = {risk.number: risk for risk in typed}
    blocks: list[Block] = []
    for row, risk in enumerate(shown):
        blocks += _row(row, before.get(risk.number) or _as_kept(risk), f"Risk {row + 1}")
    left = len(sheet.open_risks) - len(shown)
    if left:
        blocks += told(f"{left} more in the register, none of them higher, stay as they are.")
    return [*blocks, *_row(len(shown), before.get(None) or RiskAnswer(), "A new risk")]


def parse_risks(entered: Entered, numbers: tuple[int, ...]) -> tuple[RiskAnswer, ...]:
    """The rows as typed: those of the register by `numbers`, then the new one."""
    rows = enumerate((*numbers, None))
    return tuple(_parsed(entered, row, number) for row, number in rows)


def _as_kept(risk: OpenRisk) -> RiskAnswer:
    return RiskAnswer(
        risk.number,
        risk.text,
        risk.likelihood,
        risk.impact,
        risk.mitigation,
        risk.owner,
        risk.review_on,
    )


def _parsed(entered: Entered, row: int, number: int | None) -> RiskAnswer:
    return RiskAnswer(
        number,
        entered.text(f"risk.{row}.text"),
        _scale(entered.chosen(f"risk.{row}.likelihood")),
        _scale(entered.chosen(f"risk.{row}.impact")),
        entered.text(f"risk.{row}.mitigation"),
        entered.text(f"risk.{row}.owner"),
        entered.day(f"risk.{row}.review_on"),
        OVER in entered.ticked(f"risk.{row}.closed"),
    )


def _row(row: int, risk: RiskAnswer, label: str) -> list[Block]:
    likelihood, impact = _value(risk.likelihood), _value(risk.impact)
    over = {OVER: "This risk is over: close it"}
    closing = ticks(f"risk.{row}.closed", label, over, [OVER] if risk.closed else [])
    return [
        typed_text(f"risk.{row}.text", f"{label}: what could go wrong", risk.text, multiline=True),
        choice(f"risk.{row}.likelihood", f"{label}: how likely it is", LIKELIHOOD, likelihood),
        choice(f"risk.{row}.impact", f"{label}: how much it would matter", IMPACT, impact),
        typed_text(
            f"risk.{row}.mitigation",
            f"{label}: what keeps it down",
            risk.mitigation,
            multiline=True,
        ),
        typed_text(
            f"risk.{row}.owner",
            f"{label}: who watches it",
            risk.owner,
            placeholder="Such as housing lead",
            longest=LONGEST_OWNER,
        ),
        chosen_day(f"risk.{row}.review_on", f"{label}: when to look again", risk.review_on),
        *([closing] if risk.number is not None else ()),
    ]


def _value(point: int | None) -> str | None:
    return None if point is None else str(point)


def _scale(value: str) -> int | None:
    return int(value) if value in LIKELIHOOD else None


def _points(risk: OpenRisk) -> int:
    return score(risk.likelihood, risk.impact)
