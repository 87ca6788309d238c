"""The card of a dataset says what is in it, loads it, and quotes nothing it must not."""

import json
import re
from dataclasses import fields
from pathlib import Path
from typing import Any

import pytest

from annotator.errors import UserError
from annotator.formats import card_answers, card_loading, stand_off
from annotator.formats.card_answers import QUESTIONS, CardAnswers
from annotator.formats.markdown import plain, prose, table
from annotator.services import agreement_report, dataset_card, exporting, sample
from annotator.services import project as projects
from annotator.services.dataset_entries import Choice
from annotator.services.dividing import Splitting
from annotator.services.exporting import Order
from annotator.services.project import Project

SPLIT = Splitting(by="article", shares=(60, 20, 20))
FULL = CardAnswers(**{q.field: f"Answer | to *{q.field}*" for q in QUESTIONS}, names=True)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory):
    project = sample.make_sample(tmp_path_factory.mktemp("card") / "sample.stance")
    yield project
    project.close()


def export(project: Project, folder: Path, order: Order, **given: Any) -> str:
    exporting.export(project, folder, order, additions=[dataset_card.addition(**given)])
    return (folder / "README.md").read_text(encoding="utf-8")


def header(card: str) -> dict[str, Any]:
    import yaml

    found: dict[str, Any] = yaml.safe_load(card.split("---\n")[1])
    return found


def test_it_has_every_section_filled_in(made: Project, tmp_path: Path) -> None:
    report = agreement_report.collect(made)
    card = export(made, tmp_path / "out", Order(splitting=SPLIT), given=FULL, report=report)
    for question in QUESTIONS:
        said = plain(FULL.title) if question.field == "title" else getattr(FULL, question.field)
        assert said in card, question.field
    codebook = made.codebook
    for _, choice in codebook.all_choices():
        assert f"`{choice.id}`" in card
    assert card.count("\n18. **") == 1
    assert f"version {codebook.version}" in card
    assert "| Stance (α) |" in card
    assert "| A |" not in card
    assert "| Camille | 45 | 6 |" in card
    assert "Pairs with a similarity of 0.60 or more (near-identical): 0." in card
    assert "Left out: 8 statements in articles that their annotator has not marked done." in card
    found = header(card)
    assert found["language"] == ["fr", "en"]
    assert found["size_categories"] == ["n<1K"]
    assert [d["split"] for d in found["configs"][0]["data_files"]] == list(SPLIT.names)


def test_it_says_what_nobody_has_answered_and_names_nobody(made: Project, tmp_path: Path) -> None:
    card = export(made, tmp_path / "out", Order())
    assert card.count("*Nobody has said yet.*") == 12
    assert "Camille" not in card
    assert "| A | 45 | 6 |" in card
    assert "This dataset is not divided." in card
    assert header(card)["license"] == "unknown"


def test_counts_by_split_are_those_of_the_files(made: Project, tmp_path: Path) -> None:
    card = export(made, tmp_path / "out", Order(splitting=SPLIT))
    totals = re.search(r"^\| all \|  \| (\d+) \| (\d+) \| (\d+) \|$", card, re.MULTILINE)
    assert totals is not None
    for split, number in zip(SPLIT.names, totals.groups(), strict=True):
        lines = (tmp_path / "out" / f"{split}.jsonl").read_bytes().count(b"\n")
        assert lines == int(number)


def test_closest_pairs_are_read_from_the_files(made: Project, tmp_path: Path) -> None:
    card = export(made, tmp_path / "out", Order(splitting=SPLIT))
    pairs = re.findall(r"^\| (0\.\d\d) \| (.+) \| (.+) \|$", card, re.MULTILINE)
    assert len(pairs) == 10
    assert len({pair[1:] for pair in pairs}) == 10
    words = (tmp_path / "out" / "test.jsonl").read_text("utf-8")
    first = pairs[0][2].split("…")[0].replace("\\", "").strip()
    assert first in words


@pytest.mark.parametrize("form", ["jsonl", "parquet", "huggingface", "spacy", "csv", "xlsx"])
@pytest.mark.parametrize("splitting", [None, SPLIT], ids=["whole", "split"])
def test_the_code_in_the_card_loads_the_dataset(
    made: Project, tmp_path: Path, form: str, splitting: Splitting | None
) -> None:
    folder = tmp_path / "data"
    try:
        card = export(made, folder, Order(form=form, splitting=splitting))
    except UserError as error:
        assert "There is no format" in str(error)
        pytest.skip(str(error))
    code = re.search(r"^```python\n(.*?)^```$", card, re.MULTILINE | re.DOTALL)
    assert code is not None
    found: dict[str, Any] = {}
    exec(code[1].replace(card_loading.PLACE, str(folder)), found)
    wanted = set(SPLIT.names if splitting else ())
    assert wanted <= set(found["rows"])


