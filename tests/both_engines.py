"""Leaving out the second engine where a test asks nothing of the engine.

What rests on locks, turns and transactions is tried on both; with EVERY_ENGINE in the
environment (`make engines`) everything is.
"""

import os
from collections.abc import Collection
from pathlib import Path

import pytest

from tests.engines import POSTGRESQL


def leave_out(
    config: pytest.Config, items: list[pytest.Item], folder: Path, on_both: Collection[str]
) -> None:
    """Keep PostgreSQL to a folder's files of these names."""
    if os.environ.get("EVERY_ENGINE"):
        return
    left_out = [
        item
        for item in items
        if item.path.parent == folder
        and item.path.stem not in on_both
        and isinstance(item, pytest.Function)
        and getattr(item, "callspec", None) is not None
        and item.callspec.params.get("cabinet") == POSTGRESQL
    ]
    items[:] = [item for item in items if item not in left_out]
    config.hook.pytest_deselected(items=left_out)
