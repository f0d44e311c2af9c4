"""A workspace's description in a YAML file: every mistake with its line and its key.

Owns reading the file and remembering lines; what a key may hold is ``config``'s to say.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import yaml

from workspace.config import ConfigError, WorkspaceConfig
from workspace.mapping import Mistake, Where

UNREADABLE = "cannot be read: check indentation, colons and quotation marks, here and just above"
ALIAS = "refers to another place with *: write it out instead"
TWICE = "stands twice in one entry: remove one of them"


class DescriptionError(ValueError):
    """A description file that cannot be used; the text has one line for each mistake."""


class _Loader(yaml.SafeLoader):
    """PyYAML's safe loader, without references: a few lines of them can stand for gigabytes."""

    def compose_node(self, parent: yaml.Node | None, index: int) -> yaml.Node | None:
        if self.check_event(yaml.AliasEvent):
            event = self.peek_event()  # type: ignore[no-untyped-call] # the stubs leave it so
            raise yaml.MarkedYAMLError(problem=ALIAS, problem_mark=event.start_mark)
        return super().compose_node(parent, index)


@dataclass(slots=True)
class _Lined:
    """A document as plain values, with the line of each key."""

    loader: _Loader
    lines: dict[Where, int] = field(default_factory=dict)
    mistakes: list[Mistake] = field(default_factory=list)

    def plain(self, node: yaml.Node, where: Where) -> object:
        """Give what a node holds, noting where it stands."""
        self.lines.setdefault(where, node.start_mark.line + 1)
        if isinstance(node, yaml.SequenceNode):
            return [self.plain(one, (*where, at)) for at, one in enumerate(node.value)]
        if isinstance(node, yaml.MappingNode):
            return dict(self._pairs(node, where))
        return self.loader.construct_object(node)

    def _pairs(self, node: yaml.MappingNode, where: Where) -> Iterator[tuple[str, object]]:
        for key_node, value_node in node.value:
            key = str(key_node.value)
            here = (*where, key)
            if here in self.lines:
                self.mistakes.append(Mistake((*where, key), TWICE))
            self.lines[here] = key_node.start_mark.line + 1
            yield key, self.plain(value_node, here)

    def line(self, where: Where) -> int:
        """Give the line of a key, or of the nearest thing around it."""
        while where and where not in self.lines:
            where = where[:-1]
        return self.lines.get(where, 1)


def read_description(path: Path) -> WorkspaceConfig:
    """Read a file; raises :class:`DescriptionError` with file, line and key of every mistake."""
    text = _text(path)
    try:
        lined = _Lined(_Loader(text))
        node = lined.loader.get_single_node()
        given = lined.plain(node, ()) if node is not None else {}
    except yaml.MarkedYAMLError as fault:
        line = fault.problem_mark.line + 1 if fault.problem_mark else 1
        says = ALIAS if fault.problem == ALIAS else UNREADABLE
        raise DescriptionError(f"{path.name}, line {line}: {says}") from None
    except (yaml.YAMLError, ValueError, RecursionError):
        raise DescriptionError(f"{path.name} is no YAML that can be read") from None
    if not isinstance(given, dict):
        raise DescriptionError(f"{path.name}, line 1: a description has keys such as people:")
    return _config(path, given, lined)


def _config(path: Path, given: dict[str, object], lined: _Lined) -> WorkspaceConfig:
    mistakes: Iterable[Mistake] = lined.mistakes
    if not mistakes:
        try:
            return WorkspaceConfig.from_mapping(given)
        except ConfigError as fault:
            mistakes = fault.mistakes
    told = sorted((lined.line(one.where), str(one)) for one in mistakes)
    raise DescriptionError("\n".join(f"{path.name}, line {line}: {says}" for line, says in told))


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        raise DescriptionError(f"{path.name} is not in UTF-8: save it anew as UTF-8") from None
    except OSError as fault:
        raise DescriptionError(f"{path} cannot be opened: {fault.strerror}") from None
