"""Laws of going out and coming in, over any text and any statements."""

import io
import json
import tempfile
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from annotator.domain import text as texts
from annotator.domain.spans import Span, merged
from annotator.errors import UserError
from annotator.formats import jsonl, text_files
from annotator.formats.statement_record import StatementRecord
from annotator.services import annotating, exporting, importing, importing_labels, speakers
from annotator.services import project as projects
from annotator.services.project import Project
from annotator.storage import checking
from tests.services.ordering import WHOLE

WORDS = [
    "trêve",
    "e\u0301te\u0301",
    "🕊️",
    "👩‍👩‍👧",
    "שלום",
    "لا",
    "«\u202foui\u202f»",
    "\u00a0",
    "no",
    "\n",
    "x",
]
some_text = st.lists(st.sampled_from(WORDS), min_size=4, max_size=30).map(" ".join)
some_span = st.tuples(st.integers(0, 80), st.integers(1, 30))
some_statement = st.fixed_dictionaries(
    {
        "pieces": st.lists(some_span, min_size=1, max_size=3),
        "mention": st.none() | some_span,
        "cue": st.none() | some_span,
        "speaker": st.none() | st.sampled_from(["Élan", "Orla Venn", "Elan", "الناطق"]),
        "sources": st.lists(st.sampled_from(["Élan", "Agence 🗞️"]), max_size=2),
        "target": st.sampled_from([None, "ceasefire", "troop_deployment"]),
        "stance": st.sampled_from([None, "favor", "unclear"]),
        "scope": st.sampled_from([None, "general"]),
        "flags": st.sets(st.sampled_from(["truncated", "needs_discussion"])),
        "note": st.sampled_from([None, '« vrai ? »\n\u2028\t"\\']),
    }
)


def fitted(span: tuple[int, int], text: str) -> Span:
    start = span[0] % len(text)
    return Span(start, min(len(text), start + span[1]))


def label(project: Project, article_id: int, text: str, wanted: dict[str, Any]) -> None:
    pieces = merged(fitted(span, text) for span in wanted["pieces"])
    if not text[pieces[0].start : pieces[0].end].strip():
        return
    statement = annotating.mark(project, article_id, pieces[0], exact=True)
    for piece in pieces[1:]:
        annotating.add_piece(project, statement, piece)
    for field in ("mention", "cue"):
        if wanted[field]:
            annotating.set_span(project, statement, field, fitted(wanted[field], text))
    if wanted["speaker"]:
        speakers.assign_new(project, statement, wanted["speaker"], "person")
    for name in wanted["sources"]:
        speakers.add_source(project, statement, speakers.ensure(project, name, "organisation"))
    for group in ("target", "stance", "scope"):
        annotating.choose(project, statement, group, wanted[group])
    for flag in wanted["flags"]:
        annotating.toggle_flag(project, statement, flag)
    annotating.set_note(project, statement, wanted["note"] or "")


def lines(folder: Path) -> list[dict[str, Any]]:
    """The lines without what an import changes, and of equal ones one."""
    found: list[dict[str, Any]] = []
    seen: set[str] = set()
    for line in (folder / "statements.jsonl").read_text(encoding="utf-8").split("\n")[:-1]:
        record = json.loads(line)
        keys = ("article", "pieces", "speaker", "target", "stance")
        key = json.dumps([record[name] for name in keys])
        if key not in seen:
            seen.add(key)
            found.append(record | {"annotator": "", "provenance": "", "created_at": ""})
    return found


@given(
    st.lists(some_text, min_size=1, max_size=3, unique=True), st.lists(some_statement, max_size=6)
)
@settings(max_examples=30, deadline=None, suppress_health_check=list(HealthCheck))
def test_what_went_out_comes_in_and_goes_out_the_same(
    articles: list[str], statements: list[dict[str, Any]]
) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for number, text in enumerate(articles):
            (folder / f"{number}.txt").write_bytes(text.encode())
        one, two = projects.create(folder / "one"), projects.create(folder / "two")
        projects.annotate_as(one, "Ada")
        importing.import_articles(one, [folder])
        for number, wanted in enumerate(statements):
            article_id = number % len(articles) + 1
            label(one, article_id, texts.normalise(articles[article_id - 1]), wanted)
        exporting.export(one, folder / "a", WHOLE)
        report = importing_labels.import_labels(
            two, folder / "a", "Bo", folder / "a" / "articles.jsonl"
        )
        exporting.export(two, folder / "b", WHOLE)
        faults = checking.faults(two.store)
        one.close()
        two.close()
        assert (report.refused, faults) == ([], [])
        assert lines(folder / "b") == lines(folder / "a")


@given(st.binary(max_size=300))
@settings(deadline=None)
def test_any_bytes_are_a_text_or_refused(data: bytes) -> None:
    try:
        text = text_files.decode(data).text
    except UserError:
        return
    assert texts.normalise(text) == text
    assert text_files.decode(text.encode()).text == text


@given(st.binary(max_size=300), st.binary(max_size=300))
def test_any_bytes_are_lines_or_refused(first: bytes, second: bytes) -> None:
    good = jsonl.line(StatementRecord("stance/1", None, None)).encode()
    try:
        found = list(
            jsonl.Reader(io.BytesIO(first + b"\n" + good + b"\n" + second), StatementRecord)
        )
    except UserError:
        assert first[:2] in (b"\xff\xfe", b"\xfe\xff")
        return
    assert any(isinstance(value, StatementRecord) for _, value in found)
