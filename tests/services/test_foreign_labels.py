"""Labels of other programs: their real exports over the real articles, and small ones by hand."""

import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from annotator.domain import text as texts
from annotator.domain.label_mapping import Goal, parse
from annotator.domain.offset_units import Unit
from annotator.errors import UserError
from annotator.services import exporting, foreign_labels, importing, importing_labels, label_survey
from annotator.services import project as projects
from annotator.services.foreign_labels import Batch, Choices
from annotator.services.importing_labels import Report
from annotator.services.label_survey import Survey
from annotator.services.project import Project
from annotator.storage import checking, queries
from tests.services.ordering import WHOLE

HARD = "Titre 👩🏽‍🚀 à Paris\r\nCafe\u0301 déjà vu 😀😀 fin\r\nעברית שלום עולם."


def survey(project: Project, file: Path, form: str | None = None) -> Survey:
    return label_survey.look(project, foreign_labels.read(file, form))


def bring_in(
    project: Project,
    file: Path,
    goals: dict[str, str],
    *,
    form: str | None = None,
    unit: Unit | None = None,
    add: bool = False,
    whose: dict[str, str] | None = None,
) -> tuple[Batch, Report]:
    reading = foreign_labels.read(file, form)
    meant = {key: parse(words, project.codebook) for key, words in goals.items()}
    found = label_survey.look(project, reading, unit=unit).unit
    choices = Choices(meant, whose or {"": "Nn"}, found, add_articles=add)
    batch = foreign_labels.convert(project, reading, choices)
    return batch, importing_labels.import_batch(project, batch)


def statements(project: Project, folder: Path) -> list[dict[str, Any]]:
    exporting.export(project, folder, WHOLE)
    body = (folder / "statements.jsonl").read_text(encoding="utf-8")
    return [json.loads(line) for line in body.splitlines()]


PEERS = {"speaker": "statement", "target": "target:ceasefire", "stance": "stance:favor"}


@pytest.fixture
def real(project: Project, shared: Path) -> Project:
    """The five real articles and the hard text."""
    importing.import_articles(project, [shared / "seeds", shared / "peers" / "hard.txt"])
    return project


def expected(shared: Path, name: str) -> Counter[tuple[str, str, str]]:
    """Return (text, label, words) of each label, read off a file by a way of its own."""
    found: Counter[tuple[str, str, str]] = Counter()
    body = (shared / "peers" / name).read_text(encoding="utf-8")
    for task in json.loads(body):
        for annotation in task.get("annotations", [{"result": task.get("label", ())}]):
            for region in annotation["result"]:
                value = region.get("value", region)
                for label in value.get("labels", ()):
                    text = task.get("data", task)["text"]
                    words = text[value["start"] : value["end"]]
                    assert words == value["text"]
                    found[texts.sha256(texts.normalise(text)), label, words] += 1
    return found


@pytest.mark.parametrize(
    ("name", "by"),
    [
        ("label-studio-1.23.2_five.json", ["annotator 1"]),
        ("label-studio-1.23.2_five.min.json", ["annotator 1"]),
        *(
            (
                f"label-studio-1.23.2_five_two-annotators_predictions_relation_note.{kind}",
                ["annotator 1", "annotator 2"],
            )
            for kind in ("json", "min.json")
        ),
        ("label-studio-1.23.2_hard-unicode.json", ["annotator 1"]),
        ("label-studio-1.23.2_hard-unicode.min.json", ["annotator 1"]),
    ],
)
def test_every_region_of_label_studio_is_where_it_was(
    real: Project, shared: Path, name: str, by: list[str]
) -> None:
    reading = foreign_labels.read(shared / "peers" / name)
    choices = Choices({key: parse(goal, real.codebook) for key, goal in PEERS.items()})
    batch = foreign_labels.convert(real, reading, choices)
    assert batch.refused == []
    assert batch.annotators == by
    wanted = expected(shared, name)
    marks = [mark for sheet in reading.sheets for mark in sheet.marks]
    assert len(marks) == sum(wanted.values())
    seen = Counter((li.record.article_sha256, li.record.text) for li in batch.lines)
    distinct = {(sha256, words) for sha256, _, words in wanted}
    assert {(sha, words) for sha, words in seen} <= distinct
    assert distinct - set(seen) <= joined(wanted)
    report = importing_labels.import_batch(real, batch)
    assert (report.added, report.refused) == (len(batch.lines), [])
    assert checking.faults(real.store) == []


