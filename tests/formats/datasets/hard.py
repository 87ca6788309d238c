"""An entry with all that makes offsets go wrong, and what reading it back should give."""

from dataclasses import dataclass, replace

from annotator.domain import text as texts
from annotator.domain.spans import PIECE_GAP, Span
from annotator.formats import article_record, statement_record
from annotator.formats.article_record import ArticleRecord, RegionRecord
from annotator.formats.datasets.form import Entry, Negative
from annotator.formats.gold_record import AnnotationRef, GoldArticleRecord, GoldRecord
from annotator.formats.statement_record import Quote, SourceRef, SpeakerRef, StatementRecord

# As a file would bring it: CRLF, emoji with joiners, combining accents, right-to-left, no-break
# spaces, tabs, quotation marks, semicolons, and what a spreadsheet would calculate.
ORIGIN = (
    "Titre 👩🏽‍🚀 « à Ombrel »\r\n"
    'Café déjà vu ; le Pacte "réclame" une trêve, a dit 𝒳, « tout de suite 🇫🇷 ».\r\n'
    "=1+1\tOrvask refuse la force\r\nétrangère. M. Brost s'abstient.\r\n"
    "עִבְרִית: ירושלים מתנגדת. العَرَبِيَّة تؤيد الهدنة؟ נקודה אחרונה.\r\n"
    "Dernière phrase 😀😀 sans rien. Une autre, sans rien non plus."
)
TEXT = texts.normalise(ORIGIN)


@dataclass(frozen=True)
class Told:
    """What a form that carries it all tells of one statement."""

    id: str
    pieces: tuple
    mention: tuple | None
    cue: tuple | None
    condition: tuple | None
    target: str | None
    stance: str | None


def span(words: str, text: str = TEXT) -> Quote:
    at = text.index(words)
    return Quote(at, at + len(words), words)


def statement(number: int, *contents: str, text: str = TEXT, **further) -> StatementRecord:
    quotes = [span(words, text) for words in contents]
    pieces = [(quote.start, quote.end) for quote in quotes]
    start, end = pieces[0][0], pieces[-1][1]
    record = StatementRecord(
        schema=statement_record.SCHEMA,
        id=f"00000000-0000-4000-8000-{number:012}",
        article="a0000000-0000-4000-8000-000000000001",
        article_name="../Hard: één/NUL",
        article_sha256=texts.sha256(text),
        lang="fr",
        start=start,
        end=end,
        text=PIECE_GAP.join(contents),
        pieces=pieces,
        prefix=text[max(0, start - 32) : start],
        suffix=text[end : end + 32],
        speaker=SpeakerRef(
            "50000000-0000-4000-8000-000000000001", 'Pacte; "du" Nord', "organisation"
        ),
        target="ceasefire",
        stance="favor",
        attributes={"attribution": "direct", "condition": None},
        annotator="Ada",
        codebook_version="1.0.0",
        created_at="2026-01-05T09:00:00.000Z",
        updated_at="2026-01-05T09:00:00.000Z",
    )
    for name, value in further.items():
        setattr(record, name, value)
    fault = statement_record.misfit(record, text)
    assert fault is None, fault
    return record


def statements() -> list[StatementRecord]:
    chain = [SourceRef(SpeakerRef(None, "Narrateur", "narrator"), span("a dit"))]
    return [
        statement(
            1,
            'le Pacte "réclame" une trêve',
            "tout de suite 🇫🇷",
            mention=span("𝒳"),
            cue=span("a dit"),
            condition_span=span("suite 🇫🇷"),
            source_chain=chain,
            flags=["truncated"],
            note="une\nnote ; de « deux » lignes",
        ),
        statement(
            2, "Orvask refuse la force\nétrangère", target="troop_deployment", stance="against"
        ),
        statement(3, "Orvask refuse la force\nétrangère", annotator="Bo", stance="unclear"),
        statement(4, "ירושלים מתנגדת", mention=span("ירושלים"), stance="against", annotator="Bo"),
        statement(5, "العَرَبِيَّة تؤيد الهدنة", stance="neutral"),
        statement(6, "déjà vu", stance=None, target=None, speaker=None),
    ]


def article() -> ArticleRecord:
    words = "Titre 👩🏽‍🚀"
    return ArticleRecord(
        schema=article_record.SCHEMA,
        uid="a0000000-0000-4000-8000-000000000001",
        name="../Hard: één/NUL",
        sha256=texts.sha256(TEXT),
        lang="fr",
        length=len(TEXT),
        text=TEXT,
        excluded=[RegionRecord(None, 0, len(words), words, "title")],
        status={"Ada": "done", "Bo": "in_progress", "Cy": "todo", "Di": "done"},
        title="Titre 👩🏽‍🚀 « à Ombrel »",
    )


def negative() -> Negative:
    found = span("Dernière phrase 😀😀 sans rien.")
    return Negative(Span(found.start, found.end))


def entry(*, negatives: bool = False) -> Entry:
    records = sorted(statements(), key=lambda record: (record.start, record.end))
    found = [negative()] if negatives else []
    return Entry(article(), records, [""] * len(records), found)


def gold_entry() -> Entry:
    plain = statements()[0]
    values = {name: getattr(plain, name) for name in StatementRecord.__struct_fields__}
    label = AnnotationRef("Bo", "x", plain.text, plain.pieces, None, None, "ceasefire", "favor", {})
    values |= {"label_source": "adjudicated", "annotator": "Chief"}
    record = GoldRecord(**values, annotations=[label], soft={"favor": 0.75, "against": 0.25})
    known = article()
    fields = {name: getattr(known, name) for name in ArticleRecord.__struct_fields__}
    return Entry(GoldArticleRecord(**fields, gold=True), [record], [""])


def told(record: StatementRecord) -> Told:
    """Return what should be read of a record."""

    def ends(quote: Quote | None) -> tuple | None:
        return None if quote is None else (quote.start, quote.end)

    return Told(
        record.id or "",
        tuple(map(tuple, record.pieces)),
        ends(record.mention),
        ends(record.cue),
        ends(record.condition_span),
        record.target,
        record.stance,
    )


def in_split(made: Entry, split: str) -> Entry:
    """Return an entry that belongs to one split as a whole."""
    negatives = [replace(each, split=split) for each in made.negatives]
    splits = [split] * len(made.statements)
    return replace(made, splits=splits, split=split, negatives=negatives)
