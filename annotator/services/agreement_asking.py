"""Whom and what a command asks to compare: names separated by commas, turned into ids."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from annotator.domain.agreement.reported import Report
from annotator.domain.agreement.values import Settings
from annotator.errors import UserError
from annotator.services import agreement_report
from annotator.services import project as projects
from annotator.services.project import Project
from annotator.storage import queries

_SHOWN = 12  # names in a sentence that says what there is


def report(project: Project, people: str | None, texts: str | None, seed: int | None) -> Report:
    """Return the report on the annotators and articles named, all for None."""
    settings = Settings() if seed is None else Settings(seed=seed)
    ids = annotators(project, people), articles(project, texts)
    return agreement_report.collect(project, *ids, settings)


def answer(found: Report, form: str | None, page: Path | None) -> str:
    """Return what a command prints: the report in a form, or where its page was written."""
    if page is not None:
        agreement_report.save_page(found, page)
        return f"report on {len(found.articles)} articles: {page}"
    forms = {"json": agreement_report.as_json, "csv": agreement_report.as_csv}
    return forms.get(form or "", agreement_report.as_text)(found).rstrip("\n")


def annotators(project: Project, text: str | None) -> list[int] | None:
    """Return the ids of the annotators named in `text`; None, which means all, for no text.

    UserError names what is unknown, and what there is; also when fewer than two are named.
    """
    if text is None:
        return None
    known = {annotator.name: [annotator.id] for annotator in projects.annotators(project)}
    ids = _ids(text, known, "Nobody called “{name}” annotates this project; there is {known}.")
    if len(ids) < 2:
        raise UserError(f"Agreement needs two annotators; there is {_listed(known)}.")
    return ids


def articles(project: Project, text: str | None) -> list[int] | None:
    """Return the ids of the articles named in `text`, all of a name; None, all, for no text."""
    if text is None:
        return None
    known: dict[str, list[int]] = {}
    for id_, name in queries.article_names(project.store).items():
        known.setdefault(name, []).append(id_)
    return _ids(text, known, "No article is called “{name}”; there is {known}.")


def _ids(text: str, known: Mapping[str, Sequence[int]], refusal: str) -> list[int]:
    """Return the ids of names between commas; a name may hold commas itself."""
    by_name: dict[str, list[int]] = {}
    for name, ids in known.items():
        by_name.setdefault(name.casefold(), []).extend(ids)
    parts = text.split(",")
    found: list[int] = []
    while parts:
        for taken in range(len(parts), 0, -1):
            name = ",".join(parts[:taken]).strip()
            if name.casefold() in by_name:
                found += by_name[name.casefold()]
                parts = parts[taken:]
                break
        else:
            raise UserError(refusal.format(name=parts[0].strip(), known=_listed(known)))
    return list(dict.fromkeys(found))


def _listed(known: Mapping[str, Sequence[int]]) -> str:
    names = [f"“{name}”" for name in known]
    more = [f"{len(names) - _SHOWN} more"] if len(names) > _SHOWN else []
    return ", ".join(names[:_SHOWN] + more) or "none"
