from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.annex import AnnexSection, Record, annex, in_order, natural_key, section
from rules.kinds import TargetKind
from rules.vocabulary import EscalationEvent, Status

GRANT_KIND = TargetKind("ONE", "One", collected=True, escalates=True, carries_grant=True, annex=1)
LISTED_KIND = TargetKind("TWO", "Two", collected=True, escalates=True, annex=2)
NO_ANNEX = TargetKind("NONE", "None")


def record(status: Status, kind: TargetKind = LISTED_KIND, ref: str = "NI 8") -> Record:
    return Record(ref, "A title", kind, "ENV", "spatial", status)


def test_red_and_uncertain_always_stand_in_the_annex() -> None:
    assert section(record(Status.RED)) is AnnexSection.RED
    assert section(record(Status.UNCERTAIN, GRANT_KIND)) is AnnexSection.UNCERTAIN


@pytest.mark.parametrize("event", [EscalationEvent.NEW, EscalationEvent.CONTINUING])
def test_amber_stands_in_it_when_escalated(event: EscalationEvent) -> None:
    found = section(replace(record(Status.AMBER), event=event))
    assert found is AnnexSection.AMBER_SIGNIFICANT_CONCERN


def test_amber_stands_in_it_with_a_concern_or_a_significant_risk_only() -> None:
    amber = record(Status.AMBER)
    assert section(amber) is None
    assert section(replace(amber, highest_risk=11)) is None
    assert section(replace(amber, highest_risk=12)) is AnnexSection.AMBER_SIGNIFICANT_CONCERN
    concern = replace(amber, significant_concern=True)
    assert section(concern) is AnnexSection.AMBER_SIGNIFICANT_CONCERN


def test_green_stands_in_it_with_a_significant_risk_only() -> None:
    green = record(Status.GREEN)
    assert section(replace(green, significant_concern=True)) is None
    assert section(replace(green, highest_risk=12)) is AnnexSection.GREEN_SIGNIFICANT_RISK
    assert section(replace(green, highest_risk=12), significant_from=13) is None


@pytest.mark.parametrize("status", [Status.NO_DATA, Status.TARGET_TO_BE_SET, Status.NOT_REQUIRED])
def test_a_kind_with_a_grant_table_has_no_lists(status: Status) -> None:
    assert section(record(status, GRANT_KIND)) is None
    assert section(record(status)) == status.value


def test_a_return_not_submitted_is_named_elsewhere() -> None:
    assert section(record(Status.NOT_SUBMITTED)) is None


@pytest.mark.parametrize("status", Status)
def test_a_kind_without_an_annex_is_in_none(status: Status) -> None:
    assert section(record(status, NO_ANNEX)) is None


def test_sections_stand_in_order_with_the_empty_ones() -> None:
    assert [name for name, _ in annex([record(Status.RED, GRANT_KIND)], 1)] == [
        "RED",
        "AMBER_SIGNIFICANT_CONCERN",
        "UNCERTAIN",
        "GREEN_SIGNIFICANT_RISK",
    ]
    assert [name for name, _ in annex([record(Status.NO_DATA)], 2)][-3:] == [
        "TARGET_TO_BE_SET",
        "NOT_REQUIRED",
        "NO_DATA",
    ]


def test_within_a_colour_the_longest_streak_then_the_highest_risk_then_the_number_leads() -> None:
    red = record(Status.RED)
    eight, thirty_nine = replace(red, ref="NI 8"), replace(red, ref="NI 39")
    risky = replace(red, ref="NI 40", highest_risk=20)
    long = replace(red, ref="NI 123", streak=4)
    small = replace(red, ref="NI 99", highest_risk=1)
    assert in_order([eight, small]) == (small, eight)
    assert in_order([thirty_nine, eight, risky, long]) == (long, risky, eight, thirty_nine)


@given(st.permutations(["LAA1-2", "LAA1-10", "LAA2-NI008", "LAA2-NI39", "NI 8", "NI 39"]))
def test_references_sort_as_people_count(refs: list[str]) -> None:
    assert sorted(refs, key=natural_key) == [
        "LAA1-2",
        "LAA1-10",
        "LAA2-NI008",
        "LAA2-NI39",
        "NI 8",
        "NI 39",
    ]


@given(st.lists(st.text(max_size=6), max_size=6))
def test_any_references_can_be_sorted(refs: list[str]) -> None:
    assert len(sorted(refs, key=natural_key)) == len(refs)


@given(st.lists(st.sampled_from(Status), max_size=12))
def test_nobody_stands_twice_in_an_annex(statuses: list[Status]) -> None:
    found = [record(status, ref=f"NI {n}") for n, status in enumerate(statuses)]
    placed = [one.ref for _, members in annex(found, 2) for one in members]
    assert len(placed) == len(set(placed))
