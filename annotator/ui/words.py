"""A label whose colour is named by its part in the theme, and which can shorten its words."""

from typing import Literal

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QPalette, QResizeEvent
from PySide6.QtWidgets import QLabel, QSizePolicy
from typing_extensions import override

from annotator.ui import theme

Tone = Literal["ink", "soft", "good", "warning", "danger"]


class Words(QLabel):
    """Plain words in a colour of the theme, kept when the theme changes."""

    def __init__(
        self,
        words: str = "",
        *,
        size: float = theme.BODY,
        strong: bool = False,
        tone: Tone = "ink",
        wrap: bool = False,
    ) -> None:
        super().__init__(words)
        self._tone: Tone = tone
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setFont(theme.sans(size, strong=strong))
        self.setWordWrap(wrap)
        self._tint()

    def set_tone(self, tone: Tone) -> None:
        """Use another colour of the theme from now on."""
        self._tone = tone
        self._tint()

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self._tint()

    def _tint(self) -> None:
        wanted = theme.colour(getattr(theme.current(), self._tone))
        palette = self.palette()
        # Without this test the change of palette would call itself.
        if palette.color(QPalette.ColorRole.WindowText) != wanted:
            palette.setColor(QPalette.ColorRole.WindowText, wanted)
            self.setPalette(palette)


class ElidedWords(Words):
    """One line of words, cut with an ellipsis where there is no room; the tool tip has them all."""

    def __init__(
        self,
        words: str = "",
        *,
        size: float = theme.BODY,
        strong: bool = False,
        tone: Tone = "ink",
        mode: Qt.TextElideMode = Qt.TextElideMode.ElideRight,
    ) -> None:
        super().__init__("", size=size, strong=strong, tone=tone)
        self._mode = mode
        self._words = words
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.show_words(words)

    @property
    def words(self) -> str:
        """All the words, also those that are not shown."""
        return self._words

    def show_words(self, words: str) -> None:
        """Show `words`, as much of them as there is room for."""
        self._words = words
        self.setAccessibleName(words)
        self._fit()

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(0, super().minimumSizeHint().height())

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        metrics, room = self.fontMetrics(), max(0, self.contentsRect().width())
        shown = metrics.elidedText(self._words, self._mode, room).replace(" …", "…")
        self.setText(shown)
        self.setToolTip(self._words if shown != self._words else "")