@pytest.mark.parametrize("form", ["jsonl", "parquet", "csv", "pairs"])
@pytest.mark.parametrize("splitting", [None, SPLIT], ids=["whole", "split"])
def test_the_folder_opens_as_the_header_says(
    made: Project, tmp_path: Path, form: str, splitting: Splitting | None
) -> None:
    datasets = pytest.importorskip("datasets")
    options = {"separator": "semicolon"} if form == "csv" else {}
    export(made, tmp_path / "data", Order(form=form, options=options, splitting=splitting))
    found = datasets.load_dataset(str(tmp_path / "data"), cache_dir=str(tmp_path / "cache"))
    assert set(found) == set(SPLIT.names if splitting else ("train",))
    assert sum(rows.num_rows for rows in found.values()) == 78
    assert {"target", "text"} <= set(found["train"].column_names)


def test_pairs_are_read_again_for_leaks(made: Project, tmp_path: Path) -> None:
    order = Order(Choice(negatives=True), "pairs", splitting=SPLIT)
    card = export(made, tmp_path / "out", order)
    assert "Rows of different splits that share words of one article: 0." in card
    shown = re.findall(r"^\| (0\.\d\d) \| (.+) \| (.+) \|$", card, re.MULTILINE)
    assert len(shown) == 10
    assert all(float(similarity) < 0.6 for similarity, *_ in shown)


def test_who_labelled_nothing_is_not_listed(tmp_path: Path) -> None:
    project = sample.make_sample(tmp_path / "sample.stance")
    projects.annotate_as(project, "Chair")
    card = export(project, tmp_path / "out", Order(), given=CardAnswers(names=True))
    assert "| Noor | 33 | 5 |" in card
    assert "Chair" not in card
    card = export(project, tmp_path / "out", Order())
    assert "the files of the dataset name them" in card
    project.close()


def test_without_texts_nothing_is_quoted(made: Project, tmp_path: Path) -> None:
    article = str(made.store.row("article", 1)["text"])
    quotation = " ".join(article.split()[20:40])
    given = CardAnswers(biases=f"They wrote: {quotation}.", process="Camille and Noor, alone.")
    order = Order(Choice(status="any"), splitting=SPLIT, stand_off=True)
    card = export(made, tmp_path / "bare", order, given=given)
    assert "*Withheld: it quotes an article.*" in card
    assert "stance-annotator rehydrate DATASET" in card
    assert "Rows are named by their ids" in card
    runs = set()
    for row in made.store.select("SELECT text FROM article"):
        tokens = [run[0] for run in stand_off.runs(row["text"])]
        runs |= {tuple(tokens[at : at + 6]) for at in range(len(tokens) - 6)}
    tokens = [run[0] for run in stand_off.runs(card)]
    assert not runs & {tuple(tokens[at : at + 6]) for at in range(len(tokens) - 6)}
    back = card_text_with_texts(card)
    assert "rehydrate" not in back
    assert "stand-off" not in back


def card_text_with_texts(card: str) -> str:
    from annotator.formats import card_text

    return card_text.with_texts(card)


def test_answers_are_kept_with_the_project(project: Project) -> None:
    assert dataset_card.answers(project) == CardAnswers()
    dataset_card.set_answers(project, FULL)
    assert dataset_card.answers(project) == FULL
    assert dataset_card.texts_may_be_shared(project) is None
    assert not dataset_card.stands_off(project)
    dataset_card.set_texts_may_be_shared(project, False)
    assert dataset_card.stands_off(project)
    assert not dataset_card.stands_off(project, False)
    dataset_card.set_texts_may_be_shared(project, None)
    assert dataset_card.texts_may_be_shared(project) is None


def test_every_answer_has_its_question() -> None:
    asked = [question.field for question in QUESTIONS]
    assert [*asked, "names"] == [field.name for field in fields(CardAnswers)]


@pytest.mark.parametrize(
    ("body", "said"),
    [
        (b"{", "it is cut short"),
        (b'{"titel": "x"}', "it answers “titel”, which is not asked"),
        (b'{"title": 3}', "its “title” should be text"),
        (b"[]", "it should be an object"),
        (json.dumps({"biases": "x" * 20_001}).encode(), "its “biases” has more than"),
    ],
)
def test_faulty_answers_are_refused(tmp_path: Path, body: bytes, said: str) -> None:
    path = tmp_path / "card.json"
    path.write_bytes(body)
    with pytest.raises(UserError, match=r"The answers “.*” are not right: ") as caught:
        dataset_card.read_answers(path)
    assert said in str(caught.value)
    with pytest.raises(UserError, match="cannot be read"):
        dataset_card.read_answers(tmp_path / "none.json")
    assert card_answers.decode(card_answers.encode(FULL).encode()) == FULL


def test_signs_of_markdown_break_nothing() -> None:
    hostile = "a|b\nc `d` *e* <script> [x](y) \\ # &amp; ~~z~~"
    (_, _, row) = table(["name"], [[hostile]], "l")
    assert row.count("|") - row.count("\\|") == 2
    assert "\n" not in row
    assert "<script>" not in row.replace("\\<", "")
    assert prose("# Title\n---\n<b>") == "\\# Title\n\\---\n\\<b>"
