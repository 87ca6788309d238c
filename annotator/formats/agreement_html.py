"""A report on agreement as one HTML page: nothing is fetched, nothing runs, it prints well."""

import re
from collections.abc import Iterator
from html import escape

from annotator import places
from annotator.domain.agreement import definitions as defined
from annotator.domain.agreement.reported import Matrix, Report
from annotator.formats import agreement_figures, agreement_tables
from annotator.formats import agreement_words as said
from annotator.formats.agreement_look import COLOURS, SANS, SERIF

_KINDS = {
    "target": "the statements about it and their partners",
    "speaker": "the statements that either annotator gave to them",
    "article": "each article by itself, which leaves no articles to draw an interval from",
    "pair": "the articles that both finished",
}
_KEPT_TOGETHER = ("Stance by stance", "Attributes", "By target", "Disagreements")  # on one sheet
# from the XML declaration to the root element: it names the place of a document type definition
_PROLOGUE = re.compile(r"^.*?(?=<svg)", re.DOTALL)


def page(report: Report) -> str:
    """Return the page."""
    title = f"Agreement of {said.listed(report.annotators)}"
    return f"""<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="generator" content="Stance Annotator {escape(report.program)}">
<title>{escape(title)} · {escape(report.project)}</title>
<style>
{_style()}</style>
</head>
<body>
<main>
<header>
<h1>{escape(title)}</h1>
<p class="lead">{escape(report.project)} · {said.counted(len(report.articles), "article")} ·
{said.counted(report.statements, "statement")} · {said.day(report)}</p>
{_facts(report)}
</header>
{"".join(_sections(report))}
<footer>Made by Stance Annotator {escape(report.program)} on {escape(report.made_at)}. The numbers
at full precision are those of <code>stance-annotator agreement</code> with the same seed.</footer>
</main>
</body>
</html>
"""


def _sections(report: Report) -> Iterator[str]:
    yield _section("Where agreement is lost", _chain(report))
    yield _section("All measures", agreement_tables.measures(report) + _no_interval(report))
    yield _section("Stance by stance", _specific(report))
    if any(matrix.pairs for matrix in report.matrices):
        yield _section("Who chose what", "".join(_matrices(report)))
    yield _section("Attributes", agreement_tables.attributes(report))
    for kind, slices in report.slices:
        if slices:
            note = f'<p class="note">Compared are {_KINDS[kind]}.</p>'
            table = agreement_tables.slices(report, kind, slices)
            yield _section(f"By {kind}", table + note)
    yield _section("Disagreements", _disagreements(report))
    yield _section("What “undefined” means", _undefined(report))
    yield _section("Method", "".join(_method(report)))
    yield _section("References", _references(report))


def _section(title: str, body: str) -> str:
    kept = ' class="kept"' if title in _KEPT_TOGETHER else ""
    return f"<section{kept}>\n<h2>{escape(title)}</h2>\n{body}\n</section>\n"


def _style() -> str:
    """Return the style sheet with the colours and typefaces in place of their @names."""
    sheet = (places.shipped("resources") / "styles" / "report.css").read_text(encoding="utf-8")
    sheet = re.sub(r"/\*.*?\*/\n?", "", sheet, flags=re.DOTALL)
    fonts = {"serif": f"{_quoted(SERIF)}, serif", "sans": f"{_quoted(SANS)}, sans-serif"}
    names = COLOURS | fonts
    # longest first, so that @accent_soft is not read as @accent followed by _soft
    for name in sorted(names, key=len, reverse=True):
        sheet = sheet.replace(f"@{name}", names[name])
    return sheet


def _quoted(families: tuple[str, ...]) -> str:
    return ", ".join(f'"{family}"' for family in families)


def _facts(report: Report) -> str:
    settings = report.settings
    people = "; ".join(
        f"{person.name}, {said.counted(person.statements, 'statement')} in"
        f" {said.counted(person.articles, 'article')}"
        for person in report.people
    )
    matched = "with equal targets" if settings.same_target else "whatever the target"
    rows = {
        "Annotators": people,
        "Articles": f"{said.number(len(report.articles))} that two or more of them finished",
        "Codebook": f"{report.codebook}, version {report.codebook_version}",
        "Matching": f"IoU ≥ 0.5, or contained and IoU ≥ 0.3, {matched}",
        "Intervals": f"95 %, bootstrap over articles; seed {settings.seed},"
        f" {said.number(settings.draws)} draws",
        "Program": f"Stance Annotator {report.program}",
        "Made on": report.made_at,
    }
    items = "".join(f"<dt>{key}</dt><dd>{escape(value)}</dd>\n" for key, value in rows.items())
    return f'<dl class="facts">\n{items}</dl>'


def _chain(report: Report) -> str:
    svg = _inline(agreement_figures.chain(report, "svg"), "Agreement on each step of a statement")
    return (
        "<p>A statement is made in steps, and each is compared only where the one before gave"
        " something to compare: speaker, target and stance over matched statements. The last"
        " bar counts the statements on which everything is equal.</p>"
        f"<figure>{svg}<figcaption>{escape(defined.LINES)}</figcaption></figure>"
        f"{agreement_tables.chain(report)}{_no_interval(report)}"
    )


