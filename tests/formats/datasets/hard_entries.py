"""Entries with hard texts, with decisions and with negatives, for the tests of the forms."""

from dataclasses import replace

from annotator.domain import text as texts
from annotator.domain.codebook import Codebook
from annotator.domain.spans import Span
from annotator.formats import article_record, gold_record, statement_record
from annotator.formats.article_record import ArticleRecord
from annotator.formats.datasets.form import Entry, Negative
from annotator.formats.gold_record import AnnotationRef, GoldArticleRecord, GoldRecord
from annotator.formats.statement_record import (
    CONTEXT,
    Quote,
    SourceRef,
    SpeakerRef,
    StatementRecord,
)

FAMILY = "👨‍👩‍👧‍👦"
HARD = {
    "emoji": ("fr", f"Titre {FAMILY} 😀\nLa 👩🏽‍🚀 a dit oui à 😀😀 la trêve 🇫🇷, {FAMILY} non.\n"),
    "crlf": ("fr", "Une ligne.\r\nPell a dit :\r\n« oui à la trêve »,\r\npuis rien.\r\n"),
    "combining": (
        "fr",
        "Le cafe\u0301 de\u0301ja\u0300 vu : 1\u202f000\xa0€ pour la tre\u0302ve.\n",
    ),
    "hebrew": ("he", "הדובר אמר: \u202bכן להפסקת אש\u202c, לא לכוחות זרים.\n"),
    "arabic": ("ar", "قال الناطق: نَعَمْ لوقف إطلاق النار، ولا للقوات الأجنبية.\n"),
    "nowhere": ("qxx", "Pell seid: jo to the trüce 𝒳𝒴.\x01 «fin»\n"),
    "cells": (None, "=1+2 is no formula\n-5 for the truce; +1, @Pell, \tx, \"so\", '=2'\n"),
}
# article, the pieces of the content, mention, cue
MARKED = (
    ("emoji", ("oui à 😀😀 la trêve",), "👩🏽‍🚀", "a dit"),
    ("emoji", ("oui", f"{FAMILY} non"), "👩🏽‍🚀", None),
    ("crlf", ("oui à la trêve »,\npuis",), "Pell", "a dit"),
    (
        "combining",
        ("de\u0301ja\u0300 vu", "1\u202f000\xa0€ pour la tre\u0302ve"),
        "Le cafe\u0301",
        None,
    ),
    ("hebrew", ("כן להפסקת אש",), "הדובר", "אמר"),
    ("arabic", ("نَعَمْ لوقف إطلاق النار",), "الناطق", "قال"),
    ("nowhere", ("to the trü",), "Pell", "seid"),  # ends inside a word
    ("nowhere", ("jo to the trüce 𝒳𝒴.\x01",), "Pell", None),
    ("cells", ("=1+2 is",), "@Pell", "+1"),
    ("cells", ("-5 for",), "\tx", "'=2'"),
)


def hard_entries(codebook: Codebook) -> list[Entry]:
    """Return articles with hard texts, each with a statement or two of Ada's."""
    entries = []
    for at, (name, (lang, raw)) in enumerate(HARD.items()):
        text = texts.normalise(raw)
        article = ArticleRecord(
            schema=article_record.SCHEMA,
            uid=f"00000000-0000-4000-8000-{at:012}",
            name=name,
            sha256=texts.sha256(text),
            lang=lang,
            length=len(text),
            text=text,
            status={"Ada": "done"},
        )
        records = [
            _record(article, codebook, number, *marked[1:])
            for number, marked in enumerate(MARKED)
            if marked[0] == name
        ]
        entries.append(Entry(article, records, [""] * len(records)))
    return entries


def _record(article, codebook, number, pieces, mention, cue) -> StatementRecord:
    text = article.text
    spans = [(text.index(piece), text.index(piece) + len(piece)) for piece in pieces]
    start, end = spans[0][0], spans[-1][1]
    record = StatementRecord(
        schema=statement_record.SCHEMA,
        id=f"00000000-0000-4000-9000-{number:012}",
        article=article.uid,
        article_name=article.name,
        article_sha256=article.sha256,
        lang=article.lang,
        start=start,
        end=end,
        text=" … ".join(pieces),
        pieces=spans,
        prefix=text[max(0, start - CONTEXT) : start],
        suffix=text[end : end + CONTEXT],
        speaker=SpeakerRef("s-1", "@Pell, =cmd", "person"),
        mention=_quote(text, mention),
        cue=_quote(text, cue),
        source_chain=[SourceRef(SpeakerRef("s-0", "Narrator", "narrator"), None)],
        target=codebook.targets[number % 2].id,
        stance=codebook.stances[number % len(codebook.stances)].id,
        attributes={a.id: a.choices[0].id if number % 3 else None for a in codebook.attributes},
        flags=["needs_discussion"] if number % 2 else [],
        note='-1; "so"\n=B1' if number % 2 else None,
        annotator="Ada",
        codebook_version=codebook.version,
        created_at="2026-01-05T09:00:00.123Z",
        updated_at="2026-01-05T09:00:00.000Z",
    )
    assert statement_record.misfit(record, text) is None
    return record


def _quote(text: str, words: str | None) -> Quote | None:
    if words is None:
        return None
    return Quote(text.index(words), text.index(words) + len(words), words)


def as_gold(entries: list[Entry]) -> list[Entry]:
    """Return the same statements as decisions by Cleo, each made from itself."""
    return [replace(e, article=_gold_article(e), statements=_decided(e)) for e in entries]


def _gold_article(entry: Entry) -> GoldArticleRecord:
    values = {f: getattr(entry.article, f) for f in ArticleRecord.__struct_fields__}
    return GoldArticleRecord(**values, gold=True)


def _decided(entry: Entry) -> list[StatementRecord]:
    return [
        GoldRecord(
            **{f: getattr(record, f) for f in StatementRecord.__struct_fields__}
            | {"annotator": "Cleo", "label_source": gold_record.LABEL_SOURCE},
            annotations=[
                AnnotationRef(**{f: getattr(record, f) for f in AnnotationRef.__struct_fields__})
            ],
            soft={"favor": 0.5, "against": 0.5, "neutral": 0.0, "unclear": 0.0},
        )
        for record in entry.statements
    ]


def with_negatives(entries: list[Entry]) -> list[Entry]:
    """Return the entries, each with its first two code points as a negative sentence."""
    return [replace(e, negatives=[Negative(Span(0, 2), e.split)]) for e in entries]
