"""The partnership's record, asked for by command."""

from tests.journeys.county import County
from tests.sample import CLOSES, OPENS, RUN

LEAD, REF = "target-lead-19", "LAA2-NI154"


async def test_the_record_is_there_to_take_to_the_meeting(county: County) -> None:
    await county.at(OPENS)
    await county.report_red(county.person(LEAD), REF, "1000")
    await county.at(CLOSES)
    await county.at(RUN)
    words = await county.command("central-team-01", "partnership SPATIAL")
    for part in (
        "Spatial Planning and Infrastructure Partnership: July to September 2008 (Q2 2008/09)",
        "Liaison officer:",
        "Escalations",
        "Not acknowledged yet.",
        f"{REF} Net additional homes provided",
        "● RED, 1,000",
        "Bring two sites forward (housing lead)",
        "Key: ● RED",
        "Records as of Wednesday 29 October 2008 at 9",
    ):
        assert part in words, part


async def test_a_name_nobody_has_is_answered_with_those_like_it(county: County) -> None:
    await county.at(OPENS)
    words = await county.command("central-team-01", "partnership Spattial Planning")
    assert words.startswith("No partnership is called “Spattial Planning”.")
    words = await county.command("central-team-01", "partnership")
    assert words.startswith("Which partnership?")


async def test_somebody_without_a_part_in_it_is_refused(county: County) -> None:
    await county.at(OPENS)
    words = await county.command("target-lead-06", "partnership spatial")
    assert words.startswith("You cannot see this partnership's record.")


async def test_another_quarter_can_be_named(county: County) -> None:
    await county.at(OPENS)
    words = await county.command("psb-member-01", "partnership spatial Q1 2008/09")
    assert "April to June 2008 (Q1 2008/09)" in words
