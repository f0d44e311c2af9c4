"""Looking for barriers with axe-core in an open page.

Owns which rules are asked and how a finding is worded. Judges nothing itself.
"""

from typing import Any, Final

from axe_playwright_python.base import AXE_SCRIPT  # type: ignore[import-untyped] # it ships no types
from playwright.async_api import Page

RULES: Final = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
"""WCAG 2.2 AA with what it is built on, and axe-core's own good practice."""
COLOURS: Final = "color-contrast"
"""The one rule whose answer turns with light and dark."""
RUN: Final = """async (runOnly) => {
  const options = {runOnly, resultTypes: ["violations"]};
  const {violations} = await axe.run(document, options);
  return violations.map(({id, help, nodes}) => ({
    id, help, where: nodes.map((node) => [node.target.flat().join(" "), node.html.slice(0, 160)]),
  }));
}"""


async def faults(page: Page, rule: str | None = None) -> list[str]:
    """List what axe-core finds in all that the page shows: rule, what to mend, and each element.

    With ``rule``, look for that one only.

    Elements behind an open dialog are out of reach for everybody and are passed over by axe-core
    as a browser passes over them. The list is empty where all is well.
    """
    if not await page.evaluate("() => 'axe' in window"):
        await page.evaluate(AXE_SCRIPT)
    asked = {"type": "tag", "values": RULES} if rule is None else {"type": "rule", "values": [rule]}
    return [_worded(one) for one in await page.evaluate(RUN, asked)]


def _worded(one: dict[str, Any]) -> str:
    where = "; ".join(f"{target} ({html})" for target, html in one["where"])
    return f"{one['id']}: {one['help']}: {where}"
