"""Slack's limits as tables of data: what may stand where, how long and how many.

The tables decide nothing; ``workspace.checks`` reads them.
"""

from workspace.limits.blocks import BLOCKS
from workspace.limits.elements import ELEMENTS
from workspace.limits.kinds import Shape

SHAPES: dict[str, Shape] = {**BLOCKS, **ELEMENTS}
"""Every block, element and composition object, by name."""
