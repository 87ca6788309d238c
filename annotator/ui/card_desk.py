"""The dataset card's dialog and the project whose answers it shows."""

from PySide6.QtCore import QObject, Slot

from annotator.formats.card_answers import CardAnswers
from annotator.services import dataset_card
from annotator.services.project import Project
from annotator.ui.dialogs.dataset_card import DatasetCardDialog


class CardDesk(QObject):
    """Shows the answers of the open project and keeps what is typed."""

    def __init__(self, dialog: DatasetCardDialog) -> None:
        super().__init__(dialog)
        self.dialog = dialog
        self._project: Project | None = None
        dialog.kept.connect(self._on_kept)

    def open(self, project: Project) -> None:
        """Show the dialog with the answers of a project."""
        self.dialog.keep()
        self._project = project
        self.dialog.show_answers(
            dataset_card.answers(project),
            dataset_card.texts_may_be_shared(project),
            writable=not project.read_only,
        )
        self.dialog.show()
        self.dialog.raise_()
        self.dialog.activateWindow()

    def close(self) -> None:
        """Keep what was typed and let go of the project."""
        self.dialog.close()
        self._project = None

    @Slot(object, object)
    def _on_kept(self, answers: CardAnswers, may: bool | None) -> None:
        if self._project is not None:
            dataset_card.set_answers(self._project, answers)
            dataset_card.set_texts_may_be_shared(self._project, may)
