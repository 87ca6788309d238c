"""Label Studio's tasks: the shape of its own files, and what reading them back gives."""

import json
from collections import defaultdict
from pathlib import Path
from xml.etree import ElementTree

import pytest

from annotator.formats.datasets import registry
from annotator.formats.datasets.form import Context
from tests.formats.datasets import hard
from tests.formats.datasets.entries import split_by_article, write
from tests.formats.datasets.hard import Told

FORM = registry.form("label_studio")


def tasks(folder: Path, codebook, made, name: str = "tasks", **further) -> list[dict]:
    write(FORM, folder, Context(codebook, **further), made)
    return json.loads((folder / f"{name}.json").read_bytes())


def read_back(annotation: dict) -> set[Told]:
    """Return the statements of an annotation: regions, and the relations that tie them."""
    regions = {r["id"]: r["value"] for r in annotation["result"] if r["type"] == "labels"}
    stance = {
        r["id"]: r["value"]["choices"][0]
        for r in annotation["result"]
        if r.get("from_name") == "stance"
    }
    tied = defaultdict(list)
    others = set()
    for relation in annotation["result"]:
        if relation["type"] == "relation":
            (kind,) = relation["labels"]
            place = regions[relation["to_id"]]
            tied[relation["from_id"], kind].append((place["start"], place["end"]))
            others.add(relation["to_id"])

    def one(id_: str, kind: str):
        return next(iter(tied[id_, kind]), None)

    return {
        Told(
            id_,
            ((value["start"], value["end"]), *tied[id_, "piece"]),
            one(id_, "mention"),
            one(id_, "cue"),
            one(id_, "condition"),
            None if value["labels"] == ["open"] else value["labels"][0],
            stance.get(id_),
        )
        for id_, value in regions.items()
        if id_ not in others
    }


def names(annotation: dict) -> list[str]:
    return [
        r["value"]["text"][0] for r in annotation["result"] if r.get("from_name") == "annotator"
    ]


def test_reading_it_gives_the_same_statements(tmp_path: Path, codebook, entries) -> None:
    made = [hard.entry(), *entries]
    for entry, task in zip(made, tasks(tmp_path, codebook, made), strict=True):
        assert task["data"]["text"] == entry.article.text
        found = {names(a)[0]: read_back(a) for a in task["annotations"]}
        assert set().union(*found.values()) == {hard.told(r) for r in entry.statements}
        for record in entry.statements:
            assert hard.told(record) in found[record.annotator]


def test_every_region_quotes_its_place(tmp_path: Path, codebook, entries) -> None:
    for task in tasks(tmp_path, codebook, [hard.entry(), *entries]):
        for annotation in task["annotations"]:
            for result in annotation["result"]:
                value = result.get("value", {})
                if isinstance(value.get("text"), str):
                    place = task["data"]["text"][value["start"] : value["end"]]
                    assert place == value["text"]


def test_who_found_nothing_has_an_empty_annotation_and_who_is_not_done_none(
    tmp_path: Path, codebook
) -> None:
    (task,) = tasks(tmp_path, codebook, [hard.entry()])
    found = {names(annotation)[0]: read_back(annotation) for annotation in task["annotations"]}
    assert list(found) == ["Ada", "Bo", "Di"]
    assert found["Di"] == set()


def test_users_are_numbered_only_when_asked_for(tmp_path: Path, codebook, entries) -> None:
    plain, numbered = tmp_path / "plain", tmp_path / "numbered"
    plain.mkdir()
    numbered.mkdir()
    for task in tasks(plain, codebook, entries):
        assert all("completed_by" not in annotation for annotation in task["annotations"])
    seen = defaultdict(set)
    for task in tasks(numbered, codebook, entries, options={"completed_by": "numbers"}):
        for annotation in task["annotations"]:
            seen[annotation["completed_by"]].update(names(annotation))
    assert seen == {1: {"Camille"}, 2: {"Noor"}}


def test_gold_is_the_ground_truth(tmp_path: Path, codebook) -> None:
    (task,) = tasks(tmp_path, codebook, [hard.gold_entry()])
    (annotation,) = task["annotations"]
    assert annotation["ground_truth"] is True
    assert read_back(annotation) == {hard.told(hard.statements()[0])}


