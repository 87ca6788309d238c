"""Datasets as they are written: divided, with negatives and offsets, in any form, whole or not."""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from annotator.domain.offset_units import Unit
from annotator.domain.spans import Span
from annotator.errors import UserError
from annotator.formats.article_record import ArticleRecord
from annotator.formats.datasets import registry
from annotator.formats.datasets.form import Context, Entry, Form, Option
from annotator.services import exporting, sample
from annotator.services.exporting import Choice, Draft, Order, Splitting
from annotator.services.progress import CancelledError
from annotator.services.project import Project
from tests.services.ordering import finish

AT = "2026-01-06T12:00:00.000Z"


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Project]:
    project = sample.make_sample(tmp_path_factory.mktemp("made") / "sample.stance")
    yield project
    project.close()


def content(folder: Path) -> dict[str, bytes]:
    files = [path for path in folder.rglob("*") if path.is_file()]
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


def lines(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_bytes().splitlines()]


def dataset(folder: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((folder / "dataset.json").read_bytes())
    return found


def test_splits_are_files_and_the_same_to_the_byte(made: Project, tmp_path: Path) -> None:
    order = Order(Choice(negatives=True), splitting=Splitting(shares=(60, 20, 20), seed=3))
    report = exporting.export(made, tmp_path / "one", order, at=AT)
    exporting.export(made, tmp_path / "two", order, at=AT)
    assert content(tmp_path / "one") == content(tmp_path / "two")
    described = dataset(tmp_path / "one")
    assert described["splits"]["counts"] == report.rows
    assert list(report.rows) == ["train", "validation", "test"]
    assert described["splits"]["shares"] == [60, 20, 20]
    assert (described["splits"]["by"], described["splits"]["seed"]) == ("statement", 3)
    assert described["negatives"] == report.negatives > 0
    rows = {
        split: lines(tmp_path / "one" / f"{split}.jsonl")
        + lines(tmp_path / "one" / f"{split}_negatives.jsonl")
        for split in report.rows
    }
    assert {split: len(found) for split, found in rows.items()} == report.rows
    assert sum(report.rows.values()) == report.statements + report.negatives
    places = {
        split: {(r["article"], r["start"], r["end"]) for r in found}
        for split, found in rows.items()
    }
    assert places["train"].isdisjoint(places["test"] | places["validation"])


def test_articles_and_folds_are_kept_whole(made: Project, tmp_path: Path) -> None:
    order = Order(splitting=Splitting("article", folds=3, seed=1))
    report = exporting.export(made, tmp_path / "out", order)
    assert list(report.rows) == ["fold1", "fold2", "fold3"]
    seen = [
        {r["article"] for r in lines(tmp_path / "out" / f"{fold}.jsonl")} for fold in report.rows
    ]
    assert sum(map(len, seen)) == len(set().union(*seen)) == 6
    assert dataset(tmp_path / "out")["splits"]["folds"] == 3


def test_a_plan_is_what_is_written(made: Project, tmp_path: Path) -> None:
    for order in (
        Order(),
        Order(Choice(negatives=True, gold=True, status="any")),
        Order(Choice(negatives=True), splitting=Splitting(seed=5), offsets=("utf16",)),
    ):
        plan = exporting.plan(made, order)
        report = exporting.export(made, tmp_path / "out", order)
        assert plan.rows == report.rows
        assert (plan.statements, plan.negatives) == (report.statements, report.negatives)
        assert (plan.left_out, plan.notes) == (report.left_out, report.notes)
        assert plan.counts.by_target == report.by_target
        assert sum(plan.spread.values()) == plan.statements
        for one in plan.samples:
            body = (tmp_path / "out" / one.name).read_text("utf-8")
            assert all(line[:4000] in body for line in one.lines)


def test_progress_counts_articles_twice_where_they_are_divided(
    made: Project, tmp_path: Path
) -> None:
    seen: list[tuple[int, int]] = []
    order = Order(splitting=Splitting())
    exporting.plan(made, order, lambda done, total: seen.append((done, total)))
    assert seen == [(done, 12) for done in range(13)]


def test_a_plan_can_be_cancelled(made: Project) -> None:
    with pytest.raises(CancelledError):
        exporting.plan(made, cancelled=lambda: True)


def test_offsets_in_other_units_slice_the_same_words(project: Project, tmp_path: Path) -> None:
    from annotator.services import annotating, importing

    text = "🕊️ Tre\u0302ve 👩‍👩‍👧 « Oui » a dit Orla 🚫. Rien. Debris 🪖"
    (tmp_path / "a.txt").write_text(text, encoding="utf-8")
    importing.import_articles(project, [tmp_path / "a.txt"])
    yes, orla = text.index("« Oui »"), text.index("Orla")
    statement = annotating.mark(project, 1, Span(yes, yes + 7), exact=True)
    annotating.set_span(project, statement, "mention", Span(orla, orla + 4))
    annotating.exclude(project, 1, Span(text.index("Debris"), len(text)), None)
    finish(project, 1)
    units: tuple[Unit, ...] = ("utf16", "byte", "grapheme", "codepoint")
    exporting.export(project, tmp_path / "out", Order(Choice(negatives=True), offsets=units))
    (line,) = lines(tmp_path / "out" / "statements.jsonl")
    assert list(line)[-1] == "offsets" and list(line["offsets"]) == ["utf16", "byte", "grapheme"]
    utf16, utf8 = text.encode("utf-16-le"), text.encode()

    def in_utf16(start: int, end: int) -> str:
        return utf16[start * 2 : end * 2].decode("utf-16-le")

    assert in_utf16(*line["offsets"]["utf16"]["pieces"][0]) == line["text"] == "« Oui »"
    assert in_utf16(*line["offsets"]["utf16"]["mention"]) == "Orla"
    start, end = line["offsets"]["byte"]["pieces"][0]
    assert utf8[start:end].decode() == "« Oui »"
    assert line["offsets"]["utf16"]["cue"] is None
    (negative,) = lines(tmp_path / "out" / "negatives.jsonl")
    assert in_utf16(*negative["offsets"]["utf16"]) == negative["text"] == "Rien."
    (article,) = lines(tmp_path / "out" / "articles.jsonl")
    assert article["offsets"]["utf16"]["length"] == len(utf16) // 2
    assert in_utf16(*article["offsets"]["utf16"]["excluded"][0]) == "Debris 🪖"
    assert dataset(tmp_path / "out")["offsets"] == ["utf16", "byte", "grapheme"]


def test_additions_are_listed_and_see_everything(made: Project, tmp_path: Path) -> None:
    seen: list[Draft] = []

    def add(draft: Draft) -> None:
        seen.append(draft)
        assert (draft.folder / "statements.jsonl").exists()
        (draft.folder / "more").mkdir()
        (draft.folder / "more" / "README.md").write_text("# Sample\n", encoding="utf-8")

    for _ in range(2):  # and what is listed may be replaced
        exporting.export(made, tmp_path / "out", additions=[add])
    (draft, _) = seen
    assert (draft.form.name, draft.record.counts.statements) == ("jsonl", 78)
    files = dataset(tmp_path / "out")["files"]
    assert sorted(files) == ["articles.jsonl", "more/README.md", "statements.jsonl"]
    for name, held in files.items():
        body = (tmp_path / "out" / name).read_bytes()
        assert held["sha256"] == hashlib.sha256(body).hexdigest()
        assert (held["lines"], held["bytes"]) == (body.count(b"\n"), len(body))
    (tmp_path / "out" / "more" / "mine.txt").write_text("mine")
    with pytest.raises(UserError, match=r"holds other things than an export \(“more/mine.txt”"):
        exporting.export(made, tmp_path / "out")


@pytest.mark.parametrize("strange", ["mine", "more/deep"])
def test_a_folder_that_is_not_listed_is_not_replaced(
    made: Project, tmp_path: Path, strange: str
) -> None:
    exporting.export(made, tmp_path / "out")
    (tmp_path / "out" / strange).mkdir(parents=True)
    with pytest.raises(UserError, match="holds other things"):
        exporting.export(made, tmp_path / "out")


def test_a_link_to_elsewhere_is_not_followed(made: Project, tmp_path: Path) -> None:
    def add(draft: Draft) -> None:
        (draft.folder / "more").mkdir()
        (draft.folder / "more" / "a").write_bytes(b"\0")

    exporting.export(made, tmp_path / "out", additions=[add])
    assert dataset(tmp_path / "out")["files"]["more/a"]["lines"] is None
    (tmp_path / "out" / "more" / "a").unlink()
    (tmp_path / "out" / "more").rmdir()
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "a").write_bytes(b"mine")
    (tmp_path / "out" / "more").symlink_to(tmp_path / "mine")
    with pytest.raises(UserError, match="holds other things"):
        exporting.export(made, tmp_path / "out")
    assert (tmp_path / "mine" / "a").read_bytes() == b"mine"


