"""The campaign: every figure in its full form, or with QUICK=1 in under ten minutes.

With TIMED=1 only what says how long something takes is measured again, for a machine that was
busy the first time; the other figures stay as they were found.

It owns the exit status: 1 when anything was lost or doubled, or a figure missed. Seeds that
failed are kept as tests.
"""

import os
import sys

from tests.campaign import papers, seeds
from tests.campaign.course import FULL, QUICK, Scale, campaign, say, timed
from tests.campaign.record import Record, totals
from tests.engines import SQLITE


def main() -> int:
    """Run, write, keep what failed, and say how it went."""
    scale = QUICK if os.environ.get("QUICK") else FULL
    records = _again(scale) if os.environ.get("TIMED") else campaign(scale)
    records.sort(key=lambda one: (int(one.figure[1:]), one.engine != SQLITE, one.seed))
    papers.write(records)
    for kept in seeds.keep(records):
        say(f"Kept as a test: {kept.line}")
    say(totals(records))
    return 0 if all(record.ok for record in records) else 1


def _again(scale: Scale) -> list[Record]:
    """What is timed, measured anew, beside the other figures as they were found."""
    found = timed(scale)
    anew = {record.figure for record in found}
    return [*(record for record in papers.read() if record.figure not in anew), *found]


if __name__ == "__main__":
    sys.exit(main())