def test_the_config_offers_all_that_is_labelled(tmp_path: Path, codebook, entries) -> None:
    made = tasks(tmp_path, codebook, [hard.entry(), *entries])
    view = ElementTree.parse(tmp_path / "label_config.xml").getroot()
    controls = {element.get("name"): element for element in view if element.get("name")}
    for task in made:
        for annotation in task["annotations"]:
            for result in annotation["result"]:
                if result["type"] == "relation":
                    continue
                control = controls[result["from_name"]]
                assert control.tag.lower() == result["type"]
                assert control.get("toName") == result["to_name"] == "text"
                values = result["value"].get(result["type"], [])
                assert {e.get("value") for e in control} >= set(values)
    relations = {e.get("value") for e in view.iterfind("Relations/Relation")}
    assert relations == {"mention", "cue", "condition", "piece"}


def test_splits_are_arrays_of_their_own_even_empty_ones(tmp_path, codebook, entries) -> None:
    splits = ("train", "test", "empty")
    write(
        FORM,
        tmp_path,
        Context(codebook, splits=splits),
        split_by_article(entries, splits[:2]),
    )
    sizes = [len(json.loads((tmp_path / f"{split}.json").read_bytes())) for split in splits]
    assert sizes == [3, 3, 0]


def shape(value: object) -> object:
    """Return what a value is made of: keys, and kinds of what they hold."""
    if isinstance(value, dict):
        return {key: shape(each) for key, each in value.items()}
    if isinstance(value, list):
        return sorted({json.dumps(shape(each), sort_keys=True) for each in value})
    return type(value).__name__


@pytest.mark.parametrize(
    "name",
    [
        "label-studio-1.23.2_five_two-annotators_predictions_relation_note.json",
        "label-studio-1.23.2_import-accepted_annotations+predictions.json",
    ],
)
def test_regions_and_relations_have_the_shape_of_its_own_files(
    shared: Path, tmp_path: Path, codebook, entries, name: str
) -> None:
    def results(made: list[dict], kind: str) -> list[dict]:
        found = (r for task in made for a in task["annotations"] for r in a["result"])
        return [r for r in found if r["type"] == kind]

    def shapes(made: list[dict]) -> set[str]:
        return {json.dumps(shape(r), sort_keys=True) for r in results(made, "labels")}

    theirs = json.loads((shared / "peers" / name).read_bytes())
    ours = tasks(tmp_path, codebook, entries)
    assert shapes(ours) <= shapes(theirs)
    (link,) = {frozenset(relation) for relation in results(ours, "relation")}
    assert {frozenset(relation) for relation in results(theirs, "relation")} <= {link}


def test_its_own_library_takes_the_tasks(tmp_path: Path, codebook, entries) -> None:
    pytest.importorskip("label_studio_sdk", reason="Label Studio’s library is not installed")
    from label_studio_sdk.converter import Converter
    from label_studio_sdk.label_interface import LabelInterface

    made = tasks(tmp_path, codebook, [hard.entry(), *entries])
    config = (tmp_path / "label_config.xml").read_text(encoding="utf-8")
    interface = LabelInterface(config)
    interface.validate()
    for number, task in enumerate(made, start=1):
        assert interface.validate_task({"data": task["data"]})
        assert all(interface.validate_annotation(a) for a in task["annotations"])
        task["id"] = number  # which Label Studio gives on import, and its converter wants
        for at, annotation in enumerate(task["annotations"], start=1):
            annotation |= {"id": number * 10 + at, "completed_by": at}
    (tmp_path / "known.json").write_text(json.dumps(made), encoding="utf-8")
    converter = Converter(config, str(tmp_path), download_resources=False)
    out = tmp_path / "out"
    converter.convert(str(tmp_path / "known.json"), str(out), "JSON_MIN", is_dir=False)
    (result,) = out.rglob("*.json")
    rows = json.loads(result.read_bytes())
    assert len(rows) == sum(len(task["annotations"]) for task in made)
    for row in rows:
        for label in row.get("label", ()):
            assert row["text"][label["start"] : label["end"]] == label["text"]
