"""What is marked stands at the same words after any form: invented texts, and the real articles."""

import json
import random
import tempfile
from dataclasses import replace
from pathlib import Path

import msgspec
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from annotator.domain import text as texts
from annotator.domain.spans import Span, joined_text, merged
from annotator.formats.datasets import registry
from annotator.formats.datasets.form import Context, Entry
from annotator.formats.statement_record import Quote, StatementRecord
from tests.formats.datasets import (
    hard,
    test_brat,
    test_label_studio,
    test_labelling_forms,
    test_web_annotation,
)
from tests.formats.datasets.entries import write
from tests.formats.datasets.hard import Told

# letters, accents of their own, joiners, flags, right-to-left, blanks of all kinds, line breaks
_TEXT = st.text(
    alphabet='aé\u0301\u200d👩🏽🚀🇫🇷😀𝒳ש\u05b4ع\u064e \u00a0\u202f\t\u200b\n;"=«».\ufeff',
    min_size=4,
    max_size=60,
)
_EDGES = st.lists(st.integers(0, 60), min_size=2, max_size=6)


def quote(text: str, start: int, end: int) -> Quote:
    return Quote(start, end, text[start:end])


def entry_of(text: str, edges: list[list[int]]) -> Entry:
    """Return an article with a statement for each list of edges: pieces from one to the next."""
    records: list[StatementRecord] = []
    for number, each in enumerate(edges):
        ends = sorted({min(edge, len(text)) for edge in each})
        pairs = zip(ends[::2], ends[1::2], strict=False)
        pieces = merged(Span(start, end) for start, end in pairs)
        if pieces:
            records.append(_record(number, text, pieces))
    article = msgspec.structs.replace(
        hard.article(), text=text, sha256=texts.sha256(text), length=len(text), excluded=()
    )
    return Entry(article, records, [""] * len(records))


def _record(number: int, text: str, pieces: tuple[Span, ...]) -> StatementRecord:
    first = pieces[0]
    return msgspec.structs.replace(
        hard.statements()[2],
        id=f"00000000-0000-4000-8000-{number:012}",
        start=first.start,
        end=pieces[-1].end,
        pieces=[(piece.start, piece.end) for piece in pieces],
        text=joined_text(pieces, text),
        mention=quote(text, first.start, first.end),
        cue=quote(text, 0, 1),
        condition_span=quote(text, first.end - 1, first.end),
        stance=["favor", "against", "neutral", None][number % 4],
        annotator="Bo",
    )


def read_all(folder: Path, name: str) -> set[Told]:
    if name == "brat":
        return set().union(*(test_brat.read_back(path) for path in folder.rglob("*.ann")))
    if name == "web_annotation":
        found = json.loads((folder / "annotations.jsonld").read_bytes())
        return {test_web_annotation.read_back(each) for each in found["first"]["items"]}
    if name == "label_studio":
        tasks = json.loads((folder / "tasks.json").read_bytes())
        made = [annotation for task in tasks for annotation in task["annotations"]]
        return set().union(*map(test_label_studio.read_back, made))
    lines = test_labelling_forms.lines(folder / "prodigy.jsonl")
    return set().union(*map(test_labelling_forms.prodigy_statements, lines))


def told_by_brat(entry: Entry, codebook) -> Entry:
    """Return an entry without what brat alone cannot tell, and says so."""
    lost = registry.form("brat").lost
    alone = [(r, replace(entry, statements=[r], splits=[""])) for r in entry.statements]
    kept = [record for record, each in alone if not lost(each, Context(codebook))[test_brat.UNTOLD]]
    return replace(entry, statements=kept, splits=[""] * len(kept))


def check(name: str, codebook, entry: Entry) -> None:
    context = Context(codebook)
    with tempfile.TemporaryDirectory() as place:
        write(registry.form(name), Path(place), context, [entry])
        assert read_all(Path(place), name) == {hard.told(record) for record in entry.statements}


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(text=_TEXT, edges=st.lists(_EDGES, max_size=4))
def test_any_text_and_any_pieces_come_back(codebook, text: str, edges) -> None:
    made = entry_of(text, edges)
    for name in ("label_studio", "prodigy", "web_annotation"):
        check(name, codebook, made)
    check("brat", codebook, told_by_brat(made, codebook))


def test_the_real_articles_come_back(shared: Path, codebook) -> None:
    draw = random.Random(20)
    for path in [*sorted((shared / "seeds").glob("*.txt")), shared / "peers" / "hard.txt"]:
        text = texts.normalise(path.read_bytes().decode("utf-8-sig"))
        words = texts.words(text)
        edges: list[list[int]] = []
        for _ in range(20):
            at = draw.randrange(len(words))
            some = words[at : at + draw.randrange(1, 12)]
            middle = some[len(some) // 2]
            outer = [some[0].start, middle.start - 1, middle.start, some[-1].end]
            edges.append(outer if some[0].start < middle.start - 1 else outer[::3])
        made = entry_of(text, edges)
        assert made.statements
        for name in ("label_studio", "prodigy", "web_annotation"):
            check(name, codebook, made)
        known = told_by_brat(made, codebook)
        assert len(known.statements) > len(made.statements) // 2
        check("brat", codebook, known)
