"""What holds for every form that other programs read: golden files, splits, stand-off, losses."""

from collections import Counter
from pathlib import Path

import pytest

from annotator.errors import UserError
from annotator.formats.datasets import registry
from annotator.formats.datasets.form import Context, settled
from tests.formats.datasets import hard
from tests.formats.datasets.entries import held, split_by_article, write
from tests.formats.datasets.golden import check

NAMES = "semeval2016 pairs label_studio doccano prodigy brat web_annotation dna".split()
SPLITS = ("train", "validation", "test")
IDS = {"semeval2016", "pairs", "label_studio", "prodigy", "brat", "web_annotation", "dna"}


@pytest.mark.parametrize("name", NAMES)
def test_the_sample_in_it_is_the_golden_one(tmp_path: Path, codebook, entries, name: str) -> None:
    write(registry.form(name), tmp_path, Context(codebook), entries)
    check(tmp_path, name)


@pytest.mark.parametrize("name", NAMES)
def test_it_is_the_same_each_time(tmp_path: Path, codebook, entries, name: str) -> None:
    found = []
    for number in "ab":
        folder = tmp_path / number
        folder.mkdir()
        write(registry.form(name), folder, Context(codebook), [*entries, hard.entry()])
        found.append(held(folder))
    assert found[0] == found[1]


@pytest.mark.parametrize("name", NAMES)
def test_each_split_holds_its_own(tmp_path: Path, codebook, entries, name: str) -> None:
    form = registry.form(name)
    context = Context(codebook, splits=SPLITS, options={"undecided": "empty"})
    split = split_by_article(entries, SPLITS)
    write(form, tmp_path, context, split)
    for at, each in enumerate(SPLITS):
        body = b"".join(b for path, b in held(tmp_path).items() if path.startswith(each))
        for entry in split:
            for record in entry.statements if name in IDS else ():
                found = (record.id or "").encode() in body
                assert found == (entry.split == each), (each, at, record.id)


@pytest.mark.parametrize("name", NAMES)
def test_an_empty_split_and_no_articles_are_sound(tmp_path: Path, codebook, name: str) -> None:
    write(registry.form(name), tmp_path, Context(codebook, splits=SPLITS), [])


@pytest.mark.parametrize("name", NAMES)
def test_what_it_lacks_is_counted_before_writing(codebook, entries, name: str) -> None:
    form = registry.form(name)
    made = [hard.entry(negatives=True), hard.gold_entry(), *entries]
    found = sum((form.lost(entry, Context(codebook)) for entry in made), Counter())
    assert form.lacks
    assert form.carries
    assert all(number > 0 for number in found.values())
    assert found["gold statements’ labels by annotators"] == 1
    carries_negatives = name in ("pairs", "semeval2016")
    assert found["negatives"] == (0 if carries_negatives else 1)


@pytest.mark.parametrize("name", ["web_annotation", "dna"])
def test_without_text_no_words_of_an_article_are_written(tmp_path: Path, codebook, name) -> None:
    form = registry.form(name)
    assert form.stand_off
    write(form, tmp_path, Context(codebook, texts=False), [hard.entry(), hard.gold_entry()])
    body = b"\n".join(held(tmp_path).values()).decode()
    words = {hard.TEXT[at : at + 8] for at in range(len(hard.TEXT) - 8)}
    assert [run for run in sorted(words) if run in body] == []


@pytest.mark.parametrize("name", sorted(set(NAMES) - {"web_annotation", "dna"}))
def test_the_others_are_not_offered_without_text(name: str) -> None:
    assert not registry.form(name).stand_off


@pytest.mark.parametrize("name", NAMES)
def test_every_choice_of_every_option_can_be_written(tmp_path: Path, codebook, name: str) -> None:
    form = registry.form(name)
    for option in form.options:
        for value in option.choices or ("0", "3"):
            folder = tmp_path / option.name / value
            folder.mkdir(parents=True)
            options = settled(form, {option.name: value})
            context = Context(codebook, options=options)
            write(form, folder, context, [hard.entry(negatives=True)])
            form.lost(hard.entry(negatives=True), context)
            assert held(folder)
        with pytest.raises(UserError, match=option.name):
            settled(form, {option.name: "-1"})


@pytest.mark.parametrize("name", NAMES)
def test_a_gold_export_is_written(tmp_path: Path, codebook, name: str) -> None:
    write(registry.form(name), tmp_path, Context(codebook), [hard.gold_entry()])
    body = b"".join(held(tmp_path).values()).decode()
    assert "favor" in body.lower()
    shares = "0.75" in body
    assert shares == (name in ("pairs", "prodigy", "web_annotation"))
    lost = registry.form(name).lost(hard.gold_entry(), Context(codebook))
    assert (lost["gold statements’ shares of stances"] == 0) == shares
