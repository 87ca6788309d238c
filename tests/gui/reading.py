"""A reader in a window, and a mouse over it: what the tests of the text view share."""

from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QMouseEvent, QTextCursor, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from annotator.domain.records import Article
from annotator.domain.spans import Span
from annotator.ui.annotate.reader import Reader

LEFT = Qt.MouseButton.LeftButton
PLAIN = Qt.KeyboardModifier.NoModifier
CONTROL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier

TITLE = "La Brévonie hésite encore"
PARAGRAPH = (
    "Le gouvernement de Harsk a répété que « la force partirait demain », selon Lena Hasp, "
    "et personne au palais n’a voulu dire un mot de plus sur les trois brigades promises. "
)
TEXT = "\n".join([TITLE, PARAGRAPH * 2, PARAGRAPH, PARAGRAPH * 3])
LONG = "\n".join([TITLE] + [f"{n}. {PARAGRAPH * 3}" for n in range(60)])


def article(text: str, title: str = TITLE, lang: str | None = "fr", id_: int = 1) -> Article:
    return Article(id_, f"a{id_}", "x", title, lang, "", "x.txt", "", "2030-01-01T00:00:00Z", text)


def open_reader(qtbot, text: str = TEXT, width: int = 900, height: int = 600):
    """Return a reader on the screen that shows `text`."""
    reader = Reader()
    qtbot.addWidget(reader)
    reader.resize(width, height)
    reader.show_article(article(text))
    with qtbot.waitExposed(reader):
        reader.show()
    reader.activateWindow()
    reader.setFocus()
    qtbot.waitUntil(reader.hasFocus)
    return reader


def text_of(reader: Reader) -> str:
    return reader.article.text if reader.article else ""


def find(reader: Reader, words: str, nth: int = 1) -> Span:
    """Return where the `nth` occurrence of `words` stands in the article."""
    at = -1
    for _ in range(nth):
        at = text_of(reader).index(words, at + 1)
    return Span(at, at + len(words))


def place_of(reader: Reader, position: int) -> QPoint:
    """Return the middle of the caret before the code point at `position`, in the viewport."""
    cursor = QTextCursor(reader.document())
    cursor.setPosition(len(text_of(reader)[:position].encode("utf-16-le")) // 2)
    return reader.cursorRect(cursor).center()


def middle_of(reader: Reader, span: Span) -> QPoint:
    return place_of(reader, (span.start + span.end) // 2)


def click(reader: Reader, at: QPoint, modifier: Qt.KeyboardModifier = PLAIN) -> None:
    QTest.mouseClick(reader.viewport(), LEFT, modifier, at)


def double_click(reader: Reader, at: QPoint, by: int = 0) -> None:
    """Click twice, with a hand that moves by a few pixels meanwhile."""
    click(reader, at)
    QTest.mouseDClick(reader.viewport(), LEFT, PLAIN, at)
    move(reader, at + QPoint(by, 0))
    release(reader, at + QPoint(by, 0))


def press(reader: Reader, at: QPoint, modifier: Qt.KeyboardModifier = PLAIN) -> None:
    QTest.mousePress(reader.viewport(), LEFT, modifier, at)


def send(
    reader: Reader,
    kind: QEvent.Type,
    at: QPoint,
    button: Qt.MouseButton,
    held: Qt.MouseButton,
    modifier: Qt.KeyboardModifier = PLAIN,
) -> None:
    view = reader.viewport()
    event = QMouseEvent(kind, QPointF(at), QPointF(view.mapToGlobal(at)), button, held, modifier)
    QApplication.sendEvent(view, event)


def move(reader: Reader, at: QPoint, modifier: Qt.KeyboardModifier = PLAIN, held=LEFT) -> None:
    """Move the mouse with the left button held (QTest.mouseMove holds none)."""
    send(reader, QEvent.Type.MouseMove, at, Qt.MouseButton.NoButton, held, modifier)


def release(reader: Reader, at: QPoint, modifier: Qt.KeyboardModifier = PLAIN) -> None:
    QTest.mouseRelease(reader.viewport(), LEFT, modifier, at)


def drag(reader: Reader, start: QPoint, end: QPoint, modifier: Qt.KeyboardModifier = PLAIN) -> None:
    press(reader, start, modifier)
    for at in (start + QPoint(12, 0), (start + end) / 2, end):
        move(reader, at, modifier)
    release(reader, end, modifier)


def turn_wheel(
    reader: Reader,
    by: int,
    modifier: Qt.KeyboardModifier = PLAIN,
    over: QWidget | None = None,
) -> None:
    """Turn the wheel near the left edge of the viewport, or of `over`."""
    view = over or reader.viewport()
    at = QPointF(20, 200)
    event = QWheelEvent(
        at,
        view.mapToGlobal(at),
        QPoint(0, 0),
        QPoint(0, by),
        Qt.MouseButton.NoButton,
        modifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(view, event)
