"""A statement's closed card: who, about what, with what stance, and what is still missing."""

from collections.abc import Mapping
from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import (
    QColor,
    QFontMetricsF,
    QKeyEvent,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPen,
    QPixmap,
)
from PySide6.QtWidgets import QAbstractButton, QWidget
from typing_extensions import override

from annotator.domain.codebook import Codebook, words
from annotator.domain.completeness import missing
from annotator.domain.records import Speaker, Statement
from annotator.ui import theme
from annotator.ui.annotate.margin_words import needs, needs_in_short
from annotator.ui.shapes import paint_dot, paint_flag, paint_note, paint_shape

_EDGE = 4  # the coloured left edge
_LEFT = _EDGE + theme.MEDIUM
_RIGHT = theme.MEDIUM
_TOP = theme.SMALL + 1
_LINE = 18
_SMALL_LINE = 16
BAR_HEIGHT = 30  # of the one-line form
_SHAPE = 9
_MARK = 10
_DOT = 14
_GAP = 5


@dataclass(frozen=True, slots=True)
class Summary:
    """The words of a card; an empty name or stance is missing."""

    name: str
    stance: str
    symbol: str
    hue: str | None
    letter: str
    about: str
    lacking: str  # as the card shows it; `lacks` has the names
    lacks: str
    flags: tuple[str, ...]
    note: bool
    said: str


def summarise(
    statement: Statement, codebook: Codebook, speakers: Mapping[int, Speaker], lang: str
) -> Summary:
    """Return what a card says of a statement, in the codebook's words."""
    speaker = speakers.get(statement.speaker_id) if statement.speaker_id is not None else None
    target, stance = codebook.target(statement.target), codebook.stance(statement.stance)
    name = speaker.name if speaker else ""
    stance_words = words(stance.name, lang).lower() if stance else ""
    details = _details(statement, codebook, lang)
    about = " · ".join([words(target.name, lang) if target else "target?", *details])
    open_ones = [
        attribute
        for group in missing(statement, codebook)
        if (attribute := codebook.attribute(group)) is not None
    ]
    names = [words(attribute.name, lang).lower() for attribute in open_ones]
    flags = tuple(words(f.name, lang) for f in codebook.flags if f.id in statement.flags)
    said = [
        name or "speaker missing",
        stance_words or "stance missing",
        words(target.name, lang) if target else "target missing",
        *details,
        *([needs(names)] if names else []),
        *(f"flag {flag.lower()}" for flag in flags),
        *([f"note: {statement.note}"] if statement.note else []),
    ]
    return Summary(
        name=name,
        stance=stance_words,
        symbol=(stance.symbol or "") if stance else "",
        hue=target.hue if target else None,
        letter=(target.letter or "") if target else "",
        about=about,
        lacking=needs_in_short(names, usual=any(a.usual for a in open_ones)),
        lacks=needs(names),
        flags=flags,
        note=bool(statement.note),
        said=", ".join(said),
    )


def height_of(summary: Summary, *, compact: bool) -> int:
    """Return how high the card of `summary` is, in pixels."""
    if compact:
        return BAR_HEIGHT
    lines = len(_name_lines(summary))
    return _TOP + lines * _LINE + _LINE + (_SMALL_LINE if summary.lacking else 0) + theme.SMALL


def paint_card(
    painter: QPainter,
    rect: QRectF,
    hue: str | None,
    *,
    chosen: bool = False,
    over: bool = False,
    focus: bool = False,
) -> None:
    """Paint paper with a coloured left edge; the chosen one is outlined in its colour."""
    look = theme.current()
    strong = QColor(look.hue(hue).strong)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    sheet = rect.adjusted(0.5, 0.5, -0.5, -0.5)
    outline = QPainterPath()
    outline.addRoundedRect(sheet, theme.RADIUS, theme.RADIUS)
    painter.fillPath(outline, QColor(look.paper))
    border, width = (look.edge if over else look.line), 1.0
    if focus:
        border, width = look.accent, 3.0  # half of it lies outside and is cut off
    elif chosen:
        border, width = look.hue(hue).strong, 1.5
    painter.setPen(QPen(QColor(border), width))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawPath(outline)
    painter.save()
    painter.setClipPath(outline)
    painter.fillRect(QRectF(rect.left(), rect.top(), _EDGE, rect.height()), strong)
    painter.restore()


