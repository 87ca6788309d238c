"""Whom and what a command asks to compare: names separated by commas, turned into ids."""

from collections.abc import Mapping

from annotator.domain.agreement.values import Settings
from annotator.errors import UserError
from annotator.services import project as projects
from annotator.services.project import Project
from annotator.storage import queries

_SHOWN = 12  # names in a sentence that says what there is


def asked(
    project: Project, people: str | None, texts: str | None, seed: int | None
) -> tuple[list[int] | None, list[int] | None, Settings]:
    """Return what `agreement_report.collect` wants: annotators, articles and settings."""
    settings = Settings() if seed is None else Settings(seed=seed)
    return annotators(project, people), articles(project, texts), settings


def annotators(project: Project, text: str | None) -> list[int] | None:
    """Return the ids of the annotators named in `text`; None, which means all, for no text.

    UserError names what is unknown, and what there is; also when fewer than two are named.
    """
    if text is None:
        return None
    known = {annotator.name: annotator.id for annotator in projects.annotators(project)}
    ids = _ids(text, known, "Nobody called “{name}” annotates this project; there is {known}.")
    if len(ids) < 2:
        raise UserError(f"Agreement needs two annotators; there is {_listed(known)}.")
    return ids


def articles(project: Project, text: str | None) -> list[int] | None:
    """Return the ids of the articles named in `text`; None, which means all, for no text."""
    if text is None:
        return None
    known = {name: id_ for id_, name in queries.article_names(project.store).items()}
    return _ids(text, known, "No article is called “{name}”; there is {known}.")


def _ids(text: str, known: Mapping[str, int], refusal: str) -> list[int]:
    """Return the ids of names between commas; a name may hold commas itself."""
    by_name = {name.casefold(): id_ for name, id_ in known.items()}
    parts = text.split(",")
    found: list[int] = []
    while parts:
        for taken in range(len(parts), 0, -1):
            name = ",".join(parts[:taken]).strip()
            if name.casefold() in by_name:
                found.append(by_name[name.casefold()])
                parts = parts[taken:]
                break
        else:
            raise UserError(refusal.format(name=parts[0].strip(), known=_listed(known)))
    return list(dict.fromkeys(found))


def _listed(known: Mapping[str, int]) -> str:
    names = [f"“{name}”" for name in known]
    more = [f"{len(names) - _SHOWN} more"] if len(names) > _SHOWN else []
    return ", ".join(names[:_SHOWN] + more) or "none"