def joined(wanted: Counter[tuple[str, str, str]]) -> set[tuple[str, str]]:
    """The first words of each text: the one relation there joins them to others."""
    first: dict[str, str] = {}
    for sha256, label, words in wanted:
        if label == "speaker":
            first.setdefault(sha256, words)
    return set(first.items())


@pytest.mark.parametrize("kind", ["csv", "tsv"])
def test_label_studios_tables_hold_what_its_json_holds(
    real: Project, shared: Path, kind: str
) -> None:
    found = []
    for ending in (kind, "min.json"):
        file = shared / "peers" / f"label-studio-1.23.2_five.{ending}"
        batch, report = bring_in(real, file, PEERS)
        assert report.refused == []
        found.append([(li.annotator, li.record) for li in batch.lines])
    assert found[0] == found[1]


@pytest.mark.parametrize(
    ("name", "unit", "open_", "number"),
    [
        ("doccano-1.8.4_five.zip", "utf16", False, 100),
        ("doccano-1.8.4_five.admin.jsonl", "utf16", False, 100),
        ("doccano-1.8.4_import-accepted_five.jsonl", "utf16", False, 100),
        ("doccano-1.8.4_five_two-annotators.zip", "utf16", False, 175),
        ("doccano-1.8.4_hard-unicode.jsonl", "codepoint", True, 20),
        ("doccano-1.8.4_hard-unicode_UI-annotated_nographeme.jsonl", "utf16", True, 7),
        ("doccano-1.8.4_hard-unicode_UI-annotated_with-grapheme.jsonl", "grapheme", True, 7),
    ],
)
def test_every_label_of_doccano_is_where_it_was(
    real: Project, shared: Path, name: str, unit: str, open_: bool, number: int
) -> None:
    found = survey(real, shared / "peers" / name)
    assert (found.unit, found.open_unit) == (unit, open_)
    assert (found.warning is not None) is open_
    batch, report = bring_in(real, shared / "peers" / name, PEERS)
    assert (len(batch.lines), report.added, report.refused) == (number, number, [])
    assert checking.faults(real.store) == []


def test_what_doccanos_window_made_is_the_same_words_in_both_units(
    real: Project, shared: Path
) -> None:
    """The two files were made by marking the same words by hand, as its window shows them."""
    words = []
    for kind in ("nographeme", "with-grapheme"):
        file = shared / "peers" / f"doccano-1.8.4_hard-unicode_UI-annotated_{kind}.jsonl"
        batch, _ = bring_in(real, file, PEERS)
        words.append([li.record.text for li in batch.lines])
    assert words[0] == words[1]
    whole = foreign_labels.read(shared / "peers" / "label-studio-1.23.2_hard-unicode.json")
    known = {mark.quote for sheet in whole.sheets for mark in sheet.marks}
    # the window marks single words; these are whole words of the reference file
    assert {w for w in words[0] if w in known} >= {"Paris", "vu", "fin", "balise"}


def test_an_offset_unit_asked_for_is_taken(real: Project, shared: Path) -> None:
    file = shared / "peers" / "doccano-1.8.4_hard-unicode.jsonl"
    right, _ = bring_in(real, file, PEERS)
    wrong, report = bring_in(real, file, PEERS, unit="utf16")
    assert [li.record.text for li in wrong.lines] != [li.record.text for li in right.lines]
    assert any("cuts a character in two" in r.reason for r in report.refused)


