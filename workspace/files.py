"""Files on their way in: a place to send the bytes, then the file itself. In memory only."""

from dataclasses import dataclass, field
from mimetypes import guess_type

from workspace.ids import Ids
from workspace.wire import Code, Json, SlackError


@dataclass(slots=True)
class Stored:
    """One file. ``content`` is None until the bytes came; ``shared`` once it was completed.

    ``alt`` says what a picture shows; ``person`` is who sent it, where it was not the app.
    """

    id: str
    name: str
    length: int
    content: bytes | None = None
    title: str = ""
    alt: str = ""
    shared: bool = False
    person: str = ""


@dataclass(slots=True)
class Files:
    """Every file of the workspace by id."""

    ids: Ids
    held: dict[str, Stored] = field(default_factory=dict)

    def expect(self, name: str, length: int, alt: str = "") -> Stored:
        """Make a place for a file of so many bytes."""
        stored = Stored(self.ids.next("F"), name, length, alt=alt)
        self.held[stored.id] = stored
        return stored

    def sent(self, name: str, content: bytes, person: str) -> Stored:
        """Keep what a person put into a form's file field."""
        stored = Stored(
            self.ids.next("F"), name, len(content), content, name, shared=True, person=person
        )
        self.held[stored.id] = stored
        return stored

    def arrived(self, file_id: str, content: bytes) -> bool:
        """Take the bytes; False when nobody expects them or their number is not as said."""
        stored = self.held.get(file_id)
        if stored is None or len(content) != stored.length:
            return False
        stored.content = content
        return True

    def complete(self, file_id: str, title: str) -> Stored:
        """Finish an upload; raises ``file_not_found`` without bytes, or a second time."""
        stored = self.held.get(file_id)
        if stored is None or stored.content is None or stored.shared:
            raise SlackError(Code.FILE_NOT_FOUND)
        stored.title, stored.shared = title or stored.name, True
        return stored


def file_object(stored: Stored, url: str, person: str) -> Json:
    """Give a file as Slack shows it."""
    kind, _ = guess_type(stored.name)
    ending = stored.name.rpartition(".")[2] if "." in stored.name else ""
    return {
        "id": stored.id,
        "name": stored.name,
        "title": stored.title,
        "mimetype": kind or "application/octet-stream",
        "filetype": ending.lower(),
        "pretty_type": ending.upper(),
        "alt_txt": stored.alt,
        "size": stored.length,
        "user": stored.person or person,
        "url_private": f"{url}files/{stored.id}",
        "url_private_download": f"{url}files/{stored.id}/download",
    }
