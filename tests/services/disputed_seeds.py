"""Labels of two annotators over the five real articles, with one disagreement of each kind.

The articles are not ours to publish, so a place is found by a few of its words. Both have the same
but for what `DIFFERENCES` says; everything they chose is the usual where nothing is said.
"""

import re
from dataclasses import dataclass
from pathlib import Path

from annotator.domain.spans import Span
from annotator.services import annotating, importing, speakers
from annotator.services import project as projects
from annotator.services.project import Project
from annotator.storage import queries
from tests.services.deciding import labelled


@dataclass(frozen=True)
class Label:
    article: str  # how its name begins
    words: str  # a regular expression
    target: str = "ceasefire"
    stance: str = "favor"
    speaker: str = "Royaume-Uni"


LABELS = {
    "first": Label("000", r"déploiement de troupes", "troop_deployment", "against", "Merz"),
    "second": Label("001", r"soutenir un cessez-le-feu"),
    "attribute": Label("001", r"renforcer sa présence", "troop_deployment"),
    "speaker": Label("002", r"cessez-le-feu doit être conclu", speaker="Ukraine"),
    "boundary": Label("002", r"déployer des troupes «", "troop_deployment", speaker="Alliés"),
    "stance": Label("002", r"veto sur le déploiement", "troop_deployment", speaker="Rutte"),
    "only Ada": Label("002", r"promis de déployer", "troop_deployment", "neutral", "Narrateur"),
    "target": Label("003", r"cessez-le-feu initial", "ceasefire", "against", "Russie"),
    "source_chain": Label("003", r"veto sur les troupes", "troop_deployment", speaker="Rutte"),
    "only Bo": Label("003", r"lendemain d.un cessez-le-feu", "ceasefire", "unclear", "Macron"),
    "third": Label("004", r"trop tôt pour prendre", "troop_deployment", "neutral", "Allemagne"),
    "fourth": Label("004", r"cessez-le-feu devrait être", speaker="Ukraine"),
}
SHORTER = 3  # code points that Bo's boundary is shorter at its end


def places(texts: dict[str, str]) -> dict[str, Span]:
    """Return where each label stands; the words stand once in their article."""
    found = {}
    for name, label in LABELS.items():
        (only,) = re.finditer(label.words, texts[label.article])
        found[name] = Span(*only.span())
    return found


def disputed(project: Project, seeds: Path) -> dict[str, tuple[int, str, Span]]:
    """Bring in the articles and both annotators' labels; return where each label stands."""
    importing.import_articles(project, sorted(seeds.glob("*.txt")))
    names = queries.article_names(project.store)
    ids = {name[:3]: id_ for id_, name in names.items()}
    texts = {short: annotating.article(project, id_).text for short, id_ in ids.items()}
    spans = places(texts)
    for who in ("Ada", "Bo"):
        projects.annotate_as(project, who)
        for name, label in LABELS.items():
            if name.startswith("only") and name != f"only {who}":
                continue
            span = spans[name]
            if who == "Bo" and name == "boundary":
                span = Span(span.start, span.end - SHORTER)
            made = labelled(
                project,
                ids[label.article],
                span,
                speaker=label.speaker,
                target=label.target,
                stance=label.stance,
            )
            if who == "Bo":
                differ(project, name, made)
        for id_ in ids.values():
            annotating.set_status(project, id_, "done")
    return {
        name: (ids[label.article], label.article, spans[name]) for name, label in LABELS.items()
    }


def differ(project: Project, name: str, statement_id: int) -> None:
    if name == "attribute":
        annotating.choose(project, statement_id, "condition", "condition")
    elif name == "speaker":
        speakers.assign_new(project, statement_id, "Ukraine et alliés", "collective")
    elif name == "stance":
        annotating.choose(project, statement_id, "stance", "neutral")
    elif name == "target":
        annotating.choose(project, statement_id, "target", "troop_deployment")
    elif name == "source_chain":
        source = speakers.ensure(project, "Narrateur", "narrator")
        speakers.add_source(project, statement_id, source)