class Card(QAbstractButton):
    """A card that shows any statement it is given; `opened` gives the statement's id."""

    opened = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.statement_id = 0
        self._summary: Summary | None = None
        self._compact = False
        self._picture = QPixmap()
        self._drawn: tuple[object, ...] = ()
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.clicked.connect(self._on_clicked)

    @property
    def summary(self) -> Summary | None:
        """What the card says."""
        return self._summary

    @property
    def compact(self) -> bool:
        """Whether only one line is shown."""
        return self._compact

    def show_summary(self, statement_id: int, summary: Summary, *, compact: bool) -> None:
        """Show this statement from now on."""
        self.statement_id = statement_id
        if summary != self._summary:
            self._summary = summary
            self.setAccessibleName(summary.said)
            said = [summary.about, summary.lacks, *summary.flags]
            self.setToolTip("\n".join(line for line in said if line))
            self.update()
        if compact != self._compact:
            self._compact = compact
            self.update()

    @override
    def sizeHint(self) -> QSize:
        height = height_of(self._summary, compact=self._compact) if self._summary else BAR_HEIGHT
        return QSize(theme.CARD_WIDTH, height)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        elif event.key() == Qt.Key.Key_Escape:
            event.ignore()
        else:
            super().keyPressEvent(event)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        # Scrolling moves two dozen cards a step: their words are drawn once, not at every step.
        look = (self._summary, self._compact, self.underMouse(), self.hasFocus())
        key = (*look, theme.current().dark, self.size(), self.devicePixelRatioF())
        if key != self._drawn:
            self._picture = self._draw()
            self._drawn = key
        painter = QPainter(self)
        painter.drawPixmap(0, 0, self._picture)
        painter.end()

    def _draw(self) -> QPixmap:
        ratio = self.devicePixelRatioF()
        picture = QPixmap(self.size() * ratio)
        picture.setDevicePixelRatio(ratio)
        picture.fill(Qt.GlobalColor.transparent)
        if self._summary is None:
            return picture
        painter = QPainter(picture)
        rect = QRectF(self.rect())
        over, focus = self.underMouse(), self.hasFocus()
        paint_card(painter, rect, self._summary.hue, over=over, focus=focus)
        box = rect.adjusted(_LEFT, 0, -_RIGHT, 0)
        if self._compact:
            _paint_bar(painter, box, self._summary)
        else:
            _paint_words(painter, box, self._summary)
        painter.end()
        return picture

    @Slot()
    def _on_clicked(self) -> None:
        self.opened.emit(self.statement_id)


def _details(statement: Statement, codebook: Codebook, lang: str) -> list[str]:
    """Return the first attribute as it is, and of the others what is not the usual."""
    found: list[str] = []
    for attribute in codebook.attributes:
        value = statement.attributes.get(attribute.id)
        choice = attribute.choice(value) if value is not None else None
        if choice is not None and value != attribute.usual:
            name = words(choice.name, lang).lower()
            plain = attribute.id in ("attribution", "condition", "evidence", "scope")
            found.append(name if plain else f"{words(attribute.name, lang).lower()} {name}")
    if len(statement.pieces) > 1:
        found.append(f"{len(statement.pieces)} pieces")
    return found


def _paint_words(painter: QPainter, box: QRectF, summary: Summary) -> None:
    look = theme.current()
    y = box.top() + _TOP
    right = _paint_stance(painter, QRectF(box.left(), y, box.width(), _LINE), summary)
    lines = _name_lines(summary)
    for i, line in enumerate(lines):
        end = right if i == 0 else box.right()
        _paint_name(painter, QRectF(box.left(), y, end - box.left(), _LINE), line, summary)
        y += _LINE
    row = QRectF(box.left(), y, box.width(), _LINE)
    row.setRight(_paint_marks(painter, row, summary))
    known = summary.hue is not None
    _draw(painter, row, summary.about, look.soft if known else look.warning, theme.BODY - 1)
    if summary.lacking:
        row = QRectF(box.left(), y + _LINE, box.width(), _SMALL_LINE)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(look.warning))
        painter.drawEllipse(QRectF(row.left(), row.center().y() - 2, 5, 5))
        row.setLeft(row.left() + 5 + _GAP)
        _draw(painter, row, summary.lacking, look.soft, theme.CAPTION)


