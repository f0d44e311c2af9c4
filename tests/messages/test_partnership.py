"""A partnership's record in words: five messages at most, and nothing left out silently."""

from dataclasses import replace

import pytest

from messages.forms.record_page import TIGHT, on_one_page
from messages.gallery import Roles
from messages.notices.partnership import PartnershipRecord
from messages.say import Voice
from tests.messages.judges import judge

VOICE = Voice()
RECORD = PartnershipRecord.example()


def said(record: PartnershipRecord) -> str:
    return "\n".join(payload.text for payload in VOICE.say(record, Roles(), tables=False))


def test_the_record_reads_as_a_page() -> None:
    words = said(RECORD)
    for part in (
        "Children's Trust: July to September 2008 (Q2 2008/09)",
        "Liaison officer: role 8.",
        "Still owed, by Tuesday 21 October",
        "Not acknowledged yet.",
        "● RED, 31.0%, expected 38.0%, ▼ worsening, measured by a proxy, highest risk high.",
        "figures are kept within the partnership",
        "this quarter's return is seen once it is accepted",
        "21 days overdue: LAA1-06: Tutor for every pupil in care (Education lead)",
        "LAA1-06, 15 of 25: Two tutors leave. Mitigation: A third is trained",
        "inspection: Good, with outstanding care.",
        "And 2 targets more",
        "Records as of Thursday 13 November 2008 at 9am.",
    ):
        assert part in words, part


def many(count: int, text: str) -> PartnershipRecord:
    """A record with so much of everything, in texts so long."""
    return replace(
        RECORD,
        owing=RECORD.owing * count,
        escalations=tuple(replace(one, title=text) for one in RECORD.escalations[:1]) * count,
        targets=tuple(replace(one, title=text, cause=text) for one in RECORD.targets[:1]) * count,
        actions=tuple(replace(one, text=text, update=text) for one in RECORD.actions) * count,
        risks=tuple(replace(one, text=text, mitigation=text) for one in RECORD.risks) * count,
        notes=tuple(replace(one, text=text) for one in RECORD.notes[1:]) * count,
    )


@pytest.mark.parametrize("count", [12, 60, 500])
@pytest.mark.parametrize("text", ["More affordable homes", "A title of three hundred letters " * 9])
def test_a_record_of_any_length_fits_five_messages(count: int, text: str) -> None:
    made = on_one_page(many(count, text), lambda record: VOICE.say(record, Roles(), tables=False))
    payloads = VOICE.say(made, Roles(), tables=False)
    for payload in payloads:
        judge(payload)
    assert len(payloads) <= 5
    for name in TIGHT:
        assert len(getattr(made, name)) + getattr(made.left, name) == count


def test_a_partnership_of_the_usual_size_is_shown_whole() -> None:
    made = on_one_page(
        many(15, "More affordable homes"), lambda record: VOICE.say(record, Roles(), tables=False)
    )
    assert (made.left.targets, made.left.escalations) == (0, 0)


def test_an_empty_partnership_says_so() -> None:
    empty = PartnershipRecord(
        RECORD.quarter, RECORD.name, (), None, RECORD.as_of, open=False, due=RECORD.due
    )
    words = said(empty)
    assert "No liaison officer is recorded." in words
    assert "It has no targets." in words
    assert "No escalation stands" in words
