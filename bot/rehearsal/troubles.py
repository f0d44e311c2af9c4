"""Troubles: the share of calls that goes wrong, spread over what really does.

It owns that spread. What each fault does is the workspace's (`workspace/faults.py`).
"""

from workspace.faults import FaultPlan

UNDONE_SHARE, DONE_SHARE = 0.5, 0.5


def troubles(rate: float, seed: int) -> FaultPlan:
    """Faults at a rate from 0 to 1, drawn from a seed.

    Half of them leave a call undone (lost on the way, refused for a while, failed), half let
    it be done and spoil the answer. As many deliveries come twice or out of order. A person's
    press gets its answer, unless the bot is killed.
    """
    undone, done = rate * UNDONE_SHARE, rate * DONE_SHARE
    return FaultPlan(
        seed=seed,
        lost_request=undone / 3,
        ratelimited=undone / 3,
        error_before=undone / 3,
        lost_reply=done / 2,
        error_after=done / 2,
        duplicated=rate / 2,
        reordered=rate / 2,
        longest_hold=0.02,
    )
