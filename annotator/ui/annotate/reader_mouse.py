"""What the mouse does in the text: choose, select, and move the edges of the chosen statement."""

from dataclasses import replace

from PySide6.QtCore import QEvent, QObject, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QMouseEvent, QWheelEvent
from PySide6.QtWidgets import QApplication, QTextEdit

from annotator.domain.records import Statement
from annotator.domain.spans import Span
from annotator.domain.text import snapped
from annotator.ui.annotate import hits, reader_tags
from annotator.ui.annotate.reader_geometry import Geometry
from annotator.ui.annotate.reader_paint import Scene, knobs

_GRIP_RADIUS = 8.0
_SAME_PLACE = 4.0
_SCROLL = 14  # pixels a move beyond the edge, while an edge is dragged
_LEFT = Qt.MouseButton.LeftButton
_CONTROL = Qt.KeyboardModifier.ControlModifier


class ReaderMouse(QObject):
    """Follows the mouse over the viewport of `edit`; `before` and `after` Qt's own handling."""

    statement_clicked = Signal(int)
    edge_moved = Signal(int, str, object, object)
    settled = Signal(bool, bool)  # a selection has ended: by mouse, meant exactly
    zoom_asked = Signal(int)

    def __init__(self, edit: QTextEdit, geometry: Geometry, scene: Scene) -> None:
        super().__init__(edit)
        self._edit = edit
        self._geometry = geometry
        self._scene = scene
        self.lang: str | None = None
        self._pressed: QPointF | None = None
        self._grip: hits.Grip | None = None
        self._beside = QPointF()  # from the knob to where the mouse took it
        self._before_drag: Statement | None = None
        self._last_click: QPointF | None = None
        self._chosen_before: int | None = None  # before that click
        self._double = False

    @property
    def dragging(self) -> bool:
        """Whether an edge is being dragged."""
        return self._grip is not None

    def before(self, event: QEvent) -> bool:
        """Look at an event of the viewport first; return whether Qt is not to see it."""
        if isinstance(event, QWheelEvent):
            return self._wheel(event)
        if event.type() == QEvent.Type.Leave:
            self._hover(None)
        if not isinstance(event, QMouseEvent):
            return False
        at = event.position()
        match event.type():
            case QEvent.Type.MouseButtonPress if event.button() == _LEFT:
                return self._press(event)
            case QEvent.Type.MouseMove if self._grip is not None:
                self._drag(at, exact=bool(event.modifiers() & _CONTROL))
                return True
            case QEvent.Type.MouseMove if event.buttons() & _LEFT:
                # The hand is never quite still: a double click selects the word, not a stretch.
                return self._double and not self._is_far(at)
            case QEvent.Type.MouseMove:
                self._point_at(at)
            case QEvent.Type.MouseButtonRelease if self._grip is not None:
                self._drop()
                return True
        return False

    def aligned(self, event: QEvent) -> QEvent:
        """Return what Qt is to see of an event: the mouse between two rows is in the nearer one."""
        if not isinstance(event, QMouseEvent):
            return event
        at = self._geometry.aligned(event.position())
        if at == event.position():
            return event
        return QMouseEvent(
            event.type(),
            at,
            event.scenePosition(),
            event.globalPosition(),
            event.button(),
            event.buttons(),
            event.modifiers(),
        )

    def after(self, event: QEvent) -> None:
        """Look at an event of the viewport when Qt has dealt with it."""
        if not isinstance(event, QMouseEvent) or event.button() != _LEFT:
            return
        if event.type() == QEvent.Type.MouseButtonDblClick:
            self._double = True
            self._pressed = event.position()
            self._select_word(event.position())
            self._choose_again()
        elif event.type() == QEvent.Type.MouseButtonRelease and self._pressed is not None:
            moved, double = self._is_far(event.position()), self._double
            self._pressed, self._double = None, False
            self.settled.emit(True, bool(event.modifiers() & _CONTROL))
            if not (moved or double or self._edit.textCursor().hasSelection()):
                self._click(event.position())

    def cancel(self) -> None:
        """Let go of a dragged edge: the statement stays as it was."""
        if self._grip is not None:
            self._scene.chosen = self._before_drag
            self._end_drag()

    # ---------------------------------------------------------------------- clicking

    def _press(self, event: QMouseEvent) -> bool:
        self._double = False
        grip, knob = self._grip_at(event.position())
        if grip is not None:
            self._grip = self._scene.held = grip
            self._beside = event.position() - knob
            self._before_drag = self._scene.chosen
            self._edit.viewport().update()
            return True
        self._pressed = event.position()
        if not event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            # Else Qt would begin to drag the selected words away instead of selecting anew.
            cursor = self._edit.textCursor()
            cursor.clearSelection()
            self._geometry.put(cursor)
        return False

    def _click(self, at: QPointF) -> None:
        place = at + QPointF(0, self._edit.verticalScrollBar().value())
        same = self._last_click is not None and _near(place, self._last_click, _SAME_PLACE)
        self._last_click = place
        chosen = self._scene.chosen
        self._chosen_before = chosen.id if chosen else None
        tagged = self._tag_at(at)
        if tagged is not None:
            self.statement_clicked.emit(tagged)
            return
        ids, review = self._ids_at(at), self._scene.review
        here = review.here(ids) if review is not None else chosen.id if chosen else None
        found = hits.turn(ids, here if same else None)
        if found is not None:
            self.statement_clicked.emit(found)

    def _choose_again(self) -> None:
        """Take back what the first click of a double click chose: a word was meant."""
        before, chosen = self._chosen_before, self._scene.chosen
        if before is not None and (chosen is None or chosen.id != before):
            self.statement_clicked.emit(before)

    def _select_word(self, at: QPointF) -> None:
        position = self._geometry.under(at)
        letter = Span(position, position + 1) if position is not None else None
        word = snapped(letter, self._geometry.text, self.lang) if letter else None
        cursor = self._edit.textCursor()
        cursor.clearSelection()
        if word is not None:
            cursor = self._geometry.cursor(word.start, word.end)
        self._edit.setTextCursor(cursor)

    def _ids_at(self, at: QPointF) -> list[int]:
        position = self._geometry.under(at)
        if position is None:
            return []
        ids = hits.under(position, self._scene.layers.meeting(Span(position, position + 1)))
        return ids if self._scene.review is None else self._scene.review.distinct(ids)

    def _tag_at(self, at: QPointF) -> int | None:
        rows = list(self._geometry.rows(at.y(), at.y() + 2 * self._geometry.headline_em))
        if self._scene.review is not None:  # its lines leave no room for tags
            return None
        if not rows or rows[0].start >= rows[-1].next:
            return None
        shown = self._scene.meeting(Span(rows[0].start, rows[-1].next))
        right = self._edit.viewport().width()
        for tag in reader_tags.tags(rows, shown, self._scene.codebook, self._geometry, right):
            if tag.box.adjusted(-2, -1, 2, 1).contains(at):
                return tag.statement.id
        return None

    # ---------------------------------------------------------------------- pointing

    def _point_at(self, at: QPointF) -> None:
        grip, _ = self._grip_at(at)
        shape = Qt.CursorShape.IBeamCursor
        if grip is not None:
            shape = Qt.CursorShape.SplitHCursor
        elif self._tag_at(at) is not None:
            shape = Qt.CursorShape.PointingHandCursor
        viewport = self._edit.viewport()
        if viewport.cursor().shape() != shape:
            viewport.setCursor(shape)
        if grip != self._scene.held:
            self._scene.held = grip
            viewport.update()
        self._hover(at)

    def _hover(self, at: QPointF | None) -> None:
        scene = self._scene
        pointed = self._geometry.under(at) if at is not None else None
        ids = self._ids_at(at) if at is not None else []
        hovered = ids[0] if ids else None
        shows = scene.chosen is not None and pointed != scene.pointed
        scene.pointed = pointed
        if hovered != scene.hovered or shows:
            scene.hovered = hovered
            self._edit.viewport().update()

    def _wheel(self, event: QWheelEvent) -> bool:
        if not event.modifiers() & _CONTROL:
            return False
        # Qt would enlarge the letters behind the back of the zoom.
        if event.angleDelta().y():
            self.zoom_asked.emit(1 if event.angleDelta().y() > 0 else -1)
        return True

    # ---------------------------------------------------------------------- dragging

    def _grip_at(self, at: QPointF) -> tuple[hits.Grip | None, QPointF]:
        """Return the grip under the mouse, if there is one, and where its knob stands."""
        if self._scene.chosen is None:
            return None, at
        reach = 2 * self._geometry.headline_em
        rows = list(self._geometry.rows(at.y() - reach, at.y() + reach))
        found = list(knobs(self._scene.chosen, self._geometry, rows))
        places = [(knob.x(), knob.y()) for _, knob in found]
        best = hits.nearest(at.x(), at.y(), places, _GRIP_RADIUS)
        return (None, at) if best is None else found[best]

    def _drag(self, at: QPointF, *, exact: bool) -> None:
        if self._grip is None or self._before_drag is None:
            return
        self._scroll_towards(at.y())
        position = self._geometry.position_at(at - self._beside)
        text = self._geometry.text
        new = hits.moved(self._grip, position, text, self.lang, exact=exact)
        self._scene.chosen = hits.dragged(self._before_drag, self._grip, new)
        self._scene.held = replace(self._grip, span=new)
        self._edit.viewport().update()

    def _scroll_towards(self, y: float) -> None:
        bar = self._edit.verticalScrollBar()
        if y < 0:
            bar.setValue(bar.value() - _SCROLL)
        elif y > self._edit.viewport().height():
            bar.setValue(bar.value() + _SCROLL)

    def _drop(self) -> None:
        grip, held = self._grip, self._scene.held
        if grip is None or held is None:
            return
        # Until the statement comes back changed, it shows where the mouse left it.
        self._end_drag()
        if held.span != grip.span:
            self.edge_moved.emit(grip.statement_id, grip.field, grip.span, held.span)

    def _end_drag(self) -> None:
        self._grip = self._before_drag = self._scene.held = None
        self._edit.viewport().update()

    def _is_far(self, at: QPointF) -> bool:
        far = QApplication.startDragDistance() / 2
        return self._pressed is not None and not _near(at, self._pressed, far)


def _near(a: QPointF, b: QPointF, distance: float) -> bool:
    return QRectF(b.x() - distance, b.y() - distance, 2 * distance, 2 * distance).contains(a)
