"""doccano and Prodigy, read back by their own accounts of their lines."""

import json
from collections import defaultdict
from pathlib import Path

import pytest

from annotator.domain.offset_units import Ruler, Unit
from annotator.formats.datasets import registry
from annotator.formats.datasets.form import Context
from tests.formats.datasets import hard
from tests.formats.datasets.entries import split_by_article, write
from tests.formats.datasets.hard import Told

DOCCANO = registry.form("doccano")
PRODIGY = registry.form("prodigy")


def lines(path: Path) -> list[dict]:
    body = path.read_text(encoding="utf-8").removesuffix("\n")
    return [json.loads(line) for line in body.split("\n")] if body else []


def chosen(label: str) -> list[str | None]:
    return [None if part == "open" else part for part in label.split(":")]


def put_together(parts: dict[str, list[tuple[int, int]]], id_: str, label: str) -> Told:
    def one(kind: str):
        return next(iter(parts[kind]), None)

    pieces = (*parts["content"], *parts["piece"])
    return Told(id_, pieces, one("mention"), one("cue"), one("condition"), *chosen(label))


def without_ids(told: set[Told]) -> list[tuple]:
    return sorted(
        ((t.pieces, t.target, t.stance, t.mention, t.cue, t.condition) for t in told), key=repr
    )


def doccano_statements(line: dict) -> set[Told]:
    entities = {entity["id"]: entity for entity in line["entities"]}
    tied = defaultdict(list)
    others = set()
    for relation in line["relations"]:
        tied[relation["from_id"]].append((relation["type"], entities[relation["to_id"]]))
        others.add(relation["to_id"])
    found = set()
    for id_, entity in entities.items():
        if id_ in others:
            continue
        parts = defaultdict(list)
        for kind, each in [("content", entity), *tied[id_]]:
            parts[kind].append((each["start_offset"], each["end_offset"]))
        found.add(put_together(parts, str(id_), entity["label"]))
    return found


def test_doccano_gives_the_same_statements(tmp_path: Path, codebook, entries) -> None:
    made = [hard.entry(), *entries]
    write(DOCCANO, tmp_path, Context(codebook), made)
    for name in ("Ada", "Bo", "Camille", "Noor"):
        for line in lines(tmp_path / f"{name}.jsonl"):
            (entry,) = [e for e in made if e.article.uid == line["article"]]
            assert line["text"] == entry.article.text
            wanted = {hard.told(r) for r in entry.statements if r.annotator == name}
            assert without_ids(doccano_statements(line)) == without_ids(wanted)


def test_doccano_ids_are_different_in_the_whole_file(tmp_path: Path, codebook, entries) -> None:
    write(DOCCANO, tmp_path, Context(codebook), entries)
    for path in tmp_path.iterdir():
        ids = [entity["id"] for line in lines(path) for entity in line["entities"]]
        assert len(ids) == len(set(ids))
        assert all(type(id_) is int for id_ in ids)


def test_doccano_has_a_file_for_each_who_labelled(tmp_path: Path, codebook, entries) -> None:
    write(DOCCANO, tmp_path, Context(codebook), [hard.entry(), *entries])
    names = sorted(path.name for path in tmp_path.iterdir())
    assert names == ["Ada.jsonl", "Bo.jsonl", "Camille.jsonl", "Di.jsonl", "Noor.jsonl"]
    (nothing,) = lines(tmp_path / "Di.jsonl")
    assert nothing["entities"] == nothing["relations"] == []


@pytest.mark.parametrize("unit", ["utf16", "grapheme"])
def test_doccano_counts_as_its_window_does_when_asked_to(tmp_path, codebook, unit: Unit) -> None:
    context = Context(codebook, options={"unit": unit, "relations": "no"})
    write(DOCCANO, tmp_path, context, [hard.entry()])
    ruler = Ruler(hard.TEXT, unit)
    (line,) = lines(tmp_path / "Bo.jsonl")
    found = {(start, end) for start, end, _ in line["label"]}
    wanted = {
        (ruler.out(start), ruler.out(end))
        for record in hard.statements()
        if record.annotator == "Bo"
        for start, end in [
            *record.pieces,
            *([(record.mention.start, record.mention.end)] if record.mention else []),
        ]
    }
    assert found == wanted
    if unit == "utf16":
        words = hard.TEXT.encode("utf-16-le")
        start, end, _ = next(
            each for each in line["label"] if each[2].startswith("ceasefire:unclear")
        )
        assert words[start * 2 : end * 2].decode("utf-16-le") == "Orvask refuse la force\nétrangère"


