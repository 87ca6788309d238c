"""Words without end: Qt would look for their end on each line, for seconds."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QTextOption
from PySide6.QtWidgets import QApplication

from annotator.ui.annotate.note_field import NoteField
from annotator.ui.wrapping import ENDLESS, wrap_mode
from tests.gui.hearing import heard
from tests.gui.reading import PARAGRAPH, TEXT, article, open_reader

ANYWHERE = QTextOption.WrapMode.WrapAnywhere
AT_WORDS = QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere
BLOB = "TWFyaWE" * (ENDLESS // 7 + 1)


@pytest.mark.parametrize(
    ("text", "mode"),
    [
        ("", AT_WORDS),
        (PARAGRAPH * 500, AT_WORDS),
        ("停火" * ENDLESS, AT_WORDS),
        (f"Une trêve\n{BLOB}\n", ANYWHERE),
        (f"{'a' * (ENDLESS - 1)} {'b' * (ENDLESS - 1)}", AT_WORDS),
    ],
)
def test_only_a_word_without_end_is_broken_anywhere(text, mode) -> None:
    assert wrap_mode(text) == mode


def test_an_article_with_such_a_word_shows_whole_and_the_next_one_as_ever(qtbot) -> None:
    reader = open_reader(qtbot, f"Une trêve\n{BLOB}\nFin.")
    assert reader.wordWrapMode() == ANYWHERE
    last = reader.geometry_of_text.row_of(len(reader.article.text) - 1)
    assert last.end == len(reader.article.text)
    reader.show_article(article(TEXT, id_=2))
    rows = list(reader.geometry_of_text.rows(0, reader.height()))
    assert reader.wordWrapMode() == AT_WORDS
    ends = [TEXT[row.next - 1 : row.next + 1] for row in rows]
    assert not any(end.isalnum() and len(end) == 2 for end in ends), "no word is cut"


def test_a_blob_pasted_into_a_note_is_kept_whole(qtbot) -> None:
    field = NoteField("Note")
    qtbot.addWidget(field)
    with qtbot.waitExposed(field):
        field.show()
    said = heard(field.edited)
    QApplication.clipboard().setText(BLOB)
    field.paste()
    assert field.wordWrapMode() == ANYWHERE
    qtbot.keyClick(field, Qt.Key.Key_Return)
    assert said == [(BLOB,)]
    field.show_note("short")
    assert field.wordWrapMode() == AT_WORDS
    field.show_note(BLOB)
    assert (field.wordWrapMode(), field.toPlainText()) == (ANYWHERE, BLOB)
    QApplication.clipboard().clear()
