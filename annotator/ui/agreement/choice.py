"""What is compared: which annotators, on which articles, matched how. Pure."""

from collections.abc import Collection
from dataclasses import dataclass

from annotator.services.agreement import Roster
from annotator.ui.agreement import saying


@dataclass(frozen=True, slots=True)
class Choice:
    """Who is compared on what. `articles` None means those that all of them marked done."""

    annotators: tuple[int, ...] = ()
    articles: frozenset[int] | None = None
    same_target: bool = True

    def of(self, roster: Roster) -> list[int]:
        """Return the articles that are compared, in order."""
        if len(self.annotators) < 2:
            return []
        if self.articles is None:
            return roster.done_by_all(self.annotators)
        return [a for a in roster.comparable(self.annotators) if a in self.articles]


def usual(roster: Roster) -> Choice:
    """Return what is compared before anything is chosen: everybody who finished an article."""
    return Choice(tuple(p.annotator_id for p in roster.people if p.done))


def followed(choice: Choice, before: Roster, roster: Roster) -> Choice:
    """Return a choice as it is after the roster changed.

    Those who are gone are left out. Where nobody was picked, the usual ones are compared still:
    somebody whose labels have just come in is among them.
    """
    if choice.annotators == usual(before).annotators:
        return Choice(usual(roster).annotators, choice.articles, choice.same_target)
    there = {person.annotator_id for person in roster.people}
    annotators = tuple(id_ for id_ in choice.annotators if id_ in there)
    return Choice(annotators, choice.articles, choice.same_target)


def article_words(choice: Choice, roster: Roster) -> str:
    """Return how many articles are compared, in words."""
    compared, total = len(choice.of(roster)), len(roster.titles)
    articles = f"{compared:,} of {saying.counted(total, 'article', 'articles')}"
    if choice.articles is not None:
        return f"{articles}, chosen"
    everybody = "both" if len(choice.annotators) == 2 else "all"
    return f"{articles} done by {everybody}"


def why_nothing(choice: Choice, roster: Roster) -> tuple[str, str] | None:
    """Return why there is nothing to compare and what to do about it; None when there is."""
    if len(roster.people) < 2:
        return (
            "Agreement needs two annotators",
            "Let a second person label the same articles: Annotate as… in the File menu. Or bring"
            " their labels in: Merge another copy… in the same menu, when they worked in a copy"
            " of this project, or Import labels….",
        )
    if sum(bool(own) for own in roster.done.values()) < 2:
        return (
            "No article is done by two annotators yet",
            "An article counts once two people have marked it Done (Ctrl+Return on the annotate"
            " page). Not opened is not “found nothing”, so unfinished articles are left out.",
        )
    if len(choice.annotators) < 2:
        return "Tick two annotators", "The panel at the left lists everybody with what is done."
    if not choice.of(roster):
        names = _names(roster, choice.annotators)
        return (
            f"No article is done by {saying.listed(names)}",
            "Choose fewer annotators, or choose the articles that two of them have done.",
        )
    return None


def _names(roster: Roster, annotators: Collection[int]) -> list[str]:
    return [p.name for p in roster.people if p.annotator_id in annotators]