def test_doccano_says_what_goes_without_relations_and_what_shifts(codebook) -> None:
    plain = DOCCANO.lost(hard.entry(), Context(codebook))
    shifted = "articles with emoji or the like, after which doccano shows labels shifted"
    links = "links from a statement to its mention, cue, condition or further pieces"
    assert (plain[shifted], plain[links]) == (1, 0)
    options = {"relations": "no", "unit": "utf16"}
    bare = DOCCANO.lost(hard.entry(), Context(codebook, options=options))
    assert (bare[shifted], bare[links]) == (0, 5)


def test_its_own_files_have_the_same_keys(shared: Path, tmp_path: Path, codebook) -> None:
    write(DOCCANO, tmp_path, Context(codebook), [hard.entry()])
    (theirs,) = lines(shared / "peers" / "doccano-1.8.4_relations.jsonl")[:1]
    (ours,) = lines(tmp_path / "Ada.jsonl")
    assert {"text", "entities", "relations"} <= set(theirs) & set(ours)
    assert set(theirs["entities"][0]) == set(ours["entities"][0])
    (simple,) = lines(shared / "peers" / "doccano-1.8.4_import-accepted_five.jsonl")[:1]
    write(DOCCANO, tmp_path, Context(codebook, options={"relations": "no"}), [hard.entry()])
    (ours,) = lines(tmp_path / "Ada.jsonl")
    assert {"text", "label"} <= set(simple) & set(ours)
    assert [type(each) for each in simple["label"][0]] == [type(each) for each in ours["label"][0]]


def prodigy_statements(line: dict) -> set[Told]:
    spans = {span["id"]: span for span in line["spans"]}
    tied = defaultdict(list)
    others = set()
    for relation in line["relations"]:
        head, child = relation["head_span"], relation["child_span"]
        assert child == spans[child["id"]]
        assert head.items() <= spans[head["id"]].items()
        tied[head["id"]].append((relation["label"], child))
        others.add(child["id"])
    found = set()
    for id_, span in spans.items():
        if id_ not in others:
            parts = defaultdict(list)
            for kind, each in [("content", span), *tied[id_]]:
                parts[kind].append((each["start"], each["end"]))
            found.add(put_together(parts, id_, span["label"]))
    return found


def test_prodigy_gives_the_same_statements(tmp_path: Path, codebook, entries) -> None:
    made = [hard.entry(), *entries]
    write(PRODIGY, tmp_path, Context(codebook, name="kestrie"), made)
    found = lines(tmp_path / "prodigy.jsonl")
    for entry in made:
        mine = [line for line in found if line["meta"]["article"] == entry.article.uid]
        assert all(line["text"] == entry.article.text for line in mine)
        told = set().union(*map(prodigy_statements, mine))
        assert told == {hard.told(record) for record in entry.statements}
        for record in entry.statements:
            (line,) = [each for each in mine if each["meta"]["annotator"] == record.annotator]
            assert line["_annotator_id"] == line["_session_id"] == f"kestrie-{record.annotator}"
            assert line["answer"] == "accept"
            assert hard.told(record) in prodigy_statements(line)


def test_prodigy_keeps_what_it_does_not_know_beside_the_span(tmp_path: Path, codebook) -> None:
    write(PRODIGY, tmp_path, Context(codebook), [hard.gold_entry()])
    (line,) = lines(tmp_path / "prodigy.jsonl")
    (span,) = [each for each in line["spans"] if "speaker" in each]
    assert (span["speaker"], span["speaker_type"]) == ('Pacte; "du" Nord', "organisation")
    assert span["attribution"] == "direct"
    assert span["flags"] == ["truncated"]
    assert span["note"].startswith("une\nnote")
    assert span["soft"] == {"favor": 0.75, "against": 0.25}
    assert span["source_chain"][0]["speaker"]["name"] == "Narrateur"


def test_prodigy_spans_make_spacy_spans(tmp_path: Path, codebook, entries) -> None:
    spacy = pytest.importorskip("spacy", reason="spaCy is not installed")
    write(PRODIGY, tmp_path, Context(codebook), [hard.entry(), *entries])
    blank = spacy.blank("fr")
    for line in lines(tmp_path / "prodigy.jsonl"):
        doc = blank.make_doc(line["text"])
        for span in line["spans"]:
            made = doc.char_span(span["start"], span["end"], span["label"], alignment_mode="expand")
            assert line["text"][span["start"] : span["end"]] in made.text


def test_splits_are_files_of_their_own(tmp_path: Path, codebook, entries) -> None:
    splits = ("train", "test")
    made = split_by_article(entries, splits)
    write(DOCCANO, tmp_path, Context(codebook, splits=splits), made)
    assert sorted(path.name for path in tmp_path.iterdir()) == [
        f"{split}.{name}.jsonl" for split in ("test", "train") for name in ("Camille", "Noor")
    ]
