"""brat's stand-off, read by the account that brat gives of it."""

import re
from dataclasses import replace
from pathlib import Path

import msgspec
import pytest

from annotator.domain.codebook import Attribute, Choice, Codebook
from annotator.formats.datasets import registry
from annotator.formats.datasets.brat import fragments, joined
from annotator.formats.datasets.form import Context
from annotator.formats.statement_record import Quote
from tests.formats.datasets import hard
from tests.formats.datasets.entries import held, split_by_article, write
from tests.formats.datasets.hard import Told

FORM = registry.form("brat")
UNTOLD = "statements whose outer line breaks are dropped, or whose pieces become one"
# the lines brat knows: an id, a tab, then what its kind says
LINE = re.compile(
    r"(?P<T>T\d+)\t(?P<type>[\w-]+) (?P<places>\d+ \d+(?:;\d+ \d+)*)\t(?P<words>.+)"
    r"|(?P<A>A\d+)\t(?P<name>[\w-]+) (?P<of>T\d+)(?: (?P<value>[\w-]+))?"
    r"|(?P<R>R\d+)\t(?P<link>[\w-]+) Arg1:(?P<one>T\d+) Arg2:(?P<two>T\d+)"
    r"|(?P<N>#\d+)\t(?P<kind>[\w-]+) (?P<on>T\d+)\t(?P<note>.+)",
)


def parts(path: Path) -> list[dict]:
    body = path.read_bytes().decode()
    assert body.endswith("\n") or not body
    found = [LINE.fullmatch(line) for line in body.removesuffix("\n").split("\n") if body]
    assert all(found)
    ids = [m["T"] or m["A"] or m["R"] or m["N"] for m in found if m]
    assert len(ids) == len(set(ids))
    return [m.groupdict() for m in found if m]


def read_back(path: Path) -> set[Told]:
    text = path.with_suffix(".txt").read_bytes().decode()
    lines = parts(path)
    places: dict[str, list[tuple[int, int]]] = {}
    types: dict[str, str] = {}
    for line in lines:
        if line["T"]:
            pairs = [place.split() for place in line["places"].split(";")]
            found = [(int(start), int(end)) for start, end in pairs]
            assert " ".join(text[start:end] for start, end in found) == line["words"]
            assert not any("\n" in text[start:end] for start, end in found)
            places[line["T"]], types[line["T"]] = joined(found, text), line["type"]
    linked = {(line["one"], line["link"]): places[line["two"]][0] for line in lines if line["R"]}
    notes = {(line["on"], line["kind"]): line["note"] for line in lines if line["N"]}
    stances = {line["of"]: line["value"] for line in lines if line["name"] == "stance"}
    return {
        Told(
            notes[id_, "Id"],
            tuple(places[id_]),
            linked.get((id_, "has_mention")),
            linked.get((id_, "has_cue")),
            linked.get((id_, "has_condition")),
            None if type_ == "Open" else type_,
            stances.get(id_),
        )
        for id_, type_ in types.items()
        if (id_, "Id") in notes
    }


def test_reading_it_gives_the_same_statements(tmp_path: Path, codebook, entries) -> None:
    made = [hard.entry(), *entries]
    write(FORM, tmp_path, Context(codebook), made)
    found = {path.relative_to(tmp_path): read_back(path) for path in tmp_path.rglob("*.ann")}
    assert set().union(*found.values()) == {hard.told(r) for e in made for r in e.statements}
    for entry in entries:
        for record in entry.statements:
            assert hard.told(record) in found[Path(record.annotator) / f"{entry.article.name}.ann"]
    texts = {path.read_bytes().decode() for path in tmp_path.rglob("*.txt")}
    assert texts == {entry.article.text for entry in made}


def test_its_config_names_all_that_is_used(tmp_path: Path, codebook, entries) -> None:
    write(FORM, tmp_path, Context(codebook), [hard.entry(), *entries])
    sections: dict[str, dict[str, str]] = {}
    for line in (tmp_path / "annotation.conf").read_text(encoding="utf-8").splitlines():
        if line.startswith("["):
            section = sections.setdefault(line.strip("[]"), {})
        elif line:
            word, _, rest = line.partition(" ")
            section[word] = rest
    assert set(sections) == {"entities", "relations", "events", "attributes"}
    for path in tmp_path.rglob("*.ann"):
        for part in parts(path):
            if part["T"]:
                assert part["type"] in sections["entities"]
            elif part["R"]:
                assert part["link"] in sections["relations"]
            elif part["A"]:
                offered = sections["attributes"][part["name"]].partition("Value:")[2]
                assert part["value"] in (offered.split("|") if offered else [None])


