"""The article as it is read and marked."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QMimeData, QRect, Qt, Signal, Slot
from PySide6.QtGui import (
    QColor,
    QKeyEvent,
    QKeySequence,
    QPainter,
    QPaintEvent,
    QPalette,
    QResizeEvent,
    QTextCharFormat,
    QTextCursor,
    QTextOption,
)
from PySide6.QtWidgets import QFrame, QScrollBar, QTextEdit
from typing_extensions import override

from annotator.domain.codebook import Codebook
from annotator.domain.records import Article, Statement
from annotator.domain.spans import Span
from annotator.ui import theme
from annotator.ui.annotate import reader_tags, reader_text
from annotator.ui.annotate.reader_geometry import Geometry, scroll_by
from annotator.ui.annotate.reader_layers import Layers
from annotator.ui.annotate.reader_mouse import ReaderMouse
from annotator.ui.annotate.reader_paint import Canvas, Scene
from annotator.ui.annotate.reader_review import Review
from annotator.ui.wrapping import wrap_mode

_KEEP = QTextCursor.MoveMode.KeepAnchor
_SIDEWAYS = (Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Home, Qt.Key.Key_End)
_UPRIGHT = (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown)


class Reader(QTextEdit):
    """Shows one article with its statements; what is marked and moved goes out as signals.

    Every position and span that goes in or out counts code points of the article's text.
    """

    selection_changed = Signal(object)  # Span | None, when a selection by hand has settled
    statement_clicked = Signal(int)
    edge_moved = Signal(int, str, object, object)  # statement, field, old and new Span
    view_changed = Signal()  # scrolled, resized or laid out anew
    zoomed = Signal()
    zoom_asked = Signal(int)  # Ctrl and the wheel: 1 larger, -1 smaller

    def __init__(self) -> None:
        super().__init__()
        self.article: Article | None = None
        self.chosen: int | None = None
        self.selected_by_mouse = False
        self.exact = False  # whether that selection ended with Ctrl held
        self.scene = Scene()
        self.geometry_of_text = Geometry(self)
        self._zoom = 1.0
        self._settled: Span | None = None
        self._mouse = ReaderMouse(self, self.geometry_of_text, self.scene)
        _prepare(self)
        self._mouse.statement_clicked.connect(self.statement_clicked)
        self._mouse.edge_moved.connect(self.edge_moved)
        self._mouse.zoom_asked.connect(self.zoom_asked)
        self._mouse.settled.connect(self._settle)
        self.selectionChanged.connect(self._follow_selection)
        self.verticalScrollBar().valueChanged.connect(self.view_changed)
        self.document().documentLayout().documentSizeChanged.connect(self.view_changed)
        self.set_zoom(1.0)

    # ------------------------------------------------------------------ what is shown

    def show_article(self, article: Article | None) -> None:
        """Show `article` from its beginning, without statements; None shows empty paper."""
        self.article = article
        self.chosen = self._settled = None
        self._mouse.cancel()
        self._mouse.lang = article.lang if article else None
        scene = self.scene
        scene.layers, scene.chosen, scene.hovered, scene.held = Layers(), None, None, None
        scene.excluded, scene.hits, scene.current_hit, scene.selection = (), (), None, None
        self._set_text()
        self.verticalScrollBar().setValue(0)
        self.view_changed.emit()

    def show_excluded(self, spans: Sequence[Span]) -> None:
        """Show `spans` as not reporting."""
        self.scene.excluded = tuple(spans)
        grey = QTextCharFormat()
        grey.setForeground(theme.colour(theme.current().excluded))
        selections = []
        for span in spans:
            selection = QTextEdit.ExtraSelection()
            selection.cursor, selection.format = (
                self.geometry_of_text.cursor(span.start, span.end),
                grey,
            )
            selections.append(selection)
        self.setExtraSelections(selections)
        self.viewport().update()

    def show_statements(
        self, statements: Sequence[Statement], codebook: Codebook, review: Review | None = None
    ) -> None:
        """Show `statements`, in any order; the chosen one stays chosen if it is among them.

        With `review` they are several annotators', each with an own line, and the decided ones.
        """
        self._mouse.cancel()
        self.scene.review = review
        self.scene.layers = Layers(statements)
        self.scene.codebook = codebook
        self.choose(self.chosen)

    def choose(self, statement_id: int | None) -> None:
        """Show one statement as the chosen one, with its edges to take hold of; None shows none."""
        self._mouse.cancel()
        self.scene.chosen = self.scene.layers.get(statement_id)
        self.chosen = self.scene.chosen.id if self.scene.chosen else None
        self.viewport().update()

    def show_hits(self, spans: Sequence[Span], current: int) -> None:
        """Show where a search found its words; `current` is the index of the hit in question."""
        self.scene.hits = tuple(spans)
        self.scene.current_hit = spans[current] if 0 <= current < len(spans) else None
        self.viewport().update()

    def set_zoom(self, factor: float) -> None:
        """Set the letters `factor` times as large; what is in view stays in view."""
        view, cursor, excluded = self.view_range(), self.textCursor(), self.scene.excluded
        anchor, position = cursor.anchor(), cursor.position()
        self._zoom = factor
        em = theme.READING * factor
        self.geometry_of_text.body_em = em
        self.geometry_of_text.headline_em = theme.HEADLINE * factor
        self.setFont(theme.serif(em))
        self._centre()
        self._set_text()
        cursor = self.textCursor()
        cursor.setPosition(anchor)
        cursor.setPosition(position, _KEEP)
        self.setTextCursor(cursor)
        self.show_excluded(excluded)
        if view is not None:
            _scroll(self.verticalScrollBar(), self.y_of(view.start))
        self.view_changed.emit()
        self.zoomed.emit()

    # --------------------------------------------------------- caret, selection, places

    def selected_span(self) -> Span | None:
        """Return what is selected, just as it is selected."""
        cursor = self.textCursor()
        return self.geometry_of_text.map.span(cursor.selectionStart(), cursor.selectionEnd())

    def select(self, span: Span, *, say: bool = False) -> None:
        """Select `span`; the view stays. It is said, as if keys had selected it, or is not."""
        self._settled = None if say else span
        self.geometry_of_text.put(self.geometry_of_text.cursor(span.start, span.end))
        if say:
            self._settle(False, False)

    def clear_selection(self) -> None:
        """Select nothing; caret and view stay, and nothing is emitted."""
        self.set_caret(self.caret())

    def caret(self) -> int:
        """Return the position of the caret."""
        return self.geometry_of_text.map.to_points(self.textCursor().position())

    def set_caret(self, position: int) -> None:
        """Move the caret, with nothing selected; the view stays."""
        self._settled = None
        self.geometry_of_text.put(self.geometry_of_text.cursor(position, position))

    def reveal(self, span: Span) -> None:
        """Scroll so that `span` shows, with some air around it, unless it shows already."""
        first = self.geometry_of_text.row_of(span.start)
        last = self.geometry_of_text.row_of(span.end - 1)
        if first is None or last is None:
            return
        air = 1.5 * reader_text.pitch(self.geometry_of_text.body_em)
        height = self.viewport().height()
        # Its tag stands over the row, up to the baseline of the row above.
        top = first.top - reader_tags.over(first, self.geometry_of_text.body_em)
        by = scroll_by(top, max(last.bottom, first.bottom), height, air)
        bar = self.verticalScrollBar()
        # Only what was laid out counts for the range; the place just found is laid out.
        needed = round(bar.value() + last.bottom + self.document().documentMargin() - height)
        bar.setMaximum(max(bar.maximum(), needed))
        _scroll(self.verticalScrollBar(), by)

    def selection_rect(self) -> QRect:
        """Return the rectangle of the viewport around what is selected, empty for nothing."""
        span = self.selected_span()
        if span is None:
            return QRect()
        return self.geometry_of_text.bounds(span).toAlignedRect()

    def y_of(self, position: int) -> float:
        """Return the top of the line that holds `position`, in pixels of the viewport."""
        row = self.geometry_of_text.row_of(position)
        return row.top if row is not None else 0.0

    def view_range(self) -> Span | None:
        """Return the stretch of the text that shows."""
        return self.geometry_of_text.in_view()

    # -------------------------------------------------------------------- Qt's events

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        clip = event.rect().toRectF()
        with QPainter(self.viewport()) as painter:
            canvas = Canvas(painter, self.geometry_of_text, self.scene, clip)
            canvas.under(self.viewport().width() - theme.SMALL)
        super().paintEvent(event)
        if self.scene.chosen is not None:
            with QPainter(self.viewport()) as painter:
                canvas.over(painter)

    @override
    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            # No key is kept from the window's actions, but for the end of a drag.
            event.setAccepted(self._mouse.dragging and event.key() == Qt.Key.Key_Escape)
            return event.isAccepted()
        if event.type() == QEvent.Type.Resize:
            self._centre()
        if event.type() == QEvent.Type.Wheel:  # beside the column; over it the viewport has it
            return self.viewportEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self.show_excluded(self.scene.excluded)
        if event.type() == QEvent.Type.StyleChange:  # a new style sheet forgets the font
            done = super().event(event)
            self.setFont(theme.serif(theme.READING * self._zoom))
            return done
        return super().event(event)

    @override
    def viewportEvent(self, event: QEvent) -> bool:
        if self._mouse.before(event):
            return True
        if isinstance(event, QResizeEvent):
            narrower = event.oldSize().width() != event.size().width()
            top = self.view_range() if narrower and self.verticalScrollBar().value() else None
            done = super().viewportEvent(event)
            if top is not None:
                _scroll(self.verticalScrollBar(), self.y_of(top.start))
            self.view_changed.emit()
            return done
        done = super().viewportEvent(self._mouse.aligned(event))
        self._mouse.after(event)
        return done

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self._mouse.dragging and event.key() == Qt.Key.Key_Escape:
            self._mouse.cancel()
        elif _moves_caret(event):
            super().keyPressEvent(event)
            self._settle(False, False)
        else:
            event.ignore()

    @override
    def createMimeDataFromSelection(self) -> QMimeData:
        # From the article: a document has plain spaces where the text has no-break ones.
        data, span = QMimeData(), self.selected_span()
        if span is not None:
            data.setText(span.of(self.geometry_of_text.text))
        return data

    # ------------------------------------------------------------------------- inside

    def _centre(self) -> None:
        """Leave what is wider than the column empty on both sides.

        Here and not in resizeEvent: while the widget is being shown Qt loses a resizing of the
        viewport that is asked for during another one.
        """
        column = round(theme.READER_WIDTH * self._zoom + 2 * self.document().documentMargin())
        room = self.contentsRect().width() - self.verticalScrollBar().sizeHint().width()
        side = max(0, (room - column) // 2)
        self.setViewportMargins(side, 0, side, 0)

    def _set_text(self) -> None:
        text = self.article.text if self.article else ""
        line = reader_text.title_line(self.article) if self.article else None
        geometry = self.geometry_of_text
        geometry.show(text, -1)
        title = None
        if line is not None:
            title = (geometry.map.to_units(line.start), geometry.map.to_units(line.end))
        wrap = wrap_mode(text)
        if wrap != self.wordWrapMode():
            self.document().clear()  # else the text that goes would be laid out once more
            self.setWordWrapMode(wrap)
        # No caret meanwhile: the text would push it, or its anchor, to the end, and Qt would lay
        # out all of the text to know what to paint anew when it is taken away from there.
        self.setTextCursor(QTextCursor())
        reader_text.fill(self.document(), text, title, geometry.body_em)
        self.setTextCursor(QTextCursor(self.document()))
        if title is not None and reader_text.is_headline(line):
            geometry.headline = self.document().findBlock(title[0]).blockNumber()

    @Slot()
    def _follow_selection(self) -> None:
        self.scene.selection = self.selected_span()
        self.viewport().update()

    @Slot(bool, bool)
    def _settle(self, by_mouse: bool, exact: bool) -> None:
        self.selected_by_mouse, self.exact = by_mouse, exact
        span = self.selected_span()
        if span != self._settled:
            self._settled = span
            self.selection_changed.emit(span)


def _scroll(bar: QScrollBar, pixels: float) -> None:
    bar.setValue(bar.value() + round(pixels))


def _prepare(reader: Reader) -> None:
    """Give the widget the ways of a page of paper."""
    reader.setReadOnly(True)
    by = Qt.TextInteractionFlag
    reader.setTextInteractionFlags(by.TextSelectableByMouse | by.TextSelectableByKeyboard)
    reader.setUndoRedoEnabled(False)
    reader.setTabChangesFocus(True)
    reader.setAcceptDrops(False)
    reader.viewport().setAcceptDrops(False)
    reader.viewport().setMouseTracking(True)
    reader.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)
    reader.setFrameShape(QFrame.Shape.NoFrame)
    reader.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    reader.setWordWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    reader.setCursorWidth(2)
    reader.setAccessibleName("Article text")
    reader.setPlaceholderText("Drop text files here, or press Ctrl+I.")
    reader.document().setDocumentMargin(theme.PAGE)
    reader.setBackgroundRole(QPalette.ColorRole.Base)
    reader.setAutoFillBackground(True)
    # The selection is painted with the marks, under the words and the lines of the statements.
    palette = QPalette()
    palette.setColor(QPalette.ColorRole.Highlight, QColor(Qt.GlobalColor.transparent))
    reader.setPalette(palette)


def _moves_caret(event: QKeyEvent) -> bool:
    """Tell whether a key moves the caret or selects; all others belong to the window."""
    if event.matches(QKeySequence.StandardKey.SelectAll):
        return True
    held = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
    shift, control = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.ControlModifier
    if event.key() in _UPRIGHT:
        return not held & ~shift
    return event.key() in _SIDEWAYS and not held & ~(shift | control)
