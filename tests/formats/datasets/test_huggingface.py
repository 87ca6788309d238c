"""The Hugging Face folder, opened by `datasets`."""

import pytest
import yaml
from datasets import ClassLabel, disable_progress_bars, load_dataset

from annotator.formats.datasets import huggingface, registry, yaml_lines
from annotator.formats.datasets.form import Context
from tests.formats.datasets import golden
from tests.formats.datasets.entries import sample_entries, split_by_article, write
from tests.formats.datasets.hard_entries import as_gold, hard_entries, with_negatives
from tests.formats.datasets.test_parquet import read

FORM = registry.form("huggingface")
SPLITS = ("train", "validation", "test")


@pytest.fixture(scope="module")
def sample(tmp_path_factory):
    return sample_entries(tmp_path_factory.mktemp("sample"))


@pytest.fixture
def load(tmp_path, monkeypatch):
    """Write entries and open the folder as a user does, with a cache of its own."""
    disable_progress_bars()

    def opened(context, entries, *names):
        folder = tmp_path / "dataset"
        folder.mkdir(exist_ok=True)
        if not any(folder.iterdir()):
            write(FORM, folder, context, entries)
        return load_dataset(str(folder), *names, cache_dir=str(tmp_path / "cache"))

    return opened


def test_it_opens_with_its_splits_and_features(sample, load):
    codebook, entries = sample
    entries = split_by_article(entries, SPLITS)
    context = Context(codebook, (*SPLITS, "empty"))
    dataset = load(context, entries)
    assert list(dataset) == [*SPLITS]  # a split without rows would keep it from opening
    for split in SPLITS:
        ids = [r.id for e in entries if e.split == split for r in e.statements]
        assert dataset[split]["id"][:] == ids
    train, first = dataset["train"], entries[0].statements[0]
    stance = train.features["stance"]
    assert isinstance(stance, ClassLabel)
    assert stance.names == [s.id for s in codebook.stances]
    assert stance.int2str(train[0]["stance"]) == first.stance
    assert train[0]["pieces"] == [list(p) for p in first.pieces]
    assert train[0]["attributes"] == first.attributes
    articles = load(context, entries, "articles")["articles"]
    assert articles["text"][:] == [e.article.text for e in entries]


def test_labels_open_as_text_when_asked_for(sample, load):
    codebook, entries = sample
    dataset = load(Context(codebook, options={"labels": "text"}), entries)
    assert dataset["train"]["stance"][:] == [r.stance for e in entries for r in e.statements]


def test_hard_texts_decisions_and_negatives(sample, load):
    codebook, _ = sample
    entries = with_negatives(as_gold(hard_entries(codebook)))
    context = Context(codebook, offsets=("utf16", "byte", "grapheme"))
    rows = load(context, entries)["train"]
    texts = {e.article.uid: str(e.article.text) for e in entries}
    for row in rows:
        text = texts[row["article"]]
        assert " … ".join(text[s:e] for s, e in row["pieces"]) == row["text"]
    named = rows.features["stance"].int2str
    assert [r["text"] for r in rows if named(r["stance"]) == "none"] == [
        t[:2] for t in texts.values()
    ]
    assert rows[0]["soft"]["favor"] == 0.5
    assert rows[0]["annotations"][0]["annotator"] == "Ada"


def test_open_stances_are_none(sample, load):
    codebook, _ = sample
    entries = hard_entries(codebook)
    for entry in entries:
        for record in entry.statements:
            record.stance = record.target = None
    assert set(load(Context(codebook), entries)["train"]["stance"]) == {None}


def test_without_texts_it_opens_without_them(sample, load):
    codebook, entries = sample
    dataset = load(Context(codebook, texts=False), entries)["train"]
    assert not {"text", "prefix", "suffix", "note"} & set(dataset.column_names)
    assert dataset[0]["start"] == entries[0].statements[0].start


def test_it_is_the_golden_one(sample, tmp_path):
    codebook, entries = sample
    write(FORM, tmp_path, Context(codebook, name="Sample"), entries)
    golden.check(
        tmp_path,
        "huggingface",
        lambda path: read(path) if path.suffix == ".parquet" else path.read_bytes(),
    )


def test_the_header_can_be_had_without_counts(sample):
    context = Context(sample[0], SPLITS)
    head = huggingface.header(context, huggingface.files(context))
    assert yaml.safe_load(yaml_lines.dump(head)) == head
    back = yaml.safe_load(yaml_lines.dump(head))
    assert [d["split"] for d in back["configs"][0]["data_files"]] == [*SPLITS]


def test_names_of_splits_are_those_the_library_takes():
    assert [huggingface.split_name(s) for s in ("", "test", "fold-1")] == [
        "train",
        "test",
        "fold_1",
    ]


@pytest.mark.parametrize(
    "value",
    [
        {"a": [], "b": {}, "c": None, "d": [1, 2.5, True]},
        [{"no": "yes", "x y": "1"}, [["deep"], []], "", "é: 😀 \u2028\x01", "- a", "~", "null"],
        {"": "#", "0": "0x1f", "e": "1e5", "inf": ".inf", "long": "a" * 300},
    ],
)
def test_yaml_reads_what_is_dumped(value):
    assert yaml.safe_load(yaml_lines.dump(value)) == value