def test_each_of_doccanos_users_keeps_their_own(real: Project, shared: Path) -> None:
    file = shared / "peers" / "doccano-1.8.4_five_two-annotators.zip"
    batch, _ = bring_in(real, file, PEERS, whose={"bob": "Bob B."})
    lines = Counter(li.annotator for li in batch.lines)
    assert lines == {"admin": 100, "Bob B.": 75}
    for user in ("admin", "bob"):
        name = shared / "peers" / f"doccano-1.8.4_five_two-annotators.{user}.jsonl"
        own = foreign_labels.convert(
            real,
            foreign_labels.read(name),
            Choices({k: parse(g, real.codebook) for k, g in PEERS.items()}, {"": "X"}),
        )
        here = [li.record for li in batch.lines if (li.annotator == "admin") is (user == "admin")]
        assert [li.record for li in own.lines] == here


def test_both_annotators_of_brat_come_in(real: Project, shared: Path, tmp_path: Path) -> None:
    batch, report = bring_in(real, shared / "peers" / "brat_two-annotators", PEERS)
    assert (report.added, report.present, report.refused) == (179, 0, [])
    assert batch.annotators == ["ann1", "ann2"]
    quoted: Counter[str] = Counter()
    for file in (shared / "peers" / "brat_two-annotators").rglob("*.ann"):
        quoted.update(
            line.split("\t")[2] for line in file.read_text(encoding="utf-8").splitlines() if line
        )
    made = Counter(s["text"] for s in statements(real, tmp_path / "out"))
    assert made == quoted
    assert bring_in(real, shared / "peers" / "brat_two-annotators", PEERS)[1].present == 179


def test_missing_articles_come_from_the_labels_own_file(
    other: Project, shared: Path, tmp_path: Path
) -> None:
    file = shared / "peers" / "label-studio-1.23.2_five_two-annotators_predictions_relation_note"
    json_file = file.with_name(file.name + ".json")
    _, report = bring_in(other, json_file, PEERS)
    assert (report.added, len(report.refused)) == (0, 10)
    batch, report = bring_in(other, json_file, PEERS, add=True)
    assert (len(report.articles), len(batch.articles), report.refused) == (5, 5, [])
    assert batch.left_out == {"predictions (they are suggestions)": 5}
    seeds = {
        texts.sha256(texts.normalise(p.read_text(encoding="utf-8")))
        for p in (shared / "seeds").glob("*.txt")
    }
    assert set(queries.known_texts(other.store)) == seeds
    assert projects.undo_label(other) == importing_labels.LABEL
    projects.undo_step(other)
    assert queries.article_ids(other.store) == []
    assert statements(other, tmp_path / "out") == []


# ------------------------------------------------------------------------- by hand


@pytest.fixture
def hard(project: Project, tmp_path: Path) -> Project:
    """A project with one text that is hard to count, whose file has CRLF."""
    (tmp_path / "hard.txt").write_bytes(HARD.encode())
    importing.import_articles(project, [tmp_path / "hard.txt"])
    return project


def lines(path: Path, *values: object) -> Path:
    path.write_text("".join(json.dumps(v) + "\n" for v in values), encoding="utf-8")
    return path


def at(words: str, text: str = HARD) -> tuple[int, int]:
    return text.index(words), text.index(words) + len(words)


