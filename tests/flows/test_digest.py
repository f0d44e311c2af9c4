"""The digest is previewed, held without a board date, and published once."""

from dataclasses import replace
from datetime import timedelta

import pytest

from flows.acknowledge import acknowledge
from flows.board_date import set_board
from flows.digest import compose
from flows.run_quarter import post, preview
from messages.notices.answers import DigestPosted, PreviewSent
from messages.notices.digest import DigestHeld, DigestParent
from messages.notices.refusals import QuarterNotOpen, Refused
from rules.vocabulary import QuarterState, ReturnState
from store import digests, escalations, quarters
from tests.flows.office import Office
from tests.rules.oxfordshire import expected
from tests.sample import BOARD, OPENS, PACK, PREVIEW, QUARTER, RUN

PARTS = (
    "escalations",
    "follow-up",
    "annex 1",
    "annex 2",
    "grant",
    "partnerships",
    "action plans",
    "next dates",
)
CENTRAL = "central-team-01"


def unconfirmed(office: Office) -> Office:
    record = office.do(quarters.find, QUARTER)
    assert record is not None
    office.do(quarters.keep, replace(record, board=None, board_confirmed=False))
    return office


def posted_to_board(office: Office) -> list[str]:
    return [line.key for line in office.ledger() if line.to_channel == "BOARD_CHANNEL"]


def test_the_parent_holds_the_counts_of_the_boards_paper(escalated: Office) -> None:
    parent = escalated.do(compose, QUARTER, PACK).parent
    published = expected()["from_psb_report"]
    for found, name in zip(parent.counts, ("laa1", "laa2"), strict=True):
        printed = {status.value: number for status, number in found.counts}
        assert {**printed, "total": sum(printed.values())} == published[name]
    assert [one.red_for_want_of_data for one in parent.counts] == [0, 3]
    assert parent.grant_total_gbp == 8_988_000
    assert (parent.escalated, parent.acknowledged, parent.outstanding) == (12, 0, 12)
    assert (parent.board, parent.not_submitted) == (BOARD, ())


def test_an_acknowledgement_is_counted(escalated: Office) -> None:
    first = escalated.do(escalations.in_quarter, QUARTER)[0]
    targets = {number: ref for ref, number in escalated.numbers.items()}
    part = escalated.parts[targets[first.target]]
    assert part.ref == "LAA1-02"
    sponsor = escalated.slack_ids["sponsor-02"]
    escalated.do(acknowledge, sponsor, first.number, QUARTER, "", RUN)
    parent = escalated.do(compose, QUARTER, PACK).parent
    assert (parent.acknowledged, parent.outstanding) == (1, 11)


def test_a_digest_has_its_parts_and_the_same_records_give_the_same_check(
    escalated: Office,
) -> None:
    digest = escalated.do(compose, QUARTER, PACK)
    assert tuple(name for name, _ in digest.thread) == digest.parent.parts == PARTS
    assert digest.parent.check == digest.check_sum[:8]
    assert escalated.do(compose, QUARTER, PACK) == digest
    assert escalated.do(compose, QUARTER, PACK, preview=True).check_sum != digest.check_sum


def test_the_day_before_the_central_channel_sees_a_preview(escalated: Office) -> None:
    assert escalated.tick(PREVIEW)[-1] == "preview"
    parent = escalated.said("preview:2008/09 Q2:central team")
    assert isinstance(parent, DigestParent)
    assert parent.preview
    listed = [key for key in escalated.keys(None) if key.startswith("preview:")]
    assert len(listed) == 1 + len(PARTS)
    assert posted_to_board(escalated) == []


def test_on_its_day_the_digest_is_posted_with_its_thread_once(escalated: Office) -> None:
    assert escalated.tick(PACK)[-1] == "publish"
    keys = posted_to_board(escalated)
    assert sorted(keys) == sorted(f"digest:2008/09 Q2:v1:{name}" for name in ("parent", *PARTS))
    assert escalated.keys("digest_published") == ["published:2008/09 Q2:v1"]
    assert escalated.tick(PACK) == []
    assert escalated.tick(PACK + timedelta(days=20)) == []
    assert posted_to_board(escalated) == keys


