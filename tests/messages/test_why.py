"""Why did I get this: under every message that stays, with its rule in words, and in the answer."""

from dataclasses import replace

import pytest

from messages.gallery import Roles
from messages.ids import Action
from messages.markup import Payload
from messages.notices import KINDS
from messages.notices.digest import DigestAnnex, DigestParent
from messages.notices.returns import ReturnsRequested
from messages.notices.why import Why
from messages.say import Voice
from messages.wording.reasons import BY_HAND, RULE, UNKNOWN, rule
from messages.wording.subjects import SUBJECT
from tests.messages.judges import judge
from tests.messages.test_states import said

VOICE = Voice()


def buttons(payload: Payload) -> list[str]:
    found = []
    for block in payload.blocks:
        inside = [block["accessory"]] if "accessory" in block else block.get("elements", [])
        found += [one["action_id"] for one in inside if one.get("type") == "button"]
    return found


def many(count: int) -> ReturnsRequested:
    one = ReturnsRequested.example().targets[1]
    targets = tuple(
        replace(
            one, number=n, ref=f"LAA1-{n:02}", definition="Homes completed in the quarter. " * 9
        )
        for n in range(1, count + 1)
    )
    return replace(ReturnsRequested.example(), targets=targets)


@pytest.mark.parametrize("kind", SUBJECT)
def test_every_message_that_stays_can_be_asked_why_it_came(kind: str) -> None:
    first, *others = VOICE.post(KINDS[kind].example(), Roles())
    assert buttons(first).count(Action.WHY) == 1
    assert not [one for one in others if Action.WHY in buttons(one)]
    for payload in (first, *others):
        judge(payload)


def test_every_kind_that_stays_has_its_rule_in_words() -> None:
    assert RULE.keys() - {BY_HAND} == SUBJECT.keys()


@pytest.mark.parametrize("kind", RULE)
@pytest.mark.parametrize("distance", [None, -5, 0, 1])
def test_a_rule_reads_as_sentences_whatever_the_day(kind: str, distance: int | None) -> None:
    words = rule(kind, distance)
    assert words.endswith(".")
    assert not set("{}") & set(words)
    assert words != UNKNOWN


def test_the_day_of_a_reminder_is_said() -> None:
    assert "5 working days before returns are due" in rule("returns_still_missing", -5)
    assert "on the day returns are due" in rule("returns_still_missing", 0)
    assert "1 working day after they were due" in rule("returns_overdue", 1)
    assert "2 working days after the escalations" in rule("sponsor_reminded", 2)


def test_a_kind_of_another_version_still_gets_an_answer() -> None:
    assert rule("carrier_pigeon", None) == UNKNOWN


def test_an_answer_that_is_seen_once_is_not_asked_why_it_came() -> None:
    assert Action.WHY not in buttons(VOICE.say(KINDS["home"].example(), Roles())[0])


def test_it_stands_last_in_the_row_under_a_leads_list() -> None:
    (payload,) = VOICE.post(ReturnsRequested.example(), Roles())
    asked = [Action.PUT_OFF, Action.NOT_MINE, Action.NEED_HELP, Action.WHY]
    assert buttons(payload)[-4:] == asked
    assert payload.blocks[-1]["type"] == "actions"


@pytest.mark.parametrize("count", [1, 25, 38, 39, 40, 60, 200])
def test_however_long_a_list_every_part_keeps_the_limits(count: int) -> None:
    payloads = VOICE.post(many(count), Roles())
    for payload in payloads:
        judge(payload)
    reports = [one for payload in payloads for one in buttons(payload) if one == Action.REPORT]
    assert len(reports) == count
    assert sum(buttons(payload).count(Action.WHY) for payload in payloads) == 1
    assert sum(buttons(payload).count(Action.NOT_MINE) for payload in payloads) == 1


def test_the_digests_text_is_the_same_with_it() -> None:
    for notice in (DigestParent.example(), DigestAnnex.example()):
        posted, said_so = VOICE.post(notice, Roles()), VOICE.say(notice, Roles())
        assert [one.text for one in posted] == [one.text for one in said_so]


def test_the_answer_holds_the_rule_the_dates_the_data_and_what_came_before() -> None:
    words = said(Why.example())
    for told in (
        "A reminder: why it came",
        "Leads are reminded 5 working days before returns are due of whatever is still missing",
        "It was due Tuesday 14 October 2008 at 9am",
        "Returns for July to September 2008 are due on Tuesday 21 October 2008",
        "LAA1-03 More affordable housing: not reported yet; before that ▲ AMBER in April to June",
        "LAA1-04 GCSE 5 A-C with English and maths: ■ GREEN",
        "how it stands is not shown here",
        "the request for returns",
    ):
        assert told in words
