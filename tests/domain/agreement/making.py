"""Small label sets for the tests of agreement."""

from collections.abc import Iterable, Mapping, Sequence
from itertools import count

from hypothesis import strategies as st

from annotator.domain.agreement.comparing import Compared
from annotator.domain.agreement.measures import sections, whole
from annotator.domain.agreement.values import Coded, Comparison, Extent, Measure, Settings
from annotator.domain.spans import Span

TARGETS = ("ceasefire", "troop_deployment")
STANCES = ("favor", "against", "neutral", "unclear")
ATTRIBUTES = ("condition", "evidence")
LENGTH = 100

_ids = count(1)


def statement(
    annotator: int,
    *pieces: tuple[int, int],
    target: str | None = "ceasefire",
    stance: str | None = "favor",
    speaker: int | None = 1,
    attributes: Mapping[str, str] | None = None,
    mention: tuple[int, int] | None = None,
    chain: tuple[int, ...] = (),
    article: int = 1,
    number: int | None = None,
) -> Coded:
    return Coded(
        next(_ids) if number is None else number,
        article,
        annotator,
        tuple(Span(*piece) for piece in pieces),
        target,
        stance,
        speaker,
        attributes or {},
        Span(*mention) if mention else None,
        chain,
    )


def compared(
    statements: Iterable[Coded],
    *,
    annotators: Sequence[int] = (1, 2),
    articles: Iterable[int] = (1,),
    length: int = LENGTH,
    done: Mapping[int, Iterable[int]] | None = None,
    excluded: tuple[Span, ...] = (),
    settings: Settings | None = None,
) -> Compared:
    articles = list(articles)
    finished = done or dict.fromkeys(annotators, articles)
    return Compared(
        Comparison(
            tuple(statements),
            {article: Extent(length, excluded) for article in articles},
            {annotator: tuple(own) for annotator, own in finished.items()},
            TARGETS,
            STANCES,
            ATTRIBUTES,
        ),
        settings or Settings(draws=50),
    )


def measures(of: Compared, kind: str = "all", key: object = None) -> dict[str, Measure]:
    """Return the measures of one kind and key by name; of a target's, `name target`."""
    parts = whole(of) if kind == "all" else sections(of)
    return {
        f"{measure.name} {measure.target}" if measure.target else measure.name: measure
        for section in parts
        if (section.kind, section.key) == (kind, key)
        for measure in section.measures
    }


def spans(top: int) -> st.SearchStrategy[tuple[int, int]]:
    starts = st.integers(0, top - 1)
    return starts.flatmap(lambda at: st.tuples(st.just(at), st.integers(at + 1, top)))


@st.composite
def coded(draw: st.DrawFn, annotators: Sequence[int] = (1, 2), articles: int = 1, top: int = 30):
    """A statement with everything drawn; its id is set by `numbered`."""
    pieces = draw(st.lists(spans(top), min_size=1, max_size=2))
    return statement(
        draw(st.sampled_from(annotators)),
        *pieces,
        target=draw(st.sampled_from([*TARGETS, None])),
        stance=draw(st.sampled_from([*STANCES, None])),
        speaker=draw(st.sampled_from([1, 2, 3, None])),
        attributes=draw(st.dictionaries(st.sampled_from(ATTRIBUTES), st.sampled_from("xy"))),
        mention=draw(st.none() | spans(top)),
        chain=draw(st.sampled_from([(), (1,), (1, 2)])),
        article=draw(st.integers(1, articles)),
        number=0,
    )