def test_what_was_published_is_frozen_and_kept(escalated: Office) -> None:
    escalated.tick(PACK)
    record = escalated.do(quarters.find, QUARTER)
    issue = escalated.do(digests.latest, QUARTER)
    assert record is not None
    assert issue is not None
    assert record.state is QuarterState.PUBLISHED
    assert (issue.version, issue.parts) == (1, 1 + len(PARTS))
    parent = escalated.said("digest:2008/09 Q2:v1:parent")
    assert isinstance(parent, DigestParent)
    assert issue.check_sum.startswith(parent.check)
    assert escalated.record("LAA1-03").state is ReturnState.LOCKED
    assert [entry.rule for entry in escalated.audited("publish digest")] == ["calendar"]


def test_nothing_is_published_against_a_date_nobody_confirmed(escalated: Office) -> None:
    unconfirmed(escalated)
    for minutes in range(4):
        escalated.tick(PACK + timedelta(minutes=minutes))
    assert posted_to_board(escalated) == []
    assert escalated.keys("digest_held") == ["held:2008/09 Q2"]
    assert escalated.do(digests.latest, QUARTER) is None


def test_once_the_date_is_confirmed_the_held_digest_is_published(escalated: Office) -> None:
    unconfirmed(escalated)
    escalated.tick(PACK)
    escalated.do(set_board, escalated.slack_ids[CENTRAL], QUARTER, None, PACK)
    assert escalated.tick(PACK + timedelta(hours=1)) == ["publish"]
    assert len(posted_to_board(escalated)) == 1 + len(PARTS)


def test_an_outage_over_the_publishing_day_delays_the_digest_and_drops_nothing(
    escalated: Office,
) -> None:
    done = escalated.tick(PACK + timedelta(days=2))
    assert done[-2:] == ["preview", "publish"]
    assert len(posted_to_board(escalated)) == 1 + len(PARTS)


def test_the_central_team_publishes_by_hand_once(escalated: Office) -> None:
    slack_id = escalated.slack_ids[CENTRAL]
    now = RUN + timedelta(days=3)
    assert escalated.do(post, slack_id, QUARTER, now) == DigestPosted(QUARTER, 1 + len(PARTS))
    again = escalated.do(post, slack_id, QUARTER, now)
    assert isinstance(again, DigestPosted)
    assert again.already
    escalated.tick(PACK)
    assert len(posted_to_board(escalated)) == 1 + len(PARTS)


def test_by_hand_nothing_is_published_before_the_escalations(almost_in: Office) -> None:
    held = almost_in.do(post, almost_in.slack_ids[CENTRAL], QUARTER, OPENS)
    assert isinstance(held, DigestHeld)
    assert held.after == RUN.date()
    assert posted_to_board(almost_in) == []


def test_by_hand_nothing_is_published_against_an_unconfirmed_date(escalated: Office) -> None:
    unconfirmed(escalated)
    held = escalated.do(post, escalated.slack_ids[CENTRAL], QUARTER, PACK)
    assert isinstance(held, DigestHeld)
    assert posted_to_board(escalated) == []


def test_a_preview_goes_to_whoever_asked_and_once_for_each_asking(escalated: Office) -> None:
    slack_id = escalated.slack_ids["laa-manager-01"]
    for occasion in ("one", "one", "two"):
        sent = escalated.do(preview, slack_id, None, occasion, RUN)
        assert sent == PreviewSent(QUARTER, 1 + len(PARTS))
    keys = [key for key in escalated.keys("digest_parent") if key.startswith("preview:")]
    assert len(keys) == 2
    assert escalated.told("digest_parent") == {"laa-manager-01"}


def test_a_quarter_never_opened_has_no_digest(prepared: Office) -> None:
    slack_id = prepared.slack_ids[CENTRAL]
    for found in (
        prepared.do(preview, slack_id, QUARTER, "one", OPENS),
        prepared.do(post, slack_id, QUARTER, OPENS),
    ):
        assert isinstance(found, QuarterNotOpen)


@pytest.mark.parametrize("label", ["target-lead-03", "sponsor-09", "psb-chair-01"])
def test_who_may_not_preview_or_publish_is_refused(escalated: Office, label: str) -> None:
    slack_id = escalated.slack_ids[label]
    assert isinstance(escalated.do(preview, slack_id, QUARTER, "one", RUN), Refused)
    assert isinstance(escalated.do(post, slack_id, QUARTER, RUN), Refused)
    assert len(escalated.audited("refused")) == 2
    assert posted_to_board(escalated) == []


def test_the_manager_may_preview_and_not_publish(escalated: Office) -> None:
    slack_id = escalated.slack_ids["laa-manager-01"]
    assert isinstance(escalated.do(preview, slack_id, QUARTER, "one", RUN), PreviewSent)
    assert isinstance(escalated.do(post, slack_id, QUARTER, RUN), Refused)