def test_prodigy_as_its_documentation_writes_it(hard: Project, tmp_path: Path) -> None:
    start, end = at("déjà vu")
    speaker = at("Paris")
    span = {"start": start, "end": end, "token_start": 6, "token_end": 7, "label": "CEASEFIRE"}
    who = {"start": speaker[0], "end": speaker[1], "label": "SPEAKER"}
    task = {
        "text": HARD,
        "_input_hash": -12,
        "_task_hash": 7,
        "tokens": [{"text": "Titre", "start": 0, "end": 5, "id": 0, "ws": True}],
        "spans": [span, who],
        "relations": [
            {"head": 2, "child": 7, "label": "SAYS", "head_span": who, "child_span": span}
        ],
        "answer": "accept",
        "_annotator_id": "labels-alice",
        "_session_id": "labels-alice",
        "meta": {"source": "hard"},
    }
    rejected = {**task, "answer": "reject"}
    file = lines(tmp_path / "x.jsonl", task, rejected)
    batch, report = bring_in(hard, file, {})
    assert (report.added, report.refused) == (1, [])
    assert batch.left_out == {"tasks answered “reject”": 1}
    (record,) = statements(hard, tmp_path / "out")
    assert (record["text"], record["target"], record["annotator"]) == (
        "déjà vu",
        "ceasefire",
        "labels-alice",
    )
    assert (record["mention"]["text"], record["speaker"]["name"]) == ("Paris", "Paris")


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_brat_with_pieces_relations_attributes_and_notes(
    hard: Project, tmp_path: Path, newline: str
) -> None:
    text = HARD.replace("\r\n", newline)
    one, two, who = at("Cafe\u0301", text), at("fin", text), at("Paris", text)
    folder = tmp_path / "brat" / "Zoé"
    folder.mkdir(parents=True)
    (folder / "hard.txt").write_bytes(text.encode())
    (folder / "hard.ann").write_text(
        f"T1\tCeasefire {one[0]} {one[1]};{two[0]} {two[1]}\tCafe\u0301 fin\n"
        f"T2\tSpeaker {who[0]} {who[1]}\tParis\n"
        "R1\tsaid_by Arg1:T1 Arg2:T2\t\n"
        "A1\tStance T1 Against\n"
        "A2\tConfidence T1 low\n"
        "#1\tAnnotatorNotes T1\tun doute\n"
        "*\tEquiv T1 T2\n",
        encoding="utf-8",
    )
    _, report = bring_in(hard, tmp_path / "brat", {})
    assert (report.added, report.refused) == (1, [])
    (record,) = statements(hard, tmp_path / "out")
    assert record["text"] == "Cafe\u0301 … fin"
    assert (record["target"], record["stance"]) == ("ceasefire", "against")
    assert record["attributes"]["confidence"] == "low"
    assert (record["note"], record["annotator"]) == ("un doute", "Zoé")
    assert record["mention"]["text"] == "Paris"


@pytest.mark.parametrize("unit", ["codepoint", "utf16", "byte", "grapheme"])
@pytest.mark.parametrize("quoted", [True, False])
def test_a_table_in_any_unit(hard: Project, tmp_path: Path, unit: Unit, quoted: bool) -> None:
    from annotator.domain.offset_units import Ruler

    stored = texts.normalise(HARD)
    start, end = (Ruler(stored, unit).out(offset) for offset in at("שלום", stored))
    cell = "שלום" if quoted else ""
    file = tmp_path / "x.csv"
    file.write_text(
        f"article;start;end;quote;cible;stance;annotateur\n"
        f"hard;{start};{end};{cell};cessez-le-feu;pour;Noé\n",
        encoding="utf-8-sig",
    )
    _, report = bring_in(hard, file, {}, unit=None if quoted else unit)
    assert (report.added, report.refused) == (1, [])
    (record,) = statements(hard, tmp_path / "out")
    assert (record["text"], record["target"], record["stance"], record["annotator"]) == (
        "שלום",
        "ceasefire",
        "favor",
        "Noé",
    )


