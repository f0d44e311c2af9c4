"""Blocks, partnerships and kinds are seen and changed by the central team, with an audit entry."""

from dataclasses import replace
from datetime import date

import pytest

from flows.setup.blocks import block_sheet, blocks_listed, keep_block, remove_block
from flows.setup.kinds import keep_kind, kind_sheet, kinds_listed
from flows.setup.partnerships import (
    keep_partnership,
    partnership_sheet,
    partnerships_listed,
    remove_partnership,
)
from messages.notices.organising import BlocksListed, KindsListed, PartnershipsListed
from messages.notices.organising_sheets import (
    BlockAnswer,
    BlockSheet,
    KindAnswer,
    KindSheet,
    PartnershipAnswer,
    PartnershipSheet,
)
from messages.notices.refusals import OutOfDate, Refused
from rules.kinds import TargetKind
from rules.organising import Amiss, Fault, Faults, InUse, kind_faults
from store import organisation
from tests.flows.office import Office
from tests.sample import CLOSES, london

CENTRAL, LEAD = "central-team-01", "target-lead-19"
TEN = london(10, 10, 10)


def central(office: Office) -> str:
    return office.slack_ids[CENTRAL]


def codes(found: object) -> list[tuple[str, Amiss]]:
    assert isinstance(found, Faults), found
    return [(one.field, one.code) for one in found.faults]


def names(office: Office) -> list[str]:
    return [one.name for one in office.do(organisation.blocks)]


def block(office: Office, name: str) -> BlockSheet:
    number = next(one.number for one in office.do(organisation.blocks) if one.name == name)
    sheet = office.do(block_sheet, central(office), number, TEN)
    assert isinstance(sheet, BlockSheet)
    return sheet


def answer_of(sheet: BlockSheet) -> BlockAnswer:
    return BlockAnswer(sheet.number, "", sheet.name, sheet.position, sheet.seen)


def test_a_block_is_added_renamed_moved_and_removed(opened: Office) -> None:
    new = BlockAnswer(None, "RUR", "Rural", 1, "")
    listed = opened.do(keep_block, central(opened), new, TEN)
    assert isinstance(listed, BlocksListed)
    assert listed.rows[0].name == names(opened)[0] == "Rural"
    sheet = block(opened, "Rural")
    changed = replace(answer_of(sheet), name="Rural Affairs", position=3)
    opened.do(keep_block, central(opened), changed, TEN)
    assert names(opened)[2] == "Rural Affairs"
    gone = opened.do(remove_block, central(opened), sheet.number or 0, TEN)
    assert isinstance(gone, BlocksListed)
    assert "Rural Affairs" not in names(opened)
    assert opened.do(remove_block, central(opened), sheet.number or 0, TEN) == OutOfDate()
    actions = [action for action, _ in opened.audit()[-3:]]
    assert actions == ["add block", "change block", "remove block"]


def test_what_is_wrong_with_a_block_is_said_at_its_field(opened: Office) -> None:
    def sent(code: str, name: str) -> list[tuple[str, Amiss]]:
        return codes(
            opened.do(keep_block, central(opened), BlockAnswer(None, code, name, 1, ""), TEN)
        )

    assert sent("", "") == [("name", Amiss.NAME_MISSING), ("code", Amiss.CODE_MISSING)]
    assert sent("a b", "environment") == [("name", Amiss.NAME_TAKEN), ("code", Amiss.CODE_ODD)]
    assert sent("env", "x" * 301) == [("name", Amiss.TOO_LONG), ("code", Amiss.CODE_TAKEN)]
    assert sent("N" * 41, "New") == [("code", Amiss.TOO_LONG)]
    assert "New" not in names(opened)


def test_a_block_on_which_something_hangs_stays(opened: Office) -> None:
    sheet = block(opened, "Environment")
    assert sheet.uses
    found = opened.do(remove_block, central(opened), sheet.number or 0, TEN)
    assert found == Fault("name", Amiss.STILL_USED, str(sheet.uses))
    assert "Environment" in names(opened)


