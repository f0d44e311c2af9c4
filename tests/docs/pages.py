"""The project's pages as the tests read them: code, links, headings, tables.

It owns reading Markdown. It must not know what a page should say.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]
_FENCE = re.compile(r"^```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_SPAN = re.compile(r"`([^`\n]+)`")
_LINK = re.compile(r"(!?)\[[^\]]*\]\(([^)\s]+)\)")
_HEADING = re.compile(r"^#+ (.+)$", re.MULTILINE)
_NOT_IN_ANCHORS = re.compile(r"[^\w\- ]")


@dataclass(frozen=True, slots=True)
class Page:
    """One Markdown file."""

    path: Path
    text: str

    @property
    def name(self) -> str:
        """Its path from the top of the project."""
        return self.path.relative_to(ROOT).as_posix()

    def blocks(self, *languages: str) -> list[str]:
        """The code blocks of some languages."""
        return [code for found, code in _FENCE.findall(self.text) if found in languages]

    @property
    def prose(self) -> str:
        """Everything but the code blocks."""
        return _FENCE.sub("", self.text)

    @property
    def spans(self) -> list[str]:
        """Code inside sentences."""
        return _SPAN.findall(self.prose)

    @property
    def links(self) -> list[str]:
        """Where links and pictures lead, those to the web left out."""
        return [to for _, to in _LINK.findall(self.prose) if not to.startswith("http")]

    @property
    def pictures(self) -> list[Path]:
        """The files of its pictures."""
        return [self.path.parent / to for mark, to in _LINK.findall(self.prose) if mark]

    @property
    def headings(self) -> list[str]:
        """Its headings, in order."""
        return _HEADING.findall(self.prose)

    @property
    def anchors(self) -> set[str]:
        """The anchors that its headings make."""
        plain = (_NOT_IN_ANCHORS.sub("", heading.lower()) for heading in self.headings)
        return {heading.replace(" ", "-") for heading in plain}

    def section(self, heading: str) -> str:
        """The text under a heading, as far as the next of its rank or above; empty without it."""
        mark = re.search(rf"^(#+) {re.escape(heading)}$", self.text, re.MULTILINE)
        if mark is None:
            return ""
        rest = self.text[mark.end() :]
        following = re.search(rf"^#{{1,{len(mark[1])}}} ", rest, re.MULTILINE)
        return rest[: following.start()] if following else rest


def page(name: str) -> Page:
    """A page by its path."""
    path = ROOT / name
    return Page(path, path.read_text(encoding="utf-8"))


def pages() -> Iterator[Page]:
    """Every page: the ones at the top, the guides and the decisions."""
    for path in sorted((*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md"))):
        yield page(path.relative_to(ROOT).as_posix())


def rows(table: str) -> list[list[str]]:
    """The cells of every row of the tables in a text, headings left out."""
    lines = [line.strip().strip("|") for line in table.splitlines() if line.startswith("|")]
    cells = [[cell.strip() for cell in line.split(" | ")] for line in lines]
    rules = [number for number, line in enumerate(lines) if set(line) <= set("-|: ")]
    left_out = {*rules, *(number - 1 for number in rules)}
    return [row for number, row in enumerate(cells) if number not in left_out]
