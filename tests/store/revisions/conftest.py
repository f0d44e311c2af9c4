"""Databases of every revision whose data are kept, on both engines."""

from collections.abc import Callable
from functools import cache

import pytest

from tests.engines import Cabinet
from tests.store.revisions import kept


@pytest.fixture(scope="session")
def full(cabinet: Cabinet) -> Callable[[str], str]:
    """Gives the address of a full database of a revision, made once and to be copied."""
    return cache(lambda revision: kept.full(cabinet, revision))
