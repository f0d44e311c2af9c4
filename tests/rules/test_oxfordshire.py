from collections import Counter

import pytest

from rules.annex import AnnexSection, annex
from rules.digest import by_partnership, counts, escalations, plans
from rules.vocabulary import EscalationEvent
from tests.rules.oxfordshire import FOLDER, expected, last_quarter, records, step_of
from tests.rules.vectors import rows

SUMMARY = expected()


def test_the_counts_are_those_of_the_boards_paper() -> None:
    published = SUMMARY["from_psb_report"]
    for found, name in zip(counts(records()), ("laa1", "laa2"), strict=True):
        printed = {status.value: number for status, number in found.counts}
        assert {**printed, "total": found.total} == published[name]


def test_three_reds_are_for_want_of_data() -> None:
    assert [found.red_for_want_of_data for found in counts(records())] == [0, 3]


def test_the_change_is_told_from_last_quarters_counts() -> None:
    before = Counter(last_quarter().values())
    found = counts(records())
    assert before == sum((Counter(dict(kind.before)) for kind in found), Counter())


def test_action_plans_are_in_place_for_twenty() -> None:
    found = plans(records())
    assert found.in_place == SUMMARY["from_psb_report"]["action_plans_in_place"]
    assert found.of == 59


def test_the_twelve_new_escalations_and_one_held_come_out() -> None:
    listed = {
        row["target_ref"]: row for row in rows(f"{FOLDER}/expected_escalations_2008-09_q2.csv")
    }
    found = escalations(records())
    assert (
        {one.ref for one in found.new}
        == set(listed)
        == set(SUMMARY["illustrative"]["escalations_new"])
    )
    assert [one.ref for one in found.held] == ["LAA1-01"]
    assert (found.continuing, found.withdrawn) == ((), ())
    for one in found.new:
        assert str(one.streak) == listed[one.ref]["streak"]
        assert step_of(one).event is EscalationEvent.NEW


@pytest.mark.parametrize("number", [1, 2])
def test_the_annexes_hold_the_targets_listed(number: int) -> None:
    found = {
        name.value: {one.ref for one in members}
        for name, members in annex(records(), number)
        if members
    }
    listed = SUMMARY["illustrative"][f"annex{number}"]
    assert found == {name: set(refs) for name, refs in listed.items()}


def test_indicators_not_required_are_listed_in_the_second_annex() -> None:
    found = dict(annex(records(with_optional=True), 2))
    assert len(found[AnnexSection.NOT_REQUIRED]) == 7


def test_colours_by_partnership_come_out() -> None:
    second = [one for one in records() if one.kind.annex == 2]
    found = {code: dict(tally) for code, tally in by_partnership(second)}
    assert found == SUMMARY["illustrative"]["rag_by_partnership_laa2"]
