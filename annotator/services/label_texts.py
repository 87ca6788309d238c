"""The texts that labels of another program are about, and where their offsets lie in them."""

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from annotator.domain import text as texts
from annotator.domain.offset_units import Ruler, Unit
from annotator.formats import text_files
from annotator.formats.labels.form import Mark, Sheet
from annotator.services.article_reading import PreparedArticle
from annotator.services.project import Project
from annotator.storage import import_rows, queries


@dataclass(frozen=True, slots=True)
class Base:
    """An article that a sheet is about; `shift` is where the sheet's text begins in it."""

    name: str
    sha256: str
    text: str
    shift: int = 0


class Alignment:
    """Turns offsets of a sheet's text, in one unit, into code points of the article's."""

    def __init__(self, raw: str, base: Base, unit: Unit) -> None:
        self.unit: Unit = unit
        self._raw = raw
        self._base = base
        self._ruler = Ruler(raw, unit)
        self._lead = len(raw) - len(raw.lstrip("\ufeff"))
        self._pairs = [at for at in _places("\r\n", raw)] if "\r\n" in raw else []

    @property
    def text(self) -> str:
        """The text of the article."""
        return self._base.text

    def span(self, start: int, end: int) -> tuple[int, int] | str:
        """Return where a piece lies in the article, or why it does not lie there (a clause)."""
        first, last = self._ruler.into(start), self._ruler.into(end)
        if first is None or last is None:
            if start < 0 or end > self._ruler.out(len(self._raw)):
                return f"it reaches from {start} to {end}, beyond the text"
            return f"{start} to {end} cuts a character in two; its offsets count another unit"
        if first >= last:
            return f"it is empty ({start} to {end})"
        found = self._stored(first), self._stored(last)
        if found[0] >= found[1]:
            return f"it is empty ({start} to {end})"
        return found

    def quotes(self, mark: Mark) -> bool:
        """Tell whether the words that a mark gives stand where its offsets say."""
        spans = [self.span(*piece) for piece in mark.pieces]
        if any(isinstance(span, str) for span in spans):
            return False
        words = " ".join(self._base.text[s[0] : s[1]] for s in spans if not isinstance(s, str))
        return same_words(words, mark.quote or "")

    def _stored(self, offset: int) -> int:
        # within a CR LF: where that line end begins
        return self._base.shift + max(0, offset - self._lead - bisect_left(self._pairs, offset - 1))


class Texts:
    """Finds the article of a sheet: by its text, its hash or uid, else by its name."""

    def __init__(self, project: Project, further: Iterable[PreparedArticle] = ()) -> None:
        self._store = project.store
        self._known = queries.known_texts(project.store)
        self._by_uid = {uid: sha256 for sha256, (_, uid, _) in self._known.items()}
        self._by_name: dict[str, str] = {}
        for sha256, (_, _, name) in self._known.items():
            self._by_name.setdefault(_plain(name), sha256)
        self.further = {article.sha256: article for article in further}
        for article in self.further.values():
            self._by_name.setdefault(_plain(article.name), article.sha256)
        self._texts: dict[str, str] = {}

    def find(self, sheet: Sheet) -> Base | str:
        """Return the article of `sheet`, or why there is none (a clause)."""
        named = self._by_name.get(_plain(sheet.name)) if sheet.name else None
        if sheet.text is not None:
            stored = texts.normalise(sheet.text)
            sha256 = texts.sha256(stored)
            if self.has(sha256):
                return self._base(sha256)
            if named is None:
                return missing(sheet)
            base = self._base(named)
            within = stored.strip()
            if within and base.text.count(within) == 1:
                lead = len(stored) - len(stored.lstrip())
                return Base(base.name, base.sha256, base.text, base.text.index(within) - lead)
            return f"article “{base.name}” has another text here"
        if sheet.sha256 is not None:
            if self.has(sheet.sha256):
                return self._base(sheet.sha256)
            if named is not None:
                return f"article “{sheet.name}” has another text here (its sha256 differs)"
        by_uid = self._by_uid.get(sheet.uid or "")
        if by_uid is not None or named is not None:
            return self._base(by_uid or named or "")
        return missing(sheet)

    def has(self, sha256: str) -> bool:
        """Tell whether the text of this hash is here, or comes in with the labels."""
        return sha256 in self._known or sha256 in self.further

    def _base(self, sha256: str) -> Base:
        if sha256 in self.further and sha256 not in self._known:
            article = self.further[sha256]
            return Base(article.name, sha256, article.text)
        article_id, _, name = self._known[sha256]
        if sha256 not in self._texts:
            if len(self._texts) > 64:
                self._texts.clear()
            self._texts[sha256] = import_rows.article_text(self._store, article_id)
        return Base(name, sha256, self._texts[sha256])


def missing(sheet: Sheet) -> str:
    """Return the reason to refuse labels of an article that is not there."""
    name = f" “{sheet.name}”" if sheet.name else ""
    return f"its article{name} is not in this project; import the article first"


def variants(sheet: Sheet, base: Base) -> list[str]:
    """Return what the other program may have had as the text, the likeliest first."""
    if sheet.text is not None:
        stored = texts.normalise(sheet.text)
        return [sheet.text] if stored == sheet.text else [sheet.text, stored]
    return [base.text, base.text.replace("\n", "\r\n")] if "\n" in base.text else [base.text]


def aligned(
    sheet: Sheet, base: Base, units: Sequence[Unit], unit: Unit | None
) -> tuple[Alignment, bool]:
    """Return the alignment in which most words that the sheet quotes stand where they should.

    `unit` is the one to use where the words do not decide; the flag tells whether they did.
    """
    quoted = [m for m in sheet.marks if m.quote and m.pieces]
    first = unit or units[0]
    order = [first, *(u for u in units if u != first)]
    raws = variants(sheet, base)
    if not quoted:
        return Alignment(raws[0], base, first), False
    best: tuple[int, Alignment] | None = None
    for raw in raws:
        for each in order:
            alignment = Alignment(raw, base, each)
            fitting = sum(map(alignment.quotes, quoted))
            if fitting == len(quoted):
                return alignment, True
            if best is None or fitting > best[0]:
                best = fitting, alignment
    assert best is not None
    return best[1], best[0] > 0


def same_words(one: str, other: str) -> bool:
    """Tell whether two quotations are the same, blanks and a spreadsheet's apostrophe aside."""
    ours, theirs = "".join(one.split()), "".join(other.replace("\ufeff", "").split())
    ours = ours.replace("\ufeff", "")
    if ours == theirs or ours == theirs.replace("…", ""):
        return True
    return theirs[:1] == "'" and theirs[1:2] in "=+-@" and ours == theirs[1:]


def article_of(sheet: Sheet, path: str) -> PreparedArticle | str:
    """Return the text of a sheet as an article that can come in, or why it cannot."""
    text = texts.normalise(sheet.text or "")
    if len(text) > text_files.LARGEST:
        return text_files.too_large(len(text))
    if not text.strip():
        return "its article has no text"
    sha256 = texts.sha256(text)
    name = (sheet.name or f"article {sheet.line}").removesuffix(".txt")
    return PreparedArticle(
        name=name,
        title=texts.propose_title(text),
        lang=texts.guess_language(text),
        words=texts.count_words(text),
        sha256=sha256,
        file_name=name,
        file_sha256=texts.sha256(sheet.text or ""),
        text=text,
        path=path,
    )


def _plain(name: str) -> str:
    return name.strip().removesuffix(".txt").casefold()


def _places(words: str, text: str) -> Iterable[int]:
    at = text.find(words)
    while at >= 0:
        yield at
        at = text.find(words, at + len(words))
