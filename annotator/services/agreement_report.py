"""A report on agreement: collected from the measures, then copied or saved in any form.

Reads only, so `collect` works on a snapshot in any thread; what follows needs no project at all.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from annotator import __version__
from annotator.domain.agreement.reported import Matrix, Person, Report, Slice
from annotator.domain.codebook import Codebook, words
from annotator.errors import UserError
from annotator.services import agreement
from annotator.services.progress import Cancelled, Progress, refuse_cancelled, tell
from annotator.services.project import Project
from annotator.storage import history, queries

if TYPE_CHECKING:
    from annotator.domain.agreement.comparing import Compared
    from annotator.domain.agreement.measures import Section
    from annotator.domain.agreement.values import Measure, Settings

MATRICES = ("stance", "target")

_WHAT = "The comparison"


def collect(
    project: Project,
    annotator_ids: Sequence[int] | None = None,
    article_ids: Collection[int] | None = None,
    settings: "Settings | None" = None,
    progress: Progress | None = None,
    cancelled: Cancelled | None = None,
    *,
    at: str | None = None,
) -> Report:
    """Compare annotators (all who finished an article if None) and return everything about it.

    `article_ids` are the articles asked about, all if None; `at` is when, now if None. UserError
    when fewer than two annotators, or no article that two of them finished, are there to compare;
    CancelledError when `cancelled` says so.
    """
    from annotator.domain.agreement import measures

    ids = comparable(project, annotator_ids)
    tell(progress, 0, 1)
    compared = agreement.compared(project, ids, article_ids, settings)
    if not compared.articles:
        raise UserError(
            "No article was marked done by two of the annotators; agreement is worked out where"
            " two have finished the same article."
        )
    found = []
    for section in measures.sections(compared):
        refuse_cancelled(cancelled, _WHAT)
        found.append(section)
        tell(progress, section.step, section.steps + 1)
    report = assembled(project, compared, found, cancelled, at=at)
    tell(progress, 1, 1)
    return report


def comparable(project: Project, annotator_ids: Sequence[int] | None = None) -> list[int]:
    """Return who can be compared: `annotator_ids`, or all who finished an article if None.

    UserError when they are fewer than two.
    """
    everyone = agreement.progressed(project)
    if annotator_ids is not None:
        ids = list(dict.fromkeys(annotator_ids))
    else:
        ids = [person.annotator_id for person in everyone if person.done]
    if len(ids) < 2:
        done = ", ".join(f"“{p.name}” ({p.done} done)" for p in everyone) or "nobody"
        raise UserError(
            f"Agreement needs two annotators who marked an article done; there is {done}."
        )
    return ids


def assembled(
    project: Project,
    compared: "Compared",
    sections: "Iterable[Section]",
    cancelled: Cancelled | None = None,
    *,
    at: str | None = None,
) -> Report:
    """Return the report on sections that are there already; those missing are left out of it."""
    people = {a.id: a.name for a in queries.annotators(project.store)}
    articles = queries.article_names(project.store)
    given = list(sections)
    whole = [section for section in given if section.kind == "all"]
    speakers = {s.id: s.name for s in queries.speakers(project.store)}
    named: dict[str, dict[object, str]] = {
        "target": {},
        "speaker": dict(speakers.items()),
        "article": dict(articles.items()),
    }
    slices = {kind: _slices(given, kind, names) for kind, names in named.items()}
    codebook = project.codebook
    return Report(
        project=project.name,
        codebook=words(codebook.name),
        codebook_version=codebook.version,
        program=__version__,
        made_at=at or history.now(),
        settings=compared.settings,
        people=_people(compared, people),
        articles=tuple(name for id_, name in articles.items() if id_ in set(compared.articles)),
        parts=tuple((section.part or "", section.measures) for section in whole),
        labels=tuple(label for section in whole for label in section.labels),
        by_target=slices["target"],
        by_speaker=tuple(sorted(slices["speaker"], key=_most_first)),
        by_article=_in_order(slices["article"], articles.values()),
        by_pair=tuple(
            Slice((people[s.key[0]], people[s.key[1]]), s.measures)
            for s in given
            if isinstance(s.key, tuple)
        ),
        matrices=_matrices(compared, people, cancelled),
        disagreements=_disagreements(compared, cancelled),
        titles=_titles(codebook),
    )


def _people(compared: "Compared", names: dict[int, str]) -> tuple[Person, ...]:
    statements = Counter(row.annotator for row in compared.statements)
    articles = Counter(who for own in compared.finishers.values() for who in own)
    return tuple(Person(names[id_], articles[id_], statements[id_]) for id_ in compared.annotators)


def _slices(sections: "list[Section]", kind: str, names: dict[object, str]) -> tuple[Slice, ...]:
    return tuple(
        Slice((names.get(section.key, str(section.key)),), tuple(_own(section)))
        for section in sections
        if section.kind == kind
    )


def _own(section: "Section") -> "list[Measure]":
    """Return the measures of a section; of a target's, without those of other targets."""
    if section.kind != "target":
        return list(section.measures)
    return [m for m in section.measures if m.target in (None, section.key)]


