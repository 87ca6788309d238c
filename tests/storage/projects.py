"""Small projects of invented text, and whole-database dumps to compare."""

from pathlib import Path
from typing import Any

from annotator.domain import text as texts
from annotator.services import project as projects
from annotator.services.project import Project
from annotator.storage import history
from annotator.storage.schema import RECORDED
from annotator.storage.store import Store

Dump = dict[str, dict[int, dict[str, Any]]]

# Emoji beyond the BMP, combining accents, no-break spaces, Hebrew with vowel signs, Arabic.
PLAIN = (
    "La Brévonie n’enverra pas de soldats, a dit Orla Venn.\n"
    "« Nous voulons un cessez-le-feu », a répété la ministre, « et tout de suite ».\n"
    "Selon Harsk, la trêve n'est qu'une pause."
)
WILD = (
    "🕊️ Tre\u0302ve\u00a0: le pre\u0301sident Ma\u0308kela\u0308 «\u202fve\u0301rifie\u202f» "
    "👩‍👩‍👧.\n"
    "\n"
    "שָׁלוֹם אמר הדובר، قال المتحدّث: لا جنود 🚫\u00a0🪖.\n"
    "He\u2019s sure — “don’t”, she said.  "
)
TEXTS = {"plain": ("fr", PLAIN), "wild": (None, WILD)}


def article_values(name: str, text: str, lang: str | None = None) -> dict[str, Any]:
    """The columns of an article as an import writes them."""
    return {
        "uid": projects.new_uid(),
        "name": name,
        "title": texts.propose_title(text),
        "lang": lang,
        "words": texts.count_words(text),
        "sha256": texts.sha256(text),
        "file_name": f"{name}.txt",
        "file_sha256": texts.sha256(text),
        "imported_at": history.now(),
        "text": text,
        "published": "2025-03-27",
    }


def add_article(project: Project, name: str, text: str, lang: str | None = None) -> int:
    """Add one article as an action of its own; return its id."""
    with project.transact("Import article"):
        return project.store.insert("article", article_values(name, text, lang))


def make_project(path: Path, *annotators: str) -> Project:
    """Make a project with the texts above; the last of `annotators` works in it."""
    project = projects.create(path)
    for name, (lang, text) in TEXTS.items():
        add_article(project, name, text, lang)
    for name in annotators:
        projects.annotate_as(project, name)
    return project


def dump(store: Store) -> Dump:
    """Every row of every recorded table, by table and id."""
    return {
        table: {row["id"]: row for row in store.select(f"SELECT * FROM {table} ORDER BY id")}
        for table in RECORDED
    }
