"""What a file of labels holds and what would come in of it, in words."""

from annotator.services.foreign_labels import Batch
from annotator.services.label_survey import Survey
from annotator.ui.annotate.article_model import counted
from annotator.ui.dialogs.merge_rows import PlanRow

REFUSALS = 100  # reasons that are listed before; every refusal is in the report after


def headline(survey: Survey) -> str:
    """Return in a few words what a file holds."""
    marks = sum(their.count for their in survey.labels if their.kind == "label")
    texts = counted(survey.texts, "text", "texts")
    people = len([name for name in survey.annotators if name])
    by = f" by {counted(people, 'annotator', 'annotators')}" if people else ""
    return f"{survey.form.title}: {counted(marks, 'label', 'labels')} in {texts}{by}"


def stays_out(batch: Batch) -> list[PlanRow]:
    """Return what does not come in and why; what has one reason in common stands together."""
    places: dict[str, list[str]] = {}
    for one in batch.refused:
        places.setdefault(one.reason, []).append(one.place or f"line {one.line}")
    rows: list[PlanRow] = []
    for reason, where in sorted(places.items(), key=lambda pair: -len(pair[1]))[:REFUSALS]:
        if len(where) == 1:
            rows.append(PlanRow("fact", f"{where[0]}: {reason}", warns=True))
        else:
            first = "; ".join(where[:3]) + ("; …" if len(where) > 3 else "")
            rows.append(PlanRow("fact", f"{len(where):,} × {reason} ({first})", warns=True))
    if len(places) > REFUSALS:
        rows.append(PlanRow("fact", f"and for {len(places) - REFUSALS:,} more reasons"))
    rows += [
        PlanRow("fact", f"Left out: {number:,} × {what}")
        for what, number in batch.left_out.most_common(REFUSALS)
    ]
    return rows


def would_come_in(batch: Batch) -> str:
    """Return in one sentence what would come in and how much would not."""
    parts = [counted(len(batch.lines), "statement", "statements")]
    if batch.articles:
        parts.append(counted(len(batch.articles), "article", "articles"))
    words = f"{' and '.join(parts) if batch.lines or batch.articles else 'Nothing'} would come in"
    return f"{words}; {len(batch.refused):,} would stay out" if batch.refused else words
