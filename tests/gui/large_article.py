"""An article with thousands of statements, put into a project quickly."""

from annotator.domain.records import Article
from annotator.services import annotating
from annotator.services import project as projects
from annotator.services.project import Project
from annotator.storage import history, import_rows

WORD = "word "


def add_large_article(project: Project, statements: int, name: str = "large") -> Article:
    """Add an article with one statement on each of its first words; every tenth is complete."""
    text = WORD * (statements + 10)
    at = history.now()
    row = (
        *(projects.new_uid(), name, name, "en", statements, f"sha of {name}"),
        *(f"{name}.txt", "", at, text, None),
    )
    with project.transact("Add article"):
        article_id = project.store.insert_many("article", import_rows.ARTICLE, [row])[0]
    annotator, version = project.me.id, project.codebook.version
    with project.transact("Add speaker"):
        speaker = project.store.insert(
            "speaker",
            {"uid": projects.new_uid(), "name": name, "folded": name, "type": "person"},
        )
    target, stance = project.codebook.targets[0].id, project.codebook.stances[0].id
    required = {a.id: a.choices[0].id for a in project.codebook.attributes if a.required}
    attributes = ",".join(f'"{key}":"{value}"' for key, value in required.items())

    def columns(n: int) -> tuple[object, ...]:
        start, end = n * len(WORD), n * len(WORD) + len(WORD) - 1
        done = n % 10 == 0
        return (
            *(projects.new_uid(), article_id, annotator, speaker if done else None),
            *(target, stance if done else None, f"{{{attributes}}}", "[]", None),
            *(f"[[{start},{end}]]", start, end, *(None,) * 6, "manual", version, at, at),
        )

    with project.transact("Add statements"):
        rows = (columns(n) for n in range(statements))
        project.store.insert_many("statement", import_rows.STATEMENT, rows)
    return annotating.article(project, article_id)