def test_an_addition_that_fails_leaves_the_old_one(made: Project, tmp_path: Path) -> None:
    def fail(draft: Draft) -> None:
        raise OSError(28, "No space left on device")

    exporting.export(made, tmp_path / "out")
    before = content(tmp_path / "out")
    with pytest.raises(UserError, match="No space left"):
        exporting.export(made, tmp_path / "out", additions=[fail])
    assert content(tmp_path / "out") == before
    assert [path.name for path in tmp_path.iterdir()] == ["out"]


# ---------------------------------------------------------------- any form


class Words:
    """A form of articles: words alone; fails where it is told to."""

    fails_at = 99
    needs = ""

    def __init__(self, folder: Path, context: Context) -> None:
        if self.needs:
            raise ModuleNotFoundError("No module", name=self.needs)
        self.context = context
        self.added = 0
        (folder / "texts").mkdir()
        self.folder = folder / "texts"
        self.file = (folder / "all.bin").open("wb")

    def add(self, entry: Entry) -> None:
        if self.added == self.fails_at:
            raise OSError(28, "No space left on device")
        self.added += 1
        name = f"{entry.split}-{entry.article.name}.txt"
        (self.folder / name).write_text(f"{len(entry.statements)}\n", encoding="utf-8")
        self.file.write(b"\0")

    def finish(self) -> None:
        self.close()

    def close(self) -> None:
        self.file.close()


