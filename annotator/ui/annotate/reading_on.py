"""Reads the rest of a large article's statements after its first painting, in slices."""

from collections.abc import Generator

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from annotator.ui.annotate.sheet import Sheet
from annotator.ui.background import Slices


class ReadingOn(QObject):
    """Brings a sheet to its end; `ended` says that all statements are there now."""

    ended = Signal()

    def __init__(self, sheet: Sheet, parent: QObject) -> None:
        super().__init__(parent)
        self._sheet = sheet
        self._slices = Slices(self)
        # One turn of the event loop paints what was opened; reading on begins with the one after.
        self._after_painting = QTimer(self, singleShot=True, interval=0)
        self._after_painting.timeout.connect(self._begin)
        sheet.when_whole = self._on_whole

    def start(self) -> None:
        """Read on what the sheet holds now; what was being read is forgotten."""
        self._stop()
        if not self._sheet.whole:
            self._after_painting.start()

    @Slot()
    def _begin(self) -> None:
        self._slices.run(self._steps(), None, self._on_done, _raise)

    def _steps(self) -> Generator[tuple[int, int], None, None]:
        for read in self._sheet.read_on():
            yield read, 0

    def _on_done(self, _: None) -> None:
        self._on_whole()

    def _on_whole(self) -> None:
        self._stop()
        self.ended.emit()

    def _stop(self) -> None:
        self._after_painting.stop()
        self._slices.cancel()


def _raise(error: Exception) -> None:
    raise error
