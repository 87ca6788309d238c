"""How an article looks in the list: the sign of its state, its title, a caption."""

from dataclasses import dataclass

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import (
    QFont,
    QFontMetricsF,
    QPainter,
    QPainterPath,
    QPen,
    QTextLayout,
    QTextOption,
)
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem
from typing_extensions import override

from annotator.domain.records import ArticleRow, Status
from annotator.ui import theme
from annotator.ui.annotate.article_model import ArticleModel, counted_parts

TITLE_LINES = 3
_NAME_AT_LEAST = 44  # pixels; a file's name cut shorter than this tells nothing
# Heights of more rows than this are not worth their time: then all have the same.
NATURAL_HEIGHTS = 1000

_SEPARATOR = " · "
_INSET = theme.MEDIUM  # between the view's edge and the card
_GAP = theme.TIGHT  # between two cards
_PAD = 10
_SIGN = 20  # the column of the sign
_REMEMBERED = 4000  # lines and widths that are kept


@dataclass(frozen=True, slots=True)
class Lines:
    """The words of one article: its title broken into lines, and the caption below."""

    title: tuple[str, ...]
    caption: str


class Breaker:
    """Breaks titles into lines; the widths of words are measured once.

    Qt's own line breaking takes 0.15 ms a title, which a list of a thousand would feel; it is
    asked only for words that are too long for a line, and scripts that put no blanks are such.
    """

    def __init__(self, font: QFont) -> None:
        self.font = font
        self._metrics = QFontMetricsF(font)
        self._blank = self._metrics.horizontalAdvance(" ")
        self._widths: dict[str, float] = {}

    def lines(self, title: str, width: float, limit: int) -> tuple[str, ...]:
        """Return `title` in at most `limit` lines of `width` pixels; the last may be too long."""
        words = title.split()
        widths = [self.advance(word) for word in words]
        if max(widths, default=0.0) > width:
            return self._broken_by_qt(" ".join(words), width, limit)
        lines: list[str] = []
        start, room = 0, width
        for at, length in enumerate(widths):
            if at > start and length > room:
                lines.append(" ".join(words[start:at]))
                start, room = at, width
                if len(lines) == limit - 1:
                    break
            room -= length + self._blank
        lines.append(" ".join(words[start:]))
        return tuple(lines)

    def advance(self, word: str) -> float:
        """Return how wide `word` is, in pixels."""
        found = self._widths.get(word)
        if found is None:
            if len(self._widths) >= _REMEMBERED:
                self._widths.clear()
            found = self._widths[word] = self._metrics.horizontalAdvance(word)
        return found

    def _broken_by_qt(self, words: str, width: float, limit: int) -> tuple[str, ...]:
        layout = QTextLayout(words, self.font)
        option = QTextOption()
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        layout.setTextOption(option)
        lines: list[str] = []
        layout.beginLayout()
        while True:
            line = layout.createLine()
            if not line.isValid():
                break
            line.setLineWidth(width)
            if len(lines) == limit - 1:
                lines.append(_units(words, line.textStart()))
                break
            lines.append(_units(words, line.textStart(), line.textLength()).rstrip())
        layout.endLayout()
        return tuple(lines)


def fitted(words: str, font: QFont, width: float, cut: Qt.TextElideMode) -> str:
    """Return `words` cut to `width` pixels, no blank before the ellipsis."""
    return QFontMetricsF(font).elidedText(words, cut, width).replace(" …", "…")


def _units(words: str, start: int, length: int | None = None) -> str:
    """Return the slice of `words` that Qt counts in UTF-16 units."""
    units = words.encode("utf-16-le", "surrogatepass")
    end = None if length is None else 2 * (start + length)
    return units[2 * start : end].decode("utf-16-le", "surrogatepass")


def paint_sign(painter: QPainter, status: Status, box: QRectF) -> None:
    """Paint the sign of a state into `box`: ring, half disc, disc or flag."""
    colours = theme.current()
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    if status == "flagged":
        _paint_flag(painter, box)
    else:
        tone = {"todo": colours.edge, "in_progress": colours.accent, "done": colours.good}[status]
        ring = box.adjusted(0.75, 0.75, -0.75, -0.75)
        painter.setPen(QPen(theme.colour(tone), 1.5))
        painter.setBrush(theme.colour(tone) if status == "done" else Qt.BrushStyle.NoBrush)
        painter.drawEllipse(ring)
        if status == "in_progress":
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.colour(tone))
            painter.drawChord(ring, 90 * 16, 180 * 16)
    painter.restore()


