"""The questions of a dataset's card: what only people know, kept with the project as typed."""

from PySide6.QtCore import Qt, QTimer, Signal, Slot
from PySide6.QtGui import QCloseEvent, QPainter, QPaintEvent, QResizeEvent, QTextDocument
from PySide6.QtWidgets import (
    QButtonGroup,
    QDialog,
    QHBoxLayout,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from annotator.formats.card_answers import QUESTIONS, CardAnswers, Question
from annotator.ui import theme
from annotator.ui.flow import FlowLayout
from annotator.ui.tick_box import TickBox
from annotator.ui.words import Words

_WHAT = (
    "Every export has a README.md that says what the dataset is. Most of it is filled in from the"
    " project; these answers come from you, and are kept as you type."
)
_SHARING = (
    "Where they may not, an export holds no word of the articles: only offsets and short hashes, by"
    " which whoever has the articles puts the words back."
)
_NAMES = "Name the annotators in the card"
_SHARED = (("Not said", None), ("They may", True), ("They may not", False))
_REST = 400  # milliseconds after the last key until it is kept
_WIDTH, _HEIGHT = 640, 720
_MOST_LINES = 12  # of a field before it scrolls

Field = QLineEdit | QPlainTextEdit


class AnswerField(QPlainTextEdit):
    """A field that grows with its lines, up to `_MOST_LINES`; Tab leaves it."""

    def __init__(self, lines: int) -> None:
        super().__init__()
        self._lines = lines
        self.setTabChangesFocus(True)
        self.document().documentLayout().documentSizeChanged.connect(self._fit)
        self._fit()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    @Slot()
    def _fit(self) -> None:
        block, wanted = self.document().firstBlock(), 0
        while block.isValid():
            self.blockBoundingRect(block)  # lays it out, if that is still to be done
            wanted += max(1, block.layout().lineCount())
            block = block.next()
        lines = max(self._lines, min(_MOST_LINES, wanted))
        height = self.fontMetrics().lineSpacing() * lines + theme.WIDE
        if height != self.height():
            self.setFixedHeight(height)


class DatasetCardDialog(QDialog):
    """A field for each question; `kept` gives the answers and whether texts may be shared."""

    kept = Signal(object, object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("Dataset card")
        self.setModal(False)
        self.fields: dict[str, Field] = {each.field: _field(each) for each in QUESTIONS}
        self.names = TickBox(_NAMES)
        self.names.setAccessibleName(_NAMES)
        self.sharing = QButtonGroup(self)
        self.state = Words(tone="soft")
        self.area = QScrollArea()
        self.done_button = QPushButton("Close")
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(_REST)
        self._filling = False
        self._lay_out()
        self._connect()

    @property
    def answers(self) -> CardAnswers:
        """What stands in the fields."""
        said = {name: _text(field).strip() for name, field in self.fields.items()}
        return CardAnswers(**said, names=self.names.isChecked())

    @property
    def may_share(self) -> bool | None:
        """Whether the texts may be shared; None where nobody has said."""
        return _SHARED[max(0, self.sharing.checkedId())][1]

    def show_answers(self, answers: CardAnswers, may: bool | None, *, writable: bool) -> None:
        """Fill the fields; unless `writable` they can be read only."""
        self._filling = True
        for name, field in self.fields.items():
            _fill(field, getattr(answers, name))
            field.setReadOnly(not writable)
        self.names.setChecked(answers.names)
        self.names.setEnabled(writable)
        for at, (_, value) in enumerate(_SHARED):
            button = self.sharing.button(at)
            button.setChecked(value is may)
            button.setEnabled(writable)
        self._filling = False
        self._count()
        self.area.verticalScrollBar().setValue(0)
        # not the title: a field that gets the focus with its words selected is soon overwritten
        checked = self.sharing.checkedButton()
        if checked is not None:
            checked.setFocus(Qt.FocusReason.OtherFocusReason)

    def keep(self) -> None:
        """Give what was typed since it was last given."""
        if self._rest.isActive():
            self._rest.stop()
            self._on_rest()

    @override
    def closeEvent(self, event: QCloseEvent) -> None:
        self.keep()
        super().closeEvent(event)

    @override
    def reject(self) -> None:
        self.keep()
        super().reject()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        QPainter(self).fillRect(self.rect(), theme.colour(theme.current().panel))

    def _lay_out(self) -> None:
        body = QWidget()
        lines = QVBoxLayout(body)
        lines.setContentsMargins(theme.WIDE, theme.WIDE, theme.WIDE, theme.SMALL)
        lines.setSpacing(theme.TIGHT)
        lines.addWidget(Words(_WHAT, tone="soft", wrap=True))
        lines.addSpacing(theme.MEDIUM)
        self._lay_out_sharing(lines)
        for question in QUESTIONS:
            lines.addWidget(Words(question.title, strong=True))
            lines.addWidget(Words(question.hint, size=theme.CAPTION, tone="soft", wrap=True))
            lines.addWidget(self.fields[question.field])
            if question.field == "annotators":
                lines.addSpacing(theme.TIGHT)
                lines.addWidget(self.names)
            lines.addSpacing(theme.MEDIUM)
        lines.addStretch(1)
        self.area.setWidgetResizable(True)
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.area.setWidget(body)
        body.setAutoFillBackground(False)
        self.area.viewport().setAutoFillBackground(False)
        below = QHBoxLayout()
        # the button ends where the fields do, that have the scroll bar beside them
        right = theme.WIDE + self.area.verticalScrollBar().sizeHint().width()
        below.setContentsMargins(theme.WIDE, theme.SMALL, right, theme.LARGE)
        below.addWidget(self.state, 1)
        below.addWidget(self.done_button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.area, 1)
        layout.addLayout(below)
        room = self.screen().availableGeometry().height() - 2 * theme.PAGE
        self.resize(_WIDTH, min(_HEIGHT, room))

    def _lay_out_sharing(self, lines: QVBoxLayout) -> None:
        lines.addWidget(Words("May the texts be shared?", strong=True))
        lines.addWidget(Words(_SHARING, size=theme.CAPTION, tone="soft", wrap=True))
        row = QWidget()
        choices = FlowLayout(theme.SMALL)
        row.setLayout(choices)
        for at, (words, _) in enumerate(_SHARED):
            button = QPushButton(words)
            button.setCheckable(True)
            button.setAutoDefault(False)
            button.setAccessibleName(f"Texts shared: {words}")
            self.sharing.addButton(button, at)
            choices.addWidget(button)
        lines.addWidget(row)
        lines.addSpacing(theme.MEDIUM)

    def _connect(self) -> None:
        for field in self.fields.values():
            field.textChanged.connect(self._on_changed)
        self.names.toggled.connect(self._on_changed)
        self.sharing.idClicked.connect(self._on_changed)
        self.done_button.setAutoDefault(False)
        self.done_button.clicked.connect(self.close)
        self._rest.timeout.connect(self._on_rest)

    def _count(self) -> None:
        answered = sum(bool(_text(field).strip()) for field in self.fields.values())
        self.state.setText(f"{answered} of {len(self.fields)} answered")

    @Slot()
    def _on_changed(self) -> None:
        if not self._filling:
            self._count()
            self._rest.start()

    @Slot()
    def _on_rest(self) -> None:
        self.kept.emit(self.answers, self.may_share)


def _field(question: Question) -> Field:
    """Return an empty field for an answer, as high as a good one is long."""
    if question.lines == 1:
        line = QLineEdit()
        line.setAccessibleName(question.title)
        line.setAccessibleDescription(question.hint)
        return line
    text = AnswerField(question.lines)
    text.setAccessibleName(question.title)
    text.setAccessibleDescription(question.hint)
    return text


def _text(field: Field) -> str:
    if isinstance(field, QLineEdit):
        return field.text()
    # as it was typed: QTextDocument would give a no-break space as a space
    return _raw(field.document())


def _raw(document: QTextDocument) -> str:
    return document.toRawText().replace("\u2029", "\n").replace("\u2028", "\n")


def _fill(field: Field, text: str) -> None:
    if isinstance(field, QLineEdit):
        field.setText(text)
        field.setCursorPosition(0)
    else:
        field.setPlainText(text)
