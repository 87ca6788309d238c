"""Web annotations, read by the account that the recommendation gives of them."""

import json
import uuid
from pathlib import Path

from annotator.formats.datasets import registry
from annotator.formats.datasets.form import Context
from tests.formats.datasets import hard
from tests.formats.datasets.entries import split_by_article, write
from tests.formats.datasets.hard import Told

FORM = registry.form("web_annotation")


def collection(folder: Path, codebook, made, **further) -> dict:
    write(FORM, folder, Context(codebook, **further), made)
    return json.loads((folder / "annotations.jsonld").read_bytes())


def place(resource: dict) -> tuple[int, int]:
    (found,) = [s for s in resource["selector"] if s["type"] == "TextPositionSelector"]
    return found["start"], found["end"]


def read_back(annotation: dict) -> Told:
    bodies = {body["stance:key"]: body for body in annotation["body"]}

    def marked(key: str):
        return place(bodies[key]) if key in bodies else None

    def value(key: str):
        return bodies[key]["value"] if key in bodies else None

    return Told(
        annotation["id"].removeprefix("urn:uuid:"),
        tuple(place(target) for target in annotation["target"]),
        marked("mention_span"),
        marked("cue_span"),
        marked("condition_span"),
        value("target"),
        value("stance"),
    )


def test_reading_it_gives_the_same_statements(tmp_path: Path, codebook, entries) -> None:
    made = [hard.entry(), *entries]
    found = collection(tmp_path, codebook, made)
    records = [record for entry in made for record in entry.statements]
    assert found["total"] == len(records) == len(found["first"]["items"])
    for record, annotation in zip(records, found["first"]["items"], strict=True):
        assert read_back(annotation) == hard.told(record)
        assert annotation["creator"]["name"] == record.annotator


def test_every_selector_of_a_place_selects_the_same_words(tmp_path, codebook, entries) -> None:
    made = [hard.entry(), *entries]
    found = collection(tmp_path, codebook, made)
    texts = {f"urn:uuid:{entry.article.uid}": entry.article.text for entry in made}
    for annotation in found["first"]["items"]:
        bodies = [body for body in annotation["body"] if body["type"] == "SpecificResource"]
        for resource in [*annotation["target"], *bodies]:
            text = texts[resource["source"]]
            start, end = place(resource)
            (quote,) = [s for s in resource["selector"] if s["type"] == "TextQuoteSelector"]
            assert quote["exact"] == text[start:end]
            before, after = quote["prefix"], quote["suffix"]
            assert text[:start].endswith(before)
            assert text[end:].startswith(after)
            assert before + quote["exact"] + after in text


def test_it_is_made_as_the_model_asks(tmp_path: Path, codebook, entries) -> None:
    found = collection(tmp_path, codebook, entries)
    assert found["@context"][0] == "http://www.w3.org/ns/anno.jsonld"
    assert found["type"] == "AnnotationCollection"
    assert found["first"]["type"] == "AnnotationPage"
    purposes = {"classifying", "tagging", "identifying", "describing", "commenting"}
    ids = [found["id"], found["first"]["id"]]
    for annotation in found["first"]["items"]:
        assert annotation["type"] == "Annotation"
        assert annotation["motivation"] == "classifying"
        assert annotation["target"]
        assert {body["purpose"] for body in annotation["body"]} <= purposes
        ids.append(annotation["id"])
    assert len(ids) == len(set(ids))
    assert all(uuid.UUID(id_.removeprefix("urn:uuid:")) for id_ in ids)


def test_all_but_the_labels_behind_gold_is_there(tmp_path: Path, codebook) -> None:
    (annotation,) = collection(tmp_path, codebook, [hard.gold_entry()])["first"]["items"]
    bodies = {body["stance:key"]: body for body in annotation["body"]}
    assert bodies["speaker"]["value"] == 'Pacte; "du" Nord'
    assert bodies["speaker"]["stance:type"] == "organisation"
    source = bodies["source"]
    start, end = source["stance:start"], source["stance:end"]
    assert (source["value"], hard.TEXT[start:end]) == ("Narrateur", "a dit")
    assert bodies["flag"]["value"] == "truncated"
    assert bodies["note"]["value"].startswith("une\nnote")
    assert bodies["soft:favor"]["value"] == "0.75"


def test_the_articles_lie_beside_it(tmp_path: Path, codebook, entries) -> None:
    collection(tmp_path, codebook, entries)
    lines = (tmp_path / "articles.jsonl").read_text(encoding="utf-8").splitlines()
    assert [json.loads(line)["text"] for line in lines] == [e.article.text for e in entries]


def test_without_text_there_are_positions_alone(tmp_path: Path, codebook) -> None:
    found = collection(tmp_path, codebook, [hard.entry()], texts=False)
    told = {read_back(annotation) for annotation in found["first"]["items"]}
    assert told == {hard.told(record) for record in hard.statements()}
    assert "TextQuoteSelector" not in json.dumps(found)
    (article,) = (tmp_path / "articles.jsonl").read_text(encoding="utf-8").splitlines()
    assert json.loads(article)["text"] is None
    lost = FORM.lost(hard.entry(), Context(codebook, texts=False))
    assert lost["notes"] == 1


def test_each_split_is_a_collection(tmp_path: Path, codebook, entries) -> None:
    splits = ("train", "test", "empty")
    made = split_by_article(entries, splits[:2])
    write(FORM, tmp_path, Context(codebook, splits=splits), made)
    found = [json.loads((tmp_path / f"{split}.jsonld").read_bytes()) for split in splits]
    assert [each["total"] for each in found] == [
        sum(len(e.statements) for e in made if e.split == split) for split in splits
    ]
    assert len({each["id"] for each in found}) == 3