def _no_interval(report: Report) -> str:
    if not report.without_interval:
        return ""
    return f'<p class="note">No intervals are given: {escape(said.no_interval(report))}.</p>'


def _specific(report: Report) -> str:
    return (
        f"<p>{escape(defined.SPECIFIC.title)}, {escape(defined.SPECIFIC.symbol)}:"
        f" {escape(defined.SPECIFIC.text)}</p>{agreement_tables.specific(report)}"
    )


def _matrices(report: Report) -> Iterator[str]:
    yield (
        "<p>Matched pairs of statements in which both annotators chose. On the diagonal they"
        " chose the same; targets are taken from the matching that ignores the target.</p>"
    )
    yield '<div class="matrices">'
    for matrix in report.matrices:
        if matrix.pairs:
            svg = _inline(agreement_figures.confusion(report, matrix, "svg"), _described(matrix))
            share = f"{said.number(matrix.equal)} of {said.counted(matrix.pairs, 'pair')} equal"
            yield f"<figure>{svg}<figcaption>{share}</figcaption></figure>"
    yield "</div>"


def _described(matrix: Matrix) -> str:
    one, other = matrix.annotators
    return f"What {one} and {other} chose as {matrix.choice}"


def _inline(svg: bytes, label: str) -> str:
    """Return a figure as an element of the page that says what it shows."""
    element = _PROLOGUE.sub("", svg.decode())
    element = element.replace("<svg", f'<svg role="img" aria-label="{escape(label)}"', 1)
    # the typefaces of the page hold for its figures too; their own sheet would hold for the page
    return re.sub(r"<style type=\"text/css\">.*?</style>", "", element, flags=re.DOTALL)


def _disagreements(report: Report) -> str:
    total = sum(report.disagreements.values())
    return (
        f"<p>{said.counted(total, 'disagreement')}, by kind. A case is a group of matched"
        " statements; it counts once for each thing its annotators differ in.</p>"
        f"{agreement_tables.disagreements(report)}"
    )


def _undefined(report: Report) -> str:
    marks = "".join(
        f"<li><b>{mark}</b>{escape(reason)}</li>" for reason, mark in said.reasons(report).items()
    )
    listed = f"<p>In this report, by mark:</p><ol class='marks'>{marks}</ol>" if marks else ""
    return f"<p>{escape(defined.UNDEFINED)}</p>{listed}"


def _method(report: Report) -> Iterator[str]:
    settings = report.settings
    matching = defined.MATCHING.format(targets=defined.SAME_TARGET if settings.same_target else "")
    intervals = defined.INTERVALS.format(
        draws=said.number(settings.draws), seed=settings.seed, fewest=settings.fewest_articles
    )
    yield "<h3>What was compared</h3>"
    yield f"<p>{escape(defined.ARTICLES)}</p>"
    yield f"<p>Articles: {escape(', '.join(report.articles))}.</p>"
    yield f"<h3>Matching</h3><p>{escape(matching)}</p>"
    yield f"<h3>Intervals</h3><p>{escape(intervals)}</p>"
    yield f"<h3>Lines</h3><p>{escape(defined.LINES)}</p>"
    yield "<h3>Definitions</h3>"
    yield (
        '<div class="scroll"><table><thead><tr><th scope="col"></th><th scope="col">Measure</th>'
        '<th scope="col">Definition</th><th scope="col">n counts</th>'
        '<th scope="col">In the numbers</th></tr></thead><tbody>'
    )
    yield from agreement_tables.definitions(report)
    yield "</tbody></table></div>"
    yield f'<h3>To cite</h3><p class="cite">{escape(cited(report))}</p>'


def cited(report: Report) -> str:
    """Return the sentences a methods section can take over; they hold no verdict."""
    settings = report.settings
    drawn = (
        " 95 % intervals are from a percentile bootstrap over articles"
        f" ({said.number(settings.draws)} draws, seed {settings.seed})."
    )
    figures = []
    for step in said.chain(report):
        if step.measure is not None:
            bounds = said.interval(step.measure)
            within = "" if bounds == said.NOTHING else f", 95 % interval {bounds}"
            shown = said.value(step.measure)
            units = agreement_tables.definition_units(report, step.measure)
            figures.append(
                f"{step.title.lower()}: {step.symbol} {shown} (n = {said.number(step.measure.n)}"
                f" {units}{within})"
            )
    return (
        f"{said.listed(report.annotators)} labelled"
        f" {said.counted(len(report.articles), 'article')}"
        f" ({said.counted(report.statements, 'statement')}) under the codebook"
        f" “{report.codebook}”, version {report.codebook_version}. Agreement was computed with"
        f" Stance Annotator {report.program} on {said.day(report)}; statements were matched at"
        f" IoU ≥ 0.5 (Krippendorff’s α nominal over matched units, F1 over pairs of annotators):"
        f" {'; '.join(figures)}.{'' if report.without_interval else drawn}"
    )


def _references(report: Report) -> str:
    used = {key for m in report.measures for key in defined.definition(m.name, {}).sources}
    used |= {*defined.SPECIFIC.sources, "efron"}
    items = "".join(
        f"<li>{escape(text)}</li>\n" for key, text in defined.REFERENCES.items() if key in used
    )
    return f'<ul class="references">\n{items}</ul>'
