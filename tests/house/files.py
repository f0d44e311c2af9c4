"""The project's own files, as somebody who cloned it has them."""

import ast
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[2]
ROOMS = ("bot", "handlers", "flows", "messages", "store", "rules", "workspace")
MADE = frozenset({".venv", "var", "build", "dist", ".git", "__pycache__", ".hypothesis"})
WORDS = frozenset({".py", ".md", ".toml", ".yaml", ".yml", ".csv", ".xml", ".html", ".css", ".js"})


def texts() -> Iterator[tuple[str, str]]:
    """Every text of the project with its path; what tools made is left out."""
    for path in sorted(ROOT.rglob("*")):
        parts = path.relative_to(ROOT).parts
        made = MADE.intersection(parts) or any(part.endswith("_cache") for part in parts)
        known = path.suffix in WORDS or path.name in {"Makefile", "Procfile", "requirements.lock"}
        if known and not made and path.is_file():
            yield "/".join(parts), path.read_text(encoding="utf-8")


def modules(*rooms: str) -> Iterator[tuple[str, ast.Module]]:
    """Every Python module of rooms, with its path."""
    for name, text in texts():
        if name.split("/")[0] in rooms and name.endswith(".py"):
            yield name, ast.parse(text)