@pytest.fixture
def words(monkeypatch: pytest.MonkeyPatch) -> type[Words]:
    """A form called “words” that the program does not have."""

    class Own(Words):
        pass

    def lost(entry: Entry, context: Context) -> Any:
        from collections import Counter

        return Counter({"speakers": len(entry.statements)})

    form = Form(
        *("words", "Words", "article", "Words.", "Speakers."),
        Own,
        lost,
        needs="wordy",
        options=(Option("width", "Of a line"), Option("case", "Of words", ("as is", "upper"))),
    )
    real = registry.form
    monkeypatch.setattr(registry, "form", lambda name: form if name == "words" else real(name))
    return Own


def test_a_form_of_articles_keeps_them_whole(
    made: Project, tmp_path: Path, words: type[Words]
) -> None:
    order = Order(form="words", splitting=Splitting("statement", (50, 50)), options={"width": "7"})
    plan = exporting.plan(made, order)
    report = exporting.export(made, tmp_path / "out", order)
    assert plan.lost == report.lost == {"speakers": 78}
    assert plan.lacks == "Speakers."
    assert {name.split("-")[0] for name in plan.samples[0].name.split("/")[1:]} <= {"train", "test"}
    names = sorted(path.name for path in (tmp_path / "out" / "texts").iterdir())
    assert len(names) == 6 and {name.split("-")[0] for name in names} == {"train", "test"}
    described = dataset(tmp_path / "out")
    assert (described["format"], described["options"]) == ("words", {"width": "7", "case": "as is"})
    assert described["files"]["all.bin"] == {
        "lines": None,
        "bytes": 6,
        "sha256": hashlib.sha256(b"\0" * 6).hexdigest(),
    }
    exporting.export(made, tmp_path / "out")  # another form takes its place
    assert "texts" not in {path.name for path in (tmp_path / "out").iterdir()}


