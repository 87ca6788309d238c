"""The QApplication: its names, icon and fonts, the system's appearance, and signals to end."""

import signal
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING

from PySide6.QtCore import QSettings, QSocketNotifier, Qt, QTimer, Slot
from PySide6.QtWidgets import QApplication

import annotator
from annotator.ui import icons, theme

if TYPE_CHECKING:
    import socket

NAME = "Stance Annotator"
ID = "stance-annotator"  # of settings, log and desktop file
LOG_NAME = "stance-annotator.log"

_APPEARANCES = {"light": theme.LIGHT, "dark": theme.DARK}


class Application(QApplication):
    """One for the process; follows the system's light and dark, and ends at SIGINT and SIGTERM."""

    def __init__(self, argv: list[str]) -> None:
        super().__init__(argv)
        self.setApplicationName(ID)
        self.setApplicationDisplayName(NAME)
        self.setApplicationVersion(annotator.__version__)
        self.setDesktopFileName(ID)
        self.setWindowIcon(icons.window_icon())
        self._to_open: tuple[Path | None, Path | None, bool] = (None, None, False)
        self._wakeup: tuple[socket.socket, socket.socket] | None = None
        self._notifier: QSocketNotifier | None = None
        theme.load_fonts()
        theme.apply(self)
        self.styleHints().colorSchemeChanged.connect(self._on_colour_scheme)

    def run_window(self, project: Path | None, folder: Path | None, *, sample: bool) -> int:
        """Show the window first, then open what is asked for; return the exit code."""
        from annotator.ui.failures import Failures
        from annotator.ui.window import MainWindow

        failures = Failures(log_file())
        failures.install()
        settings = open_settings()
        asked = _APPEARANCES.get(str(settings.value("appearance", "")))
        if asked is not None and asked is not theme.current():
            theme.ask_for(asked)
            theme.apply(self)
        opening = project is not None or folder is not None or sample
        self._window = MainWindow(settings, opening=opening)
        failures.show_in(self._window, self._window.tell_error)
        self._window.show()
        self._to_open = (project, folder, sample)
        QTimer.singleShot(0, self, self._open)
        QTimer.singleShot(0, self, self.catch_signals)  # after it: what is opened is seen sooner
        code = self.exec()
        self.release_signals()
        failures.close()
        return code

    @Slot()
    def _open(self) -> None:
        project, folder, sample = self._to_open
        if project is not None:
            self._window.open_path(project)
        elif folder is not None:
            self._window.open_folder(folder)
        elif sample:
            self._window.try_sample()
        if self._window.project is None:
            self._window.show_welcome()

    @Slot()
    def catch_signals(self) -> None:
        """Quit, closing the windows properly, at SIGINT and SIGTERM; in the main thread only."""
        # Python runs signal handlers between its own instructions, and Qt's loop executes none:
        # the signal's number, written into a socket, wakes the loop.
        import socket

        reader, writer = socket.socketpair()
        for end in (reader, writer):
            end.setblocking(False)
        self._wakeup = (reader, writer)
        signal.set_wakeup_fd(writer.fileno())
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, _carry_on)
        self._notifier = QSocketNotifier(reader.fileno(), QSocketNotifier.Type.Read, self)
        self._notifier.activated.connect(self._on_signal)

    def release_signals(self) -> None:
        """Give the signals back to Python."""
        if self._wakeup is None or self._notifier is None:
            return
        signal.set_wakeup_fd(-1)
        signal.signal(signal.SIGINT, signal.default_int_handler)
        signal.signal(signal.SIGTERM, signal.SIG_DFL)
        self._notifier.setEnabled(False)
        for end in self._wakeup:
            end.close()
        self._wakeup = self._notifier = None

    @Slot()
    def _on_signal(self) -> None:
        if self._wakeup is not None:
            self._wakeup[0].recv(64)
            self.quit()

    @Slot(Qt.ColorScheme)
    def _on_colour_scheme(self, scheme: Qt.ColorScheme) -> None:
        theme.apply(self)


def open_settings() -> QSettings:
    """Return the settings kept for this user, in a file on every system."""
    return QSettings(QSettings.Format.IniFormat, QSettings.Scope.UserScope, ID, ID)


def log_file() -> Path:
    """Return where the reports of bugs are written."""
    import platformdirs

    return platformdirs.user_log_path(ID, appauthor=False) / LOG_NAME


def _carry_on(number: int, frame: FrameType | None) -> None:
    """Do nothing here; the socket tells the event loop."""
