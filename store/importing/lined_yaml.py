"""A YAML file as plain words that remember the line they stand on.

It owns parsing and the shapes of lists and entries. Every value stays the word that was
written: left to YAML, a block called NO would become false.
"""

from pathlib import Path

import yaml

from store.importing.faults import Faults
from store.importing.sheets import Row, read_text

UNREADABLE = (
    "This line, or the one before it, cannot be read. Check indentation, colons and quotation "
    "marks."
)


class Entry(dict[str, object]):
    """A mapping with the line of each of its keys."""

    def __init__(self, line: int) -> None:
        super().__init__()
        self.line = line
        self.lines: dict[str, int] = {}


class _TwiceError(yaml.MarkedYAMLError):
    """A key written twice in one entry."""


class _Words(yaml.BaseLoader):
    """PyYAML's plain loader, with lines."""

    def construct_entry(self, node: yaml.MappingNode) -> Entry:
        """A mapping; a key written twice is an error, as one of the two would be lost."""
        entry = Entry(node.start_mark.line + 1)
        for key_node, value_node in node.value:
            key = str(self.construct_object(key_node, deep=True))
            if key in entry:
                raise _TwiceError(
                    problem=f"“{key}” stands twice in one entry. Remove one of them.",
                    problem_mark=key_node.start_mark,
                )
            entry[key] = self.construct_object(value_node, deep=True)
            entry.lines[key] = key_node.start_mark.line + 1
        return entry


_Words.add_constructor("tag:yaml.org,2002:map", _Words.construct_entry)


def read_yaml(path: Path, faults: Faults) -> Entry | None:
    """The file's outermost entry, or nothing and a fault."""
    text = read_text(path, faults)
    if text is None:
        return None
    try:
        document = yaml.load(text, Loader=_Words)  # noqa: S506  # a BaseLoader makes words only
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 0
        twice = isinstance(error, _TwiceError) and error.problem
        faults.add(path.name, line, "", twice or UNREADABLE)
    except (yaml.YAMLError, RecursionError):
        faults.add(path.name, 0, "", "This is no YAML file that can be read. Write it anew.")
    else:
        if isinstance(document, Entry):
            return document
        faults.add(path.name, 1, "", "This holds no “name: value” lines. Start again from a copy.")
    return None


def entries_under(document: Entry, key: str, file: str, faults: Faults) -> list[Entry]:
    """The entries listed under a key; none where the key is not there."""
    listed = document.get(key, [])
    if not isinstance(listed, list) or not all(isinstance(entry, Entry) for entry in listed):
        if listed:
            faults.add(file, document.lines[key], key, f"“{key}” must be a list of entries.")
        return []
    return listed


def words_under(entry: Entry, key: str, file: str, faults: Faults) -> list[str]:
    """The words listed under a key of an entry."""
    listed = entry.get(key, [])
    if isinstance(listed, str):
        return [listed.strip()] if listed.strip() else []
    if not isinstance(listed, list) or not all(isinstance(word, str) for word in listed):
        faults.add(file, entry.lines[key], key, f"“{key}” must be a list of words.")
        return []
    return [word.strip() for word in listed]


def row_of(entry: Entry, file: str, faults: Faults) -> Row:
    """An entry's plain values as a row whose cells know their own lines."""
    cells = {key: value.strip() for key, value in entry.items() if isinstance(value, str)}
    return Row(file, entry.line, cells, faults, entry.lines)