def test_two_who_change_one_block_do_not_write_over_each_other(opened: Office) -> None:
    first, second = block(opened, "Environment"), block(opened, "Environment")
    opened.do(keep_block, central(opened), replace(answer_of(first), name="Climate"), TEN)
    late = opened.do(keep_block, central(opened), replace(answer_of(second), name="Green"), TEN)
    assert codes(late) == [("name", Amiss.CHANGED_MEANWHILE)]
    assert "Climate" in names(opened)


def test_sending_a_block_unchanged_leaves_no_trace(opened: Office) -> None:
    before = opened.audit()
    opened.do(keep_block, central(opened), answer_of(block(opened, "Environment")), TEN)
    assert opened.audit() == before


def test_a_partnership_is_added_changed_and_removed(opened: Office) -> None:
    new = PartnershipAnswer(None, "rural", "Rural Forum", None, None, "")
    listed = opened.do(keep_partnership, central(opened), new, TEN)
    assert isinstance(listed, PartnershipsListed)
    number = next(one.number for one in listed.rows if one.name == "Rural Forum")
    sheet = opened.do(partnership_sheet, central(opened), number, TEN)
    assert isinstance(sheet, PartnershipSheet)
    chosen = sheet.blocks[0][0]
    changed = PartnershipAnswer(number, "", "Rural Voice", chosen, date(2008, 9, 1), sheet.seen)
    listed = opened.do(keep_partnership, central(opened), changed, TEN)
    assert isinstance(listed, PartnershipsListed)
    row = next(one for one in listed.rows if one.number == number)
    assert (row.name, row.sharing_agreed_on) == ("Rural Voice", date(2008, 9, 1))
    again = opened.do(keep_partnership, central(opened), changed, TEN)
    assert codes(again) == [("name", Amiss.CHANGED_MEANWHILE)]
    gone = opened.do(remove_partnership, central(opened), number, TEN)
    assert isinstance(gone, PartnershipsListed)
    assert number not in [one.number for one in gone.rows]
    (entry,) = opened.audited("change partnership")
    assert "Rural Forum" in entry.before
    assert "Rural Voice" in entry.after


def test_a_partnership_shows_its_liaison_officer_and_its_targets(opened: Office) -> None:
    listed = opened.do(partnerships_listed, central(opened), 1, TEN)
    assert isinstance(listed, PartnershipsListed)
    spatial = next(one for one in listed.rows if one.name.startswith("Spatial"))
    assert spatial.officer == opened.people["liaison-officer-spatial"]
    assert spatial.targets
    found = opened.do(remove_partnership, central(opened), spatial.number, TEN)
    assert isinstance(found, Fault)


def test_a_partnership_cannot_be_put_in_a_block_that_is_gone(opened: Office) -> None:
    new = PartnershipAnswer(None, "rural", "Rural Forum", 9_999, None, "")
    found = opened.do(keep_partnership, central(opened), new, TEN)
    assert codes(found) == [("in_block", Amiss.GONE)]


def kind(office: Office, code: str) -> KindAnswer:
    sheet = office.do(kind_sheet, central(office), code, TEN)
    assert isinstance(sheet, KindSheet)
    found = sheet.kind
    flags = ("collected", "escalates", "carries_grant", "light_only", "agreed_first")
    ticked = frozenset(flag for flag in flags if getattr(found, flag))
    return KindAnswer(code, "", found.label, ticked, str(found.annex or ""), sheet.seen)


def test_a_kind_is_added_and_relabelled(opened: Office) -> None:
    new = KindAnswer("", "LPSA2", "Second agreement", frozenset({"collected"}), "3", "")
    listed = opened.do(keep_kind, central(opened), new, TEN)
    assert isinstance(listed, KindsListed)
    changed = replace(kind(opened, "LAA2"), label="LAA2 targets")
    opened.do(keep_kind, central(opened), changed, TEN)
    found = {one.code: one for one in opened.do(organisation.kinds)}
    assert found["LAA2"].label == "LAA2 targets"
    assert found["LPSA2"] == TargetKind("LPSA2", "Second agreement", collected=True, annex=3)
    (entry,) = opened.audited("change kind")
    assert '"label":"LAA2"' in entry.before


