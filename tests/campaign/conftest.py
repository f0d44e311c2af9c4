"""The campaign's short forms: both engines, and one undisturbed quarter to compare with."""

import asyncio
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.campaign import ground as grounds
from tests.campaign.ground import Ground
from tests.campaign.quarters import Calm, undisturbed


@pytest.fixture(scope="session")
def ground() -> Iterator[Ground]:
    with tempfile.TemporaryDirectory() as folder, grounds.ground(Path(folder)) as made:
        yield made


@pytest.fixture(scope="session")
def calm(ground: Ground) -> Calm:
    """A quarter of ten targets in which nothing happened to the bot."""
    return asyncio.run(undisturbed(ground, ground.few))