def test_rows_that_show_the_same_words_stay_together(
    made: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = registry.form("jsonl")

    def whole_article(article: ArticleRecord, span: Span, context: Context) -> Span:
        return Span(0, len(article.text or ""))

    monkeypatch.setattr(registry, "form", lambda name: replace(real, shows=whole_article))
    exporting.export(made, tmp_path / "out", Order(splitting=Splitting(shares=(50, 50))))
    train, test = (
        {line["article"] for line in lines(tmp_path / "out" / f"{split}.jsonl")}
        for split in ("train", "test")
    )
    assert train and test and train.isdisjoint(test)


def test_a_failure_in_the_middle_leaves_the_old_one(
    made: Project, tmp_path: Path, words: type[Words]
) -> None:
    exporting.export(made, tmp_path / "out")
    before = content(tmp_path / "out")
    words.fails_at = 3
    with pytest.raises(UserError, match="No space left"):
        exporting.export(made, tmp_path / "out", Order(form="words"))
    assert content(tmp_path / "out") == before
    words.needs = "wordy"
    with pytest.raises(UserError, match=r"needs the library “wordy”.*stance-annotator\[wordy\]"):
        exporting.export(made, tmp_path / "out", Order(form="words"))
    with pytest.raises(UserError, match="needs the library “wordy”"):
        exporting.plan(made, Order(form="words"))
    assert content(tmp_path / "out") == before


def test_cancelling_in_the_middle(made: Project, tmp_path: Path) -> None:
    exporting.export(made, tmp_path / "out")
    before = content(tmp_path / "out")
    asked = iter(range(99))
    order = Order(splitting=Splitting())
    with pytest.raises(CancelledError):
        exporting.export(made, tmp_path / "out", order, cancelled=lambda: next(asked) > 8)
    assert content(tmp_path / "out") == before


@pytest.mark.parametrize(
    ("order", "sentence"),
    [
        (Order(form="xml"), "no format “xml”; the formats are jsonl"),
        (Order(form="words", options={"size": "1"}), "no option “size”; its options are width"),
        (Order(form="words", options={"width": "-1"}), "is a whole number from 0, not “-1”"),
        (Order(form="words", options={"case": "l"}), "cannot be “l”; choose one of as is, upper"),
        (Order(options={"width": "1"}), "has no option “width”; it has none"),
        (Order(form="words", stand_off=True), "cannot stand off from them; choose one of “jsonl”"),
    ],
)
def test_what_cannot_be_is_refused_before_anything_is_written(
    made: Project, tmp_path: Path, words: type[Words], order: Order, sentence: str
) -> None:
    for act in (
        lambda: exporting.export(made, tmp_path / "out", order),
        lambda: exporting.plan(made, order),
    ):
        with pytest.raises(UserError, match=sentence):
            act()
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("how", "sentence"),
    [
        ({"shares": (1,)}, "“1” is no division"),
        ({"shares": (80, 0, 20)}, "“80/0/20” is no division"),
        ({"folds": 1}, "1 folds are too few"),
        ({"by": "date", "folds": 3}, "test on the past"),
    ],
)
def test_divisions_that_cannot_be(how: dict[str, Any], sentence: str) -> None:
    with pytest.raises(UserError, match=sentence):
        Splitting(**how)