def test_speaker_chain_and_note_are_notes(tmp_path: Path, codebook) -> None:
    write(FORM, tmp_path, Context(codebook), [hard.gold_entry()])
    (path,) = tmp_path.rglob("*.ann")
    assert path.parent.name == "gold"
    notes = {line["kind"]: line["note"] for line in parts(path) if line["N"]}
    assert notes["Speaker"] == 'Pacte; "du" Nord'
    assert notes["SourceChain"] == "Narrateur"
    assert notes["AnnotatorNotes"] == "une note ; de « deux » lignes"
    assert FORM.lost(hard.gold_entry(), Context(codebook))["notes whose line breaks become spaces"]


@pytest.mark.parametrize(
    ("pieces", "cut"),
    [
        ([(0, 5)], [(0, 2), (3, 5)]),
        ([(0, 2), (3, 5)], [(0, 2), (3, 5)]),  # brat cannot tell it from the one above
        ([(2, 5)], [(3, 5)]),
        ([(5, 7)], [(5, 7)]),
    ],
)
def test_a_line_break_parts_fragments(pieces, cut) -> None:
    assert fragments(pieces, "ab\ncd\n\nef") == cut


def test_a_line_break_alone_does_not_break_the_lines(tmp_path: Path, codebook) -> None:
    at = hard.TEXT.index("\n")
    break_alone = hard.statement(9, "déjà vu", cue=Quote(at, at + 1, "\n"))
    made = replace(hard.entry(), statements=[break_alone], splits=[""])
    write(FORM, tmp_path, Context(codebook), [made])
    (cue,) = [p for p in parts(tmp_path / "Ada" / "Hard_één_NUL.ann") if p["type"] == "Cue"]
    assert cue["places"] == f"{at} {at + 1}"
    assert FORM.lost(made, Context(codebook))[UNTOLD] == 1


def test_what_brat_cannot_tell_apart_is_counted(codebook) -> None:
    start = hard.TEXT.index("force\nétr")
    odd = hard.statement(9, "force", "étrangère")
    assert odd.pieces == [(start, start + 5), (start + 6, start + 15)]
    made = replace(hard.entry(), statements=[odd], splits=[""])
    assert FORM.lost(made, Context(codebook))[UNTOLD] == 1
    assert FORM.lost(hard.entry(), Context(codebook))[UNTOLD] == 0


def test_names_cannot_leave_the_folder_or_take_each_others_place(tmp_path, codebook) -> None:
    names = ["../../x", "/etc/passwd", "A", "a", "ａ", "con", "", ".", "é" * 300, "x\0\ny"]
    made = []
    for name in names:
        entry = hard.entry()
        article = msgspec.structs.replace(entry.article, name=name, status={"../Ada": "done"})
        records = [msgspec.structs.replace(r, annotator="../Ada") for r in entry.statements]
        made.append(replace(entry, article=article, statements=records))
    folder = tmp_path / "within"
    folder.mkdir()
    write(FORM, folder, Context(codebook), made)
    assert [path.name for path in tmp_path.iterdir()] == ["within"]
    found = [path for path in held(folder) if path.endswith(".ann")]
    assert len({path.casefold() for path in found}) == len(names)
    assert all(len(path.rpartition("/")[2].encode()) < 250 for path in found)


def test_ids_that_brat_cannot_read_become_words_of_their_own(tmp_path: Path) -> None:
    def choice(id_: str) -> Choice:
        return Choice(id_, {"en": id_})

    codebook = Codebook(
        version="1",
        name={"en": "odd"},
        targets=(choice("à b"), choice("é b"), choice("Mention")),
        stances=(choice("pour oui"), choice("contre")),
        attributes=(Attribute("stance ", {"en": "x"}, (choice("a|b"), choice("a b"))),),
    )
    made = hard.entry()
    records = [
        hard.statement(
            n, "déjà vu", target=target.id, stance="pour oui", attributes={"stance ": "a b"}
        )
        for n, target in enumerate(codebook.targets)
    ]
    write(FORM, tmp_path, Context(codebook), [replace(made, statements=records, splits=[""] * 3)])
    lines = parts(tmp_path / "Ada" / "Hard_één_NUL.ann")
    assert [line["type"] for line in lines if line["T"]] == ["_b", "_b-2", "Mention-2"]
    attributes = [(line["name"], line["value"]) for line in lines if line["A"]]
    assert set(attributes) == {("stance", "pour_oui"), ("stance_", "a_b-2")}


def test_splits_are_folders(tmp_path: Path, codebook, entries) -> None:
    splits = ("train", "test")
    made = split_by_article(entries, splits)
    write(FORM, tmp_path, Context(codebook, splits=splits), made)
    for entry in made:
        assert (tmp_path / entry.split / "Camille" / f"{entry.article.name}.ann").is_file()


def test_files_written_for_brat_have_the_same_lines(shared: Path) -> None:
    for path in (shared / "peers" / "brat_two-annotators").rglob("*.ann"):
        assert parts(path)
