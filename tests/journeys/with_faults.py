"""Faults that people do not notice, for journeys to pass unchanged.

A few journeys meet them in every run (`test_with_faults.py`); with `FAULTS=yes` all do.
"""

from workspace.faults import FaultPlan

SEED = 3
FAULTS = FaultPlan(
    seed=SEED,
    latency=0.2,
    ratelimited=0.12,
    error_before=0.08,
    error_after=0.08,
    lost_reply=0.08,
    lost_request=0.08,
    duplicated=0.3,
    reordered=0.3,
    longest_delay=0.01,
    longest_hold=0.01,
    # What nobody repeats is left alone: a person whose form did not open presses again.
    methods=frozenset({"chat.postMessage", "chat.update", "conversations.*"}),
)