def _paint_flag(painter: QPainter, box: QRectF) -> None:
    tone = theme.colour(theme.current().warning)
    pole = box.left() + 1.5
    painter.setPen(QPen(tone, 1.5, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
    painter.drawLine(QPointF(pole, box.top()), QPointF(pole, box.bottom()))
    cloth = QPainterPath(QPointF(pole, box.top()))
    cloth.lineTo(box.right(), box.top())
    cloth.lineTo(box.right() - 2.5, box.top() + box.height() * 0.3)
    cloth.lineTo(box.right(), box.top() + box.height() * 0.6)
    cloth.lineTo(pole, box.top() + box.height() * 0.6)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.fillPath(cloth, tone)


class ArticleDelegate(QStyledItemDelegate):
    """Paints the rows of an ArticleModel; what it breaks into lines it remembers."""

    def __init__(self, view: QListView, model: ArticleModel) -> None:
        super().__init__(view)
        self._view = view
        self._model = model
        self._plain = Breaker(theme.sans(theme.BODY))
        self._strong = Breaker(theme.sans(theme.BODY, strong=True))
        self._small = Breaker(theme.sans(theme.CAPTION))
        self._small_metrics = QFontMetricsF(self._small.font)
        self._title_height = round(QFontMetricsF(self._plain.font).height() * 1.08)
        self._small_height = round(self._small_metrics.height() * 1.12)
        self._titles: dict[tuple[str, int, bool], tuple[str, ...]] = {}
        self._captions: dict[tuple[ArticleRow, int], str] = {}

    @override
    def sizeHint(
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        if self._view.uniformItemSizes():
            return QSize(0, self._height(TITLE_LINES))
        row = self._model.at(index.row())
        width = self._text_width()
        # The current title is bold: room for it is kept, so that nothing moves when it is chosen.
        return QSize(0, self._height(len(self._title(row, width, strong=True))))

    @override
    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        row = self._model.at(index.row())
        current = row.id == self._model.current
        rect: QRect = option.rect
        state: QStyle.StateFlag = option.state
        width = self._text_width()
        lines = self._lines(row, width, strong=current)
        card = QRectF(rect.x() + _INSET, rect.y(), self._card_width(), rect.height() - _GAP)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_card(painter, card, state, current=current)
        self._paint_words(painter, card, lines, row, current=current)
        painter.restore()

    def _paint_card(
        self, painter: QPainter, card: QRectF, state: QStyle.StateFlag, *, current: bool
    ) -> None:
        colours = theme.current()
        card = card.adjusted(0.5, 0.5, -0.5, -0.5)
        focused = self._view.hasFocus()
        if current:
            line = colours.accent if focused else colours.line
            painter.setPen(QPen(theme.colour(line), 1))
            painter.setBrush(theme.colour(colours.paper))
            painter.drawRoundedRect(card, theme.RADIUS, theme.RADIUS)
        elif state & QStyle.StateFlag.State_MouseOver:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.colour(colours.chip))
            painter.drawRoundedRect(card, theme.RADIUS, theme.RADIUS)
        elif focused and state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(QPen(theme.colour(colours.accent), 1))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(card, theme.RADIUS, theme.RADIUS)

    def _paint_words(
        self, painter: QPainter, card: QRectF, lines: Lines, row: ArticleRow, *, current: bool
    ) -> None:
        colours = theme.current()
        left, top = card.x() + _PAD, card.y() + _PAD
        sign = QRectF(left, top + (self._title_height - 10) / 2 - 0.5, 10, 10)
        paint_sign(painter, row.status, sign)
        left += _SIGN
        width = card.width() - 2 * _PAD - _SIGN
        flags = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        font = (self._strong if current else self._plain).font
        painter.setFont(font)
        painter.setPen(theme.colour(colours.ink))
        for line in lines.title:
            # A few pixels to spare: rounding must not cut the last letter.
            box = QRectF(left, top, width + 4, self._title_height)
            painter.drawText(box, flags, fitted(line, font, width + 2, Qt.TextElideMode.ElideRight))
            top += self._title_height
        top += 3
        painter.setFont(self._small.font)
        self._paint_caption(painter, QPointF(left, top), lines.caption, row)

    def _paint_caption(self, painter: QPainter, at: QPointF, line: str, row: ArticleRow) -> None:
        """Paint the caption; what is incomplete in the colour of warnings."""
        colours = theme.current()
        base = at + QPointF(0, self._small_metrics.ascent())
        calm, warning = line, ""
        if row.incomplete and line.endswith(" incomplete"):
            head, dot, tail = line.rpartition(_SEPARATOR)
            calm, warning = head + dot, tail
        painter.setPen(theme.colour(colours.soft))
        painter.drawText(base, calm)
        if warning:
            painter.setPen(theme.colour(colours.warning))
            after = self._small_metrics.horizontalAdvance(calm)
            painter.drawText(base + QPointF(after, 0), warning)

    def _lines(self, row: ArticleRow, width: int, *, strong: bool) -> Lines:
        return Lines(self._title(row, width, strong=strong), self._caption(row, width))

    def _title(self, row: ArticleRow, width: int, *, strong: bool) -> tuple[str, ...]:
        title = row.title or row.name
        key = (title, width, strong)
        if key not in self._titles:
            if len(self._titles) >= _REMEMBERED:
                self._titles.clear()
            breaker = self._strong if strong else self._plain
            self._titles[key] = breaker.lines(title, width, TITLE_LINES)
        return self._titles[key]

    def _caption(self, row: ArticleRow, width: int) -> str:
        key = (row, width)
        if key not in self._captions:
            if len(self._captions) >= _REMEMBERED:
                self._captions.clear()
            self._captions[key] = self._fitted_caption(row, width)
        return self._captions[key]

    def _fitted_caption(self, row: ArticleRow, width: int) -> str:
        """Return the caption in one line; the file's name takes the room that is left."""
        counts = _SEPARATOR.join(counted_parts(row))
        if row.name != row.title:
            room = width - self._small.advance(_SEPARATOR) - self._small.advance(counts)
            if room >= _NAME_AT_LEAST:
                # Cut in its middle, where it tells least.
                name = fitted(row.name, self._small.font, room, Qt.TextElideMode.ElideMiddle)
                return name + _SEPARATOR + counts
        return fitted(counts, self._small.font, width, Qt.TextElideMode.ElideRight)

    def _height(self, title_lines: int) -> int:
        words = title_lines * self._title_height + 3 + self._small_height
        return words + 2 * _PAD + _GAP

    def _card_width(self) -> int:
        # The scroll bar lies in the inset at the right, so nothing moves when it comes.
        return self._view.width() - 2 * _INSET

    def _text_width(self) -> int:
        return max(40, self._card_width() - 2 * _PAD - _SIGN)