def _paint_bar(painter: QPainter, box: QRectF, summary: Summary) -> None:
    """Paint one line: the target's letter, name, marks, stance; a dot for what is missing."""
    right = _paint_stance(painter, box, summary)
    row = QRectF(box.left(), box.top(), right - box.left(), box.height())
    row.setRight(_paint_marks(painter, row, summary))
    if summary.lacking:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(theme.current().warning))
        painter.drawEllipse(QRectF(row.right() - 5, row.center().y() - 2, 5, 5))
        row.setRight(row.right() - 5 - _GAP)
    if summary.letter:
        look = theme.current()
        fill, letter = QColor(look.hue(summary.hue).strong), QColor(look.paper)
        box = QRectF(row.left(), row.top(), _DOT, row.height())
        paint_dot(painter, box, summary.letter, fill, letter)
        row.setLeft(row.left() + _DOT + _GAP)
    _paint_name(painter, row, summary.name, summary)


def _paint_name(painter: QPainter, row: QRectF, line: str, summary: Summary) -> None:
    look = theme.current()
    if summary.name:
        _draw(painter, row, line, look.ink, theme.BODY, strong=True)
    else:
        _draw(painter, row, "speaker?", look.warning, theme.BODY)


def _paint_stance(painter: QPainter, row: QRectF, summary: Summary) -> float:
    """Paint the stance at the right end of `row` and return where it begins, less a gap."""
    look = theme.current()
    shown = summary.stance or "stance?"
    colour = look.hue(summary.hue).strong if summary.stance else look.warning
    width = QFontMetricsF(theme.sans(theme.BODY)).horizontalAdvance(shown) + 1
    left = row.right() - width
    _draw(painter, QRectF(left, row.top(), width + 1, row.height()), shown, colour, theme.BODY)
    if summary.symbol:
        left -= _SHAPE + _GAP
        paint_shape(
            painter,
            QRectF(left, row.top() + 0.5, _SHAPE, row.height()),
            summary.symbol,
            QColor(colour),
        )
    return left - theme.SMALL


def _paint_marks(painter: QPainter, row: QRectF, summary: Summary) -> float:
    """Paint flag and note marks at the right end of `row`; return where they begin, less a gap."""
    colour = QColor(theme.current().soft)
    right = row.right()
    marks = [paint_note] * summary.note + [paint_flag] * bool(summary.flags)
    for paint in marks:
        right -= _MARK
        paint(painter, QRectF(right, row.top(), _MARK, row.height()), colour)
        right -= _GAP
    return right - (theme.TIGHT if marks else 0)


def _draw(
    painter: QPainter,
    row: QRectF,
    shown: str,
    colour: str,
    size: float,
    *,
    strong: bool = False,
) -> None:
    font = theme.sans(size, strong=strong)
    room = max(0.0, row.width())
    elided = QFontMetricsF(font).elidedText(shown, Qt.TextElideMode.ElideRight, room + 0.5)
    painter.setFont(font)
    painter.setPen(QColor(colour))
    flags = Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine
    painter.drawText(row.adjusted(0, 0, 2, 0), flags, elided)


def _name_lines(summary: Summary) -> list[str]:
    """Return the name in one line or two: the first ends before the stance."""
    metrics = QFontMetricsF(theme.sans(theme.BODY, strong=True))
    plain = QFontMetricsF(theme.sans(theme.BODY))
    stance = plain.horizontalAdvance(summary.stance or "stance?") + 1 + theme.SMALL
    stance += _SHAPE + _GAP if summary.symbol else 0
    room = theme.CARD_WIDTH - _LEFT - _RIGHT - stance
    if metrics.horizontalAdvance(summary.name) <= room:
        return [summary.name]
    first: list[str] = []
    rest = summary.name.split()
    while rest and metrics.horizontalAdvance(" ".join([*first, rest[0]])) <= room:
        first.append(rest.pop(0))
    return [" ".join(first), " ".join(rest)] if first and rest else [summary.name]