def test_a_table_of_words_to_be_found(hard: Project, tmp_path: Path) -> None:
    file = tmp_path / "x.csv"
    file.write_text(
        "document,texte,label,nth,locuteur\n"
        "hard.txt,Déjà Vu,Ceasefire,,Le Kremlin\n"
        "hard.txt,😀,troop deployment,2,\n"
        "hard.txt,😀,troop deployment,,\n"
        "hard.txt,absent,Ceasefire,,\n"
        "hard.txt,fin,Ceasefire,3,\n"
        "other,fin,Ceasefire,,\n"
        "hard.txt,=1+1,Ceasefire,,\n",
        encoding="utf-8",
    )
    _, report = bring_in(hard, file, {})
    assert report.added == 2
    assert sorted((r.line, r.reason.split(";")[0]) for r in report.refused) == [
        (4, "its words “😀” stand 2 times in the article"),
        (5, "its words “absent” do not stand in the article"),
        (6, "its words “fin” do not stand 3 times in the article"),
        (7, "its article “other” is not in this project"),
        (8, "its words “=1+1” do not stand in the article"),
    ]
    found = statements(hard, tmp_path / "out")
    assert {(s["text"], s["target"]) for s in found} == {
        ("déjà vu", "ceasefire"),
        ("😀", "troop_deployment"),
    }
    assert next(s for s in found if s["text"] == "déjà vu")["speaker"]["name"] == "Le Kremlin"


def test_labels_on_the_same_words_are_one_statement(hard: Project, tmp_path: Path) -> None:
    start, end = at("déjà vu")
    label = [[start, end, "ceasefire"], [start, end, "against"], [start, end, "neutral"]]
    file = lines(tmp_path / "x.jsonl", {"text": HARD, "label": label})
    _, report = bring_in(hard, file, {}, unit="codepoint")
    assert report.added == 1
    assert [r.reason for r in report.refused] == [
        "stance “neutral” stands beside “against” on the same words"
    ]
    (record,) = statements(hard, tmp_path / "out")
    assert (record["target"], record["stance"]) == ("ceasefire", "against")


def test_a_part_of_an_article_is_found_by_its_name(hard: Project, tmp_path: Path) -> None:
    part = "\n  Cafe\u0301 déjà vu 😀😀 fin "
    start, end = at("vu", part)
    task = {"text": part, "doc_id": "hard", "label": [[start, end, "ceasefire"]]}
    other = {"text": "Un autre texte.", "doc_id": "hard", "label": [[0, 2, "ceasefire"]]}
    file = lines(tmp_path / "x.jsonl", task, other)
    _, report = bring_in(hard, file, {})
    assert [r.reason for r in report.refused] == ["article “hard” has another text here"]
    assert [s["text"] for s in statements(hard, tmp_path / "out")] == ["vu"]


def test_what_labels_become_is_remembered_with_the_project(hard: Project) -> None:
    goals = {"a=b": parse("target:ceasefire,stance:favor", hard.codebook), "c": Goal(role="none")}
    foreign_labels.remember(hard, goals)
    foreign_labels.remember(hard, {"d": Goal(role="cue")})
    assert foreign_labels.remembered(hard) == {**goals, "d": Goal(role="cue")}
    projects.set_setting(hard, "label mapping", '{"c": "target:gone", "d": "cue"}')
    assert foreign_labels.remembered(hard) == {"d": Goal(role="cue")}
    projects.set_setting(hard, "label mapping", "[")
    assert foreign_labels.remembered(hard) == {}


def test_nobody_named_is_an_error_that_says_so(hard: Project, tmp_path: Path) -> None:
    file = lines(tmp_path / "x.jsonl", {"text": HARD, "label": [[0, 5, "ceasefire"]]})
    with pytest.raises(UserError, match="does not say whose"):
        bring_in(hard, file, {}, whose={"else": "X"})