def test_a_kind_in_use_keeps_what_its_targets_need(opened: Office) -> None:
    stretch = kind(opened, "LAA1_STRETCH")
    without = replace(stretch, flags=frozenset(), annex="")
    assert codes(opened.do(keep_kind, central(opened), without, TEN)) == [
        ("flags", Amiss.ASKED_NOW),
        ("flags", Amiss.GRANT_KEPT),
    ]
    odd = replace(stretch, annex="12")
    assert codes(opened.do(keep_kind, central(opened), odd, TEN)) == [("annex", Amiss.ANNEX_ODD)]
    assert kind(opened, "LAA1_STRETCH") == stretch


def test_once_the_window_has_closed_a_kind_need_not_be_asked_for_any_more(opened: Office) -> None:
    opened.tick(CLOSES)
    local = replace(kind(opened, "LAA2"), flags=frozenset(), annex="")
    assert isinstance(opened.do(keep_kind, central(opened), local, CLOSES), KindsListed)


@pytest.mark.parametrize(
    ("wanted", "fault"),
    [
        (TargetKind("A", "a", collected=True, light_only=True, annex=1), Amiss.LIGHT_AND_COLLECTED),
        (TargetKind("A", "a", escalates=True), Amiss.NEEDS_RETURNS),
        (TargetKind("A", "a", carries_grant=True), Amiss.NEEDS_RETURNS),
        (TargetKind("A", "a", collected=True), Amiss.ANNEX_NEEDED),
    ],
)
def test_flags_that_do_not_go_together_are_refused(wanted: TargetKind, fault: Amiss) -> None:
    assert [one.code for one in kind_faults(wanted, None, InUse())] == [fault]


def test_only_the_central_team_sees_and_changes_the_organisation(opened: Office) -> None:
    lead = opened.slack_ids[LEAD]
    found = [
        opened.do(blocks_listed, lead, 1, TEN),
        opened.do(partnerships_listed, lead, 1, TEN),
        opened.do(kinds_listed, lead, 1, TEN),
        opened.do(block_sheet, lead, None, TEN),
        opened.do(partnership_sheet, lead, None, TEN),
        opened.do(kind_sheet, lead, None, TEN),
        opened.do(keep_block, lead, BlockAnswer(None, "X", "X", 1, ""), TEN),
        opened.do(keep_partnership, lead, PartnershipAnswer(None, "X", "X", None, None, ""), TEN),
        opened.do(keep_kind, lead, KindAnswer("", "X", "X", frozenset(), "", ""), TEN),
        opened.do(remove_block, lead, 1, TEN),
        opened.do(remove_partnership, lead, 1, TEN),
    ]
    assert all(isinstance(one, Refused) for one in found)
    assert opened.audit()[-11:] == [("refused", "SET_UP:programme")] * 11


@pytest.mark.parametrize("number", [0, 9_999])
def test_what_is_not_there_is_out_of_date(opened: Office, number: int) -> None:
    assert opened.do(block_sheet, central(opened), number, TEN) == OutOfDate()
    assert opened.do(partnership_sheet, central(opened), number, TEN) == OutOfDate()
    assert opened.do(kind_sheet, central(opened), "NOWHERE", TEN) == OutOfDate()


def test_a_long_list_is_shown_a_page_at_a_time(opened: Office) -> None:
    for count in range(30):
        new = BlockAnswer(None, f"X{count}", f"Block {count}", None, "")
        opened.do(keep_block, central(opened), new, TEN)
    first = opened.do(blocks_listed, central(opened), 1, TEN)
    last = opened.do(blocks_listed, central(opened), 99, TEN)
    assert isinstance(first, BlocksListed)
    assert isinstance(last, BlocksListed)
    assert (first.page, first.pages, len(first.rows)) == (1, 2, 25)
    assert (last.page, len(last.rows)) == (2, 10)
