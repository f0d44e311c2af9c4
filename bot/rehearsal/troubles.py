"""Troubles: the share of calls and deliveries that goes wrong, spread over what really does.

It owns that spread. What each fault does is the workspace's (`workspace/faults.py`).
"""

from workspace.faults import FaultPlan

LONGEST_DELAY = 0.05
LONGEST_HOLD = 0.02


def troubles(rate: float, seed: int) -> FaultPlan:
    """Faults at a rate from 0 to 1, drawn from a seed.

    Half of the calls that go wrong are left undone (lost on the way, refused for a while,
    failed), half are done and their answer is spoilt; as many again are slow. As many
    deliveries come several times, out of order, to a socket that breaks, or lose their answer.
    """
    undone, done, delivered = rate / 6, rate / 4, rate / 4
    return FaultPlan(
        seed=seed,
        latency=rate,
        lost_request=undone,
        ratelimited=undone,
        error_before=undone,
        lost_reply=done,
        error_after=done,
        duplicated=delivered,
        reordered=delivered,
        cut_socket=delivered,
        unacked=delivered,
        longest_delay=LONGEST_DELAY,
        longest_hold=LONGEST_HOLD,
    )
