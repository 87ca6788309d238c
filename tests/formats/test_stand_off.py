"""Without the text: no word leaves, every byte comes back, and a changed copy is aligned."""

from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.domain import text as texts
from annotator.formats import stand_off
from annotator.formats.anchors import WIDTH, Words
from annotator.formats.datasets.form import Context, Entry
from annotator.formats.datasets.registry import form
from annotator.formats.restoring import Restorer
from annotator.formats.sealing import Sealer
from annotator.formats.statement_record import SpeakerRef
from annotator.services import adjudicating
from annotator.services import project as projects
from annotator.services.dataset_entries import Choice
from annotator.services.dataset_entries import entries as project_entries
from tests.formats.datasets.entries import sample_entries, write
from tests.services.deciding import case_about, disagreement

SALT = "salt of a test"


@pytest.fixture(scope="module", params=[False, True], ids=["labels", "gold"])
def found(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory):
    folder = tmp_path_factory.mktemp("sample")
    if not request.param:
        return sample_entries(folder)
    project = projects.create(folder / "decided.stance")
    article = disagreement(project)
    for kind in ("agree", "boundary", "stance"):
        case = case_about(project, article, kind)
        adjudicating.take(project, case.statements[0].id, case, reason="la trêve est loin")
    adjudicating.decide_none(project, case_about(project, article, "found"), "la trêve est loin")
    made = project.codebook, list(project_entries(project, Choice(gold=True, status="any")))
    project.close()
    return made


def stripped(entry: Entry) -> Any:
    return stand_off.stripped(entry, SALT)


def words_of(entry: Entry) -> set[tuple[str, ...]]:
    return set(stand_off.runs(entry.article.text or ""))


def test_no_three_words_of_an_article_are_written(found, tmp_path: Path) -> None:
    codebook, entries = found
    context = Context(codebook, texts=False)
    write(form("jsonl"), tmp_path, context, [stand_off.stripped(e, SALT) for e in entries])
    quoted = set().union(*map(words_of, entries))
    for path in tmp_path.iterdir():
        said = path.read_bytes().decode()
        assert not quoted.intersection(stand_off.runs(said)), path.name
        for entry in entries:
            for record in entry.statements:
                assert record.text not in said
    assert '"sealed":"' in (tmp_path / "articles.jsonl").read_text()


def test_the_same_text_gives_every_byte_back(found) -> None:
    _, entries = found
    for entry in entries:
        text = entry.article.text or ""
        bare = stripped(entry)
        restorer = Restorer(text, SALT, texts.sha256(text), exact=True)
        article = msgspec.structs.replace(bare.article, text=None)
        encode = msgspec.json.encode
        assert encode(restorer.article(article)) == encode(entry.article)
        for record, whole in zip(bare.statements, entry.statements, strict=True):
            read = msgspec.json.decode(encode(record), type=type(record))
            assert encode(restorer.statement(read)) == encode(whole)
            assert not restorer.sealed(read)


def test_a_copy_with_other_signs_and_another_line_is_aligned(found) -> None:
    _, entries = found
    for entry in entries:
        text = entry.article.text or ""
        copy = "Mis à jour à 18 h 20\n" + text.replace("’", "'").replace("\u00a0", " ")
        copy = copy.replace("\n", "\n\n")
        bare = stripped(entry)
        restorer = Restorer(copy, SALT, texts.sha256(copy), exact=False)
        for record, whole in zip(bare.statements, entry.statements, strict=True):
            moved = restorer.statement(record)
            assert moved is not None
            assert same(moved.text, whole.text)
            assert moved.prefix == copy[max(0, moved.start - 32) : moved.start]
            assert (moved.target, moved.stance) == (whole.target, whole.stance)
            if whole.mention and moved.mention:
                assert same(moved.mention.text, whole.mention.text)


def same(one: str, other: str) -> bool:
    def plain(text: str) -> list[str]:
        return [texts.fold(w.of(text)) for w in texts.words(text)]

    return plain(one) == plain(other)


def test_words_that_are_not_there_are_not_found(found) -> None:
    _, entries = found
    entry = entries[0]
    bare = stripped(entry)
    other = "Ceci est un tout autre texte, assez long pour qu’on y cherche des mots. " * 9
    restorer = Restorer(other, SALT, texts.sha256(other), exact=False)
    assert [restorer.statement(record) for record in bare.statements] == [None] * len(
        bare.statements
    )


def test_a_changed_word_inside_the_content_is_not_taken_for_it() -> None:
    text = "Hier encore le vieux ministre a dit que la ville ne céderait pas un mètre, selon lui."
    span = text.index("la ville"), text.index(", selon")
    anchor = Words(text, SALT).anchor(*span)
    assert anchor.words >= WIDTH
    for copy, there in ((text, True), (text.replace("mètre", "pouce"), False)):
        assert (Words(copy, SALT).find(anchor, span[1] - span[0], span[0]) is not None) == there


def test_few_words_are_never_hashed_alone() -> None:
    text = "Moscou refuse. Paris hésite."
    anchor = Words(text, SALT).anchor(0, 6)
    assert (anchor.before, anchor.content, anchor.after) == (None, None, None)


def test_the_nearest_of_several_places_is_taken() -> None:
    line = "un deux trois quatre cinq six sept huit neuf dix onze douze.\n"
    text = line * 5
    words = Words(text, SALT)
    for at in range(5):
        start = at * len(line) + line.index("cinq")
        anchor = words.anchor(start, start + len("cinq six"))
        if anchor.before is not None and anchor.after is not None:
            assert words.find(anchor, 8, start) == (start, start + 8)


def test_phrases_are_no_names() -> None:
    ref = SpeakerRef("d35ece22-603c", "Plusieurs pays du groupe", "collective")
    assert stand_off.shown_speaker(ref).name == "collective d35ece22"
    person = SpeakerRef("1", "Ursula von der Leyen", "person")
    assert stand_off.shown_speaker(person) == person


def test_a_seal_opens_under_the_same_text_alone() -> None:
    sealer = Sealer("a text", SALT)
    sealed = sealer.seal({"note": "« été »"})
    assert sealer.open(sealed) == {"note": "« été »"}
    assert Sealer("a text!", SALT).open(sealed) is None
    assert Sealer("a text", "other").open(sealed) is None
    assert sealer.open(sealed[:-8]) is None
    assert sealer.open("é no base64") is None
    assert sealer.open("") is None


@given(st.text(max_size=80), st.data())
def test_every_span_is_found_in_its_own_text_or_not_at_all(text: str, data: st.DataObject) -> None:
    if not text:
        return
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    words = Words(text, SALT)
    found = words.find(words.anchor(start, end), end - start, start)
    if found is not None:
        assert 0 <= found[0] < found[1] <= len(text)
