"""The codebook in a card, in full: definitions, examples, choices and rulings."""

from collections.abc import Iterator, Sequence

from annotator.domain.codebook import Choice, Codebook, words
from annotator.formats.markdown import plain


def lines(codebook: Codebook, lang: str = "en") -> Iterator[str]:
    """Yield the lines of the codebook, from headings of the third level on."""
    yield f"{plain(words(codebook.name, lang))}, version {plain(codebook.version)}."
    yield ""
    if codebook.content_rule:
        yield f"**What is marked.** {plain(words(codebook.content_rule, lang))}"
        yield ""
    yield from _group("Targets", codebook.targets, lang)
    yield from _group("Stances", codebook.stances, lang)
    for attribute in codebook.attributes:
        needed = "required" if attribute.required else "may be left open"
        title = f"Attribute `{attribute.id}`: {plain(words(attribute.name, lang))}, {needed}"
        yield from _group(title, attribute.choices, lang, words(attribute.definition, lang))
    if codebook.flags:
        yield from _group("Flags", codebook.flags, lang)
    if codebook.rulings:
        yield "### Boundary cases"
        yield ""
        for number, ruling in enumerate(codebook.rulings, start=1):
            title = plain(words(ruling.title, lang)).rstrip(".:")
            end = "" if title.endswith(("?", "!", "…")) else "."
            yield f"{number}. **{title}{end}** {plain(words(ruling.text, lang))}"
        yield ""


def _group(title: str, choices: Sequence[Choice], lang: str, definition: str = "") -> Iterator[str]:
    yield f"### {title}"
    yield ""
    if definition:
        yield plain(definition)
        yield ""
    for choice in choices:
        said = words(choice.definition, lang)
        name = plain(words(choice.name, lang))
        yield f"- **`{choice.id}`** ({name}){': ' + plain(said) if said else ''}"
        for example in choice.examples:
            note = plain(words(example.note, lang))
            yield f"  - “{plain(words(example.text, lang))}”{' – ' + note if note else ''}"
    yield ""
