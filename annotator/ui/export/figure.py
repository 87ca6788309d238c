"""Counts by split and label as bars: a bar a target, parted by stance, with shape and number."""

from collections.abc import Mapping
from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget
from typing_extensions import override

from annotator.domain.codebook import Codebook, words
from annotator.ui import theme
from annotator.ui.export import saying
from annotator.ui.shapes import paint_shape

_ROW = 24
_HEAD = 24
_BAR = 16
_NAME = 132
_NUMBER = 52
_SHAPE = 8
_PAD = 6
_GAP = 4  # between the shape and the number
_SHADES = (1.0, 0.72, 0.46, 0.24)  # of the target's hue, by stance
_MOST_ROWS = 12  # with more, the targets of a split are put together

Numbers = Mapping[str, Mapping[str, Mapping[str, int]]]  # split, target, stance


@dataclass(frozen=True, slots=True)
class Part:
    """One stance's part of a bar."""

    symbol: str
    name: str
    number: int
    shade: float


@dataclass(frozen=True, slots=True)
class Bar:
    """One line of the figure; a heading when it has no parts."""

    name: str
    number: int
    hue: str | None = None
    parts: tuple[Part, ...] = ()
    heading: bool = False


def bars(numbers: Numbers, rows: Mapping[str, int], codebook: Codebook, lang: str) -> list[Bar]:
    """Return the lines of the figure; `rows` count statements and negatives by split."""
    found: list[Bar] = []
    together = sum(1 + len(targets) for targets in numbers.values()) > _MOST_ROWS
    for split, targets in numbers.items():
        if len(numbers) > 1 and not together:
            found.append(Bar(saying.split_name(split), rows.get(split, 0), heading=True))
        if together:
            whole: dict[str, int] = {}
            for stances in targets.values():
                for stance, number in stances.items():
                    whole[stance] = whole.get(stance, 0) + number
            found.append(_bar(saying.split_name(split), None, whole, codebook, lang))
            continue
        without = rows.get(split, 0) - sum(sum(n.values()) for n in targets.values())
        known = [target.id for target in codebook.targets]
        for target in sorted(targets, key=lambda t: known.index(t) if t in known else len(known)):
            choice = codebook.target(target)
            name = words(choice.name, lang) if choice else "No target yet"
            hue = choice.hue if choice else None
            found.append(_bar(name, hue, targets[target], codebook, lang))
        if without > 0:
            found.append(Bar("Negatives", without, None, (Part("–", "negative", without, 0.12),)))
    return found


def spoken(lines: list[Bar]) -> str:
    """Return the figure in words, for those who cannot see it."""
    told = []
    for bar in lines:
        parts = ", ".join(f"{part.name} {part.number:,}" for part in bar.parts)
        told.append(f"{bar.name} {bar.number:,}" + (f": {parts}" if parts else ""))
    return "; ".join(told)


class Figure(QWidget):
    """Draws the bars; each is as long as its share of the longest of its kind."""

    def __init__(self) -> None:
        super().__init__()
        self.bars: list[Bar] = []
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.setAccessibleName("Counts by split and label")

    def show_bars(self, lines: list[Bar]) -> None:
        """Show these lines."""
        self.bars = lines
        self.setAccessibleDescription(spoken(lines))
        self.setToolTip(spoken(lines).replace("; ", "\n"))
        self.setFixedHeight(sum(_HEAD if bar.heading else _ROW for bar in lines))
        self.update()

    @override
    def sizeHint(self) -> QSize:
        return QSize(320, self.height())

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        top = 0.0
        for bar in self.bars:
            height = _HEAD if bar.heading else _ROW
            self._paint(painter, bar, QRectF(0, top, self.width(), height))
            top += height
        painter.end()

    def _paint(self, painter: QPainter, bar: Bar, line: QRectF) -> None:
        look = theme.current()
        name = QRectF(line.x(), line.y(), _NAME if bar.parts else line.width(), line.height())
        painter.setFont(theme.sans(theme.CAPTION + 1, strong=bar.heading))
        painter.setPen(theme.colour(look.ink))
        metrics = QFontMetricsF(painter.font())
        shown = metrics.elidedText(bar.name, Qt.TextElideMode.ElideRight, _NAME - theme.SMALL)
        painter.drawText(name, int(Qt.AlignmentFlag.AlignVCenter), shown)
        number = QRectF(line.right() - _NUMBER, line.y(), _NUMBER, line.height())
        painter.setPen(theme.colour(look.ink if bar.heading else look.soft))
        right = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight
        painter.drawText(number, int(right), f"{bar.number:,}")
        box = QRectF(_NAME, line.center().y() - _BAR / 2, line.width() - _NAME - _NUMBER, _BAR)
        self._paint_parts(painter, bar, box)

    def _paint_parts(self, painter: QPainter, bar: Bar, box: QRectF) -> None:
        look = theme.current()
        strong = look.hue(bar.hue).strong
        left = box.left()
        gaps = max(0, len(bar.parts) - 1)
        least = [_label_width(part) for part in bar.parts]
        if sum(least) + gaps > box.width():  # too narrow for numbers: room for the shapes
            least = [_SHAPE + _PAD] * len(bar.parts)
        scale = (box.width() - gaps - sum(least)) / max(1, bar.number)
        for part, room in zip(bar.parts, least, strict=True):
            width = part.number * scale + room
            colour = theme.mixed(look.paper, strong, part.shade)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(colour)
            painter.drawRoundedRect(QRectF(left, box.top(), width, box.height()), 3, 3)
            self._paint_label(painter, part, QRectF(left, box.top(), width, box.height()))
            left += width + 1

    def _paint_label(self, painter: QPainter, part: Part, box: QRectF) -> None:
        look = theme.current()
        strong = theme.ink_on(painter.brush().color())
        font = theme.sans(theme.CAPTION)
        number = f"{part.number:,}"
        wide = QFontMetricsF(font).horizontalAdvance(number)
        both = box.width() >= _label_width(part)
        left = box.left() + (_PAD if both else (box.width() - _SHAPE) / 2)
        shape = QRectF(left, box.center().y() - _SHAPE / 2, _SHAPE, _SHAPE)
        paint_shape(painter, shape, part.symbol, strong)
        if both:
            painter.setFont(font)
            painter.setPen(strong)
            at = QRectF(left + _SHAPE + _GAP, box.top(), wide + 2, box.height())
            painter.drawText(at, int(Qt.AlignmentFlag.AlignVCenter), number)
        painter.setPen(theme.colour(look.ink))


def _label_width(part: Part) -> float:
    """Return the pixels that a part's shape and number take, with room at both ends."""
    wide = QFontMetricsF(theme.sans(theme.CAPTION)).horizontalAdvance(f"{part.number:,}")
    return _PAD + _SHAPE + _GAP + wide + _PAD


def _bar(
    name: str, hue: str | None, stances: Mapping[str, int], codebook: Codebook, lang: str
) -> Bar:
    parts = [
        Part(stance.symbol or "?", words(stance.name, lang), number, _SHADES[min(at, 3)])
        for at, stance in enumerate(codebook.stances)
        if (number := stances.get(stance.id, 0))
    ]
    if stances.get(saying.OPEN):
        parts.append(Part("–", "No stance yet", stances[saying.OPEN], 0.12))
    return Bar(name, sum(stances.values()), hue, tuple(parts))
