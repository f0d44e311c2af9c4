"""Remove each safety line in turn and see a test turn red: `python -m tests.safety [word]`."""

import sys
import tempfile
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path

from tests.safety.copied import Copied
from tests.safety.line import Line
from tests.safety.lines import LINES


def main() -> None:
    """Try the lines that are asked for; exit status 1 when one could be removed unnoticed."""
    words = " ".join(sys.argv[1:])
    asked = [line for line in LINES if words in line.what]
    with tempfile.TemporaryDirectory() as made:
        copied = Copied(Path(made))
        stop_if_any(_red_already(copied, asked))
        faults = _not_noticed(copied, asked)
    red = len(asked) - len(faults)
    _say(f"{len(asked)} safety lines removed one by one: {red} red, {len(faults)} not noticed.")
    stop_if_any(faults if asked else [f"No safety line has “{words}” in its name."])


def stop_if_any(faults: list[str]) -> None:
    """Say what is wrong, and end with exit status 1."""
    for fault in faults:
        _say(fault)
    if faults:
        sys.exit(1)


def _red_already(copied: Copied, lines: Iterable[Line]) -> list[str]:
    """A sentence for each kind of run that is red with every line in its place."""
    asked: dict[str, set[str]] = defaultdict(set)
    for line in lines:
        asked[line.only].update(line.tests)
    outcomes = [copied.run(sorted(tests), only) for only, tests in asked.items()]
    return [
        f"Nothing was removed, and {one.red or 'pytest'} is red already.\n{one.said[-500:]}"
        for one in outcomes
        if one.status != 0
    ]


def _not_noticed(copied: Copied, lines: Iterable[Line]) -> list[str]:
    """Remove each line, run its tests, put it back; a sentence for each that nobody missed."""
    faults = []
    for line in lines:
        fault, red = _tried(copied, line)
        _say(f"removed {line.what}: {'NOT NOTICED' if fault else f'red, {red}'}")
        if fault:
            faults.append(f"{line.what} ({line.file}): {fault}")
    return faults


def _tried(copied: Copied, line: Line) -> tuple[str, str]:
    """What is wrong, or nothing; and the test that turned red."""
    times = line.times_found(copied.root)
    if times != 1:
        return f"its text stands there {times} times, not once", ""
    with copied.without(line):
        outcome = copied.run(line.tests, line.only)
    if not outcome.is_red:
        return f"its tests stayed green or did not run (pytest ended with {outcome.status})", ""
    return "", outcome.red


def _say(words: str) -> None:
    sys.stdout.write(f"{words}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
