"""The registry of speakers joined to a project: what the dialog asks is done and shown."""

import pytest

from annotator.services import project as projects
from annotator.services import speakers
from annotator.ui.dialogs.speakers import SpeakersDialog
from annotator.ui.speaker_registry import SpeakerRegistry


@pytest.fixture
def dialog(qtbot, project):
    made = SpeakersDialog()
    qtbot.addWidget(made)
    for name in ("Lena Hasp", "Harsk", "Radel"):
        speakers.ensure(project, name)
    return made


@pytest.fixture
def registry(dialog, project):
    made = SpeakerRegistry(dialog)
    made.open(project)
    yield made
    made.close()


def by_name(project):
    return {speaker.name: speaker for speaker in speakers.all_speakers(project)}


def shown(dialog):
    return {speaker.name for speaker in dialog._model.speakers}


def test_what_the_dialog_asks_is_done_and_shown(registry, dialog, project):
    hasp, harsk = by_name(project)["Lena Hasp"].id, by_name(project)["Harsk"].id
    dialog.renamed.emit(hasp, "Léna Hasp")
    dialog.type_set.emit(hasp, "unnamed")
    dialog.principal_set.emit(hasp, harsk)
    dialog.alias_added.emit(hasp, "la porte-parole")
    found = by_name(project)["Léna Hasp"]
    assert (found.type, found.on_behalf_of) == ("unnamed", harsk)
    assert "la porte-parole" in found.aliases
    assert "Léna Hasp" in shown(dialog)
    dialog.alias_removed.emit(hasp, "la porte-parole")
    dialog.principal_set.emit(hasp, None)
    found = by_name(project)["Léna Hasp"]
    assert found.on_behalf_of is None
    assert "la porte-parole" not in found.aliases


def test_merging_and_deleting(registry, dialog, project):
    ids = {name: speaker.id for name, speaker in by_name(project).items()}
    dialog.merge_asked.emit(ids["Radel"], ids["Lena Hasp"])
    assert "Lena Hasp" not in shown(dialog)
    dialog.delete_asked.emit(ids["Harsk"])
    assert {"Harsk", "Lena Hasp"}.isdisjoint(by_name(project))
    assert shown(dialog) == set(by_name(project))


def test_what_cannot_be_done_is_said_in_the_dialog(registry, dialog, project):
    before = by_name(project)
    dialog.renamed.emit(before["Radel"].id, "Harsk")
    assert by_name(project) == before
    assert dialog.notice.isVisible()


def test_it_follows_what_others_change_while_it_is_open(registry, dialog, project):
    speakers.ensure(project, "Organisation de Brévonie")
    assert "Organisation de Brévonie" in shown(dialog)
    projects.undo_step(project)
    assert "Organisation de Brévonie" not in shown(dialog)


def test_closed_it_follows_no_longer(registry, dialog, project):
    count = len(project.store.listeners)
    registry.close()
    assert len(project.store.listeners) == count - 1
    assert not dialog.isVisible()
    dialog.renamed.emit(by_name(project)["Radel"].id, "Autre")
    assert "Radel" in by_name(project)


def test_another_project_takes_the_place_of_the_one_before(registry, dialog, project, other):
    registry.open(other)
    speakers.ensure(project, "Nobody Here")
    assert shown(dialog) == set(by_name(other))
    dialog.renamed.emit(by_name(other)["Narrator"].id, "The writer")
    assert "The writer" in by_name(other)
    assert "Narrator" in by_name(project)
