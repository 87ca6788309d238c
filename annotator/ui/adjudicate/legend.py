"""Which line is whose, and what the tints mean."""

from collections.abc import Sequence

from PySide6.QtCore import QLineF, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget
from typing_extensions import override

from annotator.ui import theme
from annotator.ui.adjudicate.guises import Guise
from annotator.ui.annotate import reader_marks
from annotator.ui.annotate.reader_review import Trace

_ROW = 24
_SWATCH = 30
_TINTS = (("decided", "decided (gold)"), ("chip", "no statement here"))


def paint_swatch(painter: QPainter, box: QRectF, trace: Trace, *, unit: float = 1.0) -> None:
    """Paint two letters with an annotator's line as it runs in the text."""
    look = theme.current()
    painter.setFont(theme.serif(theme.BODY))
    painter.setPen(theme.colour(look.soft))
    painter.drawText(box, Qt.AlignmentFlag.AlignCenter, "abc")
    y = box.center().y() + (-7.5 if trace.over else 7.5)
    line = QLineF(box.left() + 1, y, box.right() - 1, y)
    colour = theme.colour(look.hue(trace.hue).strong)
    reader_marks.stance_line(painter, line, trace.form, colour, unit=unit, heavy=True)


class Legend(QWidget):
    """A row for each annotator with their line, then the tints."""

    def __init__(self) -> None:
        super().__init__()
        self._guises: Sequence[Guise] = ()
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    @property
    def guises(self) -> Sequence[Guise]:
        """Who is explained."""
        return self._guises

    def show_guises(self, guises: Sequence[Guise]) -> None:
        """Explain the lines of these annotators."""
        self._guises = guises
        said = [f"{g.name}: {g.trace.form} line {_place(g.trace)}" for g in guises]
        self.setAccessibleName("Legend")
        self.setAccessibleDescription("; ".join([*said, *(words for _, words in _TINTS)]))
        self.setToolTip("\n".join(said))
        self.updateGeometry()
        self.update()

    @override
    def sizeHint(self) -> QSize:
        return QSize(0, (len(self._guises) + len(_TINTS)) * _ROW)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        look = theme.current()
        font = theme.sans(theme.CAPTION)
        flags = Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            rows = [(g, "", g.name) for g in self._guises]
            every = [*rows, *((None, field, words) for field, words in _TINTS)]
            for at, (guise, field, words) in enumerate(every):
                box = QRectF(0, at * _ROW, _SWATCH, _ROW)
                if guise is not None:
                    paint_swatch(painter, box, guise.trace)
                else:
                    painter.setPen(QPen(theme.colour(look.line), 1))
                    painter.setBrush(theme.colour(getattr(look, field)))
                    painter.drawRoundedRect(box.adjusted(1.5, 4.5, -1.5, -4.5), 3, 3)
                painter.setFont(font)
                painter.setPen(theme.colour(look.soft))
                room = self.width() - _SWATCH - theme.SMALL
                shown = QFontMetricsF(font).elidedText(words, Qt.TextElideMode.ElideRight, room)
                painter.drawText(
                    QRectF(_SWATCH + theme.SMALL, at * _ROW, room + 2, _ROW), int(flags), shown
                )


def _place(trace: Trace) -> str:
    return "over the words" if trace.over else "under the words"
