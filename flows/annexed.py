"""The digest's annexes: a line for each target, in the order of `rules/annex.py`.

Restricted figures and words are left out, and their colour stays (H12).
"""

from dataclasses import replace

from flows import lines, withholding
from flows.material import Material
from messages.notices.digest import DigestAnnex, DigestLine
from rules.annex import Record, annex
from rules.variance import variance


def annex_of(made: Material, number: int) -> DigestAnnex:
    """An annex by its number, in sections as the board reads them."""
    significant = made.planned.settings.significant_risk
    sections = annex(made.records, number, significant)
    label = ", ".join(
        dict.fromkeys(record.kind.label for record in made.records if record.kind.annex == number)
    )
    return DigestAnnex(
        made.planned.quarter,
        number,
        label,
        tuple(
            (name, tuple(_line(made, record) for record in members))
            for name, members in sections
            if members
        ),
    )


def _line(made: Material, record: Record) -> DigestLine:
    one = made.walked(record.ref)
    kept = one.record(made.planned.quarter)
    if kept is None:
        raise LookupError(f"{record.ref} has no return in {made.planned.quarter}.")
    line = DigestLine(
        ref=record.ref,
        title=record.title,
        status=record.status,
        basis=record.basis,
        actual=lines.actual(one.target, kept),
        expected=lines.expected(one.target, kept),
        variance=variance(kept.actual, kept.profile if kept.profile.given else None),
        direction=kept.direction,
        risk=lines.risk_rating(record.highest_risk),
        streak=record.streak,
        cause=kept.cause,
        quality_confirmed=kept.quality_confirmed or kept.actual is None,
        reason_text=kept.reason_text,
    )
    if withholding.from_channel(one.target):
        return replace(
            line,
            actual=None,
            expected=None,
            variance=None,
            cause="",
            reason_text="",
            withheld=True,
        )
    return line
