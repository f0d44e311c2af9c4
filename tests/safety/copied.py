"""A copy of the project to take lines out of, and the tests run there.

It owns the copy. Nothing outside of it is changed.
"""

import compileall
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from py_compile import PycInvalidationMode

from tests.safety.line import ROOT, Line

LONGEST_SECONDS = 300
FAILED = 1
"""pytest's exit status for tests that ran and failed; any other one proves nothing."""
RED = re.compile(r"^(?:FAILED|ERROR) (.+?)(?: - .*)?$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Outcome:
    """How tests ended: pytest's exit status, the first one that was red, and what was said."""

    status: int
    red: str
    said: str

    @property
    def is_red(self) -> bool:
        """Whether a test ran, and failed."""
        return self.status == FAILED and bool(self.red)


class Copied:
    """The project in a folder of its own."""

    def __init__(self, folder: Path) -> None:
        self.root, self._made = folder / "project", folder / "made"
        for name in _files():
            target = self.root / name
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(ROOT / name, target)
        # By content and not by date: a line may be out and in again within a second.
        compileall.compile_dir(
            self.root, quiet=2, invalidation_mode=PycInvalidationMode.CHECKED_HASH
        )

    @contextmanager
    def without(self, line: Line) -> Iterator[None]:
        """The copy without a line, for a while."""
        file = self.root / line.file
        whole = file.read_text(encoding="utf-8")
        file.write_text(whole.replace(line.stands, line.instead), encoding="utf-8")
        try:
            yield
        finally:
            file.write_text(whole, encoding="utf-8")

    def run(self, tests: Sequence[str], only: str) -> Outcome:
        """Run tests of the copy until the first one fails."""
        command = [sys.executable, "-m", "pytest", "-q", "-x", "-n", "0", "-rfE", "--tb=no"]
        try:
            ended = subprocess.run(  # noqa: S603  # our own interpreter
                [*command, f"--basetemp={self._made}", "-k", only, *tests],
                cwd=self.root,
                env={**os.environ, "PYTHONPATH": str(self.root)},
                capture_output=True,
                text=True,
                timeout=LONGEST_SECONDS,
                check=False,
            )
        except subprocess.TimeoutExpired:
            return Outcome(-1, "", f"no end within {LONGEST_SECONDS} seconds")
        found = RED.search(ended.stdout)
        return Outcome(ended.returncode, found[1] if found else "", ended.stdout + ended.stderr)


def _files() -> list[str]:
    """What git keeps, and what is new and not ignored, as it stands in the working tree."""
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard"],  # noqa: S607  # git as found
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    return [name for name in listed.stdout.splitlines() if (ROOT / name).is_file()]
