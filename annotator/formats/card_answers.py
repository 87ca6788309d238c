"""What only people know of a dataset: the questions of its card, and their answers as JSON."""

import dataclasses
from dataclasses import dataclass

import msgspec

from annotator.errors import UserError
from annotator.formats.decoding_faults import clause

LONGEST = 20_000  # characters of one answer


@dataclass(frozen=True, slots=True)
class CardAnswers:
    """Answers to the questions of a card; an empty one says that nobody has answered yet.

    `names` tells that the annotators may be named; otherwise they are A, B, C…
    """

    title: str = ""
    summary: str = ""
    motivation: str = ""
    creators: str = ""
    sources: str = ""
    selection: str = ""
    annotators: str = ""
    process: str = ""
    biases: str = ""
    uses: str = ""
    licence_labels: str = ""
    licence_texts: str = ""
    citation: str = ""
    contact: str = ""
    names: bool = False


@dataclass(frozen=True, slots=True)
class Question:
    """One question: the field it fills, what is asked, what a good answer says, its lines."""

    field: str
    title: str
    hint: str
    lines: int = 3


# In the order of the card. After Gebru et al. (2021, Datasheets for datasets) and Bender and
# Friedman (2018, Data statements for natural language processing).
QUESTIONS = (
    Question("title", "Title", "The name under which the dataset is known", 1),
    Question("summary", "Summary", "What it is, in two sentences", 2),
    Question("motivation", "Why it was made", "For which question or task, and for whom"),
    Question("creators", "Who made it", "People and institutions; who paid for it", 2),
    Question("sources", "Where the texts are from", "Media, agencies, archives; how they came"),
    Question(
        "selection", "How they were chosen", "Search words, period, sampling; what was left out"
    ),
    Question(
        "annotators",
        "Who labelled",
        "Languages, training, what they knew of the topic, how they were paid",
    ),
    Question("process", "How they labelled", "Training, rounds, whether they spoke to each other"),
    Question("biases", "Known biases and limits", "Who and what is over- or underrepresented"),
    Question("uses", "Uses", "What it is meant for, and what it should not be used for"),
    Question("licence_labels", "Licence of the labels", "Such as cc-by-4.0", 1),
    Question("licence_texts", "Licence of the texts", "Who holds the rights, what they allow", 2),
    Question("citation", "How to cite it", "A reference, or BibTeX", 2),
    Question("contact", "Whom to ask", "A name and an address; who mends errors", 1),
)


def decode(data: bytes) -> CardAnswers:
    """Return the answers in a JSON file; UserError says what is wrong with it (a clause)."""
    try:
        raw = msgspec.json.decode(data)
        answers = msgspec.json.decode(data, type=CardAnswers)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise UserError(clause(error)) from error
    known = [field.name for field in dataclasses.fields(CardAnswers)]
    unknown = next((key for key in raw if key not in known), None)
    if unknown is not None:
        raise UserError(f"it answers “{unknown}”, which is not asked; asked are {', '.join(known)}")
    longest = max(known, key=lambda name: len(str(getattr(answers, name))))
    if len(str(getattr(answers, longest))) > LONGEST:
        raise UserError(f"its “{longest}” has more than {LONGEST:,} characters; shorten it")
    return answers


def encode(answers: CardAnswers) -> str:
    """Return answers as JSON."""
    return msgspec.json.encode(answers).decode()
