"""Notices: a table of contents, pure examples, and a way into JSON and back."""

import json

import pytest

from messages.notices import KINDS, NoticeUnknownError, dumps, kind_of, loads
from messages.notices.pausing import PauseStands, ResumeStands
from messages.values import (
    pack_escalation,
    pack_quarter,
    pack_role,
    pack_target,
    unpack_escalation,
    unpack_quarter,
    unpack_role,
    unpack_target,
)
from rules.quarters import Quarter
from rules.vocabulary import Role, RoleScope

Q2 = Quarter(2008, 2)


@pytest.mark.parametrize("kind", KINDS)
def test_a_notice_comes_back_from_json_as_it_was(kind: str) -> None:
    notice = KINDS[kind].example()
    assert loads(kind, dumps(notice)) == notice
    assert kind_of(notice) == kind


@pytest.mark.parametrize("kind", KINDS)
def test_an_example_is_the_same_every_time(kind: str) -> None:
    assert KINDS[kind].example() == KINDS[kind].example()


def test_what_an_earlier_version_kept_of_a_pause_can_still_be_said() -> None:
    for example in (PauseStands.example(), ResumeStands.example()):
        kept = json.loads(dumps(example))
        for new in {"unasked", "notes"} & kept.keys():
            del kept[new]
        assert loads(kind_of(example), json.dumps(kept)) == example


def test_a_kind_of_another_version_is_named_in_the_error() -> None:
    with pytest.raises(NoticeUnknownError, match="carrier_pigeon"):
        loads("carrier_pigeon", "{}")


def test_a_button_gives_back_the_target_and_quarter_it_was_made_for() -> None:
    assert unpack_target(pack_target(7, Q2)) == (7, Q2)
    assert unpack_escalation(pack_escalation(9, Q2)) == (9, Q2)
    assert unpack_quarter(pack_quarter(Q2)) == Q2


@pytest.mark.parametrize(
    "tampered",
    [
        "",
        "7",
        "7@2008q5",
        "0@2008q1",
        "-1@2008q1",
        "7@2008q1 ",
        "7@2008q1\n",
        "\u0667@2008q1",
        "7@\u0662008q1",
        "9" * 99,
    ],
)
def test_a_value_somebody_edited_is_no_target(tampered: str) -> None:
    assert unpack_target(tampered) is None
    assert unpack_escalation(tampered) is None
    assert unpack_quarter(tampered) is None


def test_a_button_gives_back_the_place_of_a_role() -> None:
    for place in (
        (Role.TARGET_LEAD, RoleScope.TARGET, 12),
        (Role.CENTRAL_TEAM, RoleScope.NONE, 0),
    ):
        assert unpack_role(pack_role(*place)) == place


@pytest.mark.parametrize(
    "tampered",
    [
        "",
        "role:TARGET_LEAD:TARGET:0",
        "role:CENTRAL_TEAM:NONE:1",
        "role:KING:TARGET:1",
        "role:TARGET_LEAD:COUNTRY:1",
        "role:TARGET_LEAD:TARGET:-1",
        "role:TARGET_LEAD:TARGET:1 ",
        "role:TARGET_LEAD:TARGET:" + "9" * 99,
    ],
)
def test_a_value_somebody_edited_is_no_place(tampered: str) -> None:
    assert unpack_role(tampered) is None
