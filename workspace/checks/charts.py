"""Charts: series named once, and one point for each category."""

from collections.abc import Iterator

from workspace.checks.walk import Flaw
from workspace.wire import Json


def chart_flaws(chart: object, at: str) -> Iterator[Flaw]:
    """Yield what the tables cannot say of a bar, area or line chart."""
    if not isinstance(chart, dict) or chart.get("type") == "pie":
        return
    series = [s for s in chart.get("series") or [] if isinstance(s, dict)]
    names = [s.get("name") for s in series]
    if len(set(names)) != len(names):
        yield Flaw("series names must be unique", f"{at}/series")
    categories = (chart.get("axis_config") or {}).get("categories") or []
    if len(set(categories)) != len(categories):
        yield Flaw("categories must be unique", f"{at}/axis_config/categories")
    for index, one in enumerate(series):
        if sorted(_labels(one)) != sorted(categories):
            yield Flaw("must have one point for each category", f"{at}/series/{index}/data")


def _labels(series: Json) -> list[str]:
    return [str(p.get("label")) for p in series.get("data") or [] if isinstance(p, dict)]
