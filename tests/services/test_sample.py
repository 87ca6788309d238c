"""The sample, and the golden export of it in exports/sample.

STANCE_GOLDEN=write pytest tests/services/test_sample.py writes the golden files anew.
"""

import json
import os
import shutil
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from annotator.domain.completeness import missing
from annotator.errors import UserError
from annotator.services import annotating, exporting, importing, informing, sample
from annotator.services import project as projects
from annotator.services.project import Project
from annotator.storage import checking, queries
from tests.conftest import ROOT
from tests.services.conftest import AT

GOLDEN = ROOT / "exports" / "sample"
FILES = ("statements.jsonl", "articles.jsonl", "dataset.json")


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Project]:
    project = sample.make_sample(tmp_path_factory.mktemp("made") / "sample.stance")
    yield project
    project.close()


@pytest.fixture(scope="module")
def exported(made: Project, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample as it is exported unless something else is asked for."""
    folder = tmp_path_factory.mktemp("exported")
    exporting.export(made, folder, at=AT)
    return folder


def test_it_opens_as_camille_with_six_articles_and_both_labelled(made: Project) -> None:
    assert made.me.name == "Camille"
    counts = informing.counts(made)
    assert (counts.articles, counts.annotators) == (6, 2)
    assert counts.by_annotator == {"Camille": 45, "Noor": 41}
    assert set(counts.by_stance) == {"favor", "against", "neutral", "unclear"}
    assert set(counts.by_target) == {"ceasefire", "troop_deployment"}
    assert counts.by_status["Camille"]["done"] == 6
    assert (counts.by_status["Noor"]["done"], counts.by_status["Noor"]["in_progress"]) == (5, 1)


def test_it_is_sound_and_nothing_required_is_missing(made: Project) -> None:
    assert checking.faults(made.store) == []
    for annotator in projects.annotators(made):
        for article_id in queries.article_ids(made.store):
            for statement in queries.statements(made.store, article_id, annotator.id):
                assert missing(statement, made.codebook) == ()


def test_nobody_can_undo_the_sample_away(made: Project) -> None:
    assert projects.undo_label(made) is None


def test_it_shows_what_it_promises(made: Project) -> None:
    seen = [
        statement
        for annotator in projects.annotators(made)
        for article_id in queries.article_ids(made.store)
        for statement in queries.statements(made.store, article_id, annotator.id)
    ]
    assert any(len(s.pieces) > 1 for s in seen)
    assert any(len(s.source_chain) > 1 for s in seen)
    assert any(s.hull.overlaps(t.hull) and s.hull != t.hull for s in seen for t in seen)
    assert any(s.pieces == t.pieces and s.target != t.target for s in seen for t in seen)
    assert any(s.pieces == t.pieces and s.speaker_id != t.speaker_id for s in seen for t in seen)
    langs = [queries.article(made.store, i).lang for i in queries.article_ids(made.store)]
    assert sorted(str(lang) for lang in langs) == ["en"] * 2 + ["fr"] * 4
    assert any(s.on_behalf_of for s in queries.speakers(made.store))


def test_labelling_goes_on_in_it(tmp_path: Path) -> None:
    project = sample.make_sample(tmp_path / "s")
    assert project.path == tmp_path / "s.stance"
    article_id = queries.article_ids(project.store)[0]
    statement = annotating.statements(project, article_id)[0]
    annotating.delete_statement(project, statement.id)
    projects.undo_step(project)
    assert annotating.statements(project, article_id)[0] == statement
    importing.rename_article(project, article_id, "Another title")
    project.close()


def test_it_is_made_quickly(tmp_path: Path) -> None:
    start = time.perf_counter()
    sample.make_sample(tmp_path / "s.stance").close()
    assert time.perf_counter() - start < 0.5


def test_a_file_that_is_there_is_not_replaced(tmp_path: Path) -> None:
    (tmp_path / "s.stance").write_bytes(b"mine")
    with pytest.raises(UserError, match="exists already"):
        sample.make_sample(tmp_path / "s.stance")
    assert (tmp_path / "s.stance").read_bytes() == b"mine"


def test_a_sample_that_is_not_whole_is_said_to_be(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("annotator.places.shipped", lambda name: tmp_path / name)
    with pytest.raises(UserError, match="not whole"):
        sample.make_sample(tmp_path / "s.stance")
    shutil.copytree(ROOT / "seeds", tmp_path / "seeds")
    (tmp_path / "seeds" / "labels" / "noor.json").write_text("[{]")
    with pytest.raises(UserError, match=r"not whole.*noor"):
        sample.make_sample(tmp_path / "s.stance")


@pytest.mark.parametrize("name", FILES)
def test_its_export_is_the_golden_one(exported: Path, name: str) -> None:
    if os.environ.get("STANCE_GOLDEN") == "write":
        GOLDEN.mkdir(exist_ok=True)
        shutil.copy(exported / name, GOLDEN / name)
    body, golden = (exported / name).read_bytes(), (GOLDEN / name).read_bytes()
    if name == "dataset.json":  # the program's version may move on
        new, old = json.loads(body), json.loads(golden)
        assert new | {"program": ""} == old | {"program": ""}
    else:
        assert body == golden
