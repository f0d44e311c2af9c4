"""Killed anywhere, any number of times, a quarter comes to what it would have come to."""

from dataclasses import replace

import pytest

from tests.campaign import kills, seeds
from tests.campaign.ground import Ground
from tests.campaign.quarters import Calm, Tally, Trouble, differences, once
from tests.engines import ENGINES, SQLITE


@pytest.mark.parametrize("engine", ENGINES)
async def test_killed_twenty_times_while_calls_go_wrong_nothing_is_lost_or_doubled(
    ground: Ground, calm: Calm, engine: str
) -> None:
    found = await kills.anywhere(ground, calm, engine, seed=4, kills=20)
    assert found.ok, found.line
    assert found.kills >= 20
    assert found.faults


@pytest.mark.parametrize("engine", ENGINES)
async def test_a_form_that_was_taken_is_kept_whole_though_the_bot_is_killed_at_it(
    ground: Ground, calm: Calm, engine: str
) -> None:
    found = await kills.in_submissions(ground, calm, engine, seed=5, kills=20)
    assert found.ok, found.line


async def test_with_three_workers_on_postgresql_some_killed_the_same_comes_out_as_on_sqlite(
    ground: Ground, calm: Calm
) -> None:
    found = await kills.of_several(ground, calm, seed=6, kills=5)
    assert found.ok, found.line


async def test_what_once_failed_fails_no_more(ground: Ground, calm: Calm) -> None:
    found = [await kills.again(ground, calm, kept) for kept in seeds.kept()]
    assert [record.line for record in found if not record.ok] == []


async def test_a_run_that_breaks_is_a_finding_and_its_seed_is_kept(
    ground: Ground, calm: Calm
) -> None:
    """Workers have no place on SQLite: such a quarter cannot even begin."""
    tally = Tally()
    await once(ground, calm, SQLITE, Trouble(workers=2), tally, seed=7, kills=0)
    assert tally.failed == [(7, 0)]
    assert len(tally.wrong) == 1
    assert not tally.record("G5", "workers on SQLite", SQLITE, 7).ok


def test_a_message_that_is_missing_changed_or_new_is_noticed(calm: Calm) -> None:
    body = calm.found.body
    first, *rest = body["messages"]
    assert differences(body, body) == []
    assert differences(body, {**body, "messages": rest}) == [f"{first['key']}: {first} became None"]
    later = {**first, "due": "2008-10-02T09:00:00+01:00"}
    assert len(differences(body, {**body, "messages": [later, *rest]})) == 1
    assert differences(body, {**body, "counts": {}}) == ["counts differs"]


async def test_a_message_that_stands_twice_or_an_effect_that_comes_twice_is_counted(
    calm: Calm,
) -> None:
    tally = Tally()
    ledger = {**calm.found.body["ledger"], "doubled": 1}
    twice = replace(calm.found, body={**calm.found.body, "ledger": ledger})
    assert not tally.add(calm, twice, calm.trail)
    assert not tally.add(calm, calm.found, calm.trail + calm.trail)
    assert tally.add(calm, calm.found, calm.trail)
    found = tally.record("G1", "tried", "sqlite", 1)
    assert found.doubled == 1 + calm.trail.total()
    assert not found.ok
