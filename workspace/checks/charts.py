"""Charts: series named once, and one point for each category."""

from collections.abc import Iterator

from workspace.checks.walk import Flaw
from workspace.wire import Json


def chart_flaws(chart: Json, at: str) -> Iterator[Flaw]:
    """Yield what the tables cannot say of a well-formed bar, area or line chart."""
    if chart["type"] == "pie":
        return
    series = chart["series"]
    names = [one["name"] for one in series]
    if len(set(names)) != len(names):
        yield Flaw("series names must be unique", f"{at}/series")
    categories = chart["axis_config"]["categories"]
    if len(set(categories)) != len(categories):
        yield Flaw("categories must be unique", f"{at}/axis_config/categories")
    for index, one in enumerate(series):
        if sorted(point["label"] for point in one["data"]) != sorted(categories):
            yield Flaw("must have one point for each category", f"{at}/series/{index}/data")
