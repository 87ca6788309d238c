"""Two annotators who disagree in every way about one invented article."""

from annotator.domain.adjudication import Case
from annotator.domain.spans import Span
from annotator.services import adjudicating, annotating, speakers
from annotator.services import project as projects
from annotator.services.project import Project
from tests.storage.projects import add_article

# One sentence for each kind of disagreement; the last only Bo marked.
SENTENCES = {
    "agree": "Harsk veut la trêve.",
    "boundary": "Velm exige vraiment la trêve.",
    "speaker": "Il refuse la trêve.",
    "target": "Orla soutient les soldats.",
    "stance": "Tarn parle de la trêve 🕊️.",
    "attribute": "Dorn attend la trêve.",
    "chain": "Selon Radel, Vesk veut la trêve.",
    "found": "La trêve est loin.",
}
TEXT = "\n".join(SENTENCES.values())
USUAL = {
    "attribution": "indirect",
    "condition": "none",
    "evidence": "explicit",
    "scope": "general",
    "confidence": "high",
}


def span_of(kind: str) -> Span:
    start = TEXT.index(SENTENCES[kind])
    return Span(start, start + len(SENTENCES[kind]) - 1)


def labelled(
    project: Project,
    article_id: int,
    span: Span,
    *,
    speaker: str = "Harsk",
    target: str = "ceasefire",
    stance: str = "favor",
) -> int:
    """A complete statement by the current annotator."""
    made = annotating.mark(project, article_id, span, target=target, exact=True)
    annotating.choose(project, made, "stance", stance)
    speakers.assign_new(project, made, speaker, "person")
    for name, value in USUAL.items():
        annotating.choose(project, made, name, value)
    return made


def disagreement(project: Project, name: str = "disputed") -> int:
    """Let Ada and Bo label an article of their own, each sentence another kind; return its id."""
    article = add_article(project, name, f"{TEXT}\n{name}.", "fr")
    projects.annotate_as(project, "Ada")
    ada = {kind: labelled(project, article, span_of(kind)) for kind in SENTENCES if kind != "found"}
    projects.annotate_as(project, "Bo")
    bo = {kind: labelled(project, article, span_of(kind)) for kind in SENTENCES}
    whole = span_of("boundary")
    annotating.reshape(project, bo["boundary"], "content", whole, Span(whole.start + 5, whole.end))
    speakers.assign_new(project, bo["speaker"], "Velm", "person")
    annotating.choose(project, bo["target"], "target", "troop_deployment")
    annotating.choose(project, bo["stance"], "stance", "unclear")
    annotating.choose(project, bo["attribute"], "confidence", "low")
    speakers.add_source(project, bo["chain"], speakers.ensure(project, "Radel"))
    annotating.set_span(project, ada["agree"], "cue", Span(6, 10))
    for name in ("Ada", "Bo"):
        projects.annotate_as(project, name)
        annotating.set_status(project, article, "done")
    projects.annotate_as(project, "Lead")
    return article


def case_about(project: Project, article_id: int, kind: str) -> Case:
    """The case that stands where the sentence of this kind does."""
    start, end = span_of(kind).start, span_of(kind).end
    found = adjudicating.cases(project, article_id)
    return next(c for c in found if c.statements and start <= c.statements[0].start < end)


def names(project: Project) -> dict[str, int]:
    return {a.name: a.id for a in projects.annotators(project)}
