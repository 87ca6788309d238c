"""No word of an article leaves with a stand-off export, in any form: every byte is searched."""

import json
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from annotator.formats import stand_off
from annotator.formats.datasets import registry
from annotator.services import annotating, dataset_card, exporting, importing, sample
from annotator.services import project as projects
from annotator.services.dataset_entries import Choice
from annotator.services.dividing import Splitting
from annotator.services.exporting import Order
from annotator.services.project import Project
from tests.services.test_rehydrating import label_some

FORMS = [form.name for form in registry.forms() if form.stand_off]
EVERYTHING = Choice(status="any", excluded=True, negatives=True)


@pytest.fixture(scope="module", params=["sample", "real"])
def full(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory):
    folder = tmp_path_factory.mktemp(request.param)
    if request.param == "sample":
        project = sample.make_sample(folder / "project.stance")
    else:
        project = projects.create(folder / "project.stance")
        importing.import_articles(project, [request.getfixturevalue("shared") / "seeds"])
        label_some(project)
    quote_everywhere(project)
    yield project
    project.close()


def quote_everywhere(project: Project) -> None:
    """Quote the first article in a note and as the reason of an excluded region."""
    article = projects.articles(project)[0].id
    text = str(project.store.row("article", article)["text"])
    statement = annotating.statements(project, article)[0]
    annotating.set_note(project, statement.id, text[100:180])
    annotating.set_status(project, article, "flagged", text[200:260])


def texts(folder: Path) -> Iterator[tuple[str, str]]:
    """Yield all that can be read in a folder, by file."""
    for path in folder.rglob("*"):
        if path.suffix == ".parquet":
            parquet = pytest.importorskip("pyarrow.parquet")
            rows = parquet.read_table(path).to_pylist()
            yield path.name, json.dumps(rows, ensure_ascii=False, default=str)
        elif path.suffix == ".xlsx":
            with zipfile.ZipFile(path) as book:
                for part in book.namelist():
                    yield part, book.read(part).decode()
        elif path.is_file():
            yield path.name, path.read_bytes().decode()


@pytest.mark.parametrize("form", FORMS)
def test_no_three_words_in_their_order_leave(full: Project, form: str, tmp_path: Path) -> None:
    order = Order(EVERYTHING, form=form, splitting=Splitting(shares=(60, 40)), stand_off=True)
    additions = [dataset_card.addition()]
    exporting.export(full, tmp_path / "out", order, additions=additions)
    bodies = [row["text"] for row in full.store.select("SELECT text FROM article")]
    named = set()
    for row in full.store.select("SELECT name FROM speaker"):
        named |= set(stand_off.runs(row["name"]))  # names of persons and states stay
    runs = set().union(*(stand_off.runs(body) for body in bodies)) - named
    seen = []
    for name, said in texts(tmp_path / "out"):
        seen.append(name)
        if name == "README.md":  # prose of ours: three words in their order can be chance
            assert not longer(runs_of(said)) & set().union(*map(longer, map(runs_of, bodies)))
        else:
            assert not runs.intersection(stand_off.runs(said)), name
    assert {"README.md", "dataset.json"} < set(seen)


def runs_of(text: str) -> list[str]:
    return [run[0] for run in stand_off.runs(text)]


def longer(tokens: list[str]) -> set[tuple[str, ...]]:
    return {tuple(tokens[at : at + 6]) for at in range(len(tokens) - 6)}
