"""A note to all who owe: the form says how many it goes to, and takes 3,000 characters."""

from messages.forms.note_form import note_errors, note_view, parse_note
from messages.notices.samples import QUARTER
from tests.messages.filling import blocks, sent, words
from tests.messages.judges import judge_view


def test_the_form_says_how_many_it_goes_to() -> None:
    view = note_view(QUARTER, 12, 31)
    judge_view(view)
    assert "12 people, who owe 31 returns for July to September 2008" in words(view)
    assert "1 person, who owes 1 return" in words(note_view(QUARTER, 1, 1))


def test_what_was_typed_comes_back() -> None:
    view = note_view(QUARTER, 12, 31)
    assert parse_note(sent(view, words=" By Friday,\nplease. ")) == "By Friday,\nplease."
    assert view["blocks"][-1]["element"]["max_length"] == 3_000


def test_a_note_without_words_is_told_so_at_the_note() -> None:
    (block,) = note_errors()
    assert block in blocks(note_view(QUARTER, 12, 31))