def _in_order(slices: tuple[Slice, ...], names: Iterable[str]) -> tuple[Slice, ...]:
    place = {name: at for at, name in enumerate(names)}
    return tuple(sorted(slices, key=lambda one: place.get(one.key, len(place))))


def _most_first(one: Slice) -> tuple[int, str]:
    found = one.measure("found_f1_overlap")
    return -(found.n if found else 0), one.key


def _matrices(
    compared: "Compared", names: dict[int, str], cancelled: Cancelled | None
) -> tuple[Matrix, ...]:
    from annotator.domain.agreement import measures

    found = []
    for choice in MATRICES:
        for one, other in compared.pairs:
            refuse_cancelled(cancelled, _WHAT)
            table = measures.confusion(compared, choice, one, other)
            found.append(Matrix(choice, (names[one], names[other]), table.labels, table.counts))
    return tuple(found)


def _disagreements(compared: "Compared", cancelled: Cancelled | None) -> dict[str, int]:
    from annotator.domain.agreement.disagreements import KINDS, disagreements

    refuse_cancelled(cancelled, _WHAT)
    found = Counter(
        f"attribute:{one.attribute}" if one.attribute else one.kind
        for one in disagreements(compared)
    )
    kinds: list[str] = []
    for kind in KINDS:
        if kind == "attribute":
            kinds += [f"attribute:{name}" for name in compared.of.attributes]
        else:
            kinds.append(kind)
    return {kind: found[kind] for kind in kinds}


def _titles(codebook: Codebook) -> dict[str, str]:
    groups = (
        ("target", codebook.targets),
        ("stance", codebook.stances),
        ("attribute", codebook.attributes),
    )
    return {f"{group}:{one.id}": words(one.name) for group, some in groups for one in some}


# ------------------------------------------------------------------------ copied and saved


def as_text(report: Report) -> str:
    """Return the report as plain text with aligned columns, for the clipboard and the terminal."""
    from annotator.formats import agreement_text

    return agreement_text.text(report)


def as_json(report: Report) -> str:
    """Return the numbers as JSON; docs/formats.md describes it."""
    from annotator.formats import agreement_numbers

    return agreement_numbers.json_text(report)


def as_csv(report: Report) -> str:
    """Return the numbers as CSV, one row a measure; docs/formats.md describes it."""
    from annotator.formats import agreement_numbers

    return agreement_numbers.csv_text(report)


def as_html(report: Report) -> str:
    """Return the report as one page that needs nothing else, with its figures."""
    from annotator.formats import agreement_html

    return agreement_html.page(report)


def save_numbers(report: Report, path: Path) -> None:
    """Save the numbers: CSV where the name of the file ends so, else JSON."""
    from annotator.formats import whole_file

    form = as_csv if path.suffix.casefold() == ".csv" else as_json
    whole_file.write(path, form(report).encode())


def save_page(report: Report, path: Path) -> None:
    """Save the report as an HTML page."""
    from annotator.formats import whole_file

    whole_file.write(path, as_html(report).encode())


def save_chain(report: Report, path: Path) -> None:
    """Save the figure of where agreement is lost, as the file's name ends: SVG, PDF or PNG."""
    from annotator.formats import agreement_figures, whole_file

    form = agreement_figures.form_of(path)
    whole_file.write(path, agreement_figures.chain(report, form))


def save_matrix(report: Report, matrix: Matrix, path: Path) -> None:
    """Save the figure of a confusion matrix, as the file's name ends: SVG, PDF or PNG."""
    from annotator.formats import agreement_figures, whole_file

    form = agreement_figures.form_of(path)
    whole_file.write(path, agreement_figures.confusion(report, matrix, form))
