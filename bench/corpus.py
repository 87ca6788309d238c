"""Invented corpora, the same for the same seed: words that no language has, in French clothes."""

import random
import uuid
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from annotator.domain import text as texts
from annotator.domain.codebook import Codebook
from annotator.services import project as projects
from annotator.services.project import Project
from annotator.storage import history, import_rows, rows

ANNOTATOR = "Camille"

_ONSETS = "b br c ch cl d f fl g gr j l m n p pr qu r s t tr v".split()
_VOWELS = "a e é è ê i o u ou oi ai eau â û".split()
_CODAS = ["", "", "", "", "l", "n", "r", "s", "t", "ç"]
_SMALL = "de la le les un une et à dans sur pour par que qui ne pas".split()
_SENTENCES = 2000  # in the stock that every text is drawn from
_SPEAKERS = 200
_AT_ONCE = 20_000  # statements in one transaction


@dataclass(frozen=True, slots=True)
class Shape:
    """How large a corpus is; articles are named `article-00000` and so on."""

    articles: int
    characters: int  # of one article, about
    statements: int  # in one article, spread evenly


class Corpus:
    """A stock of sentences, and everything drawn from it."""

    def __init__(self, seed: int = 7) -> None:
        self._random = random.Random(seed)
        self._words = [self._word() for _ in range(4000)]
        self._stock = [self._sentence() for _ in range(_SENTENCES)]

    def text(self, characters: int) -> str:
        """Return a text of about that many code points, in paragraphs."""
        average = sum(map(len, self._stock)) / len(self._stock) + 1
        drawn = self._random.choices(self._stock, k=max(1, round(characters / average)))
        paragraphs = [" ".join(drawn[at : at + 5]) for at in range(0, len(drawn), 5)]
        return "\n\n".join(paragraphs)

    def fill(self, project: Project, shapes: Sequence[Shape]) -> list[int]:
        """Put articles of these shapes into `project`, labelled by ANNOTATOR; return their ids."""
        annotator = projects.annotate_as(project, ANNOTATOR)
        with project.store.transact("Speakers", undoable=False):
            speakers = [self._speaker(project, number) for number in range(_SPEAKERS)]
        ids: list[int] = []
        pending: list[tuple[object, ...]] = []
        for shape in shapes:
            for article_id, text in self._articles(project, shape, len(ids)):
                ids.append(article_id)
                drawn = self._statements(project.codebook, text, shape.statements)
                pending += [
                    (uid, article_id, annotator.id, self._random.choice(speakers), *rest)
                    for uid, *rest in drawn
                ]
                if len(pending) >= _AT_ONCE:
                    _insert(project, pending)
        _insert(project, pending)
        return ids

    def _articles(self, project: Project, shape: Shape, first: int) -> Iterator[tuple[int, str]]:
        """Insert the articles of one shape, some hundreds at a time; yield ids and texts."""
        for start in range(0, shape.articles, 500):
            number = min(500, shape.articles - start)
            drawn = [self.text(shape.characters) for _ in range(number)]
            listed = [_article(first + start + i, text) for i, text in enumerate(drawn)]
            with project.store.transact("Articles", undoable=False):
                ids = project.store.insert_many("article", import_rows.ARTICLE, listed)
            yield from zip(ids, drawn, strict=True)

    def _speaker(self, project: Project, number: int) -> int:
        name = f"{self._random.choice(self._words)} {self._random.choice(self._words)}".title()
        name = f"{name} {number}"
        values = {"uid": self._uid(), "name": name, "folded": texts.fold(name), "type": "person"}
        return project.store.insert("speaker", values)

    def _statements(
        self, codebook: Codebook, text: str, number: int
    ) -> Iterator[tuple[object, ...]]:
        """Yield the columns of import_rows.STATEMENT but article, annotator and speaker."""
        choose, at, length = self._random.choice, history.now(), len(text)
        chosen = [self._attributes(codebook) for _ in range(50)]
        for i in range(number):
            start, end = self._span(text, i * length // number, 20, 120)
            pieces = [(start, end)]
            if i % 20 == 19 and end + 200 < length:
                pieces.append(self._span(text, end + 20, 10, 50))
            mention = self._span(text, max(0, start - 60), 4, 12) if i % 3 else (None, None)
            yield (
                self._uid(),
                choose(codebook.targets).id,
                choose(codebook.stances).id,
                choose(chosen),
                "[]",
                None,
                rows.json_text(pieces),
                start,
                pieces[-1][1],
                *mention,
                *(None,) * 4,
                "manual",
                codebook.version,
                at,
                at,
            )

    def _attributes(self, codebook: Codebook) -> str:
        chosen = {a.id: self._random.choice(a.choices).id for a in codebook.attributes}
        return rows.json_text(chosen)

    def _span(self, text: str, near: int, shortest: int, longest: int) -> tuple[int, int]:
        """Return a run of whole words that begins soon after `near`."""
        start = text.find(" ", near) + 1
        if not start or start + shortest >= len(text):
            start = text.rfind(" ", 0, near - shortest) + 1
        end = text.find(" ", start + self._random.randint(shortest, longest))
        return start, end if end > start else len(text)

    def _word(self) -> str:
        choose = self._random.choice
        syllables = self._random.choices((1, 2, 3), (2, 5, 3))[0]
        body = "".join(choose(_ONSETS) + choose(_VOWELS) for _ in range(syllables))
        return body + choose(_CODAS)

    def _sentence(self) -> str:
        length = self._random.randint(8, 26)
        words = [self._random.choice(_SMALL if i % 3 == 1 else self._words) for i in range(length)]
        if length > 16:
            words[7] += ","
        if length % 4 == 0:
            words[3], words[-1] = f"« {words[3]}", f"{words[-1]} »"
        return " ".join(words).capitalize() + "."

    def _uid(self) -> str:
        return str(uuid.UUID(int=self._random.getrandbits(128), version=4))


def make(path: Path, shapes: Sequence[Shape], seed: int = 7) -> list[int]:
    """Make a project at `path`, fill it, close it; return the ids of its articles."""
    project = projects.create(path)
    try:
        ids = Corpus(seed).fill(project, shapes)
        projects.set_setting(project, "article", str(ids[0]))
    finally:
        project.close()
    return ids


def _article(number: int, text: str) -> tuple[object, ...]:
    name, sha256 = f"article-{number:05d}", texts.sha256(text)
    uid = str(uuid.uuid5(uuid.NAMESPACE_OID, name))
    title = text.partition(".")[0][:80]
    words = text.count(" ") + 1
    at = history.now()
    return (uid, name, title, "fr", words, sha256, f"{name}.txt", sha256, at, text, None)


def _insert(project: Project, pending: list[tuple[object, ...]]) -> None:
    if pending:
        with project.store.transact("Statements", undoable=False):
            project.store.insert_many("statement", import_rows.STATEMENT, pending)
        pending.clear()