def test_further_pieces_flags_and_parts_come_from_relations(hard: Project, tmp_path: Path) -> None:
    one, two, who = at("Titre"), at("fin"), at("Paris")

    def region(key: str, spot: tuple[int, int], label: str) -> dict[str, Any]:
        value = {"start": spot[0], "end": spot[1], "text": HARD[slice(*spot)], "labels": [label]}
        return {"id": key, "from_name": "label", "type": "labels", "value": value}

    spot = {"start": one[0], "end": one[1]}
    results = [
        {"id": "by", "from_name": "annotator", "type": "textarea", "value": {"text": ["Zoé"]}},
        region("a", one, "ceasefire"),
        {
            "id": "a",
            "from_name": "stance",
            "type": "choices",
            "value": {**spot, "choices": ["pour"]},
        },
        {
            "id": "a",
            "from_name": "flags",
            "type": "choices",
            "value": {**spot, "choices": ["truncated", "needs_discussion"]},
        },
        {"id": "a", "from_name": "speaker", "type": "textarea", "value": {**spot, "text": ["Kyo"]}},
        region("b", two, "ceasefire"),
        region("c", who, "mention"),
        {"type": "relation", "from_id": "a", "to_id": "b", "labels": ["piece"]},
        {"type": "relation", "from_id": "a", "to_id": "c", "labels": ["mention"]},
        {"type": "relation", "from_id": "a", "to_id": "gone", "labels": ["cue"]},
    ]
    file = tmp_path / "x.json"
    task = {"id": 1, "data": {"text": HARD}, "annotations": [{"result": results}]}
    file.write_text(json.dumps([task]), encoding="utf-8")
    _, report = bring_in(hard, file, {})
    assert report.added == 1
    assert [str(r) for r in report.refused] == [
        "task 1, region 10: relation “cue” leads to gone, which is not there"
    ]
    (record,) = statements(hard, tmp_path / "out")
    assert (record["text"], record["stance"]) == ("Titre … fin", "favor")
    assert (record["speaker"]["name"], record["mention"]["text"]) == ("Kyo", "Paris")
    assert set(record["flags"]) == {"truncated", "needs_discussion"}
    assert record["annotator"] == "Zoé"


def test_a_table_of_this_programs_own_comes_back(hard: Project, tmp_path: Path) -> None:
    text = texts.normalise(HARD)
    one, two, who = at("Titre", text), at("fin", text), at("Paris", text)
    file = tmp_path / "x.csv"
    file.write_text(
        "article,target,stance,text,flags,note,pieces,start,end,mention,mention_start,mention_end\n"
        f"hard,ceasefire,against,Titre … fin,truncated; needs_discussion,'=1,"
        f"{one[0]}..{one[1]} {two[0]}..{two[1]},{one[0]},{two[1]},Paris,{who[0]},{who[1]}\n",
        encoding="utf-8",
    )
    _, report = bring_in(hard, file, {})
    assert (report.added, report.refused) == (1, [])
    (record,) = statements(hard, tmp_path / "out")
    assert record["pieces"] == [list(one), list(two)]
    assert (record["mention"]["text"], record["note"]) == ("Paris", "=1")
    assert set(record["flags"]) == {"truncated", "needs_discussion"}


def test_brat_gives_speakers_flags_and_stretches_over_lines(hard: Project, tmp_path: Path) -> None:
    text = texts.normalise(HARD)
    end, start = at("Paris", text)[1], at("Cafe", text)[0]
    folder = tmp_path / "brat"
    folder.mkdir()
    (folder / "hard.txt").write_text(text, encoding="utf-8")
    (folder / "hard.ann").write_text(
        f"T1\tOpen 0 {end};{start} {start + 4}\t{text[:end]} Cafe\n"
        "#1\tSpeaker T1\tKyo\nA1\ttruncated T1\nA2\tstance T1 against\n",
        encoding="utf-8",
    )
    _, report = bring_in(hard, folder, {})
    assert (report.added, report.refused) == (1, [])
    (record,) = statements(hard, tmp_path / "out")
    assert record["pieces"] == [[0, start + 4]]
    assert (record["target"], record["stance"], record["flags"]) == (None, "against", ["truncated"])
    assert record["speaker"]["name"] == "Kyo"
