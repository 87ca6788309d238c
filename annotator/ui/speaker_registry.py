"""The registry of speakers joined to the project: what the dialog asks is done, and shown."""

from collections.abc import Callable

from PySide6.QtCore import QObject, Slot

from annotator.domain.changes import Step
from annotator.domain.records import SpeakerType
from annotator.errors import UserError
from annotator.services import speakers
from annotator.services.project import Project
from annotator.ui.dialogs.speakers import SpeakersDialog


class SpeakerRegistry(QObject):
    """Carries out what the speakers dialog asks for and shows it what became of it."""

    def __init__(self, dialog: SpeakersDialog) -> None:
        super().__init__(dialog)
        self._dialog = dialog
        self._project: Project | None = None
        dialog.renamed.connect(self._rename)
        dialog.type_set.connect(self._set_type)
        dialog.principal_set.connect(self._set_principal)
        dialog.alias_added.connect(self._add_alias)
        dialog.alias_removed.connect(self._remove_alias)
        dialog.merge_asked.connect(self._merge)
        dialog.delete_asked.connect(self._delete)

    def open(self, project: Project) -> None:
        """Show the speakers of a project."""
        self._forget()
        self._project = project
        project.store.listeners.append(self._on_step)
        self._show()
        self._dialog.show()
        self._dialog.raise_()

    def close(self) -> None:
        """Hide the dialog and follow the project no longer."""
        self._forget()
        self._dialog.hide()

    @Slot(int, str)
    def _rename(self, speaker_id: int, name: str) -> None:
        self._do(speakers.rename, speaker_id, name)

    @Slot(int, str)
    def _set_type(self, speaker_id: int, type_: SpeakerType) -> None:
        self._do(speakers.set_type, speaker_id, type_)

    @Slot(int, object)
    def _set_principal(self, speaker_id: int, principal_id: int | None) -> None:
        self._do(speakers.set_on_behalf_of, speaker_id, principal_id)

    @Slot(int, str)
    def _add_alias(self, speaker_id: int, name: str) -> None:
        self._do(speakers.add_alias, speaker_id, name)

    @Slot(int, str)
    def _remove_alias(self, speaker_id: int, name: str) -> None:
        self._do(speakers.remove_alias, speaker_id, name)

    @Slot(int, int)
    def _merge(self, kept_id: int, gone_id: int) -> None:
        self._do(speakers.merge, kept_id, gone_id)

    @Slot(int)
    def _delete(self, speaker_id: int) -> None:
        self._do(speakers.delete, speaker_id)

    def _do(self, service: Callable[..., object], *values: object) -> None:
        if self._project is None:
            return
        try:
            service(self._project, *values)
        except UserError as error:
            self._dialog.show_error(str(error))
        self._show()

    def _on_step(self, step: Step) -> None:
        if self._dialog.isVisible() and step.touches("speaker", "alias", "statement", "source"):
            self._show()

    def _show(self) -> None:
        if self._project is not None:
            found = speakers.all_speakers(self._project)
            self._dialog.show_speakers(found, speakers.uses(self._project))

    def _forget(self) -> None:
        if self._project is not None and self._on_step in self._project.store.listeners:
            self._project.store.listeners.remove(self._on_step)
        self._project = None
